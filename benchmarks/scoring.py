"""How long one assessment takes to score, beside fetching its answers from SQLite and parsing them as JSON.

Run: python benchmarks/scoring.py
Prints medians in microseconds and, for each size, the ratio to both limits, measured alternately in one run.
"""

from __future__ import annotations

import gc
import json
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pedri_assess.domain.assessment import assessment_from
from pedri_assess.domain.building import framework_from
from pedri_assess.domain.scoring import score

SIZES = (9, 42, 185, 1_000)
ROUNDS = 41


def main() -> None:
    """Measures every size and prints a table."""
    print(f"Scoring one assessment: medians of {ROUNDS} rounds, variants alternating\n")
    print(
        f"{'criteria':>8}  {'score us':>9}  {'sqlite us':>9}  {'json us':>9}  {'/ sqlite':>8}  {'/ json':>7}"
    )
    for size in SIZES:
        scored, fetched, parsed = medians(size)
        ratios = f"{scored / fetched:>8.2f}  {scored / parsed:>7.2f}"
        print(f"{size:>8}  {scored:>9.1f}  {fetched:>9.1f}  {parsed:>9.1f}  {ratios}")
    print("\nsqlite: fetching the answers with the standard library's sqlite3. json: parsing them.")


def medians(size: int) -> list[float]:
    """Medians in microseconds: scoring, fetching and parsing an assessment of `size` criteria."""
    framework_document, answers = documents(size)
    framework = framework_from(framework_document, "sha256:0")
    assessment = assessment_from(answers)
    text = json.dumps(answers)
    database = filled(answers)
    select = (
        "select criterion, level, confidence, evidence from answer where assessment = 1 order by criterion"
    )
    variants: list[Callable[[], Any]] = [
        lambda: score(framework, assessment),
        lambda: database.execute(select).fetchall(),
        lambda: json.loads(text),
    ]
    repeats = max(1, 2_000 // size)
    times: list[list[float]] = [[] for _ in variants]
    gc.disable()
    for _ in range(ROUNDS):
        for variant, found in zip(variants, times, strict=True):
            found.append(timed(variant, repeats))
    gc.enable()
    return [statistics.median(found) for found in times]


def timed(call: Callable[[], Any], repeats: int) -> float:
    """Microseconds a call, over `repeats` calls."""
    start = time.perf_counter()
    for _ in range(repeats):
        call()
    return (time.perf_counter() - start) / repeats * 1e6


def documents(size: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """A framework of `size` criteria in standards of six, and a complete, mixed set of answers."""
    names = [f"C{n}" for n in range(size)]
    groups = [names[start : start + 6] for start in range(0, size, 6)]
    framework = {
        "framework": "bench",
        "version": "1",
        "title": "Bench",
        "scale": [{"level": n, "label": f"Level {n}"} for n in range(4)],
        "efforts": [{"id": name, "label": name} for name in ("small", "middle", "large")],
        "standards": [
            {
                "id": f"S{n}",
                "title": f"Standard {n}",
                "criteria": [
                    {
                        "id": name,
                        "statement": f"Statement {name}",
                        "core": position == 0,
                        "actions": [
                            {"effort": "small", "text": "Do"},
                            {"effort": "large", "text": "Do more"},
                        ],
                    }
                    for position, name in enumerate(group)
                ],
            }
            for n, group in enumerate(groups)
        ],
    }
    answers = {
        name: {"level": n * 7 % 4, "confidence": n % 4, "evidence": f"What we did about {name}. " * 8}
        for n, name in enumerate(names)
    }
    return framework, {"framework": "bench", "version": "1", "answers": answers}


def filled(answers: dict[str, Any]) -> sqlite3.Connection:
    """A database in memory that holds the answers as rows."""
    database = sqlite3.connect(":memory:")
    database.execute(
        "create table answer (assessment integer, criterion text, level integer, confidence integer, "
        "evidence text, primary key (assessment, criterion)) without rowid"
    )
    rows = [
        (1, name, item["level"], item["confidence"], item["evidence"])
        for name, item in answers["answers"].items()
    ]
    database.executemany("insert into answer values (?, ?, ?, ?, ?)", rows)
    return database


if __name__ == "__main__":
    main()
