"""What happened: who, what, when, before and after. Only added to, each event sealed to the last."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .database import Connection, Row, one
from .schema.deleting import DELETED

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
    row: Row = {
        "at": event.at,
        "kind": event.kind,
        "account_id": event.account_id,
        "organisation_id": event.organisation_id,
        "assessment_id": event.assessment_id,
        "subject": event.subject,
        "before_json": _text(event.before),
        "after_json": _text(event.after),
    }
    return put_event(connection, row)


def put_event(connection: Connection, content: Row) -> int:
    """Adds an event by its COLUMNS, as it was written elsewhere; gives its number here."""
    last = one(connection, "SELECT number, hash FROM event ORDER BY number DESC LIMIT 1")
    row = {"number": int(last["number"]) + 1 if last else 1, **content}
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

    The end cannot be told from events alone: that some are missing there is seen beside a backup. Events
    without words are whole where their organisation was deleted after them, under the seal of that event.
    """
    expected, before, emptied, kept = 1, BEGINNING, dict[str, int](), dict[str, Any]()
    for row in _all(connection):
        whose, whole = row["organisation_id"] or "", row["hash"] == _hash(before, row)
        if row["number"] != expected or not (whole or (whose and _is_empty(row))):
            return expected
        if row["kind"] == DELETED:
            if json.loads(row["after_json"])["seal"] != kept.get(whose, hashlib.sha256()).hexdigest():
                return emptied.get(whose, expected)
            emptied.pop(whose, None)
        elif whose:
            kept.setdefault(whose, hashlib.sha256()).update(_kept(row))
            if not whole:
                emptied.setdefault(whose, expected)
        expected, before = expected + 1, row["hash"]
    return min(emptied.values(), default=None)


def seal_of_kept(connection: Connection, organisation_id: str) -> str:
    """A seal over all that stays of an organisation's events when it is deleted."""
    sealed = hashlib.sha256()
    sql = f"SELECT * FROM event WHERE organisation_id = :id AND kind <> '{DELETED}' ORDER BY number"  # noqa: S608
    for row in connection.rows(sql, id=organisation_id):
        sealed.update(_kept(row))
    return sealed.hexdigest()


def empty_events(connection: Connection, organisation_id: str) -> None:
    """Takes the words out of an organisation's events, once the event that it is deleted is there."""
    emptied = "subject = '', before_json = NULL, after_json = NULL"
    sql = f"UPDATE event SET {emptied} WHERE organisation_id = :id AND kind <> '{DELETED}'"  # noqa: S608
    connection.run(sql, id=organisation_id)


def _is_empty(row: Row) -> bool:
    return row["subject"] == "" and row["before_json"] is None and row["after_json"] is None


def _kept(row: Row) -> bytes:
    names = ("number", "at", "kind", "account_id", "organisation_id", "assessment_id", "hash")
    return json.dumps([row[name] for name in names], separators=(",", ":")).encode("ascii")


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
