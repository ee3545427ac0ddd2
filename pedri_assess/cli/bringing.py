"""`pedri-assess import-organisation`: brings in an organisation from the file with everything of it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ..domain.archive import MOST_PACKED
from ..services.everything import bring_back
from .database import WHERE, context_on, opened

_ABOUT = f"""\
Bring in an organisation from the file that its lead downloaded ("Everything in one file"). The schema
must be that of the file, and the versions of the standards that were answered must be here. People in it can
sign in with their addresses; nobody gets a letter. Nothing is kept where anything is wrong, or is there
already.

{WHERE}
"""


def add_commands(commands: Any) -> None:
    """Adds the command."""
    command = commands.add_parser(
        "import-organisation",
        help="bring in an organisation from its file",
        description=_ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("file", type=Path, metavar="FILE", help="the zip file that was downloaded")
    command.set_defaults(run=run_import)


def run_import(arguments: argparse.Namespace) -> int:
    """Brings it in."""
    with opened() as database:
        with arguments.file.open("rb") as file:
            content = file.read(MOST_PACKED + 1)
        name = bring_back(context_on(database), content, str(arguments.file))
        print(f"{database.name} has everything of {name}")
    return 0
