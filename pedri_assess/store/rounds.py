"""Rounds, and the place of each organisation in them."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.errors import NotFound, Stale
from ..domain.ids import new_id
from . import Connection, Row, one

_ROUND = (
    "r.id, r.name, r.about, r.framework, r.version, r.opens_on, r.closes_on, r.changes, r.created_at,"
    " r.closed_at"
)
_PLACE = (
    "p.id, p.round_id, p.organisation_id, o.name AS organisation_name, p.invited_at, p.assessment_id,"
    " a.status, a.revision, a.submitted_at, p.declined_at, p.declined_because, p.until, p.extended_because,"
    " p.reminded_at"
)
_PLACES = (
    f"SELECT {_PLACE} FROM round_place p JOIN organisation o ON o.id = p.organisation_id"  # noqa: S608
    " LEFT JOIN assessment a ON a.id = p.assessment_id"
    " WHERE p.withdrawn_at IS NULL AND o.closed_at IS NULL"
)


@dataclass(frozen=True)
class Round:
    """A round; `changes` counts every change of it, `closed_at` is None unless somebody closed it."""

    id: str
    name: str
    about: str
    framework: str
    version: str
    opens_on: str
    closes_on: str
    changes: int
    created_at: str
    closed_at: str | None = None


@dataclass(frozen=True)
class Place:
    """The place of an organisation in a round, with how the assessment that it chose stands, and no more."""

    id: str
    round_id: str
    organisation_id: str
    organisation_name: str
    invited_at: str
    assessment_id: str | None
    status: str | None
    revision: int | None
    submitted_at: str | None
    declined_at: str | None
    declined_because: str
    until: str | None
    extended_because: str
    reminded_at: str | None


def add_round(c: Connection, new: Round, by: str) -> None:
    """Keeps a new round. Raises Duplicate for a name in use."""
    c.run(
        "INSERT INTO round (id, name, about, framework, version, opens_on, closes_on, changes, created_at,"
        " created_by) VALUES (:id, :name, :about, :framework, :version, :opens_on, :closes_on, :changes,"
        " :created_at, :by)",
        **{name: value for name, value in vars(new).items() if name != "closed_at"},
        by=by,
    )


def every_round(c: Connection) -> list[Round]:
    """All rounds, the newest first."""
    rows = c.rows(f"SELECT {_ROUND} FROM round r ORDER BY r.opens_on DESC, r.id")  # noqa: S608
    return [Round(**row) for row in rows]


def round_of(c: Connection, round_id: str) -> Round:
    """One round. Raises NotFound."""
    row = one(c, f"SELECT {_ROUND} FROM round r WHERE r.id = :id", id=round_id)  # noqa: S608
    if row is None:
        raise NotFound("round")
    return Round(**row)


def change_round(c: Connection, changed: Round, expected: int) -> None:
    """Keeps what changed. Raises Stale where somebody changed it since, and Duplicate for a name in use."""
    done = c.run(
        "UPDATE round SET name = :name, about = :about, opens_on = :opens_on, closes_on = :closes_on,"
        " closed_at = :closed_at, changes = changes + 1 WHERE id = :id AND changes = :expected",
        id=changed.id,
        name=changed.name,
        about=changed.about,
        opens_on=changed.opens_on,
        closes_on=changed.closes_on,
        closed_at=changed.closed_at,
        expected=expected,
    )
    if not done:
        raise Stale(round_of(c, changed.id))


def add_place(c: Connection, round_id: str, organisation_id: str, by: str, at: str) -> str:
    """Invites an organisation to a round; the id of its place. Raises Duplicate where it is invited."""
    made = new_id()
    c.run(
        "INSERT INTO round_place (id, round_id, organisation_id, invited_at, invited_by, declined_because,"
        " extended_because) VALUES (:id, :round, :organisation, :at, :by, '', '')",
        id=made,
        round=round_id,
        organisation=organisation_id,
        at=at,
        by=by,
    )
    return made


def places(c: Connection, round_id: str) -> list[Place]:
    """Who is invited to a round, by name."""
    rows = c.rows(f"{_PLACES} AND p.round_id = :round ORDER BY lower(o.name), p.id", round=round_id)
    return [_place(row) for row in rows]


def place(c: Connection, round_id: str, place_id: str) -> Place:
    """One place in this round. Raises NotFound."""
    row = one(c, f"{_PLACES} AND p.round_id = :round AND p.id = :id", round=round_id, id=place_id)
    if row is None:
        raise NotFound("place")
    return _place(row)


def place_of(c: Connection, round_id: str, organisation_id: str) -> Place:
    """The place of an organisation. Raises NotFound where it is not invited."""
    row = one(
        c,
        f"{_PLACES} AND p.round_id = :round AND p.organisation_id = :organisation",
        round=round_id,
        organisation=organisation_id,
    )
    if row is None:
        raise NotFound("place")
    return _place(row)


def rounds_of(c: Connection, organisation_id: str) -> list[tuple[Round, Place]]:
    """The rounds that an organisation is invited to, with its place in each, the newest first."""
    found = c.rows(
        f"{_PLACES} AND p.organisation_id = :organisation ORDER BY p.id", organisation=organisation_id
    )
    held = {row["round_id"]: _place(row) for row in found}
    return [(item, held[item.id]) for item in every_round(c) if item.id in held]


def set_assessment(c: Connection, place_id: str, assessment_id: str | None) -> None:
    """Notes which assessment an organisation hands in; None for none."""
    c.run(
        "UPDATE round_place SET assessment_id = :assessment, declined_at = NULL, declined_because = ''"
        " WHERE id = :id",
        id=place_id,
        assessment=assessment_id,
    )


def set_declined(c: Connection, place_id: str, at: str | None, because: str) -> None:
    """Notes that an organisation does not take part, or, without a moment, that it does."""
    c.run(
        "UPDATE round_place SET declined_at = :at, declined_because = :because WHERE id = :id",
        id=place_id,
        at=at,
        because=because,
    )


def set_extension(c: Connection, place_id: str, until: str | None, because: str) -> None:
    """Gives an organisation another last day; None takes that back."""
    c.run(
        "UPDATE round_place SET until = :until, extended_because = :because WHERE id = :id",
        id=place_id,
        until=until,
        because=because,
    )


def set_reminded(c: Connection, place_id: str, at: str) -> None:
    """Notes when a reminder was written."""
    c.run("UPDATE round_place SET reminded_at = :at WHERE id = :id", id=place_id, at=at)


def withdraw_place(c: Connection, place_id: str, at: str) -> None:
    """Takes an invitation back."""
    c.run("UPDATE round_place SET withdrawn_at = :at WHERE id = :id", id=place_id, at=at)


def _place(row: Row) -> Place:
    return Place(**row)
