"""Accounts: a person's own name and sign-in log, and who of PEDRI's staff has one."""

from __future__ import annotations

from ..domain.errors import NotFound
from ..domain.ids import new_id
from ..domain.times import stamp
from ..store import Row, one
from ..store.events import Event, add_event
from ..store.sessions import end_sessions
from . import Context

SHOWN = 20  # of the sign-in log


def rename(context: Context, account_id: str, name: str) -> None:
    """Gives an account another name."""
    at = stamp(context.now())
    with context.database.write() as c:
        row = one(c, "SELECT name FROM account WHERE id = :id", id=account_id)
        if row is None or row["name"] == name:
            return
        c.run("UPDATE account SET name = :name WHERE id = :id", name=name, id=account_id)
        add_event(c, Event("account-renamed", at, account_id, before=row["name"], after=name))


def signed_in_lately(context: Context, account_id: str) -> list[Row]:
    """The last times this account signed in, the latest first: at, how, browser."""
    with context.database.read() as c:
        return c.rows(
            "SELECT at, how, browser FROM sign_in WHERE account_id = :account "
            "ORDER BY at DESC, id LIMIT :most",
            account=account_id,
            most=SHOWN,
        )


def make_staff(context: Context, email: str, name: str) -> None:
    """Makes an account, which may be there already, one of PEDRI's staff: the operator's command."""
    at = stamp(context.now())
    with context.database.write() as c:
        row = one(c, "SELECT id FROM account WHERE lower(email) = lower(:email)", email=email)
        account_id = row["id"] if row else new_id()
        if row is None:
            c.run(
                "INSERT INTO account (id, email, name, created_at) VALUES (:id, :email, :name, :at)",
                id=account_id,
                email=email,
                name=name,
                at=at,
            )
        c.run("UPDATE account SET staff_at = :at, disabled_at = NULL WHERE id = :id", at=at, id=account_id)
        add_event(c, Event("staff-added", at, None, subject=account_id))


def end_staff(context: Context, email: str) -> None:
    """Takes PEDRI's staff's rights from an account, and ends its sessions. Raises NotFound."""
    at = stamp(context.now())
    with context.database.write() as c:
        row = one(c, "SELECT id FROM account WHERE lower(email) = lower(:email)", email=email)
        if row is None:
            raise NotFound(email)
        c.run("UPDATE account SET staff_at = NULL WHERE id = :id", id=row["id"])
        end_sessions(c, row["id"], at)
        add_event(c, Event("staff-removed", at, None, subject=row["id"]))
