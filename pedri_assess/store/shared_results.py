"""Frozen results of the organisations that agreed to share them, and the looks of PEDRI staff at them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from ..domain.errors import NotFound
from ..domain.sharing import STAFF
from . import Connection, Row, one

# What was sent back is a draft again, and drafts are nobody's business
_SHARED = (
    "SELECT r.assessment_id, r.revision, r.content_hash, r.made_at, a.organisation_id, a.framework,"
    " a.scope_kind, a.scope_name, o.name, o.kind, o.nation, o.size FROM result r"
    " JOIN assessment a ON a.id = r.assessment_id"
    " JOIN organisation o ON o.id = a.organisation_id AND o.closed_at IS NULL"
    " JOIN sharing s ON s.organisation_id = o.id AND s.choice = :choice AND s.ended_at IS NULL"
    " WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.assessment_id = r.assessment_id"
    " AND e.kind = 'sent-back' AND e.subject = CAST(r.revision AS TEXT))"
)


@dataclass(frozen=True)
class SharedResult:
    """A frozen result that is shared, without what is in it."""

    organisation_id: str
    organisation: str
    kind: str
    nation: str
    size: str
    assessment_id: str
    revision: int
    framework: str
    content_hash: str
    scope_kind: str
    scope_name: str
    made_at: str

    @property
    def year(self) -> str:
        """The year in which it was submitted."""
        return self.made_at[:4]


@dataclass(frozen=True)
class Look:
    """That somebody of PEDRI's staff looked at a result: when, who, and at what."""

    at: str
    called: str
    what: dict[str, Any]


def shared_results(c: Connection, framework: str, choice: str = STAFF) -> list[SharedResult]:
    """All of a framework that organisations share by a choice, by organisation, the newest first.

    Without it: what staff may look at.
    """
    rows = c.rows(
        f"{_SHARED} AND a.framework = :framework"
        " ORDER BY lower(o.name), o.id, r.made_at DESC, r.assessment_id, r.revision DESC",
        choice=choice,
        framework=framework,
    )
    return [_shared(row) for row in rows]


def shared_result(c: Connection, assessment_id: str, revision: int) -> SharedResult:
    """One of them. Raises NotFound, also for what is there and not shared."""
    row = one(
        c,
        f"{_SHARED} AND r.assessment_id = :assessment AND r.revision = :revision",
        choice=STAFF,
        assessment=assessment_id,
        revision=revision,
    )
    if row is None:
        raise NotFound("shared result")
    return _shared(row)


def answers_in(c: Connection, result: SharedResult) -> dict[str, Any]:
    """The answers document of a result."""
    row = one(
        c,
        "SELECT answers_json FROM result WHERE assessment_id = :assessment AND revision = :revision",
        assessment=result.assessment_id,
        revision=result.revision,
    )
    found: dict[str, Any] = json.loads(row["answers_json"] if row else "{}")
    return found


def looks(c: Connection, organisation_id: str, most: int) -> list[Look]:
    """The newest looks at an organisation's results, the newest first."""
    rows = c.rows(
        "SELECT e.at, b.name, b.email, e.after_json FROM event e LEFT JOIN account b ON b.id = e.account_id"
        " WHERE e.organisation_id = :organisation AND e.kind = 'result-looked-at'"
        " ORDER BY e.number DESC LIMIT :most",
        organisation=organisation_id,
        most=most,
    )
    return [Look(row["at"], row["name"] or row["email"] or "", json.loads(row["after_json"])) for row in rows]


def _shared(row: Row) -> SharedResult:
    return SharedResult(organisation=row.pop("name"), **row)
