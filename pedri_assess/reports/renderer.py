"""Printing in a process of its own, with limits on time, memory, output and how many at once."""

from __future__ import annotations

import base64
import json
import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from ..domain.errors import Told
from ..domain.languages import to_translate
from .bounded import LARGE, LATE, Limits, Ran, run_bounded
from .document import PrintJob
from .pool import NotLoaded, Pool

LOG = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
PROGRAM = Path(__file__).with_name("printing.py")
OUT_OF_MEMORY = (3, -signal.SIGABRT, -signal.SIGTRAP)  # its own status, and how its C libraries give up
LONGER = 4  # times as long by the clock as in processor time, where nobody's request waits
BUSY = to_translate("Other reports are being made just now. Try again in a minute.")
DOES_NOT_START = to_translate(
    "The report was not made: the program that prints reports does not start. "
    "Its log tells whoever runs this service why."
)
NO_ROOM = to_translate("The report was not made: this machine has no room for it just now.")
TOO_LATE = to_translate(
    "The report was not made: it took longer than %(seconds)s seconds. "
    "Fewer criteria or shorter evidence will help."
)
TOO_LARGE = to_translate(
    "The report was not made: it grew larger than a report may be. "
    "Fewer criteria or shorter evidence will help."
)
BROKE_OFF = to_translate(
    "The report was not made: the program that prints reports broke off, most likely for want of memory. "
    "Fewer criteria or shorter evidence may help."
)
STOPPED = to_translate("The report was not made: the program that prints reports stopped without one.")


class ReportFailed(Told, RuntimeError):
    """A report that could not be printed; the message says why, in words for the person who asked for it.

    `for_good` says that the same report would not be printed the next time either.
    """

    def __init__(self, why: str, *, for_good: bool = False, **values: object) -> None:
        self.for_good = for_good
        super().__init__(why, **values)


class ReportBusy(Told, RuntimeError):
    """As many reports as allowed are being printed already; asking again a little later will do."""


@dataclass(frozen=True)
class Renderer:
    """Prints jobs, each in a new process. `templates` and `static` are the folders of those names.

    `seconds` of clock and of processor time and `megabytes` of memory are what one report may take, `slots`
    how many are printed at a time by this process, `patience` how many seconds a further one waits for its
    turn, and `largest` the bytes of the largest PDF. `warm` keeps the printing program loaded in a process
    beside this one: for servers, which print again and again.
    """

    templates: Path
    static: Path
    seconds: int = 30
    megabytes: int = 1024
    slots: int = 1
    patience: float = 10
    largest: int = 64 * MEGABYTE
    program: Path = PROGRAM
    warm: bool = False
    _free: BoundedSemaphore = field(init=False, repr=False, compare=False)
    _pool: Pool | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_free", BoundedSemaphore(self.slots))
        object.__setattr__(self, "_pool", Pool(self.program) if self.warm else None)

    def start(self) -> None:
        """Loads the printing program before the first job, where it is kept loaded. Raises OSError."""
        if self._pool:
            self._pool.start()

    def stop(self) -> None:
        """Ends the program that is kept loaded, and what it prints just now: this process is about to end."""
        if self._pool:
            self._pool.stop()

    def render(self, job: PrintJob, *, patient: bool = False) -> bytes:
        """The PDF of a job. Raises ReportBusy or ReportFailed with a plain reason; nothing stays behind.

        `patient` says that nobody's request waits for it: on a busy machine it may take longer by the clock.
        """
        limits = Limits(
            self.seconds,
            self.seconds * (LONGER if patient else 1),
            self.megabytes * MEGABYTE,
            self.largest,
        )
        with self._turn():
            return self._print(json.dumps(message(job, self.static)).encode(), limits)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._free.acquire(timeout=self.patience):
            raise ReportBusy(BUSY)
        try:
            yield
        finally:
            self._free.release()

    def _print(self, said: bytes, limits: Limits) -> bytes:
        try:
            ran = self._run(said, limits)
        except NotLoaded as error:
            LOG.error("the program that prints reports does not start: %s", error)
            raise ReportFailed(DOES_NOT_START) from None
        except OSError as error:  # no process, memory or open file left for one
            LOG.error("report not printed: %s", error.strerror)
            raise ReportFailed(NO_ROOM) from None
        if ran.status == 0 and ran.written and not ran.ended:
            if ran.told:
                LOG.warning("printing a report: %s", ran.told)
            return ran.written
        LOG.error("report not printed: status %s; ended: %s; %s", ran.status, ran.ended, ran.told)
        raise self._failure(ran, limits)

    def _run(self, said: bytes, limits: Limits) -> Ran:
        return self._pool.run(said, limits) if self._pool else run_bounded(self.program, said, limits)

    def _failure(self, ran: Ran, limits: Limits) -> ReportFailed:
        # By the clock it may be late because of others; its own processor time is the same every time
        if ran.ended == LATE:
            return ReportFailed(TOO_LATE, seconds=f"{limits.clock:g}")
        if ran.status == -signal.SIGXCPU:
            return ReportFailed(TOO_LATE, seconds=limits.seconds, for_good=True)
        if ran.ended == LARGE or ran.status in OUT_OF_MEMORY:
            return ReportFailed(TOO_LARGE, for_good=True)
        if ran.status == -signal.SIGSEGV:  # C libraries that do not look whether they got the memory
            return ReportFailed(BROKE_OFF)
        return ReportFailed(STOPPED)


def message(job: PrintJob, static: Path) -> dict[str, Any]:
    """What the printing process reads: the job, the style sheet, and which files it may open."""
    return {
        "html": job.html,
        "css": (static / "css" / job.sheet).read_text("utf-8"),
        "files": {f"fonts/{font.name}": str(font) for font in sorted((static / "fonts").glob("*.ttf"))},
        "pictures": {
            name: {"type": media_type, "content": base64.b64encode(content).decode()}
            for name, media_type, content in job.pictures
        },
        "attachments": [
            {
                "name": attached.name,
                "description": attached.description,
                "content": base64.b64encode(attached.content).decode(),
            }
            for attached in job.attachments
        ],
        "date": job.date,
        "identifier": job.identifier,
    }
