"""A program that stays loaded: for each job it forks a child, alone and held to its limits.

    python -I forking.py PROGRAM NICENESS

Standard input is a socket (pool.py has the other end). Every packet on it is a job: limits in JSON, with four
open files, which are the child's input, output and errors, and a socket of the job's own, on which its
beginning and its end are told. Not a byte of a job comes by here. A job ends with its child; with the child's
whole process group when the other end of its socket closes; and all of them when this process is gone.
"""

from __future__ import annotations

import ctypes
import fcntl
import gc
import importlib.util
import json
import os
import resource
import selectors
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

READY, BEGAN, ENDED = b"ready", b"began", b"ended"
MOST_SAID = 4096  # bytes of a packet
FILES = 4
PREFIX = "pedri-assess-press-"
PR_SET_PDEATHSIG = 1
THREADS_END = 2.0  # seconds that threads of the warming up have to end

LIBC = ctypes.CDLL(None, use_errno=True)


@dataclass
class Job:
    """A child, the socket on which its end is asked for and told, and its folder."""

    pid: int
    told: socket.socket
    folder: Path

    def tell(self, what: bytes, number: int) -> None:
        """Says that it has begun, with its number, or that it has ended, with its exit status."""
        with suppress(OSError):  # nobody waits for it any more
            self.told.send(b"%s %d" % (what, number))


def main(program: Path, niceness: int) -> int:
    """Loads the program, and forks for every job until nobody is there to send one."""
    jobs = socket.socket(fileno=os.dup(0))
    os.setpriority(os.PRIO_PROCESS, 0, niceness)
    with _base() as base:
        _live_in(base)
        loaded = _load(program)
        jobs.send(READY)
        _Forking(loaded, jobs, base).run()
    return 0


def _live_in(folder: Path) -> None:
    """Lets everything that is written by the way go into a folder that will be cleared."""
    os.environ.update(HOME=str(folder), TMPDIR=str(folder))
    tempfile.tempdir = str(folder)


def _load(program: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(program.stem, program)
    assert spec is not None and spec.loader is not None  # noqa: S101, PT018 - a path that ends in .py
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[program.stem] = loaded
    spec.loader.exec_module(loaded)
    if hasattr(loaded, "warm"):
        loaded.warm()
    _wait_for_threads()
    gc.collect()
    gc.freeze()  # what is here now is shared by all children, as long as nobody writes to it
    return loaded


def _wait_for_threads() -> None:
    # A thread does not come along through a fork, and a lock that it holds just then stays closed for ever
    ends = time.monotonic() + THREADS_END
    while (running := len(list(Path("/proc/self/task").iterdir()))) > 1 and time.monotonic() < ends:
        time.sleep(0.01)
    if running > 1:
        print(f"{running} threads are running where there should be one", file=sys.stderr)


@contextmanager
def _base() -> Iterator[Path]:
    """A folder for the folders of jobs. It goes at the end; those that killed processes left go first."""
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    while _locked(folder) is None:  # another process, which sweeps just now, had it first
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            if folder.lstat().st_uid == os.getuid() and (lock := _locked(folder)) is not None:
                shutil.rmtree(folder, ignore_errors=True)
                os.close(lock)


def _locked(folder: Path) -> int | None:
    """A lock on a folder, which ends with this process; None where another has it, or the folder is gone."""
    handle = -1
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        folder.lstat()
    except OSError:
        if handle >= 0:
            os.close(handle)
        return None
    return handle


class _Forking:
    """The loop: new jobs, jobs that are to end, children that have ended."""

    def __init__(self, program: ModuleType, jobs: socket.socket, base: Path) -> None:
        self.program, self.jobs, self.base = program, jobs, base
        self.running: dict[int, Job] = {}
        self.number = 0
        self.watch = selectors.DefaultSelector()

    def run(self) -> None:
        ended, wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self.watch.register(self.jobs, selectors.EVENT_READ, self._begin)
        self.watch.register(ended, selectors.EVENT_READ, lambda: bool(os.read(ended, 512)))
        going = True
        while going:
            for key, _ in self.watch.select():
                going = key.data() and going
            self._reap()
        for job in self.running.values():
            _kill(job.pid)
        while self.running:
            self._reap(os.WEXITED)

    def _begin(self) -> bool:
        said, files, _, _ = socket.recv_fds(self.jobs, MOST_SAID, FILES)
        if not said:
            return False
        if len(files) == FILES:
            self._fork(json.loads(said), files)
        for file in files:
            os.close(file)
        return True

    def _fork(self, limits: dict[str, int], files: list[int]) -> None:
        self.number += 1
        folder = self.base / str(self.number)
        folder.mkdir(mode=0o700)
        parent = os.getpid()
        try:
            pid = os.fork()
        except OSError as error:
            os.write(files[2], f"no new process: {error.strerror}".encode())
            shutil.rmtree(folder, ignore_errors=True)
            return
        if pid == 0:
            _child(self.program, limits, files, folder, parent)
        told = socket.socket(fileno=os.dup(files[3]))
        self.running[pid] = job = Job(pid, told, folder)
        job.tell(BEGAN, pid)
        self.watch.register(told, selectors.EVENT_READ, lambda: self._end(job))

    def _end(self, job: Job) -> bool:
        self.watch.unregister(job.told)
        _kill(job.pid)
        return True

    def _reap(self, how: int = os.WEXITED | os.WNOHANG) -> None:
        """Tells of every child that has ended, and ends what it started: its number is its own until then."""
        while self.running and (found := os.waitid(os.P_ALL, 0, how | os.WNOWAIT)) is not None:
            job = self.running.pop(found.si_pid)
            _kill(job.pid)
            _, status = os.waitpid(job.pid, 0)
            shutil.rmtree(job.folder, ignore_errors=True)
            with suppress(KeyError):
                self.watch.unregister(job.told)
            job.tell(ENDED, os.waitstatus_to_exitcode(status))
            job.told.close()


def _kill(pid: int) -> None:
    """Ends a child and its group; at once after the fork it has none of its own yet."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def _child(program: Any, limits: dict[str, int], files: list[int], folder: Path, parent: int) -> NoReturn:
    status = 1
    try:
        _become(limits, files, folder, parent)
        status = program.main()
        sys.stdout.flush()
    except SystemExit as stop:
        status = stop.code if isinstance(stop.code, int) else 1
    finally:
        os._exit(status)


def _become(limits: dict[str, int], files: list[int], folder: Path, parent: int) -> None:
    """Makes a child what a new process would be: alone, with its own input and output and an empty folder."""
    os.setsid()
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it went before that was said
        os._exit(1)
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for number, file in enumerate(files[:3]):
        os.dup2(file, number)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    os.chdir(folder)
    _live_in(folder)
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"] + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits["largest"], limits["largest"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), int(sys.argv[2])))
