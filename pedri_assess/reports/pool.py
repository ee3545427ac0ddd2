"""Jobs for a program that is kept loaded in a process beside this one, a new child each (forking.py)."""

from __future__ import annotations

import json
import logging
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, cast

from .bounded import NICENESS, Limits, Ran, environment, finish
from .forking import BEGAN, MOST_SAID, READY

LOG = logging.getLogger(__name__)

FORKING = Path(__file__).with_name("forking.py")
START_SECONDS = 60  # to load the program, on a busy machine
ANSWER_SECONDS = 5.0  # to end a child that is to end
MOST_TOLD = 2_000  # bytes


class NotLoaded(OSError):
    """The program cannot be kept loaded; the message is for those who run the service."""


class Pool:
    """Runs jobs of one program. The loaded process starts with the first job, and again when it is gone.

    It may be made before this process forks; each process then has a loaded one of its own.
    """

    def __init__(self, program: Path) -> None:
        self._program = program
        self._lock = threading.Lock()
        self._loaded: _Loaded | None = None
        self._stopped = False
        self._forget: Callable[[], object] = lambda: None

    def run(self, said: bytes, limits: Limits) -> Ran:
        """See bounded.run_bounded. Raises OSError for no room, NotLoaded where the program does not start."""
        ran = self._run(said, limits)
        if ran.status is None and not ran.ended and not self._stopped:
            LOG.warning("the process that keeps the program loaded is gone: it is started again")
            ran = self._run(said, limits)
        return ran

    def start(self) -> None:
        """Loads the program, where it is not loaded. Raises OSError."""
        with self._lock:
            self._ready()

    def stop(self) -> None:
        """Ends the loaded process, and with it the jobs under way: none is begun any more."""
        self._stopped = True
        with self._lock:
            self._forget()

    def _run(self, said: bytes, limits: Limits) -> Ran:
        with self._lock:
            child = self._ready().begin(limits)
        return finish(child, said, limits)

    def _ready(self) -> _Loaded:
        if self._stopped:
            raise NotLoaded("it was stopped")
        if self._loaded is None or not self._loaded.lives:
            self._forget()
            self._loaded = _Loaded(self._program)
            # In order where nobody says stop: when this process ends, or needs the pool no more
            self._forget = weakref.finalize(self, self._loaded.forget)
        return self._loaded


class _Loaded:
    """The process that has the program loaded, and the socket on which it gets its jobs."""

    def __init__(self, program: Path) -> None:
        self._owner = os.getpid()
        self.gone = False
        self._jobs, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with ExitStack() as undo:
            undo.callback(self._jobs.close)
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603 - our own programs
                    [sys.executable, "-I", str(FORKING), str(program), str(NICENESS)],
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    cwd="/",
                    env=environment(tempfile.gettempdir()),
                    start_new_session=True,
                )
            undo.callback(self.end)
            self._wait_until_ready()
            undo.pop_all()

    def _wait_until_ready(self) -> None:
        self._jobs.settimeout(START_SECONDS)
        with cast(IO[bytes], self._process.stderr) as told:
            try:
                if self._jobs.recv(len(READY)) == READY:
                    self._jobs.settimeout(ANSWER_SECONDS)
                    return
            except TimeoutError:
                raise NotLoaded(f"it was not ready after {START_SECONDS} seconds") from None
            lines = told.read(MOST_TOLD).decode("utf-8", "replace").split("\n")
        raise NotLoaded(next((line for line in reversed(lines) if line.strip()), "it said nothing"))

    @property
    def is_ours(self) -> bool:
        """Whether this process started it, and not one that this was forked from."""
        return self._owner == os.getpid()

    @property
    def lives(self) -> bool:
        """Whether it is there for us."""
        return self.is_ours and not self.gone and self._process.poll() is None

    def begin(self, limits: Limits) -> _Child:
        """A child for a job. Raises OSError."""
        ours: list[int] = []
        theirs: list[int] = []
        told, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            for written_by_us in (True, False, False):
                reads, writes = os.pipe()
                ours.append(writes if written_by_us else reads)
                theirs.append(reads if written_by_us else writes)
            job = json.dumps(vars(limits)).encode()
            try:
                socket.send_fds(self._jobs, [job], [*theirs, other.fileno()])
            except (BrokenPipeError, ConnectionResetError):
                self.gone = True  # the files of the job end at once, and it is tried with the next one
            except OSError:
                if not self.gone:
                    raise
            return _Child(self, told, *ours)
        except BaseException:
            told.close()
            for file in ours:
                os.close(file)
            raise
        finally:
            other.close()
            for file in theirs:
                os.close(file)

    def end(self) -> None:
        """Ends it, and with it all its children: in order, or where that takes too long, by force."""
        self.gone = True
        self._jobs.close()
        try:
            self._process.wait(ANSWER_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()  # its children die with it
            self._process.wait()

    def forget(self) -> None:
        """Lets go of one that is gone, or that belongs to the process this was forked from."""
        if self.is_ours:
            self.end()
        else:
            self._jobs.close()


class _Child:
    """A child of the loaded process. See bounded.Child."""

    def __init__(self, loaded: _Loaded, told: socket.socket, stdin: int, stdout: int, stderr: int) -> None:
        self._loaded, self._told = loaded, told
        self.stdin: IO[bytes] = os.fdopen(stdin, "wb")
        self.stdout: IO[bytes] = os.fdopen(stdout, "rb")
        self.stderr: IO[bytes] = os.fdopen(stderr, "rb")
        self._hearing = threading.Lock()
        self._number = 0
        self._status: int | None = None

    def end(self) -> None:
        """See Child. Where the loaded process does not answer, that is ended too."""
        with suppress(OSError):
            self._told.shutdown(socket.SHUT_WR)
        closes = select.poll()
        closes.register(self._told, select.POLLRDHUP)
        if not closes.poll(ANSWER_SECONDS * 1000):
            LOG.error("the process that keeps the program loaded does not answer: it is ended")
            self._loaded.end()
        self.wait()

    def wait(self) -> int | None:
        """See Child. None where the loaded process is gone: then what the child may have started goes too."""
        with self._hearing:
            while self._status is None and (said := self._told.recv(MOST_SAID)):
                what, number = said.split()
                if what == BEGAN:
                    self._number = int(number)
                else:
                    self._status = int(number)
            if self._status is None:
                self._loaded.end()
            if self._status is None and self._number:
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(self._number, signal.SIGKILL)
            return self._status

    def close(self) -> None:
        """See Child."""
        for file in (self.stdout, self.stderr, self._told):
            file.close()
