"""Single sign-on that is under way, and who is who at a provider. Of keys only hashes are kept."""

from __future__ import annotations

from dataclasses import dataclass

from . import Connection, Row, one


@dataclass(frozen=True)
class Start:
    """What we remember of somebody whom we have sent to a provider.

    `account_id` is who asked to connect the provider to an account that they were signed in to.
    """

    nonce: str
    verifier: str
    next_path: str
    account_id: str | None


@dataclass(frozen=True)
class Known:
    """The account of somebody whom a provider knows."""

    account_id: str
    disabled: bool


def add_start(c: Connection, state_hash: str, browser_hash: str, start: Start, at: str, oldest: str) -> None:
    """Somebody goes to the provider; those who went before `oldest` are forgotten."""
    c.run("DELETE FROM single_sign_on WHERE created_at < :oldest", oldest=oldest)
    c.run(
        "INSERT INTO single_sign_on "
        "(state_hash, nonce, verifier, next_path, browser_hash, account_id, created_at) "
        "VALUES (:state_hash, :nonce, :verifier, :next_path, :browser_hash, :account, :at)",
        state_hash=state_hash,
        nonce=start.nonce,
        verifier=start.verifier,
        next_path=start.next_path,
        browser_hash=browser_hash,
        account=start.account_id,
        at=at,
    )


def use_start(c: Connection, state_hash: str, browser_hash: str, at: str, oldest: str) -> Start | None:
    """Uses a start up; None where it was used, is older than `oldest`, another browser's, or is none."""
    rows = c.rows(
        "UPDATE single_sign_on SET used_at = :at WHERE state_hash = :state_hash "
        "AND browser_hash = :browser_hash AND used_at IS NULL AND created_at >= :oldest "
        "RETURNING nonce, verifier, next_path, account_id",
        state_hash=state_hash,
        browser_hash=browser_hash,
        at=at,
        oldest=oldest,
    )
    return Start(**rows[0]) if rows else None


def known(c: Connection, issuer: str, subject: str) -> Known | None:
    """The account that a provider's subject belongs to."""
    row = one(
        c,
        "SELECT a.id, a.disabled_at FROM identity i JOIN account a ON a.id = i.account_id "
        "WHERE i.issuer = :issuer AND i.subject = :subject",
        issuer=issuer,
        subject=subject,
    )
    return Known(row["id"], row["disabled_at"] is not None) if row else None


def has_identity(c: Connection, account_id: str) -> bool:
    """Whether an account belongs to somebody at a provider already."""
    return bool(
        c.rows(
            "SELECT subject FROM identity WHERE account_id = :account_id ORDER BY issuer, subject",
            account_id=account_id,
        )
    )


def add_identity(c: Connection, issuer: str, subject: str, account_id: str, at: str) -> None:
    """From now on this subject is the person of this account."""
    c.run(
        "INSERT INTO identity (issuer, subject, account_id, created_at) "
        "VALUES (:issuer, :subject, :account_id, :at)",
        issuer=issuer,
        subject=subject,
        account_id=account_id,
        at=at,
    )


def remove_identities(c: Connection, account_id: str) -> list[Row]:
    """Nobody at any provider is the person of this account any more; who was."""
    return c.rows(
        "DELETE FROM identity WHERE account_id = :account_id RETURNING issuer, subject", account_id=account_id
    )
