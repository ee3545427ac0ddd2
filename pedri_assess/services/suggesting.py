"""Suggesting a resource to the hub, and seeing what became of it."""

from __future__ import annotations

from ..domain.errors import NotAllowed, NotFound
from ..domain.ids import new_id
from ..domain.moderation import WITHDRAW
from ..domain.policies import Actor
from ..domain.resources import SUGGESTED, Described, Resource, said_document
from ..domain.times import stamp
from ..store import Connection
from ..store.events import Event, add_event
from ..store.organisations import organisations_of
from ..store.resources import add_resource, resource, suggestions_of
from . import Context
from .hub_keeping import check_address, move_in
from .limits import hold_to

MOST_A_DAY = 10
DAY = 24 * 60 * 60  # seconds


def suggest(context: Context, by: Actor, said: Described) -> str:
    """A new suggestion; its id.

    Raises NotAllowed for somebody who is no member, limits.TooMany, and Duplicate with the id of the
    resource that is at that address.
    """
    at, made = stamp(context.now()), new_id()
    with context.database.write() as c:
        check_member(c, by)
        check_address(c, said.address)
        hold_to(c, f"suggest:{by.account_id}", at, MOST_A_DAY, DAY)
        add_resource(c, made, said, SUGGESTED, at, by.account_id, suggested=True)
        event = Event("resource-suggested", at, by.account_id, subject=made, after=said_document(said))
        add_event(c, event)
    return made


def may_suggest(context: Context, who: Actor) -> None:
    """Raises NotAllowed for somebody who is no member."""
    with context.database.read() as c:
        check_member(c, who)


def suggested(context: Context, account_id: str) -> list[Resource]:
    """What somebody suggested, the newest first."""
    with context.database.read() as c:
        return suggestions_of(c, account_id)


def withdraw(context: Context, account_id: str, resource_id: str) -> None:
    """Takes one's own suggestion back while it waits. Raises NotFound for somebody else's, WrongState."""
    with context.database.write() as c:
        found = resource(c, resource_id)
        if found.suggested_by != account_id:
            raise NotFound("suggestion")
        move_in(c, stamp(context.now()), account_id, found, WITHDRAW, "")


def check_member(c: Connection, who: Actor) -> None:
    """Raises NotAllowed for somebody who belongs to no organisation and is not PEDRI staff."""
    if not who.staff and not organisations_of(c, who.account_id):
        raise NotAllowed("suggestion")
