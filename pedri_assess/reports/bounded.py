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
from typing import IO, Protocol, cast

LATE, LARGE = "too late", "too large"
MOST_TOLD = 2_000  # characters of what a process says about a failure
NICENESS = 5  # people who wait for pages come first


@dataclass(frozen=True)
class Limits:
    """Seconds of processor time and by the clock, bytes of memory, and bytes of what it may write."""

    seconds: int
    clock: float
    memory: int
    largest: int


@dataclass(frozen=True)
class Ran:
    """What came of it: exit status, what it wrote and told, and why it was ended from here, if it was.

    The status is None where it cannot be known: whatever watched over the process is gone.
    """

    status: int | None
    written: bytes
    told: str
    ended: str


class Child(Protocol):
    """A process that has just begun, held to its limits, and waits for its input."""

    stdin: IO[bytes]
    stdout: IO[bytes]
    stderr: IO[bytes]

    def end(self) -> None:
        """Ends it, and all that it has started. It may have ended already."""
        ...

    def wait(self) -> int | None:
        """Its exit status, or the negative number of the signal that ended it."""
        ...

    def close(self) -> None:
        """Closes what is still open."""
        ...


def run_bounded(program: Path, said: bytes, limits: Limits) -> Ran:
    """Runs a program on `said` in an empty folder, without our environment. Raises OSError for no room."""
    with tempfile.TemporaryDirectory(prefix="pedri-assess-") as folder:
        started = start(program, [], folder)
        _hold(started.pid, limits)
        return finish(_Started(started), said, limits)


def start(program: Path, arguments: list[str], folder: str) -> subprocess.Popen[bytes]:
    """Starts a program of ours with pipes, alone in a session, so that all it may start ends with it."""
    return subprocess.Popen(  # noqa: S603 - our own program, with numbers for arguments
        [sys.executable, "-I", str(program), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=environment(folder),
        start_new_session=True,
    )


def environment(folder: str) -> dict[str, str]:
    """All that a program of ours gets to know of the environment."""
    return {"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": folder, "TMPDIR": folder}


def _hold(pid: int, limits: Limits) -> None:
    # From outside and before it reads anything: the program waits for its input
    with suppress(ProcessLookupError):
        resource.prlimit(pid, resource.RLIMIT_AS, (limits.memory, limits.memory))
        resource.prlimit(pid, resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (limits.largest, limits.largest))
        resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))
        os.setpriority(os.PRIO_PROCESS, pid, NICENESS)


class _Started:
    """A process that this one started."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        self._child = child
        self.stdin = cast(IO[bytes], child.stdin)
        self.stdout = cast(IO[bytes], child.stdout)
        self.stderr = cast(IO[bytes], child.stderr)

    def end(self) -> None:
        """See Child."""
        with suppress(ProcessLookupError):
            os.killpg(self._child.pid, signal.SIGKILL)

    def wait(self) -> int:
        """See Child."""
        return self._child.wait()

    def close(self) -> None:
        """See Child."""
        self.stdout.close()
        self.stderr.close()


def finish(child: Child, said: bytes, limits: Limits) -> Ran:
    """A process from its input to its end; nothing of it is left afterwards."""
    return _Run(child).finish(said, limits)


class _Run:
    """One process, from its input to its end."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.ended = ""

    def finish(self, said: bytes, limits: Limits) -> Ran:
        """What came of it."""
        child = self.child
        clock = Timer(limits.clock, self._end, [LATE])
        feeder = Thread(target=self._feed, args=[said])
        try:
            clock.start()
            feeder.start()
            written = child.stdout.read(limits.largest + 1)
            if len(written) > limits.largest:
                self._end(LARGE)
            told = " ".join(child.stderr.read(MOST_TOLD).decode("utf-8", "replace").split())
            return Ran(child.wait(), written, told, self.ended)
        finally:
            clock.cancel()
            self._end()
            child.wait()
            for thread in (clock, feeder):
                if thread.ident is not None:  # where there is no room for a thread, it has not begun
                    thread.join()
            child.close()

    def _end(self, why: str = "") -> None:
        self.ended = self.ended or why
        self.child.end()

    def _feed(self, said: bytes) -> None:
        with suppress(BrokenPipeError), self.child.stdin as pipe:
            pipe.write(said)
