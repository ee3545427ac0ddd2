"""How many pages a second one server process gives, beside an empty route of the same application.

Run: python benchmarks/web.py
Starts gunicorn with one process on a port of its own, asks for each page in turns over kept-open connections,
and prints medians and the ratio to the empty route of the same rounds.
"""

from __future__ import annotations

import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flask import Flask

from pedri_assess.config import Config
from pedri_assess.domain.policies import ANYONE
from pedri_assess.web.app import create_app
from pedri_assess.web.protection import allow

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 15
REQUESTS = 30  # of each page in a round
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
CORE, ALL = "core", "all"


def make() -> Flask:
    """The application with an empty route, for gunicorn."""
    app = create_app(Config("benchmark " + "0f1e2d3c4b5a69788796a5b4c3d2e1f0", trusted_hosts=("127.0.0.1",)))
    app.add_url_rule("/empty", view_func=allow(ANYONE)(lambda: "hello"))
    return app


@contextmanager
def server() -> Iterator[http.client.HTTPConnection]:
    """A connection to a server that runs as long as the block."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-b",
        f"127.0.0.1:{port}",
        "--threads",
        "4",
        "benchmarks.web:make()",
    ]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=ROOT, env=environ, stderr=subprocess.DEVNULL)
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        for _ in range(200):
            try:
                connection.connect()
                break
            except ConnectionRefusedError:
                time.sleep(0.1)
        yield connection
    finally:
        process.terminate()
        process.wait()


def asked(connection: http.client.HTTPConnection, address: str, fields: dict[str, str] | None = None) -> str:
    """The page at an address; with fields, what a form that sends them gets."""
    body = urlencode(fields) if fields else None
    connection.request("POST" if fields else "GET", address, body, FORM if fields else {})
    response = connection.getresponse()
    page = response.read().decode()
    assert response.status == 200, (address, response.status)
    return page


def started(connection: http.client.HTTPConnection, depth: str) -> tuple[str, list[str]]:
    """What the pages of a new quick check carry, with every question answered, and the questions."""
    form = asked(connection, "/quick-check")
    targets = dict.fromkeys(re.findall(r'name="(target-[^"]+)"', form), "2")
    hidden = dict(re.findall(r'name="(framework|version)" value="([^"]+)"', form))
    page = asked(
        connection, "/quick-check/answers/tasks", {"from": "start", "depth": depth, **hidden, **targets}
    )
    criteria = re.findall(r'id="status-([^"]+)"', page)
    for number, name in enumerate(criteria):
        said = {
            "choice": str(number % 4),
            "confidence": "1",
            "reason": "We do.",
            "evidence": "Minutes of June. " * 12,
        }
        page = asked(connection, "/quick-check/answers/tasks", {"token": _token(page), **_said(name, said)})
    return _token(page), criteria


def _token(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found[1]


def _said(criterion: str, said: dict[str, str]) -> dict[str, str]:
    return {"from": "question", "criterion": criterion, "go": "tasks", "importance": "2", **said}


def main() -> None:
    """Measures every page and prints a table."""
    with server() as connection:
        pages: dict[str, tuple[str, dict[str, str] | None]] = {"empty route": ("/empty", None)}
        for depth in (CORE, ALL):
            token, criteria = started(connection, depth)
            carried = {"token": token}
            saved = (
                carried | _said(criteria[0], {"choice": "1", "evidence": "Other words"}) | {"go": "continue"}
            )
            pages |= {
                f"question, {len(criteria)} answers": (f"/quick-check/{criteria[0]}", carried),
                f"save and next, {len(criteria)} answers": (f"/quick-check/{criteria[1]}", saved),
                f"all questions, {len(criteria)}": ("/quick-check/answers/tasks", carried),
                f"result, {len(criteria)} answers": ("/quick-check/answers/result", carried),
            }
        pages |= {"home": ("/", None), "start of the quick check": ("/quick-check", None)}
        times = measured(connection, pages)
    print(f"Pages: medians of {ROUNDS} rounds of {REQUESTS}, one server process, one connection, in turns\n")
    print(f"{'page':28}  {'ms':>7}  {'a second':>8}  {'/ empty':>7}")
    for name, found in times.items():
        middle = statistics.median(found)
        ratio = statistics.median(times["empty route"]) / middle
        print(f"{name:28}  {middle:>7.2f}  {1000 / middle:>8.0f}  {ratio:>7.2f}")
    print("\nRatio: pages a second, to those of the empty route in the same rounds.")


def measured(
    connection: http.client.HTTPConnection, pages: dict[str, tuple[str, dict[str, str] | None]]
) -> dict[str, list[float]]:
    """Milliseconds a page, for each round."""
    times: dict[str, list[float]] = {name: [] for name in pages}
    for address, fields in pages.values():
        asked(connection, address, fields)
    for _ in range(ROUNDS):
        for name, (address, fields) in pages.items():
            start = time.perf_counter()
            for _ in range(REQUESTS):
                asked(connection, address, fields)
            times[name].append((time.perf_counter() - start) / REQUESTS * 1000)
    return times


if __name__ == "__main__":
    main()
