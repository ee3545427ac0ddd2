"""Links and codes to sign in with. Only hashes are kept, and each works once."""

from __future__ import annotations

from dataclasses import dataclass

from . import Connection, Row, one


@dataclass(frozen=True)
class Link:
    """What a link or code stands for."""

    email: str
    next_path: str


def add_link(
    c: Connection,
    *,
    token_hash: str,
    code_hash: str,
    email: str,
    next_path: str,
    browser_hash: str,
    at: str,
    until: str,
) -> None:
    """A link, with the code that does the same in the browser that asked."""
    c.run("DELETE FROM sign_in_link WHERE expires_at < :at", at=at)
    c.run(
        "INSERT INTO sign_in_link "
        "(token_hash, code_hash, email, next_path, browser_hash, created_at, expires_at) "
        "VALUES (:token_hash, :code_hash, :email, :next_path, :browser_hash, :at, :until)",
        token_hash=token_hash,
        code_hash=code_hash,
        email=email,
        next_path=next_path,
        browser_hash=browser_hash,
        at=at,
        until=until,
    )


def use_link(c: Connection, token_hash: str, at: str) -> Link | None:
    """Uses a link up; None where it was used, is too old, or is none."""
    rows = c.rows(
        "UPDATE sign_in_link SET used_at = :at WHERE token_hash = :token_hash AND used_at IS NULL "
        "AND expires_at > :at RETURNING email, next_path",
        token_hash=token_hash,
        at=at,
    )
    return _link(rows[0]) if rows else None


def try_code(c: Connection, browser_hash: str, code_hash: str, at: str, tries: int) -> Link | None:
    """Uses up the link that has this code, in the browser that asked; counts every try against its links."""
    c.run(
        "UPDATE sign_in_link SET tries = tries + 1 WHERE browser_hash = :browser_hash AND used_at IS NULL",
        browser_hash=browser_hash,
    )
    row = one(
        c,
        "SELECT token_hash FROM sign_in_link WHERE browser_hash = :browser_hash AND code_hash = :code_hash "
        "AND tries <= :tries AND used_at IS NULL AND expires_at > :at ORDER BY created_at DESC, token_hash",
        browser_hash=browser_hash,
        code_hash=code_hash,
        tries=tries,
        at=at,
    )
    return use_link(c, row["token_hash"], at) if row else None


def _link(row: Row) -> Link:
    return Link(row["email"], row["next_path"])
