"""Letters about one's own actions: once a week at most, of what is late or due soon, with a way out."""

from __future__ import annotations

import secrets
from datetime import timedelta

from ..domain.errors import NotFound
from ..domain.plan import DUE_SOON, LATE, time_left
from ..domain.times import moment, stamp
from ..reports.wording import day
from ..store import Connection
from ..store.calendars import letters, letters_owner, note_letter, stop_letters
from ..store.mail import queue_mail
from ..store.plans import actions_of, owners_with_actions
from . import Context
from .calendars import Entry, entry_of
from .invitations import token_hash

EVERY = timedelta(days=7)
LETTER = """\
Hello,

these actions are yours, and late or due in the next two weeks:

{actions}

Say how far they are on their pages. A few words are enough.

This comes once a week at most. To stop it: {stop}
"""


def write_due(context: Context) -> int:
    """Writes the letters that are due; to how many people."""
    now, written = context.now(), 0
    with context.database.write() as c:
        for account_id, address in owners_with_actions(c):
            told = letters(c, account_id)
            lately = told.last_at is not None and now - moment(told.last_at) < EVERY
            near = [] if lately or told.stopped_at else _near(c, context, account_id)
            if near:
                _write(c, context, account_id, address, near)
                written += 1
    return written


def wants(context: Context, account_id: str) -> bool:
    """Whether somebody gets these letters."""
    with context.database.read() as c:
        return letters(c, account_id).stopped_at is None


def choose(context: Context, account_id: str, wanted: bool) -> None:
    """Stops the letters, or lets them come again."""
    with context.database.write() as c:
        stop_letters(c, account_id, None if wanted else stamp(context.now()))


def stop(context: Context, token: str) -> None:
    """Stops the letters of whoever got the token in the last one. Raises NotFound."""
    with context.database.write() as c:
        owner = letters_owner(c, token_hash(token))
        if owner is None:
            raise NotFound("letters")
        stop_letters(c, owner, stamp(context.now()))


def check_token(context: Context, token: str) -> None:
    """Raises NotFound for a token that stops nothing."""
    with context.database.read() as c:
        if letters_owner(c, token_hash(token)) is None:
            raise NotFound("letters")


def _near(c: Connection, context: Context, account_id: str) -> list[Entry]:
    today = context.today().isoformat()
    return [
        entry_of(context, *each)
        for each in actions_of(c, account_id)
        if time_left(each[0].status, each[0].due, today) in (LATE, DUE_SOON)
    ]


def _write(c: Connection, context: Context, account_id: str, address: str, near: list[Entry]) -> None:
    at, token, today = stamp(context.now()), secrets.token_urlsafe(32), context.today().isoformat()
    told = "\n\n".join(_told(entry, today) for entry in near)
    number = "One action" if len(near) == 1 else f"{len(near)} actions"
    body = LETTER.format(actions=told, stop=f"{context.base_url}/letters/{token}")
    queue_mail(c, address, f"{number} of yours in PEDRI Assess", body, at)
    note_letter(c, account_id, token_hash(token), at)


def _told(entry: Entry, today: str) -> str:
    item = entry.action
    when = "was due" if (item.due or "") < today else "due"
    words = " ".join(item.text.split())
    return f"- {words}\n  {when} {day(item.due or '')} ({entry.organisation}, {entry.scope})\n  {entry.link}"
