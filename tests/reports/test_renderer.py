"""The printer holds its limits: what takes too long, grows too large or breaks ends in words, and ends."""

import dataclasses
import os
import resource
import subprocess
import threading
import time
from pathlib import Path

import pytest

from pedri_assess.reports import ReportBusy, ReportFailed
from pedri_assess.reports.document import PrintJob

from .material import renderer

JOB = PrintJob("<html lang=en><title>x</title><p>x", (), "", "x")


def program(tmp_path: Path, text: str) -> Path:
    """A printing program that misbehaves, and leaves its number in a file."""
    path = tmp_path / "program.py"
    start = "import os, pathlib, time, sys\n"
    number = f"pathlib.Path({str(tmp_path / 'pid')!r}).write_text(str(os.getpid()))\n"
    path.write_text(start + number + text)
    return path


def gone(tmp_path: Path) -> bool:
    """Whether the program has ended."""
    try:
        os.kill(int((tmp_path / "pid").read_text()), 0)
    except ProcessLookupError:
        return True
    return False


def test_a_program_that_hangs_is_ended_in_time(tmp_path: Path) -> None:
    hanging = program(tmp_path, "time.sleep(600)")
    start = time.monotonic()
    with pytest.raises(ReportFailed, match="took longer than 2 seconds"):
        renderer(seconds=2, program=hanging).render(JOB)
    assert time.monotonic() - start < 60
    assert gone(tmp_path)


def test_what_it_started_ends_with_it(tmp_path: Path) -> None:
    child = "import subprocess\nsubprocess.Popen(['sleep', '600'])\ntime.sleep(600)"
    with pytest.raises(ReportFailed):
        renderer(seconds=2, program=program(tmp_path, child)).render(JOB)
    group = (tmp_path / "pid").read_text()
    ran = subprocess.run(["ps", "-o", "stat=", "-g", group], capture_output=True, text=True, check=False)
    assert all(line.startswith("Z") for line in ran.stdout.split())


def test_a_report_that_grows_too_large_is_ended(tmp_path: Path) -> None:
    endless = "while True:\n    sys.stdout.buffer.write(b'x' * 1_000_000)"
    with pytest.raises(ReportFailed, match="larger than a report may be"):
        renderer(largest=3_000_000, program=program(tmp_path, endless)).render(JOB)
    assert gone(tmp_path)


def test_one_that_breaks_says_so_and_the_next_works(tmp_path: Path) -> None:
    with pytest.raises(ReportFailed, match="stopped without one"):
        renderer(program=program(tmp_path, "sys.exit(9)")).render(JOB)
    assert renderer().render(JOB).startswith(b"%PDF-1.7")


def test_a_machine_with_no_room_for_a_process_is_a_clear_failure() -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = os.dup(0)
    os.close(free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (free + 3, before[1]))  # enough to tidy up, not for pipes
    try:
        with pytest.raises(ReportFailed, match="this machine has no room"):
            renderer().render(JOB)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_memory_is_limited() -> None:
    with pytest.raises(ReportFailed):
        renderer(megabytes=60).render(JOB)


def test_deep_nesting_is_a_clear_failure() -> None:
    job = dataclasses.replace(JOB, html="<html lang=en><title>x</title>" + "<div>" * 3_000)
    with pytest.raises(ReportFailed, match=r"larger than a report may be|took longer"):
        renderer(seconds=60).render(job)


def test_no_more_at_once_than_there_are_slots(tmp_path: Path) -> None:
    slow = renderer(seconds=20, patience=0.2, program=program(tmp_path, "time.sleep(600)"))

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
