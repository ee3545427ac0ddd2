"""Backups: one SQLite file, whichever engine keeps the database; and putting one back."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from .database import Database, StoreUnavailable
from .migrating import migrate
from .moving import CannotMove, Content, copy_all, filled_table
from .opening import connect
from .sqlite import SqliteDatabase

Told = Callable[[Content], None]


def back_up(database: Database, file: Path, at: str, told: Told) -> None:
    """Writes everything, as it is at one moment, into a new file; people may go on working meanwhile.

    The file appears only when it is whole. Raises CannotMove where there is one already, StoreUnavailable.
    """
    if file.exists():
        raise CannotMove(f"{file} is there already: give another name")
    _write(database, file, at, told)


def restore(file: Path, database: Database, at: str, told: Told, *, replace: bool = False) -> Path | None:
    """Puts a backup in the place of a database. Gives where the old one was moved to, if it had content.

    Raises CannotMove where the database has content and `replace` was not asked for, or where it is in use;
    StoreUnavailable.
    """
    if not file.is_file():
        raise CannotMove(f"{file} is not there")
    backup = connect(f"sqlite://{file.absolute()}")
    try:
        if isinstance(database, SqliteDatabase):
            return _restore_file(backup, database, at, told, replace)
        migrate(database, at)
        copy_all(backup, database, told)
        return None
    finally:
        backup.close()


def _restore_file(
    backup: Database, database: SqliteDatabase, at: str, told: Told, replace: bool
) -> Path | None:
    there = database.path
    used = there.exists() and _has_content(database)
    if used and not replace:
        raise CannotMove(f"{there} has content: to replace it, stop the service and say --replace")
    if there.exists():
        _only_ours(database)
    draft = there.with_name(f"{there.name}.restoring")
    _remove(draft)
    _write(backup, draft, at, told)
    moved = there.with_name(f"{there.name}.before-{at[:19].replace(':', '')}") if used else None
    if moved:
        _move_aside(there, moved)
    else:
        _remove(there)
    draft.replace(there)
    _keep_names(there.parent)
    return moved


def _write(database: Database, file: Path, at: str, told: Told) -> None:
    draft = file.with_name(f"{file.name}.part")
    _remove(draft)
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    copy = SqliteDatabase(str(draft.absolute()))
    try:
        migrate(copy, at)
        copy_all(database, copy, told)
        copy.one_file()
    except BaseException:
        copy.close()
        _remove(draft)
        raise
    copy.close()
    with draft.open("rb") as written:
        os.fsync(written.fileno())
    draft.replace(file)
    _keep_names(file.parent)


def _has_content(database: SqliteDatabase) -> bool:
    try:
        with database.read() as connection:
            return filled_table(connection) is not None
    except Exception:  # damaged, or not ours: then it is kept beside what is restored
        return True


def _only_ours(database: SqliteDatabase) -> None:
    """Raises CannotMove where another process uses the file."""
    try:
        database.one_file()
    except StoreUnavailable as error:
        if getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF in (5, 6):
            raise CannotMove(f"{database.path} is in use: stop the service first") from None
    finally:
        database.close()


def _move_aside(there: Path, moved: Path) -> None:
    there.replace(moved)
    for ending in ("-wal", "-shm", "-journal"):
        beside = there.with_name(there.name + ending)
        if beside.exists():
            beside.replace(moved.with_name(moved.name + ending))


def _remove(file: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def _keep_names(folder: Path) -> None:
    """Makes sure that a power cut does not undo the new name."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
