"""The actions of a plan with their notes, and who agreed to which plan."""

from __future__ import annotations

import json
from dataclasses import dataclass

from ..domain.errors import NotFound, Stale
from ..domain.ids import new_id
from . import Connection, Row, one

_CALLED = "CASE WHEN {0}.name = '' THEN {0}.email ELSE {0}.name END"
_COLUMNS = (
    "p.id, p.assessment_id, p.criteria_json, p.text, p.first_step, p.cost, p.effort, p.origin, p.owner_id,"
    f" {_CALLED.format('o')} AS owner, p.due, p.status, p.because, p.changes, p.created_at, p.changed_at"
)
_SELECT = f"SELECT {_COLUMNS} FROM plan_action p LEFT JOIN account o ON o.id = p.owner_id"  # noqa: S608


@dataclass(frozen=True)
class PlanAction:
    """One action. `owner` is what the owner is called; `origin` names where the framework proposed it, and
    is empty for an action of one's own. `because` says what changed, or why nothing is done."""

    id: str
    assessment_id: str
    criteria: tuple[str, ...]
    text: str
    first_step: str = ""
    cost: str = ""
    effort: str = ""
    origin: str = ""
    owner_id: str | None = None
    owner: str | None = None
    due: str | None = None
    status: str = "planned"
    because: str = ""
    changes: int = 1
    created_at: str = ""
    changed_at: str = ""


@dataclass(frozen=True)
class Note:
    """What somebody said about an action, with the status that it then had."""

    at: str
    called: str
    status: str
    body: str


@dataclass(frozen=True)
class Agreement:
    """Who agreed, when, and to which plan: `seal` is that of its content."""

    seal: str
    at: str
    called: str


def add_action(c: Connection, new: PlanAction, by: str) -> None:
    """Keeps a new action."""
    c.run(
        "INSERT INTO plan_action (id, assessment_id, criteria_json, text, first_step, cost, effort, origin,"
        " owner_id, due, status, because, changes, created_at, created_by, changed_at) VALUES (:id,"
        " :assessment_id, :criteria, :text, :first_step, :cost, :effort, :origin, :owner_id, :due, :status,"
        " :because, :changes, :created_at, :by, :changed_at)",
        **_values(new),
        assessment_id=new.assessment_id,
        created_at=new.created_at,
        origin=new.origin,
        by=by,
    )


def change_action(c: Connection, changed: PlanAction, expected: int) -> None:
    """Keeps what changed. Raises Stale with what is there now where somebody changed or removed it since."""
    done = c.run(
        "UPDATE plan_action SET criteria_json = :criteria, text = :text, first_step = :first_step,"
        " cost = :cost, effort = :effort, owner_id = :owner_id, due = :due, status = :status,"
        " because = :because, changes = :changes, changed_at = :changed_at"
        " WHERE id = :id AND changes = :expected AND removed_at IS NULL",
        **{**_values(changed), "changes": expected + 1},
        expected=expected,
    )
    if not done:
        raise Stale(action(c, changed.assessment_id, changed.id))


def remove_action(c: Connection, action_id: str, at: str, merged_into: str | None = None) -> None:
    """Takes an action out of the plan; it stays on record."""
    c.run(
        "UPDATE plan_action SET removed_at = :at, merged_into = :into WHERE id = :id AND removed_at IS NULL",
        id=action_id,
        at=at,
        into=merged_into,
    )


def restore_action(c: Connection, assessment_id: str, action_id: str) -> None:
    """Puts an action back into the plan. Raises NotFound."""
    done = c.run(
        "UPDATE plan_action SET removed_at = NULL, merged_into = NULL"
        " WHERE id = :id AND assessment_id = :assessment AND removed_at IS NOT NULL",
        id=action_id,
        assessment=assessment_id,
    )
    if not done:
        raise NotFound("action")


def actions(c: Connection, assessment_id: str) -> list[PlanAction]:
    """The plan, in the order in which it was made."""
    rows = c.rows(
        f"{_SELECT} WHERE p.assessment_id = :assessment AND p.removed_at IS NULL ORDER BY p.created_at, p.id",
        assessment=assessment_id,
    )
    return [_action(row) for row in rows]


def removed_actions(c: Connection, assessment_id: str) -> list[PlanAction]:
    """What was taken out of the plan, the last first; what was merged is told by what it became."""
    rows = c.rows(
        f"{_SELECT} WHERE p.assessment_id = :assessment AND p.removed_at IS NOT NULL"
        " AND p.merged_into IS NULL ORDER BY p.removed_at DESC, p.id",
        assessment=assessment_id,
    )
    return [_action(row) for row in rows]


