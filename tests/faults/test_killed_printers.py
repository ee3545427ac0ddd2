"""Printers killed at random moments: each report is made in the end, once, and nothing stays behind."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from pedri_assess.services.kept_reports import asked, ready
from pedri_assess.services.printing import _content
from pedri_assess.store import Database, connect
from pedri_assess.store.kept_reports import MADE, PRINTING, WAITING

from ..store.server import Server
from .printing_server import exists, made, printing_context, rows, serving, submitted, wait_for

REPORTS, KILLS = 5, 6


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database of the test's own."""
    if request.param == "sqlite":
        yield f"sqlite://{tmp_path}/assess.db"
        return
    server: Server = request.getfixturevalue("server")
    server.run("CREATE DATABASE printers")
    yield server.url("printers")
    server.run("DROP DATABASE printers WITH (FORCE)")


def test_reports_outlive_whatever_is_killed(url: str, tmp_path: Path) -> None:  # R87
    chance = random.Random(87)
    killed = 0
    with closing(connect(url)) as database:
        keys = submitted(url, database, REPORTS)
        seen: set[int] = set()
        with serving(url, tmp_path) as server:
            for number in range(KILLS):
                before = made(database)
                wait_for(lambda before=before: server.printing() and made(database) >= min(before, REPORTS))
                time.sleep(chance.uniform(0, 0.6))
                which = (server.printing, server.loaded, server.workers)[number % 3]
                seen |= server.everything()
                if found := which():
                    with suppress(ProcessLookupError):
                        os.kill(chance.choice(found), signal.SIGKILL)
                        killed += 1
                if made(database) == REPORTS:
                    break
                wait_for(lambda before=before: made(database) > before or server.printing())
            wait_for(lambda: made(database) == REPORTS, 240)
            seen |= server.everything()
        check_made(database, keys)
        assert killed > 2
        assert max(row["attempts"] for row in rows(database)) > 1  # some were taken over
        wait_for(lambda: not any(exists(pid) for pid in seen))
    assert list((tmp_path / "tmp").iterdir()) == []


def check_made(database: Database, keys: list[str]) -> None:
    """Every report is there once, and is what a printer makes that nobody disturbs."""
    assert sorted(row["assessment_id"] for row in rows(database)) == sorted(keys)
    assert {row["state"] for row in rows(database)} == {MADE}
    context = printing_context(database)
    found = ready(context, keys[0])
    assert found
    assert found.content == _content(context, asked(context, keys[0]).kept)


def test_a_server_that_is_stopped_gives_back_what_it_prints(url: str, tmp_path: Path) -> None:  # R99
    with closing(connect(url)) as database:
        submitted(url, database, 3)
        with serving(url, tmp_path) as server:
            wait_for(lambda: server.printing() and {PRINTING} & {row["state"] for row in rows(database)})
            processes = server.everything()
            began = time.monotonic()
            server.process.send_signal(signal.SIGTERM)
            assert server.process.wait(60) == 0
            assert time.monotonic() - began < 30
        wait_for(lambda: not any(exists(pid) for pid in processes))
        for row in rows(database):
            assert (row["state"], row["owner"]) in ((WAITING, None), (MADE, None))
            assert row["attempts"] == (1 if row["state"] == MADE else 0)
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_server_that_is_killed_leaves_no_process_and_the_next_takes_over(tmp_path: Path) -> None:
    url = f"sqlite://{tmp_path}/assess.db"
    with closing(connect(url)) as database:
        keys = submitted(url, database, 2)
        (tmp_path / "first").mkdir()
        with serving(url, tmp_path / "first") as server:
            wait_for(server.printing)
            processes = server.everything()
            for pid in {server.process.pid, *server.workers()}:
                os.kill(pid, signal.SIGKILL)
            server.process.wait()
            wait_for(lambda: not any(exists(pid) for pid in processes))
        assert list((tmp_path / "first" / "tmp").iterdir()) == []
        (tmp_path / "second").mkdir()
        with serving(url, tmp_path / "second"):
            wait_for(lambda: made(database) == 2)
        check_made(database, keys)
