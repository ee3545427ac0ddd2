"""What staff rated alone, and what they agreed on. The ratings of others are read only once it is ended."""

from __future__ import annotations

import json
from dataclasses import dataclass

from ..domain.alone import AGREE, AS_USUAL, RATE
from . import Connection, Row, one


@dataclass(frozen=True)
class Stage:
    """Rating alone in one assessment; `closed_at` is None while it lasts."""

    opened_at: str
    closed_at: str | None


@dataclass(frozen=True)
class Rated:
    """What one person rated for one criterion; `level` is None where they do not know."""

    criterion: str = ""
    account_id: str = ""
    called: str = ""
    level: int | None = None
    reason: str = ""
    evidence: str = ""
    changes: int = 0


@dataclass(frozen=True)
class Agreement:
    """What was agreed: `level` is None for no level, `who` are account ids."""

    criterion: str
    level: int | None
    who: tuple[str, ...]
    minority: str
    discussion: str
    agreed_at: str


_RATED = (
    "SELECT r.criterion, r.account_id, r.level, r.reason, r.evidence, r.changes, a.name, a.email"
    " FROM rating r JOIN account a ON a.id = r.account_id"
)


def stage(c: Connection, assessment_id: str) -> Stage | None:
    """Whether staff rate alone, or did; None where nobody asked them to."""
    row = one(
        c,
        "SELECT opened_at, closed_at FROM rating_alone WHERE assessment_id = :assessment",
        assessment=assessment_id,
    )
    return Stage(row["opened_at"], row["closed_at"]) if row else None


def standing(c: Connection, assessment_id: str, criterion: str) -> str:
    """How a criterion stands: RATE, AGREE or AS_USUAL. What was answered before is answered as usual."""
    row = one(
        c,
        "SELECT s.closed_at FROM rating_alone s WHERE s.assessment_id = :assessment"
        " AND NOT EXISTS (SELECT 1 FROM answer n WHERE n.assessment_id = s.assessment_id"
        " AND n.criterion = :criterion) AND NOT EXISTS (SELECT 1 FROM agreement g"
        " WHERE g.assessment_id = s.assessment_id AND g.criterion = :criterion)"
        " AND (s.closed_at IS NULL OR EXISTS (SELECT 1 FROM rating r"
        " WHERE r.assessment_id = s.assessment_id AND r.criterion = :criterion))",
        assessment=assessment_id,
        criterion=criterion,
    )
    if row is None:
        return AS_USUAL
    return AGREE if row["closed_at"] else RATE


def open_stage(c: Connection, assessment_id: str, by: str, at: str) -> None:
    """Lets staff rate alone."""
    c.run(
        "INSERT INTO rating_alone (assessment_id, opened_at, opened_by) VALUES (:assessment, :at, :by)",
        assessment=assessment_id,
        at=at,
        by=by,
    )


def close_stage(c: Connection, assessment_id: str, at: str) -> None:
    """Ends it: from now on the ratings are read."""
    c.run(
        "UPDATE rating_alone SET closed_at = :at WHERE assessment_id = :assessment AND closed_at IS NULL",
        assessment=assessment_id,
        at=at,
    )


def own(c: Connection, assessment_id: str, account_id: str) -> dict[str, Rated]:
    """What one person rated, by criterion."""
    rows = c.rows(
        f"{_RATED} WHERE r.assessment_id = :assessment AND r.account_id = :account",
        assessment=assessment_id,
        account=account_id,
    )
    return {row["criterion"]: _rated(row) for row in rows}


def counts(c: Connection, assessment_id: str) -> dict[str, int]:
    """How many criteria each person has rated, by account id."""
    rows = c.rows(
        "SELECT account_id, count(*) AS number FROM rating WHERE assessment_id = :assessment"
        " GROUP BY account_id",
        assessment=assessment_id,
    )
    return {row["account_id"]: int(row["number"]) for row in rows}


def everyones(c: Connection, assessment_id: str) -> list[Rated]:
    """What everybody rated; nothing while it lasts."""
    rows = c.rows(
        f"{_RATED} JOIN rating_alone s ON s.assessment_id = r.assessment_id AND s.closed_at IS NOT NULL"
        " WHERE r.assessment_id = :assessment ORDER BY r.criterion, r.level, r.account_id",
        assessment=assessment_id,
    )
    return [_rated(row) for row in rows]


def rate(c: Connection, assessment_id: str, rated: Rated, expected: int, at: str) -> bool:
    """Saves what one person rated, where the number is still `expected`; whether it was."""
    sql = (
        "UPDATE rating SET level = :level, reason = :reason, evidence = :evidence, changes = changes + 1,"
        " saved_at = :at WHERE assessment_id = :assessment AND criterion = :criterion"
        " AND account_id = :account AND changes = :expected"
        if expected
        else "INSERT INTO rating (assessment_id, criterion, account_id, level, reason, evidence, changes,"
        " saved_at) SELECT :assessment, :criterion, :account, :level, :reason, :evidence, 1, :at"
        " WHERE NOT EXISTS (SELECT 1 FROM rating WHERE assessment_id = :assessment"
        " AND criterion = :criterion AND account_id = :account)"
    )
    numbers = {"expected": expected} if expected else {}
    changed = c.run(
        sql,
        assessment=assessment_id,
        criterion=rated.criterion,
        account=rated.account_id,
        level=rated.level,
        reason=rated.reason,
        evidence=rated.evidence,
        at=at,
        **numbers,
    )
    return changed == 1


def agreements(c: Connection, assessment_id: str) -> dict[str, Agreement]:
    """What was agreed, by criterion."""
    rows = c.rows(
        "SELECT criterion, level, who, minority, discussion, agreed_at FROM agreement"
        " WHERE assessment_id = :assessment",
        assessment=assessment_id,
    )
    return {
        row["criterion"]: Agreement(
            row["criterion"],
            row["level"],
            tuple(json.loads(row["who"])),
            row["minority"],
            row["discussion"],
            row["agreed_at"],
        )
        for row in rows
    }


def add_agreement(c: Connection, assessment_id: str, agreed: Agreement, by: str) -> None:
    """Writes down what was agreed."""
    c.run(
        "INSERT INTO agreement (assessment_id, criterion, level, who, minority, discussion, account_id,"
        " agreed_at) VALUES (:assessment, :criterion, :level, :who, :minority, :discussion, :by, :at)",
        assessment=assessment_id,
        criterion=agreed.criterion,
        level=agreed.level,
        who=json.dumps(list(agreed.who)),
        minority=agreed.minority,
        discussion=agreed.discussion,
        by=by,
        at=agreed.agreed_at,
    )


def _rated(row: Row) -> Rated:
    called = row["name"] or row["email"]
    return Rated(
        row["criterion"],
        row["account_id"],
        called,
        row["level"],
        row["reason"],
        row["evidence"],
        row["changes"],
    )
