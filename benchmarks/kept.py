"""What printing does to the pages of others, and what a report costs that is kept.

Run: python benchmarks/kept.py [SECONDS]
Starts the service (two processes, as it is shipped) on a database of its own with assessments that are
submitted. Two people open a question again and again, with pauses, while nothing is printed and while both
processes print without a pause, in turns of so many SECONDS. Then one person asks for a report that is kept,
and for a static file of the same size, in turns.
"""

from __future__ import annotations

import http.client
import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flask import Flask, Response, send_file

from benchmarks import samples
from benchmarks.place import Writer, context_of, make
from pedri_assess.config import data_dir
from pedri_assess.domain.assessment import Scope
from pedri_assess.domain.policies import ANYONE
from pedri_assess.domain.said import Said
from pedri_assess.domain.times import stamp
from pedri_assess.reports import Renderer, imprint
from pedri_assess.services import Context
from pedri_assess.services.answers import save_answer
from pedri_assess.services.handing_in import check, submit
from pedri_assess.services.kept_reports import ready as kept_of
from pedri_assess.services.printing import print_due
from pedri_assess.services.set_up import ALL, SetUp, start
from pedri_assess.store import Database, connect
from pedri_assess.web.app import create_app, ready
from pedri_assess.web.protection import allow

ROOT = Path(__file__).resolve().parents[1]
ADDRESS = "https://assess.example.org"
SECONDS, TURNS, REPORTS = 15.0, 3, 12
PAUSE = 0.02  # seconds between two pages of one person
ASKED = 60  # times in a turn


def make_app() -> Flask:
    """The service, with a file beside it that is as large as a report."""
    app = ready(create_app())

    def same_size() -> Response:
        return send_file(os.environ["SAME_SIZE"], mimetype="application/pdf", max_age=60)

    app.add_url_rule("/same-size.pdf", view_func=allow(ANYONE)(same_size))
    return app


def main() -> None:
    """Measures both and prints two tables."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    with tempfile.TemporaryDirectory() as name:
        url, size = f"sqlite://{name}/assess.db", Path(name) / "same-size.pdf"
        with closing(connect(url)) as database:
            reader, keys, took = filled(url, database, size)
            with serving(url, size) as port:
                pages(database, port, reader, seconds)
                kept(port, reader, keys[0], took, size.stat().st_size)


def filled(url: str, database: Database, size: Path) -> tuple[Writer, list[str], float]:
    """A reader, submitted assessments whose reports are kept, and the seconds that one took to print."""
    (reader,) = make(url, 1)
    context = printing_context(database)
    with database.read() as c:
        (row,) = c.rows("SELECT organisation_id AS place FROM assessment")
    keys = [_submitted(context, row["place"], reader.account_id, number) for number in range(REPORTS)]
    began = time.perf_counter()
    done = print_due(context)
    took = (time.perf_counter() - began) / done.made
    context.renderer.stop()
    found = kept_of(context, keys[0])
    assert found
    size.write_bytes(found.content)
    return reader, keys, took


def printing_context(database: Database) -> Context:
    """What prints as the service does."""
    renderer = Renderer(data_dir("templates"), data_dir("static"), warm=True)
    printed_by = imprint(renderer.templates, renderer.static, ADDRESS)
    return replace(context_of(database), renderer=renderer, base_url=ADDRESS, imprint=printed_by)


def _submitted(context: Context, place: str, account: str, number: int) -> str:
    framework = context.shelf.current("pedri")
    scope = SetUp(Scope("programme", f"Programme {number}", ""), ALL)
    key = start(context, place, account, "pedri", framework.version, scope)
    said = samples.typical(framework, seed=number)
    for name in said.answers:
        save_answer(context, key, name, account, Said(said.answer(name)), 0)
    submit(context, key, account, 1, check(context, key).seal, leave=True)
    return key


@contextmanager
def serving(url: str, size: Path) -> Iterator[int]:
    """The port of the service, which runs as long as the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PEDRI_ASSESS_")}
    environ |= {
        "PORT": str(port), "DATABASE_URL": url, "PEDRI_ASSESS_BASE_URL": ADDRESS, "PYTHONPATH": str(ROOT),
        "PEDRI_ASSESS_SECRET_KEY": secrets.token_hex(32), "SAME_SIZE": str(size),
    }  # fmt: skip
    command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "benchmarks.kept:make_app()"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=ROOT, env=environ, **quiet)
    try:
        for _ in range(300):
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        time.sleep(3)  # both processes have loaded their printer
        yield port
    finally:
        process.terminate()
        process.wait()


