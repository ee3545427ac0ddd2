"""The real server, as `make serve` starts it, on a port of its own."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
PATIENCE = 60  # seconds until it must answer
GRACE = 40  # seconds until it must have stopped: longer than it gives a report that has begun


@contextmanager
def running(log: Path, app: str = "wsgi:app", **settings: str) -> Iterator[str]:
    """The address of a server that runs `app` as long as the block. `settings` go into its environment.

    Raises AssertionError, with what the server printed, where it does not come up.
    """
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", app]
    environ = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PEDRI_ASSESS_")},
        "PEDRI_ASSESS_SECRET_KEY": secrets.token_hex(32),
        "PORT": str(port),
        "DATABASE_URL": f"sqlite://{log.absolute()}.db",
        **settings,
    }
    migrated(environ)
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait_until_it_answers(process, f"http://{HOST}:{port}", log)
        yield f"http://{HOST}:{port}"
    finally:
        process.terminate()
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()


def migrated(environ: dict[str, str]) -> None:
    """Makes the tables, as `make serve` does."""
    command = [sys.executable, "-m", "pedri_assess.cli", "migrate"]
    subprocess.run(command, cwd=ROOT, env=environ, check=True, stdout=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind((HOST, 0))
        return int(trial.getsockname()[1])


def _wait_until_it_answers(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text("utf-8", "replace")
        try:
            with urllib.request.urlopen(address + "/healthz", timeout=5) as answer:
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"no answer in {PATIENCE} seconds:\n{log.read_text('utf-8', 'replace')}")
