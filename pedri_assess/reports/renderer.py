"""Printing in a process of its own, with limits on time, memory, output and how many at once."""

from __future__ import annotations

import base64
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import BoundedSemaphore, Thread, Timer
from typing import IO, Any, cast

from .document import PrintJob

LOG = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
PROGRAM = Path(__file__).with_name("printing.py")
OUT_OF_MEMORY = (3, -signal.SIGABRT, -signal.SIGTRAP)  # its own status, and how its C libraries give up
NOT_MADE = "The report was not made"
MOST_TOLD = 2_000  # characters of what the process says about a failure


class ReportFailed(RuntimeError):
    """A report that could not be printed; the message says why, in words for the person who asked for it."""


class ReportBusy(RuntimeError):
    """As many reports as allowed are being printed already; asking again a little later will do."""


@dataclass(frozen=True)
class Renderer:
    """Prints jobs, each in a new process. `templates` and `static` are the folders of those names.

    `seconds` of clock and of processor time and `megabytes` of memory are what one report may take, `slots`
    how many are printed at a time by this process, `patience` how many seconds a further one waits for its
    turn, and `largest` the bytes of the largest PDF.
    """

    templates: Path
    static: Path
    seconds: int = 30
    megabytes: int = 1024
    slots: int = 1
    patience: float = 10
    largest: int = 64 * MEGABYTE
    program: Path = PROGRAM
    _free: BoundedSemaphore = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_free", BoundedSemaphore(self.slots))

    def render(self, job: PrintJob) -> bytes:
        """The PDF of a job. Raises ReportBusy or ReportFailed with a plain reason; nothing stays behind."""
        with self._turn():
            return self._print(json.dumps(message(job, self.static)).encode())

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._free.acquire(timeout=self.patience):
            raise ReportBusy("Other reports are being made just now. Try again in a minute.")
        try:
            yield
        finally:
            self._free.release()

    def _print(self, said: bytes) -> bytes:
        try:
            with tempfile.TemporaryDirectory(prefix="pedri-assess-") as folder:
                run = _Run(self._start(folder))
                pdf = run.finish(said, self.seconds, self.largest)
        except OSError as error:  # no process, memory or open file left for one
            LOG.error("report not printed: %s", error.strerror)
            raise ReportFailed(f"{NOT_MADE}: this machine has no room for it just now.") from None
        if run.status == 0 and pdf and not run.ended:
            if run.told:
                LOG.warning("printing a report: %s", run.told)
            return pdf
        LOG.error("report not printed: status %s; ended: %s; %s", run.status, run.ended, run.told)
        raise ReportFailed(self._reason(run))

    def _reason(self, run: _Run) -> str:
        if run.ended == _LATE or run.status == -signal.SIGXCPU:
            why = f"it took longer than {self.seconds} seconds"
        elif run.ended == _LARGE or run.status in OUT_OF_MEMORY:
            why = "it grew larger than a report may be"
        else:
            return f"{NOT_MADE}: the program that prints reports stopped without one."
        return f"{NOT_MADE}: {why}. Fewer criteria or shorter evidence will help."

    def _start(self, folder: str) -> subprocess.Popen[bytes]:
        limits = (self.seconds, self.megabytes * MEGABYTE, self.largest)
        return subprocess.Popen(  # noqa: S603 - our own program, with numbers for arguments
            [sys.executable, "-I", str(self.program), *map(str, limits)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": folder, "TMPDIR": folder},
            start_new_session=True,  # so that all it may have started ends with it
        )


def message(job: PrintJob, static: Path) -> dict[str, Any]:
    """What the printing process reads: the job, the style sheet, and which files it may open."""
    return {
        "html": job.html,
        "css": (static / "css" / "report.css").read_text("utf-8"),
        "files": {f"fonts/{font.name}": str(font) for font in sorted((static / "fonts").glob("*.ttf"))},
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


_LATE, _LARGE = "too late", "too large"


class _Run:
    """One printing process, from its job to its end. `ended` says why it was ended from here, if it was."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        self.child = child
        self.status: int | None = None
        self.told = ""
        self.ended = ""

    def finish(self, said: bytes, seconds: float, largest: int) -> bytes:
        """What it wrote, cut off beyond `largest`; nothing of the process is left afterwards."""
        clock = Timer(seconds, self._end, [_LATE])
        feeder = Thread(target=self._feed, args=[said])
        stdout, stderr = cast(IO[bytes], self.child.stdout), cast(IO[bytes], self.child.stderr)
        try:
            clock.start()
            feeder.start()
            written = stdout.read(largest + 1)
            if len(written) > largest:
                self._end(_LARGE)
            self.told = " ".join(stderr.read(MOST_TOLD).decode("utf-8", "replace").split())
            self.status = self.child.wait()
            return written
        finally:
            clock.cancel()
            self._end()
            self.child.wait()
            feeder.join()
            stdout.close()
            stderr.close()

    def _end(self, why: str = "") -> None:
        self.ended = self.ended or why
        with suppress(ProcessLookupError):
            os.killpg(self.child.pid, signal.SIGKILL)

    def _feed(self, said: bytes) -> None:
        with suppress(BrokenPipeError), cast(IO[bytes], self.child.stdin) as pipe:
            pipe.write(said)
