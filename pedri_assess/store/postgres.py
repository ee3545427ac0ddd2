"""The PostgreSQL driver, on psycopg: a pool of connections a process, writers in turn."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool, PoolTimeout

from ..domain.errors import Duplicate
from .database import BadAddress, Row, StoreUnavailable, Value

MOST_CONNECTIONS = 8  # of one process; its server has four threads
WAIT_SECONDS = 5.0  # for a connection, and for a turn to write
# A statement, and a transaction that does nothing, may not hold up the others
SETTINGS = (
    "-c statement_timeout=15s -c lock_timeout=5s -c idle_in_transaction_session_timeout=30s -c timezone=UTC"
)
TURN = 7_330_451  # the number of the lock that stands for the turn to write

NAMED = re.compile(r"'[^']*'|::|:([a-z_][a-z0-9_]*)|%")


class PostgresDatabase:
    """A database on a server."""

    engine = "postgresql"

    def __init__(self, url: str) -> None:
        try:
            parts = conninfo_to_dict(url)
        except psycopg.ProgrammingError:
            raise BadAddress(
                "it is not an address that PostgreSQL can use: postgresql://name@host/database"
            ) from None
        self.name = f"{parts.get('dbname') or 'default'} on {parts.get('host') or 'this machine'}"
        self._url = url
        self._lock = threading.Lock()
        self._pool: ConnectionPool[Any] | None = None
        self._process = 0

    @contextmanager
    def read(self) -> Iterator[_Transaction]:
        """See Database."""
        with self._told(), self._pooled().connection() as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            yield _Transaction(connection)

    @contextmanager
    def write(self) -> Iterator[_Transaction]:
        """See Database. The lock is let go by the commit itself."""
        with self._told(), self._pooled().connection() as connection:
            connection.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
            connection.read_only = False
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (TURN,))
            yield _Transaction(connection)

    def prepare(self) -> None:
        """There is nothing to make ready: a missing database is made by whoever runs the server."""

    def empty_journal(self) -> None:
        """There is no file of ours: what the server keeps of old rows is for whoever runs it."""

    def close(self) -> None:
        """Closes the pool of this process."""
        with self._lock:
            if self._pool is not None and self._process == os.getpid():
                self._pool.close()
            self._pool = None

    def _pooled(self) -> ConnectionPool[Any]:
        with self._lock:
            if self._pool is None or self._process != os.getpid():  # threads do not come along through a fork
                self._pool = ConnectionPool(
                    self._url,
                    min_size=1,
                    max_size=MOST_CONNECTIONS,
                    timeout=WAIT_SECONDS,
                    open=True,
                    check=ConnectionPool.check_connection,  # after a restart of the server old ones are dead
                    kwargs={"options": SETTINGS, "row_factory": dict_row, "application_name": "pedri-assess"},
                )
                self._process = os.getpid()
            return self._pool

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout) as error:
            why = _meaning(error)
            raise StoreUnavailable(f"The database {self.name} cannot be used: {why}") from error
        except psycopg.errors.ReadOnlySqlTransaction as error:
            raise StoreUnavailable(
                f"The database {self.name} may not be written; check the server"
            ) from error


def _meaning(error: Exception) -> str:
    if isinstance(error, psycopg.errors.LockNotAvailable):
        return "another process is writing to it and does not end; try again in a moment"
    if isinstance(error, psycopg.errors.QueryCanceled):
        return "it takes too long to answer; check the server's load"
    if isinstance(error, psycopg.errors.DiskFull):
        return "its disk is full; make room on the server"
    return "the server does not answer; check that it runs, and the address in DATABASE_URL"


class _Transaction:
    """One transaction on a connection of the pool."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def rows(self, sql: str, /, **values: Value) -> list[Row]:
        cursor = self._execute(sql, values)
        return list(cursor.fetchall()) if cursor.description else []

    def run(self, sql: str, /, **values: Value) -> int:
        return self._execute(sql, values).rowcount

    def _execute(self, sql: str, values: dict[str, Value]) -> psycopg.Cursor[Any]:
        try:
            return self._connection.execute(_rewritten(sql), values)
        except psycopg.errors.UniqueViolation as error:
            raise Duplicate(error.diag.constraint_name or "") from None


@lru_cache(maxsize=1_024)
def _rewritten(sql: str) -> Any:
    """The SQL with values named as psycopg names them. Statements are constants, so they are few."""

    def named(found: re.Match[str]) -> str:
        return f"%({found[1]})s" if found[1] else found[0].replace("%", "%%")

    return NAMED.sub(named, sql)
