"""What organisations share. A choice that ended stays, as a record of what was agreed when."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.ids import new_id
from . import Connection

_CALLED = "CASE WHEN {0}.name = '' THEN {0}.email ELSE {0}.name END"


@dataclass(frozen=True)
class Shared:
    """One choice from when it was given, by whom, until it ended; `ended_at` is None while it holds."""

    choice: str
    given_at: str
    given_by: str
    ended_at: str | None = None
    ended_by: str | None = None


def sharing(c: Connection, organisation_id: str) -> list[Shared]:
    """All choices of an organisation, with what the people are called; the newest first."""
    rows = c.rows(
        f"SELECT s.choice, s.given_at, {_CALLED.format('g')} AS given_by, s.ended_at,"  # noqa: S608
        f" {_CALLED.format('e')} AS ended_by FROM sharing s JOIN account g ON g.id = s.given_by"
        " LEFT JOIN account e ON e.id = s.ended_by WHERE s.organisation_id = :organisation"
        " ORDER BY s.given_at DESC, s.id",
        organisation=organisation_id,
    )
    return [Shared(**row) for row in rows]


def choices_of(c: Connection, organisation_id: str) -> frozenset[str]:
    """What an organisation shares now."""
    rows = c.rows(
        "SELECT choice FROM sharing WHERE organisation_id = :organisation AND ended_at IS NULL"
        " ORDER BY choice",
        organisation=organisation_id,
    )
    return frozenset(row["choice"] for row in rows)


def give(c: Connection, organisation_id: str, choice: str, by: str, at: str) -> None:
    """Notes that an organisation agrees. Raises Duplicate where it did already."""
    c.run(
        "INSERT INTO sharing (id, organisation_id, choice, given_at, given_by)"
        " VALUES (:id, :organisation, :choice, :at, :by)",
        id=new_id(),
        organisation=organisation_id,
        choice=choice,
        at=at,
        by=by,
    )


def end(c: Connection, organisation_id: str, choice: str, by: str, at: str) -> None:
    """Notes that an organisation no longer agrees."""
    c.run(
        "UPDATE sharing SET ended_at = :at, ended_by = :by"
        " WHERE organisation_id = :organisation AND choice = :choice AND ended_at IS NULL",
        organisation=organisation_id,
        choice=choice,
        at=at,
        by=by,
    )
