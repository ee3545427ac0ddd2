"""Commands that are killed half way, and backups taken while people work."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.place import context_of, make
from pedri_assess.domain.assessment import Answer
from pedri_assess.domain.said import Said
from pedri_assess.services.answers import save_answer
from pedri_assess.services.checking import all_faults
from pedri_assess.store import Database, connect
from pedri_assess.store.answers import answer
from pedri_assess.store.migrating import KNOWN, version

from ..store.server import Server

ROOT = Path(__file__).resolve().parents[2]


def command(url: str, *arguments: str) -> subprocess.Popen[bytes]:
    program = [sys.executable, "-m", "pedri_assess.cli", *arguments]
    environ = {**os.environ, "DATABASE_URL": url}
    return subprocess.Popen(
        program, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_migration_that_is_killed_can_be_run_again(engine: str, tmp_path: Path, server: Server) -> None:
    url = f"sqlite://{tmp_path}/assess.db"
    if engine == "postgresql":
        server.run("CREATE DATABASE interrupted")
        url = server.url("interrupted")
    taken = time.monotonic()
    command(f"sqlite://{tmp_path}/measured.db", "migrate").wait()
    taken = time.monotonic() - taken
    for part in (0.5, 0.6, 0.7, 0.8, 0.9, 0.95):  # of the time that a whole one takes
        begun = command(url, "migrate")
        time.sleep(taken * part)
        begun.kill()
        begun.wait()
    assert command(url, "migrate").wait() == 0
    with closing(connect(url)) as database:
        assert version(database) == KNOWN
        assert list(all_faults(context_of(database))) == []
    if engine == "postgresql":
        server.run("DROP DATABASE interrupted WITH (FORCE)")


def test_a_backup_taken_under_load_restores_to_all_that_was_acknowledged_before(tmp_path: Path) -> None:
    url, file = f"sqlite://{tmp_path}/assess.db", tmp_path / "backup"
    writers = make(url, 4)
    acknowledged: dict[str, int] = {}
    ends = threading.Event()

    def write(number: int) -> None:
        writer, changes = writers[number], 0
        with closing(connect(url)) as database:
            context = context_of(database)
            while not ends.is_set():
                said = Said(Answer(evidence=f"Text {changes}"))
                given = (writer.assessment, writer.criterion, writer.account_id, said, changes)
                changes = save_answer(context, *given).changes
                acknowledged[writer.criterion] = changes
                time.sleep(0.01)  # without a pause one writer keeps SQLite's only lock, and others give up

    with ThreadPoolExecutor(len(writers)) as people:
        work = [people.submit(write, number) for number in range(len(writers))]
        try:
            # A writer that fails ends before the others have begun: then there is nothing to wait for
            while len(acknowledged) < len(writers) and not any(one.done() for one in work):
                time.sleep(0.05)
            before = dict(acknowledged)
            assert command(url, "backup", str(file)).wait(60) == 0
            assert acknowledged != before  # people went on working meanwhile
        finally:
            ends.set()
    for one in work:
        one.result()
    assert len(before) == len(writers)
    restored = f"sqlite://{tmp_path}/restored.db"
    assert command(restored, "restore", str(file)).wait() == 0
    with closing(connect(restored)) as database:
        assert list(all_faults(context_of(database))) == []
        for writer in writers:
            assert changes_of(database, writer.assessment, writer.criterion) >= before[writer.criterion]


def changes_of(database: Database, assessment: str, criterion: str) -> int:
    with database.read() as c:
        return answer(c, assessment, criterion).changes


def test_a_backup_that_is_killed_leaves_no_file_and_the_next_one_works(tmp_path: Path) -> None:
    url = f"sqlite://{tmp_path}/assess.db"
    make(url, 2)
    for _ in range(4):
        begun = command(url, "backup", str(tmp_path / "backup"))
        time.sleep(random.uniform(0.2, 0.6))
        begun.kill()
        begun.wait()
        (tmp_path / "backup").unlink(missing_ok=True)  # it was quicker than we were: then it is whole
    assert command(url, "backup", str(tmp_path / "backup")).wait() == 0
    with closing(connect(f"sqlite://{tmp_path}/backup")) as database:
        assert list(all_faults(context_of(database))) == []
