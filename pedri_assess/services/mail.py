"""Sends the mail that waits, a letter at a time; what is saved never waits for it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta

from ..domain.times import stamp
from ..store import Database
from ..store.events import Event, add_event
from ..store.mail import Mail, forget_mail, in_trouble, is_due, newest, not_sent, sent, take
from .background import LOOK_EVERY, Background, Now
from .smtp import NotSent, Post

log = logging.getLogger(__name__)

KEEP = timedelta(days=30)


@dataclass(frozen=True)
class Round:
    """What became of the letters that were due."""

    sent: int = 0
    later: int = 0
    given_up: int = 0


def send_due(database: Database, post: Post, now: Now) -> Round:
    """Sends what is due, one letter after another, until nothing is. Raises StoreUnavailable."""
    counts = {"sent": 0, "later": 0, "given_up": 0}
    while (mail := _taken(database, now)) is not None:
        counts[_deliver(database, post, now, mail)] += 1
    return Round(**counts)


def _taken(database: Database, now: Now) -> Mail | None:
    at = stamp(now())
    with database.read() as c:
        if not is_due(c, at):
            return None
    with database.write() as c:
        return take(c, at)


def _deliver(database: Database, post: Post, now: Now, mail: Mail) -> str:
    try:
        post.send(mail)
    except (NotSent, ValueError) as error:  # ValueError: a letter that the mail library will not write
        for_good = not isinstance(error, NotSent) or error.for_good
        # Mail servers repeat addresses; events and log lines stay longer than letters
        problem = str(error).replace(mail.to, "the address")
        return _note_problem(database, now, mail, problem, for_good=for_good)
    with database.write() as c:
        sent(c, mail, stamp(now()))
    return "sent"


def _note_problem(database: Database, now: Now, mail: Mail, problem: str, *, for_good: bool) -> str:
    at = stamp(now())
    with database.write() as c:
        last = not_sent(c, mail, problem, at, for_good=for_good)
        if last:
            after = {"problem": problem, "attempts": mail.attempts}
            add_event(c, Event(kind="mail-given-up", at=at, subject=mail.id, before=None, after=after))
    fields = {"mail": mail.id, "attempts": mail.attempts, "given_up": last, "problem": problem}
    log.warning("mail not sent", extra={"fields": fields})
    return "given_up" if last else "later"


def trouble(database: Database, now: Now) -> list[Mail]:
    """Letters of the last month that were tried in vain, for those who look after the service."""
    with database.read() as c:
        return in_trouble(c, stamp(now() - KEEP))


def letters(database: Database) -> list[Mail]:
    """The newest letters with their texts: for a machine without a mail server only."""
    with database.read() as c:
        return newest(c)


def tidy(database: Database, now: Now) -> int:
    """Removes letters that were sent or given up a month ago; how many.

    Nothing of them stays in a journal, nor of what somebody was reading over when it was to be forgotten.
    """
    with database.write() as c:
        gone = forget_mail(c, now() - KEEP)
    database.empty_journal()
    return gone


class Sender(Background):
    """Sends mail in the background of a server process."""

    name = "mail"

    def __init__(self, database: Database, post: Post, now: Now, every: float = LOOK_EVERY) -> None:
        super().__init__(now, every)
        self._database, self._post = database, post

    def work(self) -> None:
        """Sends what is due."""
        send_due(self._database, self._post, self._now)

    def tidy(self) -> None:
        """Removes old letters."""
        tidy(self._database, self._now)
