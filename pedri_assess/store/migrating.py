"""Brings a database to the schema of this code, one step after another, each wholly or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .database import Connection, Database, one
from .schema import STEPS, Step

KNOWN = len(STEPS)  # the steps of a database that is up to date
WORDS = {
    "sqlite": {
        "{number}": "INTEGER",
        "{bytes}": "BLOB",
        "{strict}": " STRICT",
        "{unordered}": " STRICT, WITHOUT ROWID",
    },
    "postgresql": {"{number}": "BIGINT", "{bytes}": "BYTEA", "{strict}": "", "{unordered}": ""},
}
NOTES = """CREATE TABLE migration (
    number {number} PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL
){strict}"""
TABLE_THERE = {
    "sqlite": "SELECT name FROM sqlite_schema WHERE type = 'table' AND name = 'migration'",
    "postgresql": "SELECT table_name FROM information_schema.tables "
    "WHERE table_name = 'migration' AND table_schema = current_schema()",
}


class TooNew(Exception):
    """The database has steps that this code does not know; the message says what to do."""


def version(database: Database) -> int:
    """How many steps a database has; 0 where it is empty. Raises StoreUnavailable."""
    with database.read() as connection:
        return version_in(connection, database.engine)


def version_in(connection: Connection, engine: str) -> int:
    """The same, in a transaction that is under way."""
    if not connection.rows(TABLE_THERE[engine]):
        return 0
    row = one(connection, "SELECT count(*) AS steps FROM migration")
    return int(row["steps"]) if row else 0


def migrate(
    database: Database,
    at: str,
    steps: Sequence[Step] = STEPS,
    told: Callable[[str], None] = lambda _name: None,
) -> int:
    """Applies the steps that are missing; gives how many. Several may be told to at once: one does it.

    `at` is the moment to note; `told` hears each step's name. Raises StoreUnavailable, TooNew.
    """
    database.prepare()
    applied = 0
    while _next(database, at, steps, told):
        applied += 1
    return applied


def _next(database: Database, at: str, steps: Sequence[Step], told: Callable[[str], None]) -> bool:
    with database.write() as connection:
        done = version_in(connection, database.engine)
        refuse_newer(done, len(steps))
        if done == len(steps):
            return False
        _apply(connection, database.engine, done + 1, steps[done], at)
    told(steps[done].name)
    return True


def refuse_newer(done: int, known: int = KNOWN) -> None:
    """Raises TooNew where a database has more steps than are known."""
    if done > known:
        raise TooNew(
            f"The database was made by a newer PEDRI Assess (schema {done}, this one knows {known}): "
            "install that version again"
        )


def _apply(connection: Connection, engine: str, number: int, step: Step, at: str) -> None:
    if number == 1:
        connection.run(_in(NOTES, engine))
    own = step.sqlite if engine == "sqlite" else step.postgresql
    for statement in (*step.statements, *own):
        connection.run(_in(statement, engine))
    connection.run(
        "INSERT INTO migration (number, name, applied_at) VALUES (:number, :name, :at)",
        number=number,
        name=step.name,
        at=at,
    )


def _in(statement: str, engine: str) -> str:
    for word, own in WORDS[engine].items():
        statement = statement.replace(word, own)
    return statement
