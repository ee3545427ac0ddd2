"""What the pages of a published wave cost, over networks of 17 to 10,000 organisations, with three waves.

Run: python benchmarks/wave_pages.py [SIZES...]
Each wave counts organisations with 42 criteria, and is kept as the service keeps it. Measured in one process,
in turns: a page without data (about), the public page of the last wave, its table, and an organisation
beside its peers.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flask.testing import FlaskClient

from pedri_assess.config import Config
from pedri_assess.domain.disclosure import Organisation, Wave
from pedri_assess.domain.standards import Framework
from pedri_assess.domain.times import stamp
from pedri_assess.domain.waves import Counted, counted_document, release_documents, released
from pedri_assess.services import Context
from pedri_assess.services.sessions import open_session
from pedri_assess.store import Connection, connect
from pedri_assess.store.migrating import migrate
from pedri_assess.store.waves import WaveRow, publish
from pedri_assess.web.app import create_app

SIZES = (17, 100, 1_000, 10_000)
ROUNDS = 9
WAVES = 3
AT = "2026-06-01T00:00:00.000000Z"
KINDS = ("university", "nhs", "charity")
NATIONS = ("england", "scotland", "wales")
BARE = "/about"
PAGES = {
    BARE: BARE,
    "public": f"/network/w{WAVES}",
    "table": f"/network/w{WAVES}/data.csv",
    "own": "/organisations/o0/benchmark",
}


def main() -> None:
    """Prints medians of ROUNDS, in milliseconds, and the ratio of the public page to the bare one."""
    print(f"{'organisations':>13} | {' | '.join(f'{name:>9}' for name in PAGES)} | public to bare")
    for size in [int(size) for size in sys.argv[1:]] or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            found = measured(f"sqlite://{folder}/assess.db", size)
        times = " | ".join(f"{value:>6.1f} ms" for value in found.values())
        print(f"{size:>13,} | {times} | {found['public'] / found[BARE]:.1f}", flush=True)


def measured(url: str, size: int) -> dict[str, float]:
    """Milliseconds of each page."""
    with closing(connect(url)) as database:
        migrate(database, AT)
    key = "benchmark " + "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
    app = create_app(Config(key, trusted_hosts=("127.0.0.1", "localhost"), database_url=url))
    context: Context = app.extensions["pedri-assess"].context
    framework = context.shelf.get("pedri", "2025.1")
    with context.database.write() as c:
        fill(c, framework, size)
        token = open_session(c, "member", stamp(context.now()), "benchmark", "benchmark")
    browser = app.test_client()
    browser.set_cookie("session", token)
    times: dict[str, list[float]] = {name: [] for name in PAGES}
    for _ in range(ROUNDS + 1):
        for name, address in PAGES.items():
            times[name].append(asked(browser, address))
    return {name: statistics.median(found[1:]) for name, found in times.items()}


def asked(browser: FlaskClient, address: str) -> float:
    """Milliseconds until the answer is there."""
    began = time.perf_counter()
    answer = browser.get(address)
    taken = 1_000 * (time.perf_counter() - began)
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")
    return taken


def fill(c: Connection, framework: Framework, size: int) -> None:
    """Somebody who prepares, a member of an organisation that is counted, and the waves."""
    for name in ("staff", "member"):
        c.run(
            "INSERT INTO account (id, email, name, created_at) VALUES (:id, :email, :id, :at)",
            id=name, email=f"{name}@x.example", at=AT,
        )  # fmt: skip
    c.run(
        "INSERT INTO organisation (id, name, kind, nation, created_at)"
        " VALUES ('o0', 'o0', 'nhs', 'wales', :at)",
        at=AT,
    )
    c.run(
        "INSERT INTO membership (id, organisation_id, account_id, role, created_at)"
        " VALUES ('m', 'o0', 'member', 'viewer', :at)",
        at=AT,
    )
    names = {criterion.id: criterion.id for criterion in framework.criteria}
    wave = Counted(framework, names, Wave("w", made(framework, size)))
    content = {**counted_document(wave), **release_documents(released([], wave))}
    for number in range(1, WAVES + 1):
        about = (f"w{number}", framework.framework, framework.version, f"Wave {number}", AT[:10])
        row = WaveRow(
            *about,
            content,
            *("seal", AT, "staff"),
            approved_at=AT,
            approved_by="staff",
            number=number,
            published_at=AT,
            published_by="staff",
        )
        publish(c, row)


def made(framework: Framework, size: int) -> tuple[Organisation, ...]:
    """Organisations with habits of their own."""
    chance = random.Random(size)
    habits = {criterion.id: chance.gauss(1.5, 0.7) for criterion in framework.criteria}
    return tuple(
        Organisation(
            f"o{number}",
            {"type": chance.choice(KINDS), "nation": chance.choice(NATIONS)},
            {
                name: min(framework.top, max(0, round(chance.gauss(habit, 1))))
                for name, habit in habits.items()
            },
        )
        for number in range(size)
    )


if __name__ == "__main__":
    main()
