"""Prints the reports that wait, one after another; several processes and machines share the work."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event as Signal
from threading import Thread

from ..domain.errors import NotFound, WrongState
from ..domain.times import stamp
from ..reports import ReportBusy, ReportFailed
from ..store import StoreUnavailable
from ..store import kept_reports as store
from ..store.kept_reports import KeptReport
from . import Context
from .background import LOOK_EVERY, Background
from .kept_reports import KINDS, document_in, note_not_made, tidy

log = logging.getLogger(__name__)

RENEW_EVERY = store.LEASE.total_seconds() / 4
WITHOUT_STANDARDS = "The report was not made: the standards that it needs are not here."
UNEXPECTED = "The report was not made: something went wrong that should not. It is in the log of the service."


@dataclass(frozen=True)
class Printed:
    """What became of the reports that were due. `passed` were not wanted any more."""

    made: int = 0
    later: int = 0
    given_up: int = 0
    passed: int = 0


def print_due(context: Context, stopping: Callable[[], bool] = lambda: False) -> Printed:
    """Prints what is due, until nothing is or it is time to stop. Raises StoreUnavailable."""
    counts = {"made": 0, "later": 0, "given_up": 0, "passed": 0}
    context.shelving.look(
        context.database
    )  # a process that only prints hears of new versions in no other way
    while not stopping() and (job := _taken(context, counts)) is not None:
        what = _print(context, job, stopping)
        if what == "given_back":
            break
        counts[what] += 1
    return Printed(**counts)


def _taken(context: Context, counts: dict[str, int]) -> KeptReport | None:
    at = stamp(context.now())
    with context.database.read() as c:
        if not store.is_due(c, context.imprint, at):
            return None
    with context.database.write() as c:
        for lost in store.give_up_lost(c, context.imprint, at):
            note_not_made(c, lost, store.STOPPED, at)
            counts["given_up"] += 1
        return store.take(c, context.imprint, at)


def _print(context: Context, job: KeptReport, stopping: Callable[[], bool]) -> str:
    try:
        with _held(context, job):
            content = _content(context, job)
    except ReportBusy:
        return _given_back(context, job)
    except ReportFailed as error:
        if stopping():
            return _given_back(context, job)
        return _not_made(context, job, str(error), for_good=error.for_good)
    except (NotFound, WrongState):
        return _not_made(context, job, WITHOUT_STANDARDS, for_good=True)
    except StoreUnavailable:
        raise  # the lease runs out by itself
    except Exception:
        log.exception("a report was not printed: this should not have happened")
        return _not_made(context, job, UNEXPECTED, for_good=False)
    except BaseException:  # told to stop
        _given_back(context, job)
        raise
    return _keep(context, job, content)


def _content(context: Context, job: KeptReport) -> bytes | None:
    """The document; None where what it says has changed since it was asked for."""
    wanted = job.wanted
    with context.database.read() as c:
        document = document_in(c, context, wanted.assessment_id, wanted.revision, wanted.kind)
    if document.wanted != wanted:
        return None
    kind = KINDS[wanted.kind]
    pdf = context.renderer.render(kind.job(document.report, context.renderer.templates), patient=True)
    return context.issuer.signed(pdf) if context.issuer and kind.signed else pdf


def _keep(context: Context, job: KeptReport, content: bytes | None) -> str:
    with context.database.write() as c:
        if content is None:
            store.let_go(c, job)
            return "passed"
        return "made" if store.keep(c, job, content, stamp(context.now())) else "passed"


def _not_made(context: Context, job: KeptReport, reason: str, *, for_good: bool) -> str:
    at = stamp(context.now())
    with context.database.write() as c:
        last = store.not_made(c, job, reason, at, for_good=for_good)
        if last:
            note_not_made(c, job, reason, at)
    fields = {"report": job.fingerprint, "attempts": job.attempts, "given_up": last, "reason": reason}
    log.warning("report not made", extra={"fields": fields})
    return "given_up" if last else "later"


def _given_back(context: Context, job: KeptReport) -> str:
    with context.database.write() as c:
        store.give_back(c, job)
    return "given_back"


@contextmanager
def _held(context: Context, job: KeptReport) -> Iterator[None]:
    """Keeps the lease while the job is printed: it runs out only where this process is gone or stuck."""
    ended = Signal()

    def renew() -> None:
        while not ended.wait(RENEW_EVERY):
            with suppress(StoreUnavailable), context.database.write() as c:
                store.renew(c, job, stamp(context.now()))

    keeper = Thread(target=renew, name="lease", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        ended.set()
        keeper.join()


class Printer(Background):
    """Prints in the background of a server process, and as a program of its own."""

    name = "printing"

    def __init__(self, context: Context, every: float = LOOK_EVERY) -> None:
        super().__init__(context.now, every)
        self._context = context

    def run(self) -> None:
        """Goes on until it is stopped. The printing program is loaded before anybody waits for it."""
        with suppress(OSError):  # what is wrong is said with the first report
            self._context.renderer.start()
        super().run()

    def stop(self, seconds: float = 10.0) -> None:
        """Ends at once: what is printed just now is given back, for another to print."""
        self._stopping = True
        self._context.renderer.stop()
        super().stop(seconds)

    def work(self) -> None:
        """Prints what is due."""
        print_due(self._context, lambda: self._stopping)

    def tidy(self) -> None:
        """Removes what nobody will ask for."""
        tidy(self._context)
