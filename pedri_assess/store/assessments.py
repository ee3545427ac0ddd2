"""Assessments: what is assessed against which version; who takes part, and when they looked."""

from __future__ import annotations

import json
from dataclasses import dataclass

from ..domain.errors import NotFound, Stale
from ..domain.workflow import State
from . import Connection, Row, one

_COLUMNS = (
    "a.id, a.organisation_id, o.name AS organisation_name, a.framework, a.version, a.content_hash,"
    " a.scope_kind, a.scope_name, a.scope_about, a.depth, a.criteria_json, a.targets_json, a.finish_by,"
    " a.status, a.revision, a.changes, a.created_at, a.created_by, a.submitted_at, a.submitted_by,"
    " a.signed_off_at, a.signed_off_by, a.archived_at, w.comments_since"
)
SELECT = (
    f"SELECT {_COLUMNS} FROM assessment a JOIN organisation o ON o.id = a.organisation_id"  # noqa: S608
    " LEFT JOIN own_words w ON w.organisation_id = a.organisation_id"
)


@dataclass(frozen=True)
class Kept:
    """An assessment without its answers. `criteria` empty means all; `changes` counts every change.

    `comments_since` is the moment from which on comments are shown in reports, None where they are not.
    """

    id: str
    organisation_id: str
    organisation_name: str
    framework: str
    version: str
    content_hash: str
    scope_kind: str
    scope_name: str
    scope_about: str
    depth: str
    criteria: tuple[str, ...]
    targets: dict[str, int]
    finish_by: str | None
    status: str
    revision: int
    changes: int
    created_at: str
    created_by: str
    submitted_at: str | None = None
    submitted_by: str | None = None
    signed_off_at: str | None = None
    signed_off_by: str | None = None
    archived_at: str | None = None
    comments_since: str | None = None

    @property
    def state(self) -> State:
        """Where it stands."""
        return State(self.status, self.revision, self.archived_at is not None)


@dataclass(frozen=True)
class Person:
    """A member of the organisation. `seen_at` is their last look; `before_at` ended the visit before."""

    account_id: str
    called: str
    role: str
    takes_part: bool = False
    seen_at: str | None = None
    before_at: str | None = None


def kept_from(row: Row) -> Kept:
    """The assessment of a row of SELECT."""
    criteria, targets = json.loads(row.pop("criteria_json")), json.loads(row.pop("targets_json"))
    return Kept(**row, criteria=tuple(criteria), targets=targets)


def assessment(c: Connection, assessment_id: str) -> Kept:
    """One assessment. Raises NotFound."""
    row = one(c, f"{SELECT} WHERE a.id = :id", id=assessment_id)
    if row is None:
        raise NotFound("assessment")
    return kept_from(row)


def assessments_of(c: Connection, organisation_id: str) -> list[Kept]:
    """All assessments of an organisation, the newest first."""
    rows = c.rows(
        f"{SELECT} WHERE a.organisation_id = :organisation ORDER BY a.created_at DESC, a.id",
        organisation=organisation_id,
    )
    return [kept_from(row) for row in rows]


def add_assessment(c: Connection, new: Kept) -> None:
    """Keeps a new assessment."""
    c.run(
        "INSERT INTO assessment (id, organisation_id, framework, version, content_hash, scope_kind,"
        " scope_name, scope_about,"
        " depth, criteria_json, targets_json, finish_by, status, revision, changes, created_at,"
        " created_by) VALUES (:id, :organisation_id, :framework, :version, :content_hash, :scope_kind,"
        " :scope_name, :scope_about, :depth, :criteria, :targets, :finish_by, :status, :revision, :changes,"
        " :created_at, :created_by)",
        **_values(new),
        id=new.id,
        organisation_id=new.organisation_id,
        framework=new.framework,
        changes=new.changes,
        created_at=new.created_at,
        created_by=new.created_by,
    )


def change_assessment(c: Connection, changed: Kept) -> Kept:
    """Keeps what changed, where nobody else changed it since it was read; gives it with its new number.

    Raises Stale.
    """
    done = c.run(
        "UPDATE assessment SET version = :version, content_hash = :content_hash,"
        " scope_kind = :scope_kind, scope_name = :scope_name,"
        " scope_about = :scope_about,"
        " depth = :depth, criteria_json = :criteria, targets_json = :targets, finish_by = :finish_by,"
        " status = :status, revision = :revision, changes = changes + 1, submitted_at = :submitted_at,"
        " submitted_by = :submitted_by, signed_off_at = :signed_off_at, signed_off_by = :signed_off_by,"
        " archived_at = :archived_at WHERE id = :id AND changes = :changes",
        **_values(changed),
        submitted_at=changed.submitted_at,
        submitted_by=changed.submitted_by,
        signed_off_at=changed.signed_off_at,
        signed_off_by=changed.signed_off_by,
        archived_at=changed.archived_at,
        id=changed.id,
        changes=changed.changes,
    )
    if not done:
        raise Stale(assessment(c, changed.id))
    return assessment(c, changed.id)


