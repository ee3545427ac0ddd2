"""What the engines themselves can say about the state of a database."""

from __future__ import annotations

from collections.abc import Iterator

from .database import Connection
from .schema import APPEND_ONLY

_GUARDS = {
    "sqlite": "SELECT tbl_name AS guarded FROM sqlite_schema WHERE type = 'trigger'",
    "postgresql": "SELECT c.relname AS guarded FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    " WHERE NOT t.tgisinternal AND t.tgenabled <> 'D'",
}


def damage(c: Connection, engine: str) -> Iterator[str]:
    """Damaged pages and references to nothing. PostgreSQL checks both by itself, as it reads and writes."""
    if engine != "sqlite":
        return
    for row in c.rows("PRAGMA integrity_check(20)"):
        said = next(iter(row.values()))
        if said != "ok":
            yield f"the file is damaged: {said}; restore a backup"
    for row in c.rows("PRAGMA foreign_key_check"):
        yield f"a row of {row['table']} refers to a row of {row['parent']} that is not there"


def unguarded(c: Connection, engine: str) -> Iterator[str]:
    """Tables that must only be added to, and have lost what makes sure of it."""
    guarded = {row["guarded"] for row in c.rows(_GUARDS[engine])}
    for table in sorted(set(APPEND_ONLY) - guarded):
        yield f"the table {table} can be changed: its triggers are gone; restore a backup"
