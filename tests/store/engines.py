"""Databases for tests, migrated and empty, of both engines."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pedri_assess.store import Database, connect
from pedri_assess.store.migrating import migrate

from .server import Server

AT = "2026-11-24T09:00:00.000000Z"
_numbers = itertools.count(1)


def migrated_file(folder: Path) -> Path:
    """A SQLite file with all tables, to copy for each test."""
    path = folder / "migrated.db"
    database = connect(f"sqlite://{path}")
    migrate(database, AT)
    database.close()
    return path


def copy_of(file: Path, folder: Path) -> Database:
    """A database of a test's own."""
    return connect(f"sqlite://{shutil.copy(file, folder / 'assess.db')}")


def migrated_template(server: Server) -> str:
    """A PostgreSQL database with all tables, to copy for each test."""
    server.run("CREATE DATABASE migrated")
    database = connect(server.url("migrated"))
    migrate(database, AT)
    database.close()
    return "migrated"


@contextmanager
def copy_on(server: Server, template: str) -> Iterator[Database]:
    """A database of a test's own."""
    name = f"test_{next(_numbers)}"
    # Files are copied as they are: a third of the time, and PostgreSQL 15 is the first that can be told
    server.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    database = connect(server.url(name))
    try:
        yield database
    finally:
        database.close()
        server.run(f"DROP DATABASE {name} WITH (FORCE)")