def _values(item: Kept) -> dict[str, str | int | None]:
    return {
        "version": item.version,
        "content_hash": item.content_hash,
        "scope_kind": item.scope_kind,
        "scope_name": item.scope_name,
        "scope_about": item.scope_about,
        "depth": item.depth,
        "criteria": json.dumps(list(item.criteria)),
        "targets": json.dumps(item.targets, sort_keys=True),
        "finish_by": item.finish_by,
        "status": item.status,
        "revision": item.revision,
    }


def people(c: Connection, assessment_id: str) -> list[Person]:
    """The members of the assessment's organisation, and whether they take part, by what they are called."""
    rows = c.rows(
        "SELECT m.account_id, a.email, a.name, m.role, p.account_id AS part, v.last_at, v.before_at"
        " FROM assessment s"
        " JOIN membership m ON m.organisation_id = s.organisation_id AND m.ended_at IS NULL"
        " JOIN account a ON a.id = m.account_id AND a.disabled_at IS NULL"
        " LEFT JOIN participation p ON p.assessment_id = s.id AND p.account_id = m.account_id"
        " LEFT JOIN visit v ON v.assessment_id = s.id AND v.account_id = m.account_id"
        " WHERE s.id = :assessment ORDER BY m.account_id",
        assessment=assessment_id,
    )
    found = [
        Person(
            row["account_id"],
            row["name"] or row["email"],
            row["role"],
            bool(row["part"]),
            row["last_at"],
            row["before_at"],
        )
        for row in rows
    ]
    return sorted(found, key=lambda person: (person.called.casefold(), person.account_id))


def names(c: Connection, assessment_id: str) -> dict[str, str]:
    """The names of all who ever were members of the assessment's organisation, by account id.

    A name is empty where somebody gave none; it is never an address.
    """
    rows = c.rows(
        "SELECT DISTINCT a.id, a.name FROM assessment s"
        " JOIN membership m ON m.organisation_id = s.organisation_id"
        " JOIN account a ON a.id = m.account_id WHERE s.id = :assessment ORDER BY a.id",
        assessment=assessment_id,
    )
    return {row["id"]: row["name"] for row in rows}


def add_participant(c: Connection, assessment_id: str, account_id: str, by: str, at: str) -> bool:
    """Lets somebody take part; whether that is new."""
    return bool(
        c.run(
            "INSERT INTO participation (assessment_id, account_id, added_at, added_by)"
            " VALUES (:assessment, :account, :at, :by) ON CONFLICT (assessment_id, account_id) DO NOTHING",
            assessment=assessment_id,
            account=account_id,
            at=at,
            by=by,
        )
    )


def taken_part_in(c: Connection, account_id: str) -> set[str]:
    """The ids of the assessments that somebody takes part in."""
    rows = c.rows(
        "SELECT assessment_id FROM participation WHERE account_id = :account ORDER BY assessment_id",
        account=account_id,
    )
    return {row["assessment_id"] for row in rows}


def remove_participant(c: Connection, assessment_id: str, account_id: str) -> bool:
    """Ends somebody's part, and frees the criteria that were theirs; whether they took part."""
    values = {"assessment": assessment_id, "account": account_id}
    where = "WHERE assessment_id = :assessment AND account_id = :account"
    c.run(f"DELETE FROM assignment {where}", **values)  # noqa: S608 - the condition above
    return bool(c.run(f"DELETE FROM participation {where}", **values))  # noqa: S608


def note_visit(c: Connection, assessment_id: str, account_id: str, at: str, long_ago: str) -> None:
    """Notes that somebody looks. A look after `long_ago` belongs to the same visit as the one before."""
    c.run(
        "INSERT INTO visit (assessment_id, account_id, last_at) VALUES (:assessment, :account, :at)"
        " ON CONFLICT (assessment_id, account_id) DO UPDATE SET last_at = excluded.last_at,"
        " before_at = CASE WHEN visit.last_at < :long_ago THEN visit.last_at ELSE visit.before_at END",
        assessment=assessment_id,
        account=account_id,
        at=at,
        long_ago=long_ago,
    )
