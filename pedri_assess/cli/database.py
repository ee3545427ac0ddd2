"""The database that the settings name, for commands; and what can go wrong with it, as commands say it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from ..config import ConfigError, database_url
from ..domain.times import stamp
from ..services import Context
from ..store import BadAddress, Database, StoreUnavailable, connect
from ..store.migrating import TooNew
from ..store.moving import CannotMove
from .sources import Refused, WentWrong, schemas, shelf

WHERE = "The database is that of DATABASE_URL, or a file in your home folder where it is not set."


@contextmanager
def opened(url: str | None = None, *, make_folder: bool = False) -> Iterator[Database]:
    """The database at an address, or of the settings; what goes wrong inside ends the command in words.

    Raises Refused, WentWrong.
    """
    try:
        address = database_url(os.environ) if url is None else url
        database = connect(address)
    except (ConfigError, BadAddress) as error:
        named = "DATABASE_URL" if url is None else url.partition("://")[0] + "://…"
        raise Refused(f"{named}: {error}") from None
    if make_folder and address.startswith("sqlite://"):
        with suppress(OSError):  # the database itself says what is wrong, and where
            Path(address.removeprefix("sqlite://")).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        yield database
    except (StoreUnavailable, TooNew) as error:
        raise WentWrong(str(error)) from None
    except CannotMove as error:
        raise Refused(str(error)) from None
    except OSError as error:
        raise WentWrong(f"{error.filename or database.name}: {error.strerror}") from None
    finally:
        database.close()


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def now_stamp() -> str:
    """This moment as it is kept."""
    return stamp(now())


def context_on(database: Database) -> Context:
    """What use cases need that print nothing, on this database."""
    no_printer: Any = None
    return Context(shelf(), schemas(), no_printer, date.today, database, now, "")
