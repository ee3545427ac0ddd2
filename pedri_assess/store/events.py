"""What happened: who, what, when, before and after. Only added to, each event sealed to the last."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .database import Connection, Row, one

BEGINNING = "0" * 64  # the hash before the first event
COLUMNS = (
    "at", "kind", "account_id", "organisation_id", "assessment_id", "subject", "before_json", "after_json"
)  # fmt: skip


@dataclass(frozen=True)
class Event:
    """One change. `before` and `after` are JSON documents of what was and what is; None where nothing is.

    Never a token, a link's address or a session. `account_id` is None where the service itself acted.
    """

    kind: str
    at: str
    account_id: str | None = None
    organisation_id: str | None = None
    assessment_id: str | None = None
    subject: str = ""
    before: Any = None
    after: Any = None


def add_event(connection: Connection, event: Event) -> int:
    """Adds an event, in the transaction of the change that it is about; gives its number."""
    last = one(connection, "SELECT number, hash FROM event ORDER BY number DESC LIMIT 1")
    row: Row = {
        "number": int(last["number"]) + 1 if last else 1,
        "at": event.at,
        "kind": event.kind,
        "account_id": event.account_id,
        "organisation_id": event.organisation_id,
        "assessment_id": event.assessment_id,
        "subject": event.subject,
        "before_json": _text(event.before),
        "after_json": _text(event.after),
    }
    sealed = _hash(last["hash"] if last else BEGINNING, row)
    connection.run(
        "INSERT INTO event (number, at, kind, account_id, organisation_id, assessment_id, subject, "
        "before_json, after_json, hash) VALUES (:number, :at, :kind, :account_id, :organisation_id, "
        ":assessment_id, :subject, :before_json, :after_json, :hash)",
        **row,
        hash=sealed,
    )
    return int(row["number"])


def last_event(connection: Connection) -> int:
    """The number of the newest event; 0 where there is none."""
    row = one(connection, "SELECT coalesce(max(number), 0) AS newest FROM event")
    return int(row["newest"]) if row else 0


def first_changed(connection: Connection) -> int | None:
    """The number of the first event that is not what was written, or is missing; None where all are whole.

    The end cannot be told from events alone: that some are missing there is seen beside a backup.
    """
    expected, before = 1, BEGINNING
    for row in _all(connection):
        if row["number"] != expected or row["hash"] != _hash(before, row):
            return expected
        expected, before = expected + 1, row["hash"]
    return None


def _all(connection: Connection, at_once: int = 1_000) -> Iterator[Row]:
    number = 0
    while rows := connection.rows(
        "SELECT * FROM event WHERE number > :number ORDER BY number LIMIT :most", number=number, most=at_once
    ):
        yield from rows
        number = rows[-1]["number"]


def _hash(before: str, row: Row) -> str:
    content = json.dumps([before, row["number"], *(row[name] for name in COLUMNS)], separators=(",", ":"))
    return hashlib.sha256(content.encode("ascii")).hexdigest()


def _text(document: Any) -> str | None:
    return None if document is None else json.dumps(document, ensure_ascii=False, sort_keys=True)
