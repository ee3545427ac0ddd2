"""A real server that prints, on a database with reports that wait: its processes, to kill them."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.place import context_of, make
from pedri_assess.config import data_dir
from pedri_assess.domain.assessment import Scope
from pedri_assess.reports import imprint
from pedri_assess.services import Context
from pedri_assess.services.handing_in import check, submit
from pedri_assess.services.set_up import CORE, SetUp, start
from pedri_assess.store import Database

from ..reports.material import renderer

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "https://assess.example.org"
# A dead printer is noticed after two seconds, and nothing else is different
SHORT_LEASES = """
from datetime import timedelta
import pedri_assess.store.kept_reports
pedri_assess.store.kept_reports.LEASE = timedelta(seconds=2)
"""


def submitted(url: str, database: Database, number: int) -> list[str]:
    """Makes the tables and as many assessments that are submitted, each report waiting; their ids."""
    (lead,) = make(url, 1)
    context = printing_context(database)
    with database.read() as c:
        (row,) = c.rows("SELECT organisation_id AS place FROM assessment")
    keys = []
    for which in range(number):
        scope = Scope("programme", f"Programme {which}", "")
        framework = context.shelf.current("pedri")
        key = start(context, row["place"], lead.account_id, "pedri", framework.version, SetUp(scope, CORE))
        submit(context, key, lead.account_id, 1, check(context, key).seal, leave=True)
        keys.append(key)
    return keys


def printing_context(database: Database) -> Context:
    """What use cases need to print as the server does."""
    printed_by = imprint(data_dir("templates"), data_dir("static"), ADDRESS)
    return replace(context_of(database), renderer=renderer(), base_url=ADDRESS, imprint=printed_by)


def rows(database: Database) -> list[dict[str, Any]]:
    """Every kept report, without its content."""
    with database.read() as c:
        return c.rows(
            "SELECT assessment_id, state, attempts, owner, reason FROM kept_report"
            " ORDER BY asked_at, fingerprint"
        )


def made(database: Database) -> int:
    """How many reports are made."""
    return sum(row["state"] == "made" for row in rows(database))


def wait_for(what: Callable[[], object], seconds: float = 120) -> None:
    """Waits until something is so."""
    ends = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < ends, "it did not come about"
        time.sleep(0.02)


@dataclass
class Serving:
    """The server: gunicorn's first process, and all below it."""

    process: subprocess.Popen[bytes]

    def workers(self) -> list[int]:
        """The processes that answer requests."""
        return children(self.process.pid)

    def loaded(self) -> list[int]:
        """Those that have the printing program loaded."""
        return [pid for worker in self.workers() for pid in children(worker) if "forking.py" in command(pid)]

    def printing(self) -> list[int]:
        """Those that print just now."""
        return [pid for parent in self.loaded() for pid in children(parent)]

    def everything(self) -> set[int]:
        """All processes."""
        return {self.process.pid, *self.workers(), *self.loaded(), *self.printing()}


@contextmanager
def serving(url: str, folder: Path) -> Iterator[Serving]:
    """A server with two processes, whose temporary files are in `folder`/tmp."""
    temporary = folder / "tmp"
    temporary.mkdir()
    conf = folder / "short.conf.py"
    conf.write_text((ROOT / "gunicorn.conf.py").read_text("utf-8") + SHORT_LEASES)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PEDRI_ASSESS_")}
    environ |= {
        "PORT": port, "TMPDIR": str(temporary), "DATABASE_URL": url, "PEDRI_ASSESS_BASE_URL": ADDRESS,
        "PEDRI_ASSESS_SECRET_KEY": secrets.token_hex(32), "PEDRI_ASSESS_REPORT_SECONDS": "120",
    }  # fmt: skip
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", str(conf)], cwd=ROOT, env=environ,
            stdout=subprocess.DEVNULL, stderr=log,
        )  # fmt: skip
    try:
        yield Serving(process)
    finally:
        process.terminate()
        process.wait(60)


def children(pid: int) -> list[int]:
    """The children of a process that runs."""
    try:
        return [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except OSError:
        return []


def command(pid: int) -> str:
    """The command line of a process; empty where it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def exists(pid: int) -> bool:
    """Whether a process is there, be it as a zombie."""
    return Path(f"/proc/{pid}").exists()
