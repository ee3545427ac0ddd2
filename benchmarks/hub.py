"""What the pages of the resource hub cost with 40 and with 10,000 resources, beside an empty route.

Run: python benchmarks/hub.py
For each size a database of its own and one server process; pages are asked for in turns over one kept-open
connection. Then a resource is changed, and the next search is timed by itself: the process takes the change
in.
"""

from __future__ import annotations

import http.client
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flask import Flask

from benchmarks.place import context_of
from benchmarks.web import ROOT, ROUNDS, asked, measured
from pedri_assess.config import Config
from pedri_assess.domain.policies import ANYONE
from pedri_assess.domain.resources import CRITERION, KINDS, LISTED, Described, Link
from pedri_assess.domain.times import stamp
from pedri_assess.services.hub_keeping import everything
from pedri_assess.store import connect
from pedri_assess.store.migrating import migrate
from pedri_assess.store.resources import add_resource, change_said
from pedri_assess.web.app import create_app
from pedri_assess.web.protection import allow

SIZES = (40, 10_000)
CHANGES = 15
COMMON = "public data people research involve engage pay panel plain language trust register benefit evaluate"
RARE = "course glossary explain community equality access voice leader culture fund toolkit health secure"
PAGES = {
    "empty route": "/empty",
    "all resources": "/resources",
    "search for a common word": "/resources?q=public",
    "search for a rare word": "/resources?q=glossary7",
    "two words, two choices": "/resources?q=public+data&audience=leaders&format=guidance",
    "nothing found": "/resources?q=public+zebra",
    "a criterion with what helps": "/standards/pedri/2025.1/EDI-3",
}


def make() -> Flask:
    """The application with an empty route, for gunicorn."""
    key = "benchmark " + "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
    app = create_app(Config(key, trusted_hosts=("127.0.0.1",), database_url=os.environ["DATABASE_URL"]))
    app.add_url_rule("/empty", view_func=allow(ANYONE)(lambda: "hello"))
    return app


def fill(url: str, size: int) -> None:
    """Makes the tables and as many invented resources."""
    chance = random.Random(size)
    with closing(connect(url)) as database:
        context = context_of(database)
        at = stamp(context.now())
        migrate(database, at)
        criteria = [criterion.id for criterion in context.shelf.current("pedri").criteria]
        with database.write() as c:
            for number in range(size):
                add_resource(
                    c, f"r{number}", _invented(chance, number, criteria), LISTED, at, None, suggested=False
                )


def _invented(chance: random.Random, number: int, criteria: list[str]) -> Described:
    kinds = {kind: tuple(chance.sample(list(values), 2)) for kind, values in KINDS.items()}
    links = tuple(Link("pedri", CRITERION, name) for name in chance.sample(criteria, 3))
    words = [*COMMON.split(), *(f"{word}{number % 50}" for word in RARE.split())]
    title, summary = (" ".join(chance.choices(words, k=length)) for length in (8, 30))
    address = f"https://example.org/{number}"
    return Described(title, "A trust", address, summary, **kinds, links=links)


@contextmanager
def server(url: str) -> Iterator[http.client.HTTPConnection]:
    """A connection to one server process on a database."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    command = ["-m", "gunicorn", "-b", f"127.0.0.1:{port}", "--threads", "4", "benchmarks.hub:make()"]
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "DATABASE_URL": url}
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environ, stderr=subprocess.DEVNULL)
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


def renewals(connection: http.client.HTTPConnection, url: str) -> list[float]:
    """Milliseconds of a search just after a resource was changed."""
    found = []
    with closing(connect(url)) as database:
        context = context_of(database)
        for number, resource in enumerate(everything(context)[:CHANGES]):
            said = replace(resource.said, dated=f"Change {number}")
            with database.write() as c:
                change_said(c, resource.id, said, resource.revision, stamp(context.now()), None)
            start = time.perf_counter()
            asked(connection, PAGES["search for a rare word"])
            found.append((time.perf_counter() - start) * 1_000)
    return found


def main() -> None:
    """Measures every page with each size and prints a table."""
    print(f"The hub: medians of {ROUNDS} rounds, one server process, one connection, in turns, SQLite\n")
    print(f"{'resources':>9}  {'page':28}  {'ms':>7}  {'/ empty':>7}")
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite://{folder}/hub.db"
            fill(url, size)
            with server(url) as connection:
                start = time.perf_counter()
                asked(connection, PAGES["all resources"])
                first = (time.perf_counter() - start) * 1_000
                times = measured(connection, {name: (address, None) for name, address in PAGES.items()})
                changed = statistics.median(renewals(connection, url))
        empty = statistics.median(times["empty route"])
        rows = {name: statistics.median(found) for name, found in times.items()}
        for name, middle in {
            **rows,
            "search after a change": changed,
            "the very first search": first,
        }.items():
            print(f"{size:>9,}  {name:28}  {middle:>7.2f}  {empty / middle:>7.3f}")
    print("\nRatio: pages a second, to those of the empty route in the same rounds.")


if __name__ == "__main__":
    main()