def pages(database: Database, port: int, reader: Writer, seconds: float) -> None:
    """Prints how long a question takes, while nothing is printed and while both processes print."""
    times: dict[str, list[float]] = {"idle": [], "printing": []}
    printed = 0
    for _ in range(TURNS):
        for name, found in times.items():
            before = _wait_or_print(database, go=name == "printing")
            found += opened(port, reader, seconds)
            printed += _made(database) - before if name == "printing" else 0
            _wait_or_print(database, go=False)
    print(f"A question page, two people, {TURNS} turns of {seconds:g} seconds, milliseconds\n")
    print(f"{'':10}{'pages':>8}{'median':>9}{'p99':>9}{'worst':>9}")
    for name, found in times.items():
        p99 = statistics.quantiles(found, n=100)[98]
        print(f"{name:10}{len(found):>8}{statistics.median(found):>9.1f}{p99:>9.1f}{max(found):>9.1f}")
    idle, busy = (statistics.quantiles(found, n=100)[98] for found in times.values())
    print(f"\np99 while printing / p99 idle: {busy / idle:.2f} (goal 2.0); {printed} reports were printed\n")


def _wait_or_print(database: Database, *, go: bool) -> int:
    """Lets every report be printed again, or none; gives how many are made then."""
    at = stamp(context_of(database).now())
    with database.write() as c:
        if go:
            c.run(
                "UPDATE kept_report SET state = 'waiting', attempts = 0, content = NULL, owner = NULL,"
                " lease_until = NULL, next_at = :at",
                at=at,
            )
        else:
            c.run("UPDATE kept_report SET state = 'failed', reason = 'stopped' WHERE state = 'waiting'")
    while not go and _state(database, "printing"):
        time.sleep(0.1)
    if not go:
        time.sleep(0.5)
    return _made(database)


def _made(database: Database) -> int:
    return _state(database, "made")


def _state(database: Database, state: str) -> int:
    with database.read() as c:
        return int(c.rows("SELECT count(*) AS n FROM kept_report WHERE state = :state", state=state)[0]["n"])


def opened(port: int, reader: Writer, seconds: float) -> list[float]:
    """Milliseconds of every page that two people open in so many seconds."""
    found: list[float] = []
    ends = time.monotonic() + seconds

    def read() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        while time.monotonic() < ends:
            found.append(took(connection, reader.address, reader.session)[0])
            time.sleep(PAUSE)
        connection.close()

    people = [threading.Thread(target=read) for _ in range(2)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return found


def took(connection: http.client.HTTPConnection, address: str, session: str) -> tuple[float, int]:
    """Milliseconds until an answer was read, and its bytes."""
    began = time.perf_counter()
    connection.request("GET", address, headers={"Cookie": f"session={session}", "Host": "127.0.0.1"})
    response = connection.getresponse()
    body = response.read()
    assert response.status == 200, (address, response.status)
    return (time.perf_counter() - began) * 1000, len(body)


def kept(port: int, reader: Writer, key: str, printed: float, size: int) -> None:
    """Prints how quickly a kept report comes, beside a static file of its size and beside printing it."""
    addresses = {"static file": "/same-size.pdf", "kept report": f"/assessments/{key}/result/1/report.pdf"}
    connection = http.client.HTTPConnection("127.0.0.1", port)
    _until(lambda: _is_there(connection, addresses["kept report"], reader.session))
    times: dict[str, list[float]] = {name: [] for name in addresses}
    for _ in range(10):
        for name, address in addresses.items():
            for _ in range(ASKED // 10):
                found, length = took(connection, address, reader.session)
                assert length == size, (name, length, size)
                times[name].append(found)
    middle = {name: statistics.median(found) for name, found in times.items()}
    print(f"{size / 1000:.0f} kB, {ASKED} times each, in turns\n")
    for name, each in middle.items():
        print(f"{name:12}{each:>8.2f} ms{1000 / each:>8.0f} a second")
    print(f"\nkept / static: {middle['static file'] / middle['kept report']:.2f} of its rate (goal 0.8)")
    print(f"kept / printed ({printed:.2f} s): 1/{printed * 1000 / middle['kept report']:.0f} (goal 1/1000)")


def _until(what: Callable[[], bool]) -> None:
    while not what():
        time.sleep(0.2)


def _is_there(connection: http.client.HTTPConnection, address: str, session: str) -> bool:
    connection.request("GET", address, headers={"Cookie": f"session={session}", "Host": "127.0.0.1"})
    response = connection.getresponse()
    response.read()
    return response.status == 200


if __name__ == "__main__":
    main()
