"""Somebody's actions as a calendar: under an address of their own that nobody can guess and they can end."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from ..domain.errors import NotFound
from ..domain.times import stamp
from ..store.calendars import calendar_owner, calendar_since, end_calendar, open_calendar
from ..store.events import Event, add_event
from ..store.plans import PlanAction, actions_of
from . import Context
from .invitations import token_hash


@dataclass(frozen=True)
class Entry:
    """An action with a day, and the names of the assessment and the organisation that it belongs to."""

    action: PlanAction
    scope: str
    organisation: str
    link: str


def since(context: Context, account_id: str) -> str | None:
    """Since when somebody's calendar has its address; None where it has none."""
    with context.database.read() as c:
        return calendar_since(c, account_id)


def new_address(context: Context, account_id: str) -> str:
    """A new address for somebody's calendar; the old one no longer works. Only its hash is kept."""
    token, at = secrets.token_urlsafe(32), stamp(context.now())
    with context.database.write() as c:
        open_calendar(c, account_id, token_hash(token), at)
        add_event(c, Event("calendar-opened", at, account_id, subject=account_id))
    return f"{context.base_url}/calendar/{token}.ics"


def end_address(context: Context, account_id: str) -> None:
    """Ends the address of somebody's calendar."""
    at = stamp(context.now())
    with context.database.write() as c:
        if end_calendar(c, account_id, at):
            add_event(c, Event("calendar-ended", at, account_id, subject=account_id))


def entries(context: Context, token: str) -> list[Entry]:
    """The open actions with a day of whoever an address belongs to. Raises NotFound."""
    with context.database.read() as c:
        owner = calendar_owner(c, token_hash(token))
        if owner is None:
            raise NotFound("calendar")
        found = actions_of(c, owner)
    return [entry_of(context, *each) for each in found if each[0].due]


def entry_of(context: Context, item: PlanAction, scope: str, organisation: str) -> Entry:
    """An action with where it leads."""
    link = f"{context.base_url}/assessments/{item.assessment_id}/plan/actions/{item.id}"
    return Entry(item, scope, organisation, link)
