"""What the network view costs over 15, 100 and 1,000 organisations, beside reading the same answers as JSON.

Run: python benchmarks/network_view.py
Each organisation shares one whole result of 42 criteria of this year and one of last year, with three people
who rated alone and a panel. Measured in one process: reading and parsing the answers alone, which nothing can
do without; the sums; the whole page; the SQLite file.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pedri_assess.config import Config
from pedri_assess.domain.assessment import assessment_from
from pedri_assess.domain.result import result_document
from pedri_assess.domain.scoring import score
from pedri_assess.domain.sharing import STAFF
from pedri_assess.domain.standards import Framework
from pedri_assess.domain.times import stamp
from pedri_assess.services import Context
from pedri_assess.services.network_export import network_file
from pedri_assess.services.network_view import network
from pedri_assess.services.sessions import open_session
from pedri_assess.store import Connection, connect
from pedri_assess.store.migrating import migrate
from pedri_assess.store.results import Frozen, freeze
from pedri_assess.store.sharing import give
from pedri_assess.web.app import create_app

SIZES = (15, 100, 1_000)
ROUNDS = 7
YEARS = ("2025", "2026")
PAGE = "/network-view/pedri/2025.1"


def main() -> None:
    """Prints medians of ROUNDS, in milliseconds, and ratios to parsing alone."""
    print("organisations | parsing alone | sums | page | SQLite file | sums to parsing")
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            print(" | ".join([f"{size:>13,}", *measured(f"sqlite://{folder}/assess.db", size)]), flush=True)


def measured(url: str, size: int) -> list[str]:
    """The figures of one size."""
    key = "benchmark " + "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
    with closing(connect(url)) as database:
        migrate(database, f"{YEARS[1]}-01-01T00:00:00.000000Z")
    app = create_app(Config(key, trusted_hosts=("127.0.0.1", "localhost"), database_url=url))
    context: Context = app.extensions["pedri-assess"].context
    framework = context.shelf.get("pedri", "2025.1")
    with context.database.write() as c:
        fill(c, framework, size)
        token = open_session(c, "staff", stamp(context.now()), "benchmark", "benchmark")
    browser = app.test_client()
    browser.set_cookie("session", token)

    def page() -> None:
        answer = browser.get(PAGE)
        if answer.status_code != 200:
            raise SystemExit(f"{PAGE}: {answer.status_code}")

    works: list[Callable[[], Any]] = [
        lambda: parsed(context),
        lambda: network(context, framework),
        page,
        lambda: network_file(context, framework),
    ]
    taken = [median(work) for work in works]
    return [*(f"{value:,.1f} ms" for value in taken), f"{taken[1] / taken[0]:.1f}"]


def median(work: Callable[[], Any]) -> float:
    """Milliseconds."""
    work()
    found = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        found.append(1_000 * (time.perf_counter() - began))
    return statistics.median(found)


def parsed(context: Context) -> int:
    """Reads and parses every answers document, and makes nothing of it."""
    with context.database.read() as c:
        rows = c.rows("SELECT answers_json FROM result ORDER BY assessment_id")
    return len([json.loads(row["answers_json"]) for row in rows])


def fill(c: Connection, framework: Framework, size: int) -> None:
    """Organisations with two results each, and somebody of PEDRI's staff."""
    at = f"{YEARS[0]}-01-01T00:00:00.000000Z"
    c.run(
        "INSERT INTO account (id, email, name, staff_at, created_at)"
        " VALUES ('staff', 'staff@x.example', 'Sam', :at, :at)",
        at=at,
    )
    chance = random.Random(size)
    for number in range(size):
        place = f"o{number}"
        c.run(
            "INSERT INTO organisation (id, name, kind, nation, created_at)"
            " VALUES (:id, :id, 'nhs', 'wales', :at)",
            id=place,
            at=at,
        )
        give(c, place, STAFF, "staff", at)
        for year in YEARS:
            hand_in(c, framework, place, year, chance)


def hand_in(c: Connection, framework: Framework, place: str, year: str, chance: random.Random) -> None:
    """One frozen result."""
    made, at = f"{place}-{year}", f"{year}-06-01T00:00:00.000000Z"
    c.run(
        "INSERT INTO assessment (id, organisation_id, framework, version, content_hash, scope_kind,"
        " scope_name, scope_about, depth, criteria_json, targets_json, status, revision, changes, created_at,"
        " created_by) VALUES (:id, :place, :framework, :version, :hash, 'organisation', 'All of it', '',"
        " 'all', '[]', '{}', 'submitted', 1, 1, :at, 'staff')",
        id=made, place=place, framework=framework.framework, version=framework.version,
        hash=framework.content_hash, at=at,
    )  # fmt: skip
    document = answers(framework, year, chance)
    result = score(framework, assessment_from(document))
    frozen = Frozen(
        made, 1, result.method, result.content_hash, document, result_document(result), {}, at, "staff"
    )
    freeze(c, frozen)


def answers(framework: Framework, year: str, chance: random.Random) -> dict[str, Any]:
    """Answers with text, some not known or not applicable, rated alone by three and by a panel."""
    said: dict[str, Any] = {}
    rated: dict[str, Any] = {}
    for criterion in framework.criteria:
        level = min(framework.top, max(0, round(chance.gauss(1.4, 0.9))))
        kind = chance.random()
        if kind < 0.08:
            said[criterion.id] = {"dont_know": True}
            continue
        if kind < 0.12 and criterion.not_applicable.allowed:
            said[criterion.id] = {"not_applicable": "We hold no such data"}
            continue
        text = "What there is to show for it, with where it is kept and who looked at it last. " * 4
        said[criterion.id] = {"level": level, "confidence": min(level, 3), "evidence": text, "reason": text}
        alone = [min(framework.top, max(0, level + chance.choice((-1, 0, 0, 0, 1, 2)))) for _ in range(3)]
        view = {"level": max(0, level - chance.choice((0, 0, 1))), "of": 5}
        rated[criterion.id] = {"staff": alone, "public_view": view}
    named = {"framework": framework.framework, "version": framework.version, "date": f"{year}-06-01"}
    return {**named, "answers": said, "ratings": rated}


if __name__ == "__main__":
    main()
