"""`pedri-assess remind`: the reminders that are due, for a cron job once a day."""

from __future__ import annotations

import argparse
import os
from datetime import date
from typing import Any

from ..config import ConfigError, base_url
from ..services import Context
from ..services.plan_letters import write_due
from ..services.round_reminders import remind_due
from .database import now, opened
from .sources import Refused, schemas, shelf

_ABOUT = """\
Write the reminders that are due. Of rounds: to the leads of organisations that have not submitted, once, in
the week before their last day. Of plans: to the owners of actions that are late or due within two weeks, once
a week at most, unless they stopped it. Run it once a day; running it more often writes nothing twice. The
letters wait in the database and are sent like all others.
"""


def add_commands(commands: Any) -> None:
    """Adds `remind`."""
    plain = argparse.RawDescriptionHelpFormatter
    remind = commands.add_parser(
        "remind", help="write the reminders that are due", description=_ABOUT, formatter_class=plain
    )
    remind.set_defaults(run=run_remind)


def run_remind(_arguments: argparse.Namespace) -> int:
    """Writes the reminders that are due."""
    no_printer: Any = None
    try:
        address = base_url(os.environ)
    except ConfigError as error:
        raise Refused(str(error)) from None
    with opened() as database:
        context = Context(shelf(), schemas(), no_printer, date.today, database, now, address)
        print(f"reminders of rounds: {remind_due(context)} organisations")
        print(f"reminders of plans: {write_due(context)} people")
    return 0
