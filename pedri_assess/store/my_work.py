"""What concerns one person, over all assessments: what they see, and the criteria that are theirs."""

from __future__ import annotations

import json
from dataclasses import dataclass

from ..domain.policies import CONTRIBUTOR
from ..domain.said import Said, said_from
from . import Connection
from .assessments import SELECT, Kept, kept_from


@dataclass(frozen=True)
class Seen:
    """An assessment that somebody sees, and how they stand to it."""

    assessment: Kept
    role: str
    takes_part: bool


@dataclass(frozen=True)
class Owned:
    """A criterion that is somebody's; `said` is None where nothing was said yet.

    `left` is what is left to do about what came along from before; empty for nothing.
    """

    assessment_id: str
    criterion: str
    said: Said | None
    left: str = ""


def assessments_for(c: Connection, account_id: str) -> list[Seen]:
    """The assessments somebody sees, without the archived ones: contributors those they take part in."""
    joined = (
        "SELECT s.*, m.role, p.account_id AS part FROM ("  # noqa: S608 - our own words
        + SELECT
        + " WHERE a.archived_at IS NULL"
        " AND o.closed_at IS NULL) s"
        " JOIN membership m ON m.organisation_id = s.organisation_id AND m.ended_at IS NULL"
        " AND m.account_id = :account"
        " LEFT JOIN participation p ON p.assessment_id = s.id AND p.account_id = :account"
        " WHERE m.role <> :contributor OR p.account_id IS NOT NULL ORDER BY s.created_at, s.id"
    )
    rows = c.rows(joined, account=account_id, contributor=CONTRIBUTOR)
    return [
        Seen(role=row.pop("role"), takes_part=bool(row.pop("part")), assessment=kept_from(row))
        for row in rows
    ]


def owned_by(c: Connection, account_id: str) -> list[Owned]:
    """The criteria that are somebody's, with what was said."""
    rows = c.rows(
        "SELECT g.assessment_id, g.criterion, n.said_json, v.to_do FROM assignment g"
        " JOIN assessment a ON a.id = g.assessment_id AND a.archived_at IS NULL"
        " LEFT JOIN answer n ON n.assessment_id = g.assessment_id AND n.criterion = g.criterion"
        " LEFT JOIN carried v ON v.assessment_id = g.assessment_id AND v.criterion = g.criterion"
        " AND v.settled_at IS NULL AND v.to_do <> 'nothing'"
        " WHERE g.account_id = :account ORDER BY g.assessment_id, g.criterion",
        account=account_id,
    )
    return [
        Owned(
            row["assessment_id"],
            row["criterion"],
            said_from(json.loads(row["said_json"])) if row["said_json"] else None,
            row["to_do"] or "",
        )
        for row in rows
    ]
