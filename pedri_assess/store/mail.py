"""Mail that waits to be sent: a row a letter, leased by whoever sends it, tried again with patience."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ..domain.ids import new_id
from ..domain.times import moment, stamp
from . import Connection, Row, one

LEASE = timedelta(minutes=5)  # longer than all steps of a slow delivery together
GIVE_UP = timedelta(hours=24)
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 240, 480))
MOST_PROBLEM = 300  # characters of what a mail server said
MOST_SHOWN = 100

_COLUMNS = "id, to_address, subject, body, created_at, attempts, next_at, sent_at, failed_at, problem"
_WAITS = "sent_at IS NULL AND failed_at IS NULL"
_FREE = f"{_WAITS} AND next_at <= :now AND (taken_until IS NULL OR taken_until <= :now)"


@dataclass(frozen=True)
class Mail:
    """One letter to one person. `attempts` counts the tries so far, the one under way among them."""

    id: str
    to: str = field(repr=False)
    subject: str
    body: str = field(repr=False)
    created_at: str
    attempts: int = 0
    next_at: str = ""
    sent_at: str | None = None
    failed_at: str | None = None
    problem: str | None = None


def queue_mail(c: Connection, to: str, subject: str, body: str, at: str) -> str:
    """Puts a letter to one address into the queue, in the transaction of what it tells about; its id.

    `at` is now, as a stamp. Raises ValueError for an address or a subject with a line end in it, which could
    smuggle in another header, and for more than one address.
    """
    _refuse_more_than_one_line(to, subject)
    mail = new_id()
    c.run(
        "INSERT INTO outgoing_mail (id, to_address, subject, body, created_at, next_at, attempts)"
        " VALUES (:id, :to, :subject, :body, :at, :at, 0)",
        id=mail,
        to=to,
        subject=subject,
        body=body,
        at=at,
    )
    return mail


def _refuse_more_than_one_line(to: str, subject: str) -> None:
    if to.count("@") != 1 or any(sign.isspace() or not sign.isprintable() or sign in ',;<>"' for sign in to):
        raise ValueError("not one e-mail address")
    if not subject.isprintable():
        raise ValueError("a subject is one line of text")


def is_due(c: Connection, at: str) -> bool:
    """Whether any letter can be taken now."""
    return one(c, f"SELECT id FROM outgoing_mail WHERE {_FREE} LIMIT 1", now=at) is not None  # noqa: S608


def take(c: Connection, at: str) -> Mail | None:
    """The next letter that is due, leased to the caller; None where there is none, or another was quicker.

    Nobody else gets it before the lease ends, which it does by itself where the caller dies.
    """
    # Asked twice: PostgreSQL looks at the outer conditions again after waiting for a lock, not at the inner
    row = one(
        c,
        "UPDATE outgoing_mail SET taken_until = :until, attempts = attempts + 1"  # noqa: S608
        f" WHERE {_FREE} AND id ="
        f" (SELECT id FROM outgoing_mail WHERE {_FREE} ORDER BY next_at, id LIMIT 1) RETURNING {_COLUMNS}",
        now=at,
        until=stamp(moment(at) + LEASE),
    )
    return None if row is None else _mail(row)


def sent(c: Connection, mail: Mail, at: str) -> None:
    """Notes that a letter was accepted. Its text goes: it may hold a link that opens a door."""
    c.run(
        "UPDATE outgoing_mail SET sent_at = :at, body = '', problem = NULL, taken_until = NULL"
        " WHERE id = :id",
        at=at,
        id=mail.id,
    )


def not_sent(c: Connection, mail: Mail, problem: str, at: str, *, for_good: bool = False) -> bool:
    """Notes that a try did not work, and when the next one is; whether that was the last one.

    `for_good` says that another try makes no sense; `problem` must not name the address. Does nothing where
    another has taken the letter since.
    """
    next_at = moment(at) + PAUSES[min(mail.attempts, len(PAUSES)) - 1]
    last = for_good or next_at > moment(mail.created_at) + GIVE_UP
    c.run(
        "UPDATE outgoing_mail SET taken_until = NULL, next_at = :next, problem = :problem,"  # noqa: S608
        f" failed_at = :failed, body = :body WHERE id = :id AND attempts = :attempts AND {_WAITS}",
        next=stamp(next_at),
        problem=problem[:MOST_PROBLEM],
        failed=at if last else None,
        body="" if last else mail.body,
        id=mail.id,
        attempts=mail.attempts,
    )
    return last


def newest(c: Connection) -> list[Mail]:
    """The newest letters, whatever became of them."""
    order = "ORDER BY created_at DESC, id LIMIT :most"
    rows = c.rows(f"SELECT {_COLUMNS} FROM outgoing_mail {order}", most=MOST_SHOWN)  # noqa: S608
    return [_mail(row) for row in rows]


def in_trouble(c: Connection, since: str) -> list[Mail]:
    """Letters that were tried in vain: those that wait for another try, and those given up since then."""
    rows = c.rows(
        f"SELECT {_COLUMNS} FROM outgoing_mail"  # noqa: S608
        " WHERE problem IS NOT NULL AND sent_at IS NULL AND (failed_at IS NULL OR failed_at >= :since)"
        " ORDER BY created_at DESC, id LIMIT :most",
        since=since,
        most=MOST_SHOWN,
    )
    return [_mail(row) for row in rows]


def forget_mail(c: Connection, before: datetime) -> int:
    """Removes letters that were sent or given up before a moment; how many."""
    return c.run(
        "DELETE FROM outgoing_mail WHERE sent_at < :before OR failed_at < :before", before=stamp(before)
    )


def _mail(row: Row) -> Mail:
    return Mail(to=row["to_address"], **{name: row[name] for name in row if name != "to_address"})
