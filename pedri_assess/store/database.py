"""What both drivers offer: transactions that read, transactions that write, and SQL with named values.

The SQL is the same on both engines. Values are text, whole numbers, bytes and None, and so is what comes
back.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Protocol

Row = dict[str, Any]
Value = str | int | bytes | None


class BadAddress(ValueError):
    """The address of a database that cannot be used; the message says why, without any password in it."""


class StoreUnavailable(Exception):
    """The database cannot do it now; nothing was kept. The message says why, and what an operator can do."""


class Connection(Protocol):
    """One transaction."""

    def rows(self, sql: str, /, **values: Value) -> list[Row]:
        """The rows that a statement gives, by column."""
        ...

    def run(self, sql: str, /, **values: Value) -> int:
        """Runs a statement; gives how many rows it changed.

        Raises domain.errors.Duplicate where a unique index has such a row already.
        """
        ...


class Database(Protocol):
    """One database, whichever engine keeps it. Opens connections when they are first needed."""

    engine: str
    name: str  # for people: never with a password

    def read(self) -> AbstractContextManager[Connection]:
        """A transaction that sees one moment of the database and changes nothing. Raises StoreUnavailable."""
        ...

    def write(self) -> AbstractContextManager[Connection]:
        """A transaction that is kept as a whole, or not at all where anything is raised inside.

        Only one is under way at a time, on both engines: what is read in it cannot change before it ends.
        Raises StoreUnavailable.
        """
        ...

    def prepare(self) -> None:
        """Makes ready for the first migration what is no part of any. Raises StoreUnavailable."""
        ...

    def empty_journal(self) -> None:
        """Leaves nothing of what was overwritten or deleted in files of ours beside the data.

        To be called outside a transaction, after what must be forgotten is. Where somebody reads on for
        longer than a writer waits, it stays until the next time. Raises StoreUnavailable.
        """
        ...

    def close(self) -> None:
        """Closes what is open; it may be used again."""
        ...


def one(connection: Connection, sql: str, /, **values: Value) -> Row | None:
    """The first row that a statement gives, or None."""
    rows = connection.rows(sql, **values)
    return rows[0] if rows else None
