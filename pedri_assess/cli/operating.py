"""`pedri-assess migrate, check, backup, restore, copy, staff`: what an operator does with the database."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, cast

from ..domain.errors import NotFound
from ..services.accounts import end_staff, make_staff
from ..services.checking import all_faults
from ..services.demonstrating import fill
from ..store.backing_up import back_up, restore
from ..store.migrating import migrate, version
from ..store.moving import Content, copy_all
from .database import WHERE, context_on, now_stamp, opened
from .hub import seed_from, starter
from .sources import Refused

PLAIN = argparse.RawDescriptionHelpFormatter

_MIGRATE = f"""\
Make the tables of the database, or bring them to those of this version. It can be run at any time, and
by several at once. Each step happens wholly or not at all. Back up first.

{WHERE}
"""
_CHECK = f"""\
Read everything in the database and say what is wrong: damaged pages, references to nothing, the chain of
events, frozen results that no longer follow from their answers, standards that assessments need and that are
not here. Exit status 0 says that all is well, 1 that something is wrong.

{WHERE}
"""
_BACKUP = f"""\
Write everything, as it is at one moment, into a new file. People may go on working meanwhile. The file is a
SQLite database, whichever engine is used, and appears only when it is whole. It holds personal data: keep it
as safe as the database.

{WHERE}
"""
_RESTORE = f"""\
Put a backup in the place of the database. A SQLite database with content is only replaced with --replace and
while nothing uses it, and is kept beside the new one. On PostgreSQL give an empty database.

{WHERE}
"""
_COPY = """\
Copy everything from one database to another, which must be empty: from SQLite to PostgreSQL, back, or between
two of a kind. Every table is read back and compared before anything is kept. Stop the service first: what is
written to OLD meanwhile is not in NEW.

OLD and NEW are addresses: sqlite:////full/path/of/a/file.db or postgresql://name@host/database
"""


_FILL = f"""\
Make three invented organisations, with people to sign in as, one finished assessment and one half done, and
take the starter set of resources into the hub. A database that has organisations gets the resources only. The
pages to sign in as somebody are only there with PEDRI_ASSESS_DEMONSTRATION=yes, on this machine alone.

{WHERE}
"""


def add_commands(commands: Any) -> None:
    """Adds the operator's commands."""
    _command(commands, "migrate", "make or update the tables of the database", _MIGRATE, run_migrate)
    _command(commands, "check", "read the whole database and say what is wrong", _CHECK, run_check)
    backup = _command(commands, "backup", "write everything into one file", _BACKUP, run_backup)
    backup.add_argument("file", type=Path, metavar="FILE", help="the file to write; must not be there yet")
    back = _command(commands, "restore", "put a backup in the place of the database", _RESTORE, run_restore)
    back.add_argument("file", type=Path, metavar="FILE", help="a file that backup wrote")
    back.add_argument("--replace", action="store_true", help="replace a database that has content")
    copy = _command(commands, "copy", "copy everything to another database", _COPY, run_copy)
    copy.add_argument("old", metavar="OLD", help="address of the database to copy from")
    copy.add_argument("new", metavar="NEW", help="address of an empty database")
    _staff(commands)
    _command(commands, "demonstrate", "fill an empty database with invented people", _FILL, run_fill)


def _staff(commands: Any) -> None:
    staff = commands.add_parser("staff", help="say who is PEDRI staff", description=WHERE)
    which = staff.add_subparsers(title="commands", metavar="COMMAND", required=True)
    add = _command(which, "add", "make somebody PEDRI staff", "They sign in with this address.", run_add)
    add.add_argument("email", metavar="EMAIL")
    add.add_argument("--name", default="", help="what they are called")
    end = _command(which, "remove", "end it, and sign them out everywhere", WHERE, run_remove)
    end.add_argument("email", metavar="EMAIL")


def _command(commands: Any, name: str, short: str, long: str, run: Any) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=short, description=long, formatter_class=PLAIN)
    command.set_defaults(run=run)
    return cast(argparse.ArgumentParser, command)


def run_migrate(_arguments: argparse.Namespace) -> int:
    """Makes or updates the tables."""
    with opened(make_folder=True) as database:
        steps = migrate(database, now_stamp(), told=lambda name: print(f"{database.name}: {name}"))
        if not steps:
            print(f"{database.name} is up to date (schema {version(database)})")
    return 0


def run_check(_arguments: argparse.Namespace) -> int:
    """Says what is wrong with the database."""
    with opened() as database:
        found = 0
        for fault in all_faults(context_on(database)):
            found += 1
            print(fault, flush=True)
        if not found:
            print(f"{database.name}: all is well")
    return 1 if found else 0


def run_backup(arguments: argparse.Namespace) -> int:
    """Writes a backup."""
    with opened() as database:
        back_up(database, arguments.file, now_stamp(), _tell)
    print(f"{arguments.file} is written")
    return 0


def run_restore(arguments: argparse.Namespace) -> int:
    """Puts a backup back."""
    with opened(make_folder=True) as database:
        moved = restore(arguments.file, database, now_stamp(), _tell, replace=arguments.replace)
        print(f"{database.name} is restored from {arguments.file}")
    if moved:
        print(f"what was there before is in {moved}")
    return 0


def run_copy(arguments: argparse.Namespace) -> int:
    """Copies a database into an empty one."""
    with opened(arguments.old) as old, opened(arguments.new, make_folder=True) as new:
        migrate(new, now_stamp())
        copy_all(old, new, _tell)
        print(f"{new.name} has everything that {old.name} has")
    return 0


def run_add(arguments: argparse.Namespace) -> int:
    """Makes somebody PEDRI staff."""
    email = arguments.email.strip()
    if email.count("@") != 1 or email.startswith("@") or email.endswith("@") or len(email.split()) != 1:
        raise Refused(f'"{arguments.email}" is not an e-mail address')
    with opened() as database:
        make_staff(context_on(database), email, arguments.name.strip())
    print(f"{email} is PEDRI staff, and can sign in")
    return 0


def run_remove(arguments: argparse.Namespace) -> int:
    """Ends it."""
    with opened() as database:
        try:
            end_staff(context_on(database), arguments.email.strip())
        except NotFound:
            raise Refused(f"nobody has an account with the address {arguments.email}") from None
    print(f"{arguments.email} is PEDRI staff no more")
    return 0


def run_fill(_arguments: argparse.Namespace) -> int:
    """Makes what a demonstration needs."""
    with opened() as database:
        context = context_on(database)
        filled = fill(context)
        seed_from(context, str(starter()))
        print(f"{database.name} {'has three invented organisations' if filled else 'is left as it is'}")
    return 0


def _tell(content: Content) -> None:
    if content.rows:
        print(f"{content.table}: {content.rows:,} rows, checksum {content.checksum[:16]}", flush=True)
