"""Frozen results: what was submitted, and what followed from it. Only ever added to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from . import Connection, Row, one
from .assessments import Kept

Document = dict[str, Any]


@dataclass(frozen=True)
class Frozen:
    """One revision as submitted: documents as in the answers and result files, and who worked on it.

    `people` has names, and the owners of criteria as account ids; what was frozen early has no owners.
    """

    assessment_id: str
    revision: int
    method: str
    content_hash: str
    answers: Document
    result: Document
    people: Document
    made_at: str
    made_by: str


def freeze(c: Connection, frozen: Frozen) -> None:
    """Keeps a result for ever. Raises Duplicate where the revision has one."""
    c.run(
        "INSERT INTO result (assessment_id, revision, method, content_hash, answers_json, result_json,"
        " people_json, made_at, made_by) VALUES (:assessment, :revision, :method, :content_hash, :answers,"
        " :result, :people, :at, :by)",
        assessment=frozen.assessment_id,
        revision=frozen.revision,
        method=frozen.method,
        content_hash=frozen.content_hash,
        answers=_text(frozen.answers),
        result=_text(frozen.result),
        people=_text(frozen.people),
        at=frozen.made_at,
        by=frozen.made_by,
    )


def frozen_results(c: Connection, assessment_id: str) -> list[Frozen]:
    """All revisions that were submitted, the newest first."""
    rows = c.rows(
        "SELECT * FROM result WHERE assessment_id = :assessment ORDER BY revision DESC",
        assessment=assessment_id,
    )
    return [_frozen(row) for row in rows]


def last_frozen_alike(c: Connection, kept: Kept, before: str) -> Frozen | None:
    """What the organisation submitted last before a moment, in another assessment of the same scope."""
    row = one(
        c,
        "SELECT r.* FROM result r JOIN assessment a ON a.id = r.assessment_id"
        " WHERE a.organisation_id = :organisation AND a.framework = :framework AND a.id <> :id"
        " AND a.scope_kind = :kind AND a.scope_name = :name AND r.made_at < :before"
        " ORDER BY r.made_at DESC, r.assessment_id, r.revision DESC LIMIT 1",
        organisation=kept.organisation_id,
        framework=kept.framework,
        id=kept.id,
        kind=kept.scope_kind,
        name=kept.scope_name,
        before=before,
    )
    return _frozen(row) if row else None


def frozen_result(c: Connection, assessment_id: str, revision: int) -> Frozen | None:
    """One revision as it was submitted, or None."""
    row = one(
        c,
        "SELECT * FROM result WHERE assessment_id = :assessment AND revision = :revision",
        assessment=assessment_id,
        revision=revision,
    )
    return _frozen(row) if row else None


def frozen_before(c: Connection, assessment_id: str, revision: int) -> Frozen | None:
    """The revision that was submitted last before this one, or None."""
    row = one(
        c,
        "SELECT * FROM result WHERE assessment_id = :assessment AND revision < :revision"
        " ORDER BY revision DESC LIMIT 1",
        assessment=assessment_id,
        revision=revision,
    )
    return _frozen(row) if row else None


def newest_result(c: Connection, organisation_id: str) -> tuple[str, int] | None:
    """The assessment and the revision that an organisation submitted last, or None."""
    row = one(
        c,
        "SELECT r.assessment_id, r.revision FROM result r JOIN assessment a ON a.id = r.assessment_id"
        " WHERE a.organisation_id = :organisation"
        " ORDER BY r.made_at DESC, r.assessment_id, r.revision LIMIT 1",
        organisation=organisation_id,
    )
    return (row["assessment_id"], row["revision"]) if row else None


def _text(document: Document) -> str:
    # The order of the keys is kept: it is the order of the file
    return json.dumps(document, ensure_ascii=False)


def _frozen(row: Row) -> Frozen:
    documents = {name: json.loads(row.pop(f"{name}_json")) for name in ("answers", "result", "people")}
    return Frozen(**row, **documents)


def every_result(c: Connection) -> Iterator[Frozen]:
    """Every frozen result there is, one at a time."""
    rows = c.rows("SELECT assessment_id, revision FROM result ORDER BY assessment_id, revision")
    found = (frozen_result(c, row["assessment_id"], row["revision"]) for row in rows)
    return (frozen for frozen in found if frozen)
