"""Organisations and who belongs to them. A membership that ended stays, as a record of who was there."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.errors import NotFound
from ..domain.ids import new_id
from ..domain.policies import LEAD
from . import Connection, Row, one

_ORGANISATION = "o.id, o.name, o.kind, o.nation, o.created_at, o.closed_at, o.size"
_MEMBER = "m.id, m.organisation_id, m.account_id, m.role, m.created_at, a.email, a.name, a.disabled_at"
_MEMBERS = (
    f"SELECT {_MEMBER} FROM membership m JOIN account a ON a.id = m.account_id WHERE m.ended_at IS NULL"  # noqa: S608
)


@dataclass(frozen=True)
class Organisation:
    """An organisation; `closed_at` is None while it is open, `size` empty where nobody said it."""

    id: str
    name: str
    kind: str
    nation: str
    created_at: str
    closed_at: str | None = None
    size: str = ""


@dataclass(frozen=True)
class Member:
    """Somebody's membership of an organisation, with their address and the name they gave."""

    id: str
    organisation_id: str
    account_id: str
    role: str
    created_at: str
    email: str
    name: str
    disabled_at: str | None = None

    @property
    def called(self) -> str:
        """The name, or the address where there is no name."""
        return self.name or self.email


@dataclass(frozen=True)
class Standing:
    """An organisation, and the role that somebody has in it."""

    organisation: Organisation
    role: str


@dataclass(frozen=True)
class Overview:
    """An organisation as PEDRI staff see it: how many members and leads, and nothing of its work."""

    organisation: Organisation
    members: int
    leads: int


def set_size(c: Connection, organisation_id: str, size: str) -> None:
    """Says how large an organisation is."""
    c.run("UPDATE organisation SET size = :size WHERE id = :id", size=size, id=organisation_id)


def add_organisation(c: Connection, name: str, kind: str, nation: str, at: str) -> str:
    """A new organisation, without members; its id."""
    organisation = new_id()
    c.run(
        "INSERT INTO organisation (id, name, kind, nation, created_at)"
        " VALUES (:id, :name, :kind, :nation, :at)",
        id=organisation,
        name=name,
        kind=kind,
        nation=nation,
        at=at,
    )
    return organisation


def organisation(c: Connection, organisation_id: str) -> Organisation:
    """The organisation. Raises NotFound."""
    row = one(c, f"SELECT {_ORGANISATION} FROM organisation o WHERE o.id = :id", id=organisation_id)  # noqa: S608
    if row is None:
        raise NotFound("organisation")
    return Organisation(**row)


def organisation_named(c: Connection, name: str) -> Organisation | None:
    """An open organisation of that name, whatever its capitals."""
    row = one(
        c,
        f"SELECT {_ORGANISATION} FROM organisation o"  # noqa: S608
        " WHERE lower(o.name) = lower(:name) AND o.closed_at IS NULL ORDER BY o.id LIMIT 1",
        name=name,
    )
    return None if row is None else Organisation(**row)


def organisations_of(c: Connection, account_id: str) -> list[Standing]:
    """The open organisations that somebody belongs to, by name."""
    rows = c.rows(
        f"SELECT {_ORGANISATION}, m.role FROM membership m"  # noqa: S608
        " JOIN organisation o ON o.id = m.organisation_id"
        " WHERE m.account_id = :account AND m.ended_at IS NULL AND o.closed_at IS NULL"
        " ORDER BY lower(o.name), o.id",
        account=account_id,
    )
    return [Standing(role=row.pop("role"), organisation=Organisation(**row)) for row in rows]


def every_organisation(c: Connection) -> list[Overview]:
    """All open organisations, by name."""
    rows = c.rows(
        f"SELECT {_ORGANISATION}, count(m.id) AS members,"  # noqa: S608
        " count(m.id) FILTER (WHERE m.role = :lead AND m.disabled_at IS NULL) AS leads"
        " FROM organisation o LEFT JOIN"
        " (SELECT x.id, x.organisation_id, x.role, a.disabled_at FROM membership x"
        "  JOIN account a ON a.id = x.account_id WHERE x.ended_at IS NULL) m ON m.organisation_id = o.id"
        f" WHERE o.closed_at IS NULL GROUP BY {_ORGANISATION} ORDER BY lower(o.name), o.id",
        lead=LEAD,
    )
    return [
        Overview(members=row.pop("members"), leads=row.pop("leads"), organisation=Organisation(**row))
        for row in rows
    ]


def members(c: Connection, organisation_id: str) -> list[Member]:
    """Who belongs to an organisation, by what they are called."""
    rows = c.rows(
        f"{_MEMBERS} AND m.organisation_id = :organisation"
        " ORDER BY CASE WHEN a.name = '' THEN lower(a.email) ELSE lower(a.name) END, m.id",
        organisation=organisation_id,
    )
    return [_member(row) for row in rows]


def member(c: Connection, organisation_id: str, membership_id: str) -> Member:
    """One member of this organisation. Raises NotFound, also for another organisation's."""
    row = one(
        c,
        f"{_MEMBERS} AND m.organisation_id = :organisation AND m.id = :id",
        organisation=organisation_id,
        id=membership_id,
    )
    if row is None:
        raise NotFound("member")
    return _member(row)


def member_by_account(c: Connection, organisation_id: str, account_id: str) -> Member | None:
    """Somebody's membership of this organisation, or None."""
    row = one(
        c,
        f"{_MEMBERS} AND m.organisation_id = :organisation AND m.account_id = :account",
        organisation=organisation_id,
        account=account_id,
    )
    return None if row is None else _member(row)


def count_leads(c: Connection, organisation_id: str) -> int:
    """How many leads can still sign in. In a write transaction it cannot change before that ends."""
    row = one(
        c,
        "SELECT count(*) AS leads FROM membership m JOIN account a ON a.id = m.account_id"
        " WHERE m.organisation_id = :organisation AND m.ended_at IS NULL AND m.role = :lead"
        " AND a.disabled_at IS NULL",
        organisation=organisation_id,
        lead=LEAD,
    )
    return int(row["leads"]) if row else 0


def add_member(c: Connection, organisation_id: str, account_id: str, role: str, at: str) -> str:
    """A new membership; its id. Raises Duplicate for somebody who is a member."""
    membership = new_id()
    c.run(
        "INSERT INTO membership (id, organisation_id, account_id, role, created_at)"
        " VALUES (:id, :organisation, :account, :role, :at)",
        id=membership,
        organisation=organisation_id,
        account=account_id,
        role=role,
        at=at,
    )
    return membership


def set_role(c: Connection, membership_id: str, role: str) -> None:
    """Gives a member another role."""
    c.run(
        "UPDATE membership SET role = :role WHERE id = :id AND ended_at IS NULL", role=role, id=membership_id
    )


def end_membership(c: Connection, who: Member, at: str) -> None:
    """Ends a membership, and with it what hung on it: the assessments somebody took part in, and the
    criteria that were theirs. What they wrote stays."""
    for table in ("assignment", "participation"):
        c.run(
            f"DELETE FROM {table} WHERE account_id = :account"  # noqa: S608 - one of these two names
            " AND assessment_id IN (SELECT id FROM assessment WHERE organisation_id = :organisation)",
            account=who.account_id,
            organisation=who.organisation_id,
        )
    c.run("UPDATE membership SET ended_at = :at WHERE id = :id AND ended_at IS NULL", at=at, id=who.id)


def _member(row: Row) -> Member:
    return Member(**row)
