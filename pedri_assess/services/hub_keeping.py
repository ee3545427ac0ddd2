"""Looking after the hub: adding, editing, moderating, retiring, and taking an earlier text back."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.errors import Duplicate, NotFound, Stale
from ..domain.ids import new_id
from ..domain.moderation import MOVES, check_move
from ..domain.resources import (
    DECLINED,
    LISTED,
    WITHDRAWN,
    Described,
    Resource,
    said_document,
    said_from,
)
from ..domain.times import stamp
from ..store import Connection
from ..store.events import Event, add_event
from ..store.history import Happened, happened_to
from ..store.resources import (
    add_resource,
    at_address,
    change_said,
    every_resource,
    forget_check,
    resource,
    set_state,
)
from . import Context
from .hub_letters import tell_suggester

KINDS_OF_EVENT = "resource-"
MOST_TEXTS = 200


@dataclass(frozen=True)
class Line:
    """One thing that happened to a resource: the kind of its event, and who did it, empty for a program.

    `said` is the text that it left, where it changed the text.
    """

    number: int
    at: str
    called: str
    kind: str
    reason: str
    said: Described | None


def everything(context: Context) -> list[Resource]:
    """All resources, whatever their state, those that changed last first."""
    with context.database.read() as c:
        return every_resource(c)


def kept(context: Context, resource_id: str) -> Resource:
    """One resource, whatever its state. Raises NotFound."""
    with context.database.read() as c:
        return resource(c, resource_id)


def history(context: Context, resource_id: str) -> list[Line]:
    """What happened to a resource, the newest first. Raises NotFound."""
    with context.database.read() as c:
        resource(c, resource_id)
        return [_line(item) for item in happened_to(c, resource_id, KINDS_OF_EVENT, MOST_TEXTS)]


def add(context: Context, by: str, said: Described) -> str:
    """A new resource, listed at once; its id. Raises Duplicate, with the id of the one at that address."""
    at, made = stamp(context.now()), new_id()
    with context.database.write() as c:
        check_address(c, said.address)
        add_resource(c, made, said, LISTED, at, by, suggested=False)
        add_event(c, Event("resource-added", at, by, subject=made, after=said_document(said)))
    return made


def edit(context: Context, by: str, resource_id: str, said: Described, expected: int) -> Resource:
    """Puts another text in place of the one numbered `expected`; the resource as it is then.

    To say what stands there already is no change. Raises NotFound, Stale with the resource of now, and
    Duplicate with the id of another resource at that address.
    """
    at = stamp(context.now())
    with context.database.write() as c:
        current = resource(c, resource_id)
        if current.said == said:
            return current
        check_address(c, said.address, resource_id)
        if not change_said(c, resource_id, said, expected, at, by):
            raise Stale(current)
        if said.address != current.said.address:
            forget_check(c, resource_id)
        before, after = said_document(current.said), said_document(said)
        add_event(c, Event("resource-changed", at, by, subject=resource_id, before=before, after=after))
        return resource(c, resource_id)


def move(context: Context, by: str, resource_id: str, name: str, reason: str = "") -> Resource:
    """Does one of domain.moderation.MOVES, and writes to whoever suggested it; the resource as it is then.

    Raises NotFound, WrongState, Incomplete.
    """
    at = stamp(context.now())
    with context.database.write() as c:
        before = resource(c, resource_id)
        after = move_in(c, at, by, before, name, reason)
        tell_suggester(c, context, before, after, at)
        return after


def move_in(c: Connection, at: str, by: str, current: Resource, name: str, reason: str) -> Resource:
    """The same, in a transaction that is under way."""
    wanted = MOVES[name]
    check_move(current, wanted, reason)
    set_state(c, current.id, wanted.after, reason, at, by)
    before, after = {"state": current.state}, {"state": wanted.after, "reason": reason}
    add_event(c, Event(wanted.event, at, by, subject=current.id, before=before, after=after))
    return resource(c, current.id)


def take_back(context: Context, by: str, resource_id: str, number: int, expected: int) -> Resource:
    """Puts an earlier text back, that of the event with this number; the newer ones stay in the history.

    Raises as `edit` does.
    """
    earlier = next((line.said for line in history(context, resource_id) if line.number == number), None)
    if earlier is None:
        raise NotFound("text")
    return edit(context, by, resource_id, earlier, expected)


def undo(context: Context, by: str, resource_id: str, expected: int) -> Resource:
    """Puts the text before the last one back. Raises as `edit` does; NotFound where there is none before."""
    texts = [line for line in history(context, resource_id) if line.said is not None]
    if len(texts) < 2:
        raise NotFound("text")
    return take_back(context, by, resource_id, texts[1].number, expected)


def check_address(c: Connection, address: str, own: str = "") -> None:
    """Raises Duplicate, with its id, where another resource is at this address."""
    for found in at_address(c, address):
        if found.id != own and found.state not in (DECLINED, WITHDRAWN):
            raise Duplicate(found.id)


def _line(item: Happened) -> Line:
    after = item.after or {}
    said = said_from(after) if "title" in after else None
    return Line(item.number, item.at, item.called, item.kind, after.get("reason", ""), said)
