"""Answers as they are kept: what was said about each criterion, who said it, and whose criterion it is."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from ..domain.opinions import NOTHING, Opinion
from ..domain.said import Said, said_document, said_from
from . import Connection, Row, one
from .carried import CARRIED, Carried, carried_from

_SELECT = (
    "SELECT 'answer' AS kind, n.criterion AS id, n.criterion, n.said_json AS body, n.changes AS number,"
    " n.saved_at AS at, n.saved_by AS who, b.name, b.email FROM answer n JOIN account b ON b.id = n.saved_by"
)
_SHEET = (
    _SELECT + " WHERE n.assessment_id = :assessment UNION ALL"  # noqa: S608 - our own words
    " SELECT 'owner', g.criterion, g.criterion, '', 0, g.assigned_at, g.account_id, b.name, b.email"
    " FROM assignment g JOIN account b ON b.id = g.account_id WHERE g.assessment_id = :assessment"
    " UNION ALL " + CARRIED
)
_COUNTS = (
    "SELECT 'count', k.criterion, k.criterion, '', count(*), '', '', '', '' FROM comment k"
    " WHERE k.assessment_id = :assessment AND k.removed_at IS NULL GROUP BY k.criterion"
)
_COMMENTS = (
    "SELECT 'comment' AS kind, k.id, k.criterion, k.body, 0 AS number, k.created_at AS at,"
    " k.account_id AS who, b.name, b.email"
    " FROM comment k"
    " JOIN account b ON b.id = k.account_id WHERE k.assessment_id = :assessment AND k.removed_at IS NULL"
)
# The two answers only: texts are for the page of the criterion
_OPINION = (
    "SELECT 'opinion', o.criterion, o.criterion, o.clear || '/' || o.relevant, 0, o.said_at, o.account_id,"
    " '', '' FROM opinion o JOIN assessment t ON t.framework = o.framework AND t.version = o.version"
    " WHERE t.id = :assessment AND o.account_id = :me"
)
_INSERT = (
    "INSERT INTO answer (assessment_id, criterion, said_json, changes, saved_at, saved_by)"
    " VALUES (:assessment, :criterion, :said, 1, :at, :account)"
    " ON CONFLICT (assessment_id, criterion) DO NOTHING"
)
_UPDATE = (
    "UPDATE answer SET said_json = :said, changes = changes + 1, saved_at = :at, saved_by = :account"
    " WHERE assessment_id = :assessment AND criterion = :criterion AND changes = :expected"
)


@dataclass(frozen=True)
class Saved:
    """What was last saved. `changes` 0 means nothing yet; a save must name the number it was made from."""

    said: Said = field(default_factory=Said)
    changes: int = 0
    saved_at: str = ""
    saved_by: str = ""
    saver: str = ""


@dataclass(frozen=True)
class Comment:
    """A remark about a criterion."""

    id: str
    body: str
    at: str
    account_id: str
    called: str


@dataclass(frozen=True)
class Sheet:
    """What is there by criterion: answers, owners (account ids), numbers of comments, or the comments.

    `carried` is what came along from before.
    """

    answers: dict[str, Saved]
    owners: dict[str, str]
    counts: dict[str, int]
    comments: tuple[Comment, ...] = ()
    carried: dict[str, Carried] = field(default_factory=dict)
    opinion: Opinion = NOTHING

    @property
    def left(self) -> dict[str, str]:
        """What is left to do about what came along, by criterion."""
        return {name: item.left for name, item in self.carried.items() if item.left}


def answers(c: Connection, assessment_id: str) -> dict[str, Saved]:
    """All that was said, by criterion; also what is no longer in scope."""
    rows = c.rows(
        f"{_SELECT} WHERE n.assessment_id = :assessment ORDER BY n.criterion", assessment=assessment_id
    )
    return {row["criterion"]: _saved(row) for row in rows}


def answer(c: Connection, assessment_id: str, criterion: str) -> Saved:
    """What was said about one criterion; an empty one where nothing was."""
    row = one(
        c,
        f"{_SELECT} WHERE n.assessment_id = :assessment AND n.criterion = :criterion",
        assessment=assessment_id,
        criterion=criterion,
    )
    return _saved(row) if row else Saved()


def save(
    c: Connection, assessment_id: str, criterion: str, account_id: str, said: Said, expected: int, at: str
) -> bool:
    """Saves, where the number is still `expected`; whether it was."""
    put = _INSERT if expected == 0 else _UPDATE
    values: dict[str, str | int] = {} if expected == 0 else {"expected": expected}
    changed = c.run(
        put,
        assessment=assessment_id,
        criterion=criterion,
        said=json.dumps(said_document(said), ensure_ascii=False, sort_keys=True),
        at=at,
        account=account_id,
        **values,
    )
    return changed == 1


def sheet(c: Connection, assessment_id: str) -> Sheet:
    """All that is there about each criterion, in one statement."""
    rows = c.rows(f"{_SHEET} UNION ALL {_COUNTS} ORDER BY criterion, kind", assessment=assessment_id)
    return _sheet(rows)


def page(c: Connection, assessment_id: str, criterion: str, account_id: str) -> Sheet:
    """All that is there about one criterion, with the words of its comments, in one statement.

    With what this account says of the criterion itself.
    """
    all_ = f"{_SHEET} UNION ALL {_COMMENTS} UNION ALL {_OPINION}"
    sql = f"SELECT * FROM ({all_}) one_page WHERE criterion = :criterion ORDER BY at, id"  # noqa: S608
    return _sheet(c.rows(sql, assessment=assessment_id, criterion=criterion, me=account_id))


def comments_on(c: Connection, assessment_id: str, criterion: str) -> tuple[Comment, ...]:
    """The comments on one criterion, the oldest first."""
    rows = c.rows(
        f"{_COMMENTS} AND k.criterion = :criterion ORDER BY k.created_at, k.id",
        assessment=assessment_id,
        criterion=criterion,
    )
    return tuple(_comment(row) for row in rows)


def _comment(row: Row) -> Comment:
    return Comment(row["id"], row["body"], row["at"], row["who"], row["name"] or row["email"])


def _sheet(rows: list[Row]) -> Sheet:
    kinds: dict[str, list[Row]] = {
        name: [] for name in ("answer", "owner", "comment", "count", "carried", "opinion")
    }
    for row in rows:
        kinds[row["kind"]].append(row)
    return Sheet(
        {row["criterion"]: _saved(row) for row in kinds["answer"]},
        {row["criterion"]: row["who"] for row in kinds["owner"]},
        {row["criterion"]: int(row["number"]) for row in kinds["count"]},
        tuple(_comment(row) for row in kinds["comment"]),
        {row["criterion"]: carried_from(row) for row in kinds["carried"]},
        *(Opinion(*row["body"].split("/")) for row in kinds["opinion"]),
    )


def owner(c: Connection, assessment_id: str, criterion: str) -> str:
    """Whose criterion it is: an account id, or empty."""
    row = one(
        c,
        "SELECT account_id FROM assignment WHERE assessment_id = :assessment AND criterion = :criterion",
        assessment=assessment_id,
        criterion=criterion,
    )
    return row["account_id"] if row else ""


def set_owner(c: Connection, assessment_id: str, criterion: str, account_id: str, by: str, at: str) -> None:
    """Makes a criterion somebody's; nobody's where `account_id` is empty."""
    if not account_id:
        c.run(
            "DELETE FROM assignment WHERE assessment_id = :assessment AND criterion = :criterion",
            assessment=assessment_id,
            criterion=criterion,
        )
        return
    c.run(
        "INSERT INTO assignment (assessment_id, criterion, account_id, assigned_at, assigned_by)"
        " VALUES (:assessment, :criterion, :account, :at, :by) ON CONFLICT (assessment_id, criterion)"
        " DO UPDATE SET account_id = excluded.account_id, assigned_at = excluded.assigned_at,"
        " assigned_by = excluded.assigned_by",
        assessment=assessment_id,
        criterion=criterion,
        account=account_id,
        at=at,
        by=by,
    )


def _saved(row: Row) -> Saved:
    said = said_from(json.loads(row["body"]))
    return Saved(said, row["number"], row["at"], row["who"], row["name"] or row["email"])


@dataclass(frozen=True)
class Given:
    """Evidence in an assessment of an organisation: what that is about, and the day it was saved."""

    assessment_id: str
    scope: str
    day: str
    evidence: str


def evidence_given(
    c: Connection, organisation_id: str, version: tuple[str, str], criterion: str, only: str | None
) -> list[Given]:
    """The evidence for a criterion in an organisation's assessments of a framework and version, newest first.

    `only` is somebody who sees just the assessments that they take part in.
    """
    framework, number = version
    takes_part = (
        " AND EXISTS (SELECT 1 FROM participation p WHERE p.assessment_id = a.id AND p.account_id = :only)"
    )
    rows = c.rows(
        "SELECT a.id, a.scope_name, n.saved_at, n.said_json FROM answer n"  # noqa: S608 - our own words
        " JOIN assessment a ON a.id = n.assessment_id"
        " WHERE a.organisation_id = :organisation AND a.framework = :framework AND a.version = :version"
        f" AND n.criterion = :criterion{takes_part if only else ''} ORDER BY n.saved_at DESC, a.id",
        organisation=organisation_id,
        framework=framework,
        version=number,
        criterion=criterion,
        **({"only": only} if only else {}),
    )
    return [
        Given(
            row["id"],
            row["scope_name"],
            row["saved_at"][:10],
            said_from(json.loads(row["said_json"])).answer.evidence,
        )
        for row in rows
    ]
