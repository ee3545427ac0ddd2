"""The private address of somebody's calendar, and how they hear of their actions by letter."""

from __future__ import annotations

from dataclasses import dataclass

from . import Connection, one


@dataclass(frozen=True)
class Letters:
    """How somebody hears of their actions: when last, and since when no more."""

    last_at: str | None = None
    stopped_at: str | None = None


def open_calendar(c: Connection, account_id: str, token_hash: str, at: str) -> None:
    """Gives somebody a calendar under a new address; an earlier address ends."""
    end_calendar(c, account_id, at)
    c.run(
        "INSERT INTO calendar (token_hash, account_id, created_at) VALUES (:hash, :account, :at)",
        hash=token_hash,
        account=account_id,
        at=at,
    )


def end_calendar(c: Connection, account_id: str, at: str) -> int:
    """Ends the address of somebody's calendar; 0 where there is none."""
    return c.run(
        "UPDATE calendar SET ended_at = :at WHERE account_id = :account AND ended_at IS NULL",
        account=account_id,
        at=at,
    )


def calendar_since(c: Connection, account_id: str) -> str | None:
    """Since when somebody's calendar has its address; None where it has none."""
    row = one(
        c,
        "SELECT created_at FROM calendar WHERE account_id = :account AND ended_at IS NULL",
        account=account_id,
    )
    return str(row["created_at"]) if row else None


def calendar_owner(c: Connection, token_hash: str) -> str | None:
    """Whose calendar an address is; None where it leads to nothing."""
    row = one(
        c,
        "SELECT k.account_id FROM calendar k JOIN account a ON a.id = k.account_id"
        " WHERE k.token_hash = :hash AND k.ended_at IS NULL AND a.disabled_at IS NULL",
        hash=token_hash,
    )
    return str(row["account_id"]) if row else None


def letters(c: Connection, account_id: str) -> Letters:
    """How somebody hears of their actions."""
    row = one(
        c, "SELECT last_at, stopped_at FROM plan_letter WHERE account_id = :account", account=account_id
    )
    return Letters(**row) if row else Letters()


def note_letter(c: Connection, account_id: str, token_hash: str, at: str) -> None:
    """Notes that somebody was written to, and the hash of the token that stops the letters."""
    c.run(
        "INSERT INTO plan_letter (account_id, last_at, token_hash) VALUES (:account, :at, :hash)"
        " ON CONFLICT (account_id) DO UPDATE SET last_at = :at, token_hash = :hash",
        account=account_id,
        hash=token_hash,
        at=at,
    )


def stop_letters(c: Connection, account_id: str, at: str | None) -> None:
    """Notes that somebody wants no letters, or, without a moment, that they do."""
    c.run(
        "INSERT INTO plan_letter (account_id, stopped_at) VALUES (:account, :at)"
        " ON CONFLICT (account_id) DO UPDATE SET stopped_at = :at",
        account=account_id,
        at=at,
    )


def letters_owner(c: Connection, token_hash: str) -> str | None:
    """Whose letters a token stops; None where it is not that of the last letter."""
    row = one(c, "SELECT account_id FROM plan_letter WHERE token_hash = :hash", hash=token_hash)
    return str(row["account_id"]) if row else None
