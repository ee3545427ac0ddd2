"""What came along to an assessment from before: from which one, to which criteria, and what is left to do."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property

from ..domain.carrying import NOTHING
from ..domain.earlier import Brought, brought_document, brought_from
from . import Connection, Row, one

# Beside the answers and owners of a sheet: the same columns
CARRIED = (
    "SELECT 'carried', v.to_do, v.criterion, v.brought_json, 0, coalesce(v.settled_at, ''),"
    " coalesce(v.settled_by, ''), coalesce(b.name, ''), coalesce(b.email, '')"
    " FROM carried v LEFT JOIN account b ON b.id = v.settled_by WHERE v.assessment_id = :assessment"
)


@dataclass(frozen=True)
class Carried:
    """What came along to one criterion. `settler` did what was to do, at `settled_at`; empty until then."""

    to_do: str = NOTHING
    text: str = ""
    settled_at: str = ""
    settler: str = ""

    @cached_property
    def brought(self) -> Brought:
        """What came along, and from where."""
        return brought_from(json.loads(self.text)) if self.text else Brought()

    @property
    def left(self) -> str:
        """What is left to do; empty where nothing is."""
        return "" if self.settled_at or self.to_do == NOTHING else self.to_do


@dataclass(frozen=True)
class Predecessor:
    """The submission that an assessment was begun from."""

    before_id: str
    revision: int
    carried_at: str


@dataclass(frozen=True)
class VersionBefore:
    """A version that an assessment answered before it was moved."""

    version: str
    content_hash: str
    moved_at: str


def carried_from(row: Row) -> Carried:
    """What came along, from a row of CARRIED in a sheet."""
    return Carried(row["id"], row["body"], row["at"], row["name"] or row["email"])


def put_carried(c: Connection, assessment_id: str, criterion: str, found: Brought, by: str, at: str) -> None:
    """Keeps what came along to a criterion, in the place of what came along before."""
    c.run(
        "INSERT INTO carried (assessment_id, criterion, to_do, brought_json, carried_at, carried_by)"
        " VALUES (:assessment, :criterion, :to_do, :brought, :at, :by)"
        " ON CONFLICT (assessment_id, criterion) DO UPDATE SET to_do = excluded.to_do,"
        " brought_json = excluded.brought_json, carried_at = excluded.carried_at,"
        " carried_by = excluded.carried_by, settled_at = NULL, settled_by = NULL",
        assessment=assessment_id,
        criterion=criterion,
        to_do=found.to_do,
        brought=json.dumps(brought_document(found), ensure_ascii=False, sort_keys=True),
        at=at,
        by=by,
    )


def settle(c: Connection, assessment_id: str, criterion: str, by: str, at: str) -> bool:
    """Notes that somebody did what was to do; whether it was still to do."""
    return bool(
        c.run(
            "UPDATE carried SET settled_at = :at, settled_by = :by WHERE assessment_id = :assessment"
            " AND criterion = :criterion AND settled_at IS NULL AND to_do <> :nothing",
            assessment=assessment_id,
            criterion=criterion,
            at=at,
            by=by,
            nothing=NOTHING,
        )
    )


def to_do_of(c: Connection, assessment_id: str, criterion: str) -> str:
    """What is left to do about what came along to a criterion; empty where nothing is."""
    row = one(
        c,
        "SELECT to_do FROM carried WHERE assessment_id = :assessment AND criterion = :criterion"
        " AND settled_at IS NULL AND to_do <> :nothing",
        assessment=assessment_id,
        criterion=criterion,
        nothing=NOTHING,
    )
    return str(row["to_do"]) if row else ""


def add_predecessor(
    c: Connection, assessment_id: str, before_id: str, revision: int, by: str, at: str
) -> None:
    """Keeps what a new assessment was begun from."""
    c.run(
        "INSERT INTO predecessor (assessment_id, before_id, revision, carried_at, carried_by)"
        " VALUES (:assessment, :before, :revision, :at, :by)",
        assessment=assessment_id,
        before=before_id,
        revision=revision,
        at=at,
        by=by,
    )


def predecessor(c: Connection, assessment_id: str) -> Predecessor | None:
    """What an assessment was begun from; None where it began blank."""
    row = one(
        c,
        "SELECT before_id, revision, carried_at FROM predecessor WHERE assessment_id = :assessment",
        assessment=assessment_id,
    )
    return Predecessor(row["before_id"], int(row["revision"]), row["carried_at"]) if row else None


def add_version_before(
    c: Connection, assessment_id: str, version: str, content_hash: str, by: str, at: str
) -> None:
    """Keeps which version an assessment answered until it was moved."""
    c.run(
        "INSERT INTO version_before (assessment_id, version, content_hash, moved_at, moved_by)"
        " VALUES (:assessment, :version, :content_hash, :at, :by)",
        assessment=assessment_id,
        version=version,
        content_hash=content_hash,
        at=at,
        by=by,
    )


def versions_before(c: Connection, assessment_id: str) -> list[VersionBefore]:
    """The versions that an assessment answered before, the first one first."""
    rows = c.rows(
        "SELECT version, content_hash, moved_at FROM version_before WHERE assessment_id = :assessment"
        " ORDER BY moved_at, version",
        assessment=assessment_id,
    )
    return [VersionBefore(**row) for row in rows]
