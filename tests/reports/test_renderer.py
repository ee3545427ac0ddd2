"""The printer holds its limits: what takes too long, grows too large or breaks ends in words, and ends."""

import dataclasses
import os
import resource
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pedri_assess.reports import Renderer, ReportBusy, ReportFailed
from pedri_assess.reports.document import PrintJob

from .material import renderer

JOB = PrintJob("<html lang=en><title>x</title><p>x", (), "", "x")

Make = Callable[..., Renderer]


@pytest.fixture(params=[False, True], ids=["cold", "warm"])
def make(request: pytest.FixtureRequest) -> Iterator[Make]:
    """Makes printers of both kinds: a new process each time, and a child of one that goes on."""
    made: list[Renderer] = []

    def one(**more: Any) -> Renderer:
        made.append(renderer(warm=request.param, **more))
        return made[-1]

    yield one
    for each in made:
        each.stop()


def program(tmp_path: Path, text: str) -> Path:
    """A printing program that misbehaves, and leaves its number in a file."""
    path = tmp_path / "program.py"
    number = f"pathlib.Path({str(tmp_path / 'pid')!r}).write_text(str(os.getpid()))"
    lines = "\n".join(f"    {line}" for line in (number, *text.split("\n")))
    start = "import os, pathlib, signal, subprocess, sys, time\ndef main():\n"
    path.write_text(f"{start}{lines}\nif __name__ == '__main__':\n    raise SystemExit(main())\n")
    return path


def gone(tmp_path: Path) -> bool:
    """Whether the program has ended."""
    try:
        os.kill(int((tmp_path / "pid").read_text()), 0)
    except ProcessLookupError:
        return True
    return False


def test_a_program_that_hangs_is_ended_in_time(make: Make, tmp_path: Path) -> None:
    hanging = program(tmp_path, "time.sleep(600)")
    start = time.monotonic()
    with pytest.raises(ReportFailed, match="took longer than 2 seconds"):
        make(seconds=2, program=hanging).render(JOB)
    assert time.monotonic() - start < 60
    assert gone(tmp_path)


def test_what_it_started_ends_with_it(make: Make, tmp_path: Path) -> None:
    child = "subprocess.Popen(['sleep', '600'])\ntime.sleep(600)"
    with pytest.raises(ReportFailed):
        make(seconds=2, program=program(tmp_path, child)).render(JOB)
    group = (tmp_path / "pid").read_text()
    ends, states = time.monotonic() + 10, ["?"]
    while not all(state.startswith("Z") for state in states) and time.monotonic() < ends:
        ran = subprocess.run(["ps", "-o", "stat=", "-g", group], capture_output=True, text=True, check=False)
        states = ran.stdout.split()
    assert all(state.startswith("Z") for state in states)


def test_a_report_that_grows_too_large_is_ended(make: Make, tmp_path: Path) -> None:
    endless = "while True:\n    sys.stdout.buffer.write(b'x' * 1_000_000)"
    with pytest.raises(ReportFailed, match="larger than a report may be"):
        make(largest=3_000_000, program=program(tmp_path, endless)).render(JOB)
    assert gone(tmp_path)


@pytest.mark.parametrize(
    ("breaks", "words"),
    [
        ("sys.exit(9)", "stopped without one"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", "most likely for want of memory"),
    ],
)
def test_one_that_breaks_says_so_and_the_next_works(
    make: Make, tmp_path: Path, breaks: str, words: str
) -> None:
    with pytest.raises(ReportFailed, match=words):
        make(program=program(tmp_path, breaks)).render(JOB)
    assert make().render(JOB).startswith(b"%PDF-1.7")


def test_a_machine_with_no_room_for_a_process_is_a_clear_failure(make: Make) -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = os.dup(0)
    os.close(free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (free + 3, before[1]))  # enough to tidy up, not for pipes
    try:
        with pytest.raises(ReportFailed, match="this machine has no room"):
            make().render(JOB)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_memory_is_limited(make: Make) -> None:
    # Much to print: a warm process may have a little room left of what it had before the limit came
    job = dataclasses.replace(JOB, html="<html lang=en><title>x</title>" + "<p>Some words.</p>" * 20_000)
    with pytest.raises(ReportFailed):
        make(megabytes=60).render(job)


def test_deep_nesting_is_a_clear_failure(make: Make) -> None:
    job = dataclasses.replace(JOB, html="<html lang=en><title>x</title>" + "<div>" * 3_000)
    with pytest.raises(ReportFailed, match=r"larger than a report may be|took longer"):
        make(seconds=60).render(job)


def test_no_more_at_once_than_there_are_slots(make: Make, tmp_path: Path) -> None:
    slow = make(seconds=20, patience=0.2, program=program(tmp_path, "time.sleep(600)"))

    def fail() -> None:
        with pytest.raises(ReportFailed):
            slow.render(JOB)

    first = threading.Thread(target=fail)
    first.start()
    while not (tmp_path / "pid").exists():
        time.sleep(0.01)
    with pytest.raises(ReportBusy, match="Try again"):
        slow.render(JOB)
    os.kill(int((tmp_path / "pid").read_text()), 9)
    first.join(30)
    assert not first.is_alive()
