"""The disk full, the database locked by others, its server restarted: a clear answer, and nothing is lost."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from benchmarks.place import Writer, make
from pedri_assess.store import StoreUnavailable, connect
from pedri_assess.store.answers import answer
from pedri_assess.store.sqlite import sqlite3

from ..store.server import Server, postgresql
from ..web.pages import an_app, hidden

LONG = "A long and careful description of what we did. " * 60


def client_of(app: Flask, writer: Writer) -> FlaskClient:
    client = app.test_client()
    client.set_cookie("session", writer.session)
    return client


def save(
    client: FlaskClient, writer: Writer, text: str, changes: str = "0", go: str = "tasks"
) -> TestResponse:
    """Presses a button of the page. The token is found while the database can still be read."""
    token = hidden(client.get(writer.address), "csrf_token", "question")
    fields = {"csrf_token": token, "changes": changes, "base": "", "evidence": text, "go": go}
    return client.post(writer.address, data=fields)


def kept(url: str, writer: Writer) -> str:
    database = connect(url)
    with database.read() as c:
        text = answer(c, writer.assessment, writer.criterion).said.answer.evidence
    database.close()
    return text


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A disk of its own. Only root can make one."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def can_mount(folder: Path) -> bool:
    if os.geteuid() != 0:
        return False
    try:
        with small_disk(folder / "trial", "1m"):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


def fill(file: Path) -> None:
    """Writes until nothing fits any more."""
    with file.open("wb", buffering=0) as filler, suppress(OSError):
        while filler.write(b"x" * 4096):
            pass


def test_a_full_disk_is_said_and_typed_text_is_given_back(tmp_path: Path) -> None:
    if not can_mount(tmp_path):
        pytest.skip("only root can make a small disk")
    with small_disk(tmp_path / "disk", "3m") as disk:
        url = f"sqlite://{disk}/assess.db"
        (writer,) = make(url, 1)
        client = client_of(an_app(database_url=url), writer)
        assert save(client, writer, "Before").status_code == 303
        filler = disk / "filler"
        fill(filler)
        refused = save(client, writer, LONG, changes="1")
        assert refused.status_code == 503
        assert "Retry-After" in refused.headers
        assert LONG.strip() in refused.get_data(as_text=True)
        assert kept(url, writer) == "Before"
        filler.unlink()
        assert save(client, writer, LONG, changes="1").status_code == 303
        assert kept(url, writer) == LONG.strip()


def test_a_database_locked_by_another_process_is_waited_for_and_then_said(tmp_path: Path) -> None:
    url = f"sqlite://{tmp_path}/assess.db"
    (writer,) = make(url, 1)
    client = client_of(an_app(database_url=url), writer)
    other = sqlite3.connect(f"{tmp_path}/assess.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(1.0, lambda: other.execute("ROLLBACK"))
    release.start()
    assert save(client, writer, "Waited for").status_code == 303  # a second is not too long
    release.join()
    other.execute("BEGIN IMMEDIATE")
    refused = save(client, writer, LONG, changes="1")
    assert (refused.status_code, "Retry-After" in refused.headers) == (503, True)
    assert LONG.strip() in refused.get_data(as_text=True)
    other.execute("ROLLBACK")
    other.close()
    assert save(client, writer, LONG, changes="1").status_code == 303


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A PostgreSQL server that a test may crash."""
    with postgresql() as running:
        yield running


def test_a_crash_of_postgresql_under_load_loses_nothing_and_needs_no_restart_of_ours(
    own_server: Server,
) -> None:
    own_server.run("CREATE DATABASE crashed")
    url = own_server.url("crashed")
    writers = make(url, 4)
    app = an_app(database_url=url)
    acknowledged: dict[str, int] = {}
    refused: list[int] = []
    ends = threading.Event()

    def write(writer: Writer) -> None:
        client, number = client_of(app, writer), 0
        token = hidden(client.get(writer.address), "csrf_token", "question")
        while not ends.is_set():
            fields = {"csrf_token": token, "changes": str(number), "base": "", "evidence": f"Text {number}"}
            response = client.post(f"{writer.address}/save", data=fields, headers={"X-Autosave": "1"})
            if response.status_code == 200:
                number = response.get_json()["changes"]
                acknowledged[writer.criterion] = number
            else:
                refused.append(response.status_code)
                time.sleep(0.05)

    threads = [threading.Thread(target=write, args=(writer,)) for writer in writers]
    for thread in threads:
        thread.start()
    time.sleep(1)
    own_server.stop("immediate")
    time.sleep(0.5)
    own_server.start()
    before = dict(acknowledged)
    time.sleep(3)
    ends.set()
    for thread in threads:
        thread.join(30)
    assert set(refused) <= {503}
    assert refused
    for writer in writers:
        assert acknowledged[writer.criterion] > before.get(writer.criterion, 0)  # it went on by itself
        assert kept(url, writer) == f"Text {acknowledged[writer.criterion] - 1}"
    app.extensions["pedri-assess"].context.database.close()


def test_reading_says_so_too(tmp_path: Path) -> None:
    database = connect(f"sqlite://{tmp_path}/no/such/folder/assess.db")
    with pytest.raises(StoreUnavailable, match="check that its folder exists"), database.read():
        pass
