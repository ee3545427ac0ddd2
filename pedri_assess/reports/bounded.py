"""A program of ours in a process of its own: held to limits of time, memory and output, gone afterwards."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread, Timer
from typing import IO, cast

LATE, LARGE = "too late", "too large"
MOST_TOLD = 2_000  # characters of what a process says about a failure
NICENESS = 5  # people who wait for pages come first


@dataclass(frozen=True)
class Limits:
    """Seconds of clock and processor time, bytes of memory, and bytes of what it may write."""

    seconds: int
    memory: int
    largest: int


@dataclass(frozen=True)
class Ran:
    """What came of it: exit status, what it wrote and told, and why it was ended from here, if it was."""

    status: int | None
    written: bytes
    told: str
    ended: str


def run_bounded(program: Path, said: bytes, limits: Limits) -> Ran:
    """Runs a program on `said` in an empty folder, without our environment. Raises OSError for no room."""
    with tempfile.TemporaryDirectory(prefix="pedri-assess-") as folder:
        child = start(program, [], folder)
        _hold(child.pid, limits)
        return _Run(child).finish(said, limits)


def start(program: Path, arguments: list[str], folder: str) -> subprocess.Popen[bytes]:
    """Starts a program of ours with pipes, alone in a session, so that all it may start ends with it."""
    return subprocess.Popen(  # noqa: S603 - our own program, with numbers for arguments
        [sys.executable, "-I", str(program), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env={"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": folder, "TMPDIR": folder},
        start_new_session=True,
    )


def _hold(pid: int, limits: Limits) -> None:
    # From outside and before it reads anything: the program waits for its input
    with suppress(ProcessLookupError):
        resource.prlimit(pid, resource.RLIMIT_AS, (limits.memory, limits.memory))
        resource.prlimit(pid, resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (limits.largest, limits.largest))
        resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))
        os.setpriority(os.PRIO_PROCESS, pid, NICENESS)


class _Run:
    """One process, from its input to its end."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        self.child = child
        self.ended = ""

    def finish(self, said: bytes, limits: Limits) -> Ran:
        """What came of it; nothing of the process is left afterwards."""
        clock = Timer(limits.seconds, self._end, [LATE])
        feeder = Thread(target=self._feed, args=[said])
        stdout, stderr = cast(IO[bytes], self.child.stdout), cast(IO[bytes], self.child.stderr)
        try:
            clock.start()
            feeder.start()
            written = stdout.read(limits.largest + 1)
            if len(written) > limits.largest:
                self._end(LARGE)
            told = " ".join(stderr.read(MOST_TOLD).decode("utf-8", "replace").split())
            return Ran(self.child.wait(), written, told, self.ended)
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