def action(c: Connection, assessment_id: str, action_id: str) -> PlanAction:
    """One action of this plan. Raises NotFound, also where it was taken out."""
    row = one(
        c,
        f"{_SELECT} WHERE p.id = :id AND p.assessment_id = :assessment AND p.removed_at IS NULL",
        id=action_id,
        assessment=assessment_id,
    )
    if row is None:
        raise NotFound("action")
    return _action(row)


def actions_of(c: Connection, account_id: str) -> list[tuple[PlanAction, str, str]]:
    """Somebody's open actions, each with the names of the assessment and of the organisation, the first due
    in front. Those of an organisation that they left are theirs no more."""
    rows = c.rows(
        f"SELECT {_COLUMNS}, a.scope_name, g.name AS place FROM plan_action p"  # noqa: S608
        " JOIN account o ON o.id = p.owner_id JOIN assessment a ON a.id = p.assessment_id"
        " JOIN organisation g ON g.id = a.organisation_id"
        " JOIN membership m ON m.organisation_id = g.id AND m.account_id = p.owner_id AND m.ended_at IS NULL"
        " WHERE p.owner_id = :account AND p.removed_at IS NULL AND p.status IN ('planned', 'under-way')"
        " AND a.archived_at IS NULL AND g.closed_at IS NULL ORDER BY coalesce(p.due, '9999'), p.id",
        account=account_id,
    )
    return [(_action(row), row_name, place) for row, row_name, place in map(_named, rows)]


def owners_with_actions(c: Connection) -> list[tuple[str, str]]:
    """Everyone who can sign in and owns an open action with a day: account and e-mail address."""
    rows = c.rows(
        "SELECT DISTINCT p.owner_id, o.email FROM plan_action p JOIN account o ON o.id = p.owner_id"
        " WHERE p.removed_at IS NULL AND p.due IS NOT NULL AND p.status IN ('planned', 'under-way')"
        " AND o.disabled_at IS NULL ORDER BY p.owner_id"
    )
    return [(str(row["owner_id"]), str(row["email"])) for row in rows]


def add_note(c: Connection, action_id: str, account_id: str, status: str, body: str, at: str) -> None:
    """Adds a note to an action."""
    c.run(
        "INSERT INTO plan_note (id, action_id, at, account_id, status, body)"
        " VALUES (:id, :action, :at, :account, :status, :body)",
        id=new_id(),
        action=action_id,
        at=at,
        account=account_id,
        status=status,
        body=body,
    )


def notes(c: Connection, action_id: str) -> list[Note]:
    """What was said about an action, the newest first."""
    rows = c.rows(
        f"SELECT n.at, {_CALLED.format('a')} AS called, n.status, n.body FROM plan_note n"  # noqa: S608
        " JOIN account a ON a.id = n.account_id WHERE n.action_id = :action ORDER BY n.at DESC, n.id",
        action=action_id,
    )
    return [Note(**row) for row in rows]


def agree(c: Connection, assessment_id: str, seal: str, by: str, at: str) -> None:
    """Notes that somebody agreed to the plan as it is."""
    c.run(
        "INSERT INTO plan_agreement (id, assessment_id, seal, agreed_at, agreed_by)"
        " VALUES (:id, :assessment, :seal, :at, :by)",
        id=new_id(),
        assessment=assessment_id,
        seal=seal,
        at=at,
        by=by,
    )


def agreement(c: Connection, assessment_id: str) -> Agreement | None:
    """The last agreement; None where nobody agreed yet."""
    row = one(
        c,
        f"SELECT g.seal, g.agreed_at AS at, {_CALLED.format('a')} AS called FROM plan_agreement g"  # noqa: S608
        " JOIN account a ON a.id = g.agreed_by WHERE g.assessment_id = :assessment"
        " ORDER BY g.agreed_at DESC, g.id LIMIT 1",
        assessment=assessment_id,
    )
    return Agreement(**row) if row else None


def _values(item: PlanAction) -> dict[str, str | int | None]:
    names = ("id", "text", "first_step", "cost", "effort", "owner_id", "due", "status", "because", "changes")
    values: dict[str, str | int | None] = {name: getattr(item, name) for name in names}
    return {**values, "criteria": json.dumps(list(item.criteria)), "changed_at": item.changed_at}


def _action(row: Row) -> PlanAction:
    criteria = tuple(json.loads(row.pop("criteria_json")))
    return PlanAction(**row, criteria=criteria)


def _named(row: Row) -> tuple[Row, str, str]:
    return row, str(row.pop("scope_name")), str(row.pop("place"))
