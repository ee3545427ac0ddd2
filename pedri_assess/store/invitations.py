"""Invitations: who may join which organisation, in which role. Of a link, only its hash is kept."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.errors import NotFound
from ..domain.ids import new_id
from . import Connection, Row, one

_COLUMNS = (
    "i.id, i.organisation_id, i.assessment_id, i.email, i.role, i.invited_by, i.created_at, i.expires_at,"
    " i.accepted_at, i.withdrawn_at, o.name AS organisation_name, o.closed_at,"
    " b.name AS inviter_name, b.email AS inviter_email, b.disabled_at AS inviter_disabled_at"
)
_SELECT = (
    f"SELECT {_COLUMNS} FROM invitation i"  # noqa: S608
    " JOIN organisation o ON o.id = i.organisation_id JOIN account b ON b.id = i.invited_by"
)


@dataclass(frozen=True)
class Invitation:
    """An invitation, with the names that its page shows."""

    id: str
    organisation_id: str
    assessment_id: str | None
    email: str
    role: str
    invited_by: str
    created_at: str
    expires_at: str
    accepted_at: str | None
    withdrawn_at: str | None
    organisation_name: str
    closed_at: str | None
    inviter_name: str
    inviter_email: str
    inviter_disabled_at: str | None

    @property
    def inviter(self) -> str:
        """The name of whoever invited, or the address where there is no name."""
        return self.inviter_name or self.inviter_email

    def document(self) -> dict[str, str | None]:
        """What an event keeps of it: never the link."""
        return {
            "invitation": self.id,
            "email": self.email,
            "role": self.role,
            "assessment": self.assessment_id,
            "expires_at": self.expires_at,
        }


@dataclass(frozen=True)
class Invited:
    """The account of the address that an invitation is for."""

    id: str
    disabled_at: str | None = None


def account_by_email(c: Connection, email: str) -> Invited | None:
    """The account of an address, whatever its capitals; None where there is none."""
    row = one(c, "SELECT id, disabled_at FROM account WHERE lower(email) = lower(:email)", email=email)
    return None if row is None else Invited(**row)


def add_account(c: Connection, email: str, name: str, at: str) -> Invited:
    """A new account for somebody who was invited. Raises Duplicate where the address has one."""
    made = new_id()
    c.run(
        "INSERT INTO account (id, email, name, created_at) VALUES (:id, :email, :name, :at)",
        id=made,
        email=email,
        name=name,
        at=at,
    )
    return Invited(made)


def add_invitation(
    c: Connection,
    organisation_id: str,
    assessment_id: str | None,
    email: str,
    role: str,
    token_hash: str,
    invited_by: str,
    at: str,
    expires_at: str,
) -> str:
    """A new invitation; its id."""
    invitation = new_id()
    c.run(
        "INSERT INTO invitation (id, organisation_id, assessment_id, email, role, token_hash, invited_by,"
        " created_at, expires_at) VALUES"
        " (:id, :organisation, :assessment, :email, :role, :token, :by, :at, :expires)",
        id=invitation,
        organisation=organisation_id,
        assessment=assessment_id,
        email=email,
        role=role,
        token=token_hash,
        by=invited_by,
        at=at,
        expires=expires_at,
    )
    return invitation


def invitation(c: Connection, organisation_id: str, invitation_id: str) -> Invitation:
    """One invitation of this organisation. Raises NotFound, also for another organisation's."""
    row = one(
        c,
        f"{_SELECT} WHERE i.organisation_id = :organisation AND i.id = :id",
        organisation=organisation_id,
        id=invitation_id,
    )
    return _found(row)


def invitation_by_token(c: Connection, token_hash: str) -> Invitation:
    """The invitation that a link belongs to. Raises NotFound."""
    return _found(one(c, f"{_SELECT} WHERE i.token_hash = :token", token=token_hash))


def pending_invitations(c: Connection, organisation_id: str) -> list[Invitation]:
    """Those neither accepted nor withdrawn, the newest first; some may have expired."""
    rows = c.rows(
        f"{_SELECT} WHERE i.organisation_id = :organisation"
        " AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL ORDER BY i.created_at DESC, i.id",
        organisation=organisation_id,
    )
    return [Invitation(**row) for row in rows]


def renew_invitation(c: Connection, invitation_id: str, token_hash: str, expires_at: str) -> None:
    """Gives an invitation a new link and a new end; the old link is no longer known."""
    c.run(
        "UPDATE invitation SET token_hash = :token, expires_at = :expires WHERE id = :id",
        token=token_hash,
        expires=expires_at,
        id=invitation_id,
    )


def withdraw_invitation(c: Connection, invitation_id: str, at: str) -> None:
    """Takes an invitation back."""
    c.run("UPDATE invitation SET withdrawn_at = :at WHERE id = :id", at=at, id=invitation_id)


def accept_invitation(c: Connection, invitation_id: str, account_id: str, at: str) -> None:
    """Notes who accepted."""
    c.run(
        "UPDATE invitation SET accepted_at = :at, accepted_by = :account WHERE id = :id",
        at=at,
        account=account_id,
        id=invitation_id,
    )


def has_assessment(c: Connection, organisation_id: str, assessment_id: str) -> bool:
    """Whether somebody can be invited to this assessment: it is this organisation's, and not archived."""
    ask = (
        "SELECT id FROM assessment WHERE id = :id AND organisation_id = :organisation AND archived_at IS NULL"
    )
    return one(c, ask, id=assessment_id, organisation=organisation_id) is not None


def join_assessment(c: Connection, accepted: Invitation, account_id: str, at: str) -> None:
    """Makes whoever accepted take part in the assessment that the invitation names."""
    c.run(
        "INSERT INTO participation (assessment_id, account_id, added_at, added_by)"
        " VALUES (:assessment, :account, :at, :by) ON CONFLICT (assessment_id, account_id) DO NOTHING",
        assessment=accepted.assessment_id,
        account=account_id,
        at=at,
        by=accepted.invited_by,
    )


def _found(row: Row | None) -> Invitation:
    if row is None:
        raise NotFound("invitation")
    return Invitation(**row)
