"""What happened to an assessment or to a thing, read back from the events."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from . import Connection, Row


@dataclass(frozen=True)
class Happened:
    """One event, with the name of whoever did it."""

    number: int
    at: str
    kind: str
    account_id: str
    called: str
    subject: str
    before: Any
    after: Any


LAST = 2**62  # after every event
SAVES = ("answer-saved", "answer-carried", "answer-taken")  # the events that change an answer
_EVENTS = (
    "SELECT e.number, e.at, e.kind, e.account_id, b.name, b.email, e.subject, e.before_json, e.after_json"
    " FROM event e LEFT JOIN account b ON b.id = e.account_id"
)
_SELECT = _EVENTS + " WHERE e.assessment_id = :assessment AND e.number < :before"


def happened(c: Connection, assessment_id: str, before: int, most: int) -> list[Happened]:
    """The newest events of an assessment before a number."""
    sql = f"{_SELECT} ORDER BY e.number DESC LIMIT :most"
    return [_happened(row) for row in c.rows(sql, assessment=assessment_id, before=before, most=most)]


def handed_in(c: Connection, assessment_id: str) -> list[Happened]:
    """What happened to the submissions of an assessment, in order; the subject of each is its revision."""
    sql = f"{_SELECT} AND e.kind IN ('submitted', 'signed-off', 'sent-back', 'reopened') ORDER BY e.number"
    return [_happened(row) for row in c.rows(sql, assessment=assessment_id, before=LAST)]


def saves(c: Connection, assessment_id: str, criterion: str, before: int, most: int) -> list[Happened]:
    """The newest saves of one answer before a number."""
    sql = f"{_SELECT} AND e.kind IN {SAVES} AND e.subject = :criterion ORDER BY e.number DESC LIMIT :most"
    rows = c.rows(sql, assessment=assessment_id, criterion=criterion, before=before, most=most)
    return [_happened(row) for row in rows]


def happened_to(c: Connection, subject: str, kinds: str, most: int) -> list[Happened]:
    """The newest events about a thing, of the kinds that begin like `kinds`."""
    sql = f"{_EVENTS} WHERE e.subject = :subject AND e.kind LIKE :kinds ORDER BY e.number DESC LIMIT :most"
    return [_happened(row) for row in c.rows(sql, subject=subject, kinds=f"{kinds}%", most=most)]


def _happened(row: Row) -> Happened:
    return Happened(
        row["number"],
        row["at"],
        row["kind"],
        row["account_id"] or "",
        row["name"] or row["email"] or "",
        row["subject"],
        json.loads(row["before_json"] or "null"),
        json.loads(row["after_json"] or "null"),
    )
