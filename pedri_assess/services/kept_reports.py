"""Reports that are printed once and kept: asked for, joined by whoever asks too, and how far they are."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from ..domain.assessment import Assessment
from ..domain.times import stamp
from ..reports import PrintJob, Report, easy_read_job, mark, print_job
from ..store import Connection
from ..store import kept_reports as store
from ..store.events import Event, add_event, last_event
from ..store.kept_reports import KeptReport, Wanted
from . import Context
from .editions import edition_in
from .limits import TooMany, hold_to
from .reports import report_for
from .results import FrozenResult, result_in

REPORT, EASY_READ = "report", "easy-read"

MOST_OPEN = 20  # documents of one organisation that wait or are printed at a time
MOST_TRIES_AGAIN = 10  # of one organisation in an hour
HOUR = 3600  # seconds
SOON = 30  # seconds until there may be room again
PASSED = timedelta(days=1)  # how long an edition is kept that a later one has followed
OLD = timedelta(days=30)  # how long what another release printed is kept


@dataclass(frozen=True)
class Kind:
    """A kind of printed document: what makes it from the report, and whether it is signed."""

    job: Callable[[Report, Path], PrintJob]
    signed: bool


KINDS: Mapping[str, Kind] = {
    REPORT: Kind(print_job, signed=True),
    EASY_READ: Kind(easy_read_job, signed=False),
}


@dataclass(frozen=True)
class Document:
    """A printed document of a revision, as it is in this state of the database."""

    found: FrozenResult
    report: Report
    wanted: Wanted


@dataclass(frozen=True)
class Ready:
    """A document that is made."""

    fingerprint: str
    answered: Assessment
    content: bytes


@dataclass(frozen=True)
class Progress:
    """How far a document is. `before` counts those that were asked for earlier and are not made yet."""

    found: FrozenResult
    kept: KeptReport
    before: int


def document_in(
    c: Connection, context: Context, assessment_id: str, revision: int | None = None, kind: str = REPORT
) -> Document:
    """What is to be printed of a revision, the newest where none is named. Raises NotFound, WrongState."""
    found = result_in(c, context, assessment_id, revision)
    report = report_for(found.framework, found.answered, edition_in(c, context, found))
    return Document(
        found,
        report,
        Wanted(
            fingerprint=_fingerprint(kind, assessment_id, mark(report), context.imprint),
            kind=kind,
            assessment_id=assessment_id,
            revision=found.frozen.revision,
            organisation_id=found.assessment.organisation_id,
            imprint=context.imprint,
        ),
    )


def _fingerprint(*parts: str) -> str:
    """What names the bytes: the kind of document, whose it is, all that it is made from, and what prints it.

    Whose it is does not change the bytes; but what belongs to one organisation is no other's, even unseen.
    """
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def ask_in(c: Connection, context: Context, assessment_id: str, revision: int, at: str) -> None:
    """Asks for the report, in the transaction of the event that changed what it says.

    Where there is no room, it is printed when somebody wants it.
    """
    if not context.imprint:
        return
    document = document_in(c, context, assessment_id, revision)
    if store.open_of(c, document.wanted.organisation_id) < MOST_OPEN:
        store.ask(c, document.wanted, at)


def asked(context: Context, assessment_id: str, revision: int | None = None, kind: str = REPORT) -> Progress:
    """How far a document is; it is asked for where nobody has yet. Raises NotFound, WrongState, TooMany."""
    with context.database.read() as c:
        document = document_in(c, context, assessment_id, revision, kind)
        kept = store.find(c, document.wanted.fingerprint)
        if kept:
            return Progress(document.found, kept, store.before(c, kept))
    with context.database.write() as c:
        if store.open_of(c, document.wanted.organisation_id) >= MOST_OPEN:
            raise TooMany(SOON)
        kept = store.ask(c, document.wanted, stamp(context.now()))
        return Progress(document.found, kept, store.before(c, kept))


def ready(
    context: Context, assessment_id: str, revision: int | None = None, kind: str = REPORT
) -> Ready | None:
    """A document that is made, as quickly as it can be found; else None. Raises NotFound, WrongState."""
    key = (assessment_id, revision, kind)
    with context.database.read() as c:
        event = last_event(c)
        known = context.fingerprints.known(event, key)
        if known is None:
            document = document_in(c, context, assessment_id, revision, kind)
            known = (document.wanted.fingerprint, document.found.answered)
            context.fingerprints.remember(event, key, known)
        made = store.content(c, known[0])
    return Ready(known[0], known[1], made) if made is not None else None


def try_again(
    context: Context, assessment_id: str, account_id: str, revision: int | None = None, kind: str = REPORT
) -> bool:
    """Lets a document that was given up be tried again; whether it was given up.

    Raises NotFound, WrongState, TooMany.
    """
    at = stamp(context.now())
    with context.database.write() as c:
        wanted = document_in(c, context, assessment_id, revision, kind).wanted
        if not store.ask_again(c, wanted.fingerprint, at):
            return False
        hold_to(c, f"report-again:{wanted.organisation_id}", at, MOST_TRIES_AGAIN, HOUR)
        add_event(c, _event("report-asked-again", wanted, at, account_id))
        return True


def note_not_made(c: Connection, kept: KeptReport, reason: str, at: str) -> None:
    """Writes down that a document was given up."""
    after = {"reason": reason, "attempts": kept.attempts}
    add_event(c, _event("report-not-made", kept.wanted, at, after=after))


def waiting_elsewhere(context: Context) -> str:
    """How many documents wait for others to print them, in words; nothing where none do."""
    with context.database.read() as c:
        waiting = store.open_elsewhere(c, context.imprint)
    return f"{waiting} report{' waits' if waiting == 1 else 's wait'}" if waiting else ""


def tidy(context: Context) -> int:
    """Removes documents that nobody will ask for; how many."""
    now = context.now()
    with context.database.write() as c:
        return store.forget(c, context.imprint, now - PASSED, now - OLD)


def _event(kind: str, wanted: Wanted, at: str, account_id: str | None = None, after: object = None) -> Event:
    return Event(
        kind=kind,
        at=at,
        account_id=account_id,
        organisation_id=wanted.organisation_id,
        assessment_id=wanted.assessment_id,
        subject=str(wanted.revision),
        after=after,
    )
