"""Reminders of a round: by a press of a button, or by themselves in the week before the last day."""

from __future__ import annotations

from ..domain.rounds import WAITED_FOR, needs_reminder
from ..domain.times import stamp
from ..reports.wording import day
from ..store import Connection
from ..store.events import Event, add_event
from ..store.mail import queue_mail
from ..store.rounds import Round, every_round, places, round_of, set_reminded
from . import Context
from .round_invitations import lead_addresses, round_link
from .rounds import Standing, is_taken, standing_of

LETTER = """\
Hello,

the round “{round}” waits for {organisation}: {state}.
The last day to hand in is {day}.

{link}

If you do not want to take part, say so on that page, and these reminders end.
"""
STATE = {"invited": "no assessment is chosen yet", "started": "the assessment is begun, and not submitted"}


def remind(context: Context, by: str, round_id: str) -> int:
    """Writes to the leads of everyone who is waited for, once a day at most; to how many organisations.

    Raises NotFound.
    """
    today = context.today().isoformat()
    with context.database.write() as c:
        item = round_of(c, round_id)
        due = [each for each in _waited_for(c, context, item) if _reminded_on(each) != today]
        return _remind(c, context, by, item, due)


def remind_due(context: Context) -> int:
    """Writes the reminders that are due by themselves, in every open round; to how many organisations."""
    today, written = context.today().isoformat(), 0
    with context.database.write() as c:
        for item in every_round(c):
            due = [
                each
                for each in _waited_for(c, context, item)
                if needs_reminder(each.how, each.day, today, _reminded_on(each))
            ]
            written += _remind(c, context, None, item, due)
    return written


def _waited_for(c: Connection, context: Context, item: Round) -> list[Standing]:
    found = [standing_of(item, each) for each in places(c, item.id) if is_taken(context, item, each)]
    return [each for each in found if each.how in WAITED_FOR]


def _reminded_on(each: Standing) -> str | None:
    return each.place.reminded_at and each.place.reminded_at[:10]


def _remind(c: Connection, context: Context, by: str | None, item: Round, due: list[Standing]) -> int:
    at, written = stamp(context.now()), 0
    for each in due:
        place = each.place
        addresses = lead_addresses(c, place.organisation_id)
        words = LETTER.format(
            round=item.name,
            organisation=place.organisation_name,
            state=STATE[each.how],
            day=day(each.day),
            link=round_link(context, place.organisation_id, item.id),
        )
        for address in addresses:
            queue_mail(c, address, f"Reminder: round “{item.name}”", words, at)
        if addresses:
            written += 1
            set_reminded(c, place.id, at)
            add_event(c, Event("round-reminded", at, by, place.organisation_id, None, item.id))
    return written
