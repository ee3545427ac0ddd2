"""`pedri-assess print-reports`: prints the reports that wait, on a machine of its own or by hand."""

from __future__ import annotations

import argparse
import os
import signal
from datetime import date
from typing import Any

from ..config import ConfigError, printing_from
from ..reports import imprint
from ..services import Context
from ..services.checking import start_faults
from ..services.kept_reports import waiting_elsewhere
from ..services.printing import Printed, Printer, print_due
from ..store import Database
from .database import now, opened
from .sources import Refused, WentWrong, schemas, shelf

_ABOUT = """\
Print the reports that wait. The web service does this by itself; the command is for a machine of its own, so
that printing takes nothing from those who open pages, and for when the service does not run. Several may run
at once, beside the service too: no report is made twice.

Give it the settings of the service: the database, the standards, the address and the key that signs reports.
What a service of another release or with other settings was asked to print is left to that.

It goes on until it is stopped, and gives back what it prints just then; with --once it ends when nothing
waits. Exit status 1 says that some reports could not be made.
"""


def add_commands(commands: Any) -> None:
    """Adds `print-reports`."""
    plain = argparse.RawDescriptionHelpFormatter
    command = commands.add_parser(
        "print-reports", help="print the reports that wait", description=_ABOUT, formatter_class=plain
    )
    command.add_argument("--once", action="store_true", help="end when nothing waits")
    command.set_defaults(run=run_print)


def run_print(arguments: argparse.Namespace) -> int:
    """Prints, once or until stopped."""
    with opened() as database:
        context = _context(database)
        if faults := start_faults(context):
            raise WentWrong("\n".join(faults))
        if elsewhere := waiting_elsewhere(context):
            print(f"{elsewhere} for a service of another release or with other settings", flush=True)
        before = signal.signal(signal.SIGTERM, _stop)
        try:
            if arguments.once:
                return _told(print_due(context))
            _Telling(context).run()
        except SystemExit:  # told to stop: what was under way is given back
            return 0
        finally:
            signal.signal(signal.SIGTERM, before)
            context.renderer.stop()
    return 0


class _Telling(Printer):
    """A printer that says what it did."""

    def work(self) -> None:
        """Prints what is due."""
        _told(print_due(self._context))


def _stop(*_: object) -> None:
    raise SystemExit


def _told(done: Printed) -> int:
    if done != Printed():
        print(
            f"made {done.made}, to be tried again {done.later}, given up {done.given_up}"
            f"{f', not wanted any more {done.passed}' if done.passed else ''}",
            flush=True,
        )
    return 1 if done.later or done.given_up else 0


def _context(database: Database) -> Context:
    try:
        prints = printing_from(os.environ)
    except ConfigError as error:
        raise Refused(str(error)) from None
    renderer, issuer = prints.renderer, prints.issuer
    return Context(
        *(shelf(), schemas(), renderer, date.today, database, now, prints.address, issuer),
        imprint=imprint(renderer.templates, renderer.static, prints.address, issuer),
    )
