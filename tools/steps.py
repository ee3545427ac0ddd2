"""Showing a person what is being done, and stopping in plain words where it cannot go on."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRATCH = ROOT / ".var"
LOG = SCRATCH / "prepare.log"

WIDTH = 38  # columns of a step's name
TICK = 5  # seconds from one dot to the next


class Stop(Exception):
    """It cannot go on; the message tells a person why and what to do."""


class Failed(Exception):
    """A command ended with a fault; the message is what it printed."""


def say(text: str, end: str = "\n") -> None:
    """Prints at once, also into a pipe."""
    print(text, end=end, flush=True)


@contextlib.contextmanager
def step(name: str) -> Iterator[None]:
    """One line: what is done, dots while it lasts, and how long it took."""
    started = time.monotonic()
    say(f"  {name:<{WIDTH}}", end=" ")
    try:
        yield
    except BaseException:
        say("stopped")
        raise
    say(f"{time.monotonic() - started:.1f} s")


def run(command: Sequence[str], environ: Mapping[str, str] | None = None) -> None:
    """Runs a command in the project's folder, with a dot now and then. What it prints goes to the log.

    Raises Failed with what it printed when it ends with another status than 0.
    """
    SCRATCH.mkdir(mode=0o700, exist_ok=True)
    with LOG.open("a+", encoding="utf-8", errors="replace") as log:
        log.write(f"\n$ {' '.join(command)}\n")
        log.flush()
        start = log.tell()
        with subprocess.Popen(
            command, cwd=ROOT, env=environ, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        ) as process:
            status = _wait(process)
        log.seek(start)
        if status:
            raise Failed(log.read())


def _wait(process: subprocess.Popen[bytes]) -> int:
    while True:
        try:
            return process.wait(timeout=TICK)
        except subprocess.TimeoutExpired:
            say(".", end=" ")


def explain(error: BaseException) -> str:
    """Why it stopped, in words for a person."""
    if isinstance(error, KeyboardInterrupt):
        return "Stopped. Run the same command again to go on."
    if isinstance(error, OSError):
        place = f" ({error.filename})" if error.filename else ""
        return f"It cannot go on: {error.strerror or error}{place}."
    return str(error)


@contextlib.contextmanager
def plainly() -> Iterator[None]:
    """Turns what stops us into a sentence and status 1, or 130 after Ctrl+C, without a traceback."""
    try:
        yield
    except (Stop, OSError, KeyboardInterrupt) as error:
        sys.stdout.flush()
        print(f"\n{explain(error)}", file=sys.stderr)
        raise SystemExit(130 if isinstance(error, KeyboardInterrupt) else 1) from None
