"""The production server: says when it is ready, answers, stops, and refuses bad settings in words."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pedri_assess.store.sqlite import sqlite3

ROOT = Path(__file__).resolve().parents[2]
GONE = """
INSERT INTO organisation VALUES ('o', 'Trust', 'other', 'other', '', NULL, '');
INSERT INTO account VALUES ('a', 'a@example.org', '', NULL, NULL, '');
INSERT INTO assessment (id, organisation_id, framework, version, content_hash, scope_kind, scope_name,
    scope_about, depth, criteria_json, targets_json, status, revision, changes, created_at, created_by)
    VALUES ('s', 'o', 'pedri', '1999', 'x', '', 'Name', '', 'all', '[]', '{}', 'draft', 1, 1, '', 'a');
"""
COMMAND = (sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py")


def environ(**settings: str) -> dict[str, str]:
    ours = {
        key: value for key, value in os.environ.items() if not key.startswith(("PEDRI_ASSESS_", "GUNICORN_"))
    }
    return {**ours, **settings}


@pytest.fixture
def url(migrated: Path, tmp_path: Path) -> str:
    """The address of a database with all tables."""
    return f"sqlite://{shutil.copy(migrated, tmp_path / 'assess.db')}"


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def server(port: int, url: str) -> Iterator[subprocess.Popen[str]]:
    """A server that has just begun; gone at the end."""
    settings = environ(PORT=str(port), PEDRI_ASSESS_SECRET_KEY=secrets.token_hex(32), DATABASE_URL=url)
    with subprocess.Popen(
        COMMAND, cwd=ROOT, env=settings, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def test_it_is_serving_when_it_says_so_and_stops_in_order(server: subprocess.Popen[str], port: int) -> None:
    assert server.stdout is not None
    assert server.stdout.readline() == f"PEDRI Assess is at http://127.0.0.1:{port} (Ctrl+C stops it)\n"
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
        assert answer.status == 200
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=30) == 0


def test_a_stop_just_after_a_worker_was_forked_is_not_lost(port: int, url: str, tmp_path: Path) -> None:
    slow = tmp_path / "slow.conf.py"
    pause = (
        "import time\n\ndef post_fork(server, worker):\n    print('forked', flush=True)\n    time.sleep(1)\n"
    )
    slow.write_text((ROOT / "gunicorn.conf.py").read_text() + pause)
    settings = environ(PORT=str(port), PEDRI_ASSESS_SECRET_KEY=secrets.token_hex(32), DATABASE_URL=url)
    command = (*COMMAND[:-1], str(slow))
    with subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        while process.stdout.readline() != "forked\n":
            assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0  # a lost stop takes graceful_timeout, 35 seconds


def test_headers_beyond_the_limit_are_refused(server: subprocess.Popen[str], port: int) -> None:
    assert server.stdout is not None
    server.stdout.readline()
    request = urllib.request.Request(f"http://127.0.0.1:{port}/healthz", headers={"X-Long": "x" * 40_000})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    refused.value.close()
    assert 400 <= refused.value.code < 500


def start(port: int, **settings: str) -> subprocess.CompletedProcess[str]:
    """What a server that does not start says."""
    return subprocess.run(
        COMMAND,
        cwd=ROOT,
        env=environ(PORT=str(port), **settings),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "PEDRI_ASSESS_SECRET_KEY is not set"),
        ({"PEDRI_ASSESS_SECRET_KEY": "dev"}, "has 3 characters"),
        ({"PEDRI_ASSESS_STANDARD": "/tmp"}, "did you mean PEDRI_ASSESS_STANDARDS?"),
        ({"PEDRI_ASSESS_TRUSTED_HOSTS": "*"}, '"*", which is not the name of a host'),
        ({"PEDRI_ASSESS_SECURE_COOKIES": "no", "PEDRI_ASSESS_TRUSTED_HOSTS": "a.example"}, "over https"),
    ],
)
def test_it_does_not_start_with_settings_that_cannot_be_used(
    settings: dict[str, str], said: str, port: int
) -> None:
    ran = start(port, **settings)
    assert ran.returncode != 0
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr
    assert ran.stdout == ""


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("", "is empty: make its tables with: pedri-assess migrate"),
        ("INSERT INTO migration VALUES (999, 'later', '')", "made by a newer PEDRI Assess"),
        ("DELETE FROM migration WHERE number = 4", "is older than this PEDRI Assess"),
        (GONE, "The standards pedri 1999 are not here, and 1 assessment"),
    ],
)
def test_it_does_not_start_on_a_database_that_cannot_be_used(
    statement: str, said: str, port: int, url: str, tmp_path: Path
) -> None:
    if statement:
        with closing(sqlite3.connect(url.removeprefix("sqlite://"))) as database:
            database.executescript(statement)
    else:
        url = f"sqlite://{tmp_path}/empty.db"
    ran = start(port, PEDRI_ASSESS_SECRET_KEY=secrets.token_hex(32), DATABASE_URL=url)
    assert ran.returncode != 0
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("content", [b"this is no database " * 300, b"SQLite format 3\0" + bytes(4080)])
def test_it_does_not_start_on_a_damaged_file(content: bytes, port: int, tmp_path: Path) -> None:
    (tmp_path / "assess.db").write_bytes(content)
    url = f"sqlite://{tmp_path}/assess.db"
    ran = start(port, PEDRI_ASSESS_SECRET_KEY=secrets.token_hex(32), DATABASE_URL=url)
    assert ran.returncode != 0
    assert "restore a backup with: pedri-assess restore FILE" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_it_does_not_start_without_a_database_server(port: int) -> None:
    url = "postgresql://nobody:secret@127.0.0.1:1/x"
    ran = start(port, PEDRI_ASSESS_SECRET_KEY=secrets.token_hex(32), DATABASE_URL=url)
    assert ran.returncode != 0
    assert "the server does not answer" in ran.stderr
    assert "secret" not in ran.stderr
