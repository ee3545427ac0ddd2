"""The SQLite driver, on sqlite-utils: one file, one connection a thread, writers in turn."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlite_utils import Database as Tables
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where that is there

from ..domain.errors import Duplicate
from .database import Row, StoreUnavailable, Value

BUSY_SECONDS = 5.0  # how long a writer waits for its turn

# From here on a checkpoint and a commit at the same moment cannot damage a database in WAL mode
# (https://sqlite.org/wal.html, the WAL-reset bug). Older libraries use a rollback journal.
SAFE_WAL = (3, 51, 3)

# What each primary result code of SQLite means to a person, and what can be done
MEANINGS = {
    5: "another process is writing to it and does not end; try again in a moment",
    6: "another process is writing to it and does not end; try again in a moment",
    8: "it may not be written; check who owns the file, and whether the disk is read-only",
    10: "the disk does not answer, or is full; check the disk",
    11: "it is damaged; restore a backup with: pedri-assess restore FILE",
    13: "the disk is full; make room",
    14: "it cannot be opened; check that its folder exists and may be written",
    26: "it is not a SQLite database, or it is damaged; restore a backup with: pedri-assess restore FILE",
}


class SqliteDatabase:
    """A database in one file."""

    engine = "sqlite"

    def __init__(self, path: str) -> None:
        self.path, self.name = Path(path), path
        self._mine = threading.local()

    @contextmanager
    def read(self) -> Iterator[_Transaction]:
        """See Database."""
        yield from self._transaction("BEGIN", only_reads="ON")

    @contextmanager
    def write(self) -> Iterator[_Transaction]:
        """See Database. Takes the only turn at once: a deferred one that reads first can be refused later."""
        yield from self._transaction("BEGIN IMMEDIATE", only_reads="OFF")

    def prepare(self) -> None:
        """Chooses the journal, once: changing it needs the file alone, so connections never do."""
        with suppress(OSError):  # what is wrong with the place is said when it is opened
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL, 0o600))
        mode = "WAL" if sqlite3.sqlite_version_info >= SAFE_WAL else "TRUNCATE"
        ends = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                with self._told():
                    tables = self.tables()
                    if str(tables.execute("PRAGMA journal_mode").fetchone()[0]).upper() != mode:
                        tables.execute(f"PRAGMA journal_mode={mode}").fetchone()
                return
            except StoreUnavailable:
                if time.monotonic() > ends:
                    raise
                time.sleep(0.05)  # the busy timeout does not hold for this

    def tables(self) -> Tables:
        """This thread's own connection, with all that sqlite-utils offers. Opened anew after a fork."""
        if getattr(self._mine, "process", None) != os.getpid():
            self._mine.tables = _opened(self.path)
            self._mine.process = os.getpid()
        tables: Tables = self._mine.tables
        return tables

    def one_file(self) -> None:
        """Brings everything into the one file, to move it; needs it alone. Raises StoreUnavailable."""
        with self._told():
            self.tables().execute("PRAGMA query_only=OFF")
            self.tables().execute("PRAGMA journal_mode=DELETE").fetchone()

    def empty_journal(self) -> None:
        """See Database. In WAL mode old pages stay in the file of the journal until others overwrite them."""
        with self._told():
            self.tables().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def close(self) -> None:
        """Closes this thread's connection."""
        if getattr(self._mine, "process", None) == os.getpid():
            self._mine.tables.close()
            self._mine.process = None

    def _transaction(self, begin: str, only_reads: str) -> Iterator[_Transaction]:
        with self._told():
            tables = self.tables()
            tables.execute(f"PRAGMA query_only={only_reads}")
            tables.execute(begin)
            try:
                yield _Transaction(tables)
                tables.execute("COMMIT")
            except BaseException:
                if tables.conn.in_transaction:
                    tables.execute("ROLLBACK")
                raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            meaning = MEANINGS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
            if meaning is None:
                raise
            raise StoreUnavailable(f"The database {self.name} cannot be used: {meaning}") from error


class _Transaction:
    """One transaction on a thread's connection."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def rows(self, sql: str, /, **values: Value) -> list[Row]:
        cursor = self._execute(sql, values)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def run(self, sql: str, /, **values: Value) -> int:
        return int(self._execute(sql, values).rowcount)

    def _execute(self, sql: str, values: dict[str, Value]) -> Any:
        try:
            return self._tables.execute(sql, values)
        except sqlite3.IntegrityError as error:
            if str(error).startswith("UNIQUE constraint failed"):
                raise Duplicate(str(error)) from None
            raise


def _opened(path: Path) -> Tables:
    connection = sqlite3.connect(str(path), timeout=BUSY_SECONDS, isolation_level=None)
    tables = Tables(connection, execute_plugins=False)
    # FULL: what was acknowledged survives a power cut too. Foreign keys are off unless one asks. What was
    # deleted is overwritten: that a panel forgets who is who must hold for the file as well.
    for pragma in ("foreign_keys=ON", "synchronous=FULL", "trusted_schema=OFF", "secure_delete=ON"):
        tables.execute(f"PRAGMA {pragma}")
    journal = tables.execute("PRAGMA journal_mode").fetchone()[0]
    if journal == "wal" and sqlite3.sqlite_version_info < SAFE_WAL:
        tables.close()
        raise StoreUnavailable(
            f"The database {path} cannot be used: it was made with a newer SQLite than "
            f"{sqlite3.sqlite_version}, which could damage it; install the package pysqlite3"
        )
    return tables
