"""What saving and the task list cost while eight people save, beside the raw driver and an empty page.

    python benchmarks/storage.py                     SQLite and PostgreSQL, which it starts itself
    python benchmarks/storage.py --rows 1000000      with more answers in the last part

Part one asks the real server: eight people save without a pause while others open the task list and a page
that does nothing. In the same run eight threads do the same insert with the bare driver, durable as the
service's own is. Part two fills the database and looks what one save and one task list cost then.
"""

from __future__ import annotations

import argparse
import http.client
import json
import secrets
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import psycopg

from benchmarks.place import TOKEN, Writer, context_of, make
from benchmarks.soak import Server
from pedri_assess.domain.assessment import Answer
from pedri_assess.domain.said import Said
from pedri_assess.services import Context
from pedri_assess.services.answers import save_answer
from pedri_assess.services.assessments import overview
from pedri_assess.store import connect
from pedri_assess.store.sqlite import sqlite3
from tests.store.server import postgresql

WRITERS, SECONDS, ROUNDS = 8, 8.0, 200
TEXT = "What we have to show for it, in a few lines as people write them. " * 5
RAW = "INSERT INTO raw_answer (name, body) VALUES ({0}, {0})"


@dataclass
class Times:
    """How long each of something took, in seconds, and how many failed."""

    name: str
    took: list[float] = field(default_factory=list)
    failed: int = 0

    def line(self, beside: Times | None = None) -> str:
        """Median, 99th percentile, number, and the ratio of the medians."""
        middle, worst = statistics.median(self.took), sorted(self.took)[int(len(self.took) * 0.99)]
        ratio = f", {middle / statistics.median(beside.took):.1f} of {beside.name}" if beside else ""
        figures = f"p50 {middle * 1000:7.2f} ms  p99 {worst * 1000:7.2f} ms  {len(self.took):6,} done"
        return f"  {self.name:34} {figures}, {self.failed} failed{ratio}"


def together(tasks: list[Callable[[threading.Event], None]], seconds: float) -> None:
    """Runs tasks at once, each until told to stop."""
    stop = threading.Event()
    threads = [threading.Thread(target=task, args=(stop,)) for task in tasks]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    stop.set()
    for thread in threads:
        thread.join()


def asking(port: int, writer: Writer, path: str, times: Times) -> Callable[[threading.Event], None]:
    """A task that opens a page again and again."""

    def task(stop: threading.Event) -> None:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            while not stop.is_set():
                began = time.perf_counter()
                connection.request("GET", path, headers={"Cookie": f"session={writer.session}"})
                response = connection.getresponse()
                response.read()
                times.took.append(time.perf_counter() - began)
                times.failed += response.status != 200

    return task


def saving(port: int, writer: Writer, times: Times) -> Callable[[threading.Event], None]:
    """A task that saves an answer again and again."""

    def task(stop: threading.Event) -> None:
        headers = {"Cookie": f"session={writer.session}", "X-Autosave": "1"}
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            connection.request("GET", writer.address, headers=headers)
            found = TOKEN.search(connection.getresponse().read().decode())
            fields = {"csrf_token": found.group(1) if found else "", "changes": 0, "base": ""}
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            while not stop.is_set():
                body = urlencode(fields | {"evidence": TEXT + secrets.token_hex(8)})
                began = time.perf_counter()
                connection.request("POST", f"{writer.address}/save", body, headers)
                response = connection.getresponse()
                reply = json.loads(response.read())
                times.took.append(time.perf_counter() - began)
                times.failed += response.status != 200
                fields["changes"] = reply.get("changes", fields["changes"])

    return task


def raw_insert(url: str, times: Times) -> Callable[[threading.Event], None]:
    """A task that inserts the same text with the bare driver, one transaction each."""

    def task(stop: threading.Event) -> None:
        with closing(_raw(url)) as connection:
            mark, begin = ("?", "BEGIN IMMEDIATE") if url.startswith("sqlite") else ("%s", "BEGIN")
            while not stop.is_set():
                began = time.perf_counter()
                connection.execute(begin)
                connection.execute(RAW.format(mark), (secrets.token_hex(8), TEXT))
                connection.execute("COMMIT")
                times.took.append(time.perf_counter() - began)

    return task


