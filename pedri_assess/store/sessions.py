"""Open sessions: who is signed in in which browser. Only the hash of a session's key is kept."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.policies import Access, Actor
from . import Connection, Row, one


@dataclass(frozen=True)
class Session:
    """A session that may still be open; the moments say when it began and was last used, and when the person
    last showed who they are, where that is known."""

    token_hash: str
    created_at: str
    seen_at: str
    proved_at: str | None
    actor: Actor


def find_session(c: Connection, token_hash: str) -> Session | None:
    """The session with this key, of an account that may sign in, unless it was ended."""
    row = one(
        c,
        "SELECT s.token_hash, s.created_at, s.seen_at, s.proved_at, a.id, a.email, a.name, a.staff_at "
        "FROM session s JOIN account a ON a.id = s.account_id "
        "WHERE s.token_hash = :token_hash AND s.revoked_at IS NULL AND a.disabled_at IS NULL",
        token_hash=token_hash,
    )
    return _session(row) if row else None


def add_session(c: Connection, token_hash: str, account_id: str, at: str, proved_at: str | None) -> None:
    """Opens a session of somebody who showed at `proved_at` who they are."""
    c.run(
        "INSERT INTO session (token_hash, account_id, created_at, seen_at, proved_at) "
        "VALUES (:token_hash, :account_id, :at, :at, :proved_at)",
        proved_at=proved_at,
        token_hash=token_hash,
        account_id=account_id,
        at=at,
    )


def touch_session(c: Connection, token_hash: str, at: str) -> None:
    """Notes that a session was used."""
    c.run("UPDATE session SET seen_at = :at WHERE token_hash = :token_hash", token_hash=token_hash, at=at)


def end_session(c: Connection, token_hash: str, at: str) -> int:
    """Ends a session; how many there were."""
    return c.run(
        "UPDATE session SET revoked_at = :at WHERE token_hash = :token_hash AND revoked_at IS NULL",
        token_hash=token_hash,
        at=at,
    )


def end_sessions(c: Connection, account_id: str, at: str) -> int:
    """Ends every session of an account; how many there were."""
    return c.run(
        "UPDATE session SET revoked_at = :at WHERE account_id = :account_id AND revoked_at IS NULL",
        account_id=account_id,
        at=at,
    )


def sessions_of(c: Connection, account_id: str) -> list[Session]:
    """The sessions of an account that were not ended, the last used first."""
    rows = c.rows(
        "SELECT s.token_hash, s.created_at, s.seen_at, s.proved_at, a.id, a.email, a.name, a.staff_at "
        "FROM session s JOIN account a ON a.id = s.account_id "
        "WHERE s.account_id = :account_id AND s.revoked_at IS NULL ORDER BY s.seen_at DESC, s.token_hash",
        account_id=account_id,
    )
    return [_session(row) for row in rows]


def access_to_organisation(c: Connection, account_id: str, organisation_id: str) -> Access | None:
    """How a person stands to an organisation; None where there is none."""
    row = one(
        c,
        "SELECT o.id, m.role FROM organisation o LEFT JOIN membership m ON m.organisation_id = o.id "
        "AND m.account_id = :account_id AND m.ended_at IS NULL "
        "WHERE o.id = :organisation_id AND o.closed_at IS NULL",
        account_id=account_id,
        organisation_id=organisation_id,
    )
    return Access(row["id"], row["role"]) if row else None


def access_to_assessment(c: Connection, account_id: str, assessment_id: str) -> Access | None:
    """How a person stands to an assessment and its organisation; None where there is none."""
    row = one(
        c,
        "SELECT o.id, m.role, p.account_id AS takes_part FROM assessment s "
        "JOIN organisation o ON o.id = s.organisation_id AND o.closed_at IS NULL "
        "LEFT JOIN membership m ON m.organisation_id = o.id AND m.account_id = :account_id "
        "AND m.ended_at IS NULL "
        "LEFT JOIN participation p ON p.assessment_id = s.id AND p.account_id = :account_id "
        "WHERE s.id = :assessment_id",
        account_id=account_id,
        assessment_id=assessment_id,
    )
    return Access(row["id"], row["role"], assessment_id, row["takes_part"] is not None) if row else None


def _session(row: Row) -> Session:
    actor = Actor(row["id"], row["email"], row["name"], row["staff_at"] is not None)
    return Session(row["token_hash"], row["created_at"], row["seen_at"], row["proved_at"], actor)
