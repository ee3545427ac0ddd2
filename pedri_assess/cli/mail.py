"""`pedri-assess mail`: sends the letters that wait, for a cron job or by hand."""

from __future__ import annotations

import argparse
import os
import time
from datetime import UTC, datetime
from typing import Any

from ..config import ConfigError, database_url, mail_server
from ..services.background import LOOK_EVERY
from ..services.mail import Round, send_due, tidy, trouble
from ..services.smtp import MailServer
from ..store import BadAddress, Database, StoreUnavailable, connect
from .sources import Refused, WentWrong

_ABOUT = """\
Send the letters that wait: links to sign in, invitations. The web service does this by itself; the command is
for where it does not run all the time. Several may run at once: no letter is sent twice.

It goes on until it is stopped; with --once it ends when nothing is due. Exit status 1 says that some letters
could not be sent; they are tried again later, for a day.
"""


def add_commands(commands: Any) -> None:
    """Adds `mail`."""
    plain = argparse.RawDescriptionHelpFormatter
    mail = commands.add_parser(
        "mail", help="send the letters that wait", description=_ABOUT, formatter_class=plain
    )
    mail.add_argument("--once", action="store_true", help="end when nothing is due")
    mail.set_defaults(run=run_mail)


def run_mail(arguments: argparse.Namespace) -> int:
    """Sends mail, once or until stopped."""
    database, server = _settings()
    try:
        if arguments.once:
            return _told(send_due(database, server, _now), database)
        while True:
            _told(send_due(database, server, _now), database)
            tidy(database, _now)
            time.sleep(LOOK_EVERY)
    except StoreUnavailable as error:
        raise WentWrong(str(error)) from None
    finally:
        database.close()


def _settings() -> tuple[Database, MailServer]:
    try:
        server = mail_server(os.environ)
        database = connect(database_url(os.environ))
    except ConfigError as error:
        raise Refused(str(error)) from None
    except BadAddress as error:
        raise Refused(f"DATABASE_URL: {error}") from None
    if server is None:
        raise Refused("PEDRI_ASSESS_SMTP_HOST is not set: name the mail server that takes the letters")
    return database, server


def _told(done: Round, database: Database) -> int:
    if done != Round():
        print(f"sent {done.sent}, to be tried again {done.later}, given up {done.given_up}", flush=True)
    if done.later or done.given_up:
        for mail in trouble(database, _now):
            state = "given up" if mail.failed_at else f"next try {mail.next_at}"
            print(f"{mail.id}: {state}: {mail.problem}", flush=True)
        return 1
    return 0


def _now() -> datetime:
    return datetime.now(UTC)