def _raw(url: str) -> Any:
    if url.startswith("postgresql"):
        return psycopg.connect(url, autocommit=True)
    connection = sqlite3.connect(url.removeprefix("sqlite://"), timeout=30, isolation_level=None)
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def under_load(url: str, folder: Path) -> None:
    """Part one, on one database."""
    writers = make(url, WRITERS)
    with closing(_raw(url)) as connection:
        connection.execute("CREATE TABLE raw_answer (name TEXT PRIMARY KEY, body TEXT)")
    raw, saves = Times("raw insert"), Times("save one answer")
    lists, empty = Times("open the task list"), Times("a page that does nothing")
    together([raw_insert(url, raw) for _ in writers], SECONDS / 2)
    server = Server(url, folder / "log")
    server.start()
    try:
        port, one = server.port, writers[0]
        tasks = [saving(port, writer, saves) for writer in writers]
        pages = [(f"/assessments/{one.assessment}", lists), ("/healthz", empty)]
        together([*tasks, *(asking(port, one, path, times) for path, times in pages)], SECONDS)
    finally:
        server.kill()
    print(raw.line())
    print(empty.line())
    print(saves.line(raw))
    print(saves.line(empty))
    print(lists.line(empty))


def as_it_grows(url: str, rows: int) -> None:
    """Part two, on one database: one save and one task list with more and more answers of others."""
    (writer,) = make(url, 1)
    with closing(connect(url)) as database:
        context = context_of(database)
        sizes = [size for size in (1_000, 10_000, 100_000, 1_000_000) if size <= rows]
        there = 0
        for size in sizes:
            _fill(context, writer, there, size)
            there = size
            save, tasks = Times("save"), Times("task list")
            for _ in range(ROUNDS):
                _timed(save, lambda: _save(context, writer))
                _timed(tasks, lambda: overview(context, writer.assessment, writer.account_id))
            print(f"  {size:9,} answers")
            print(f"  {save.line()}\n  {tasks.line()}")


def _timed(times: Times, act: Callable[[], object]) -> None:
    began = time.perf_counter()
    act()
    times.took.append(time.perf_counter() - began)


def _save(context: Context, writer: Writer) -> None:
    with context.database.read() as c:
        rows = c.rows(
            "SELECT changes FROM answer WHERE assessment_id = :assessment AND criterion = :criterion",
            assessment=writer.assessment,
            criterion=writer.criterion,
        )
    said = Said(Answer(evidence=TEXT + secrets.token_hex(8)))
    number = rows[0]["changes"] if rows else 0
    save_answer(context, writer.assessment, writer.criterion, writer.account_id, said, number)


def _fill(context: Context, writer: Writer, there: int, size: int) -> None:
    """Adds answers of other assessments, as rows: through the service a million would take hours."""
    criteria = [criterion.id for criterion in context.shelf.current("pedri").criteria]
    said = json.dumps({"answer": {"level": 1, "evidence": TEXT}})
    with context.database.write() as c:
        for number in range(there // len(criteria), size // len(criteria) + 1):
            c.run(
                "INSERT INTO assessment (id, organisation_id, framework, version, content_hash, scope_kind,"
                " scope_name, scope_about, depth, criteria_json, targets_json, status, revision, changes,"
                " created_at, created_by) SELECT :id, organisation_id, framework, version, content_hash,"
                " scope_kind, scope_name, scope_about, depth, criteria_json, targets_json, status, revision,"
                " changes, created_at, created_by FROM assessment WHERE id = :like ON CONFLICT DO NOTHING",
                id=f"other-{number}",
                like=writer.assessment,
            )
            for criterion in criteria:
                c.run(
                    "INSERT INTO answer (assessment_id, criterion, said_json, changes, saved_at, saved_by)"
                    " VALUES (:id, :criterion, :said, 1, '', :who) ON CONFLICT DO NOTHING",
                    id=f"other-{number}",
                    criterion=criterion,
                    said=said,
                    who=writer.account_id,
                )


@contextmanager
def databases(engine: str, folder: Path) -> Iterator[tuple[str, str]]:
    """Two empty databases of an engine. PostgreSQL's waits for the disk, as a real one does."""
    if engine == "SQLite":
        yield f"sqlite://{folder}/one.db", f"sqlite://{folder}/two.db"
        return
    with postgresql() as server:
        server.run("ALTER SYSTEM SET fsync = on")
        server.stop()
        server.start()
        for name in ("one", "two"):
            server.run(f"CREATE DATABASE {name}")
        yield server.url("one"), server.url("two")


def main() -> None:
    """Runs both parts on both engines and prints the figures."""
    plain = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=plain)
    parser.add_argument("--rows", type=int, default=100_000)
    arguments = parser.parse_args()
    for engine in ("SQLite", "PostgreSQL"):
        with tempfile.TemporaryDirectory() as folder, databases(engine, Path(folder)) as (one, two):
            print(f"{engine}, {WRITERS} people saving")
            under_load(one, Path(folder))
            print(f"{engine}, one person, as answers grow")
            as_it_grows(two, arguments.rows)


if __name__ == "__main__":
    main()
