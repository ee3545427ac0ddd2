"""What deciding a wave takes: one wave, from 100 to 100,000 organisations, beside one pass of numpy.

Run: pip install numpy; python benchmarks/waves.py [SIZES...]
Prints seconds of processor time (medians, variants alternating) and peak memory, of a new process each, for
one wave of 42 criteria: the release for partners and for the public, with all its hidings. Beside it numpy
counts the levels of every criterion in every group of the same cuts, from the same objects; it hides nothing.
Types, nations and sizes are as skewed as SHARES says.
"""

from __future__ import annotations

import json
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pedri_assess.domain.disclosure import PARTNER, USUAL_CUTS, Network, Organisation, Shown, Wave, release

SIZES = (100, 1_000, 10_000, 100_000)
ROUNDS = 3
CRITERIA = 42
LEVELS = 4
# Of a hundred organisations: invented, but uneven as networks of research organisations are, with one kind
# and one nation far ahead and several that hardly anybody is of
SHARES = {
    "type": {"university": 45, "nhs": 25, "charity": 15, "government": 10, "company": 4, "other": 1},
    "nation": {"england": 70, "scotland": 14, "wales": 8, "northern-ireland": 5, "uk": 3},
    "size": {"small": 55, "medium": 30, "large": 15},
}


def main() -> None:
    """Measures every size and prints a table."""
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    if not find_spec("numpy"):
        sys.exit("numpy is not here: pip install numpy")
    print(f"One wave of {CRITERIA} criteria, {len(USUAL_CUTS)} cuts; medians of {ROUNDS} new processes\n")
    print(
        f"{'organisations':>13} {'decided s':>10} {'numpy s':>9} {'ratio':>6} {'read s':>7} {'with it':>8}"
        f" {'peak MB':>8} {'shown':>6}"
    )
    before = 0.0
    for size in sizes:
        found = [measured(size) for _ in range(ROUNDS)]
        decided, counted, read, peak = (
            statistics.median(one[name] for one in found) for name in ("decided", "counted", "read", "peak")
        )
        grown = f"  x{decided / before:.1f}" if before else ""
        print(
            f"{size:>13,} {decided:>10.3f} {counted:>9.4f} {decided / counted:>6.1f} {read:>7.3f}"
            f" {(read + decided) / (read + counted):>8.1f} {peak:>8.0f} {found[0]['shown']:>6.0f}{grown}"
        )
        before = decided
    print(
        "\nratio: to numpy, both from objects. read: the rows from SQLite, which every pass over them needs;"
    )
    print("with it: the ratio when both read them first (goal 5). x: growth from the size before.")


def measured(size: int) -> dict[str, float]:
    """Both, in a process of its own."""
    ran = subprocess.run([sys.executable, __file__, "--one", str(size)], capture_output=True, check=True)
    found: dict[str, float] = json.loads(ran.stdout)
    return found


def one(size: int) -> None:
    """Measures one size, and prints it as JSON."""
    network = made(size)
    numpy_pass(made(1))  # loads numpy
    decided, released = timed(lambda: release(network, PARTNER))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    shown = sum(
        isinstance(figure, Shown) for _, cell in released.cells() for figure in cell.criteria.values()
    )
    counted, _ = timed(lambda: numpy_pass(network))
    database = filled(network)
    read, _ = timed(lambda: from_rows(database, network))
    print(json.dumps({"decided": decided, "counted": counted, "read": read, "peak": peak, "shown": shown}))


def filled(network: Network) -> sqlite3.Connection:
    """The same levels as rows of a table."""
    database = sqlite3.connect(":memory:")
    database.execute("create table answer (organisation text, criterion text, level integer)")
    for organisation in network.waves[0].organisations:
        rows = [(organisation.id, name, level) for name, level in organisation.levels.items()]
        database.executemany("insert into answer values (?, ?, ?)", rows)
    return database


def from_rows(database: sqlite3.Connection, network: Network) -> Network:
    """The network again from the rows: what any pass over them has to read first."""
    levels: dict[str, dict[str, int | None]] = {}
    for organisation, criterion, level in database.execute("select * from answer"):
        levels.setdefault(organisation, {})[criterion] = level
    (wave,) = network.waves
    found = tuple(replace(one, levels=levels[one.id]) for one in wave.organisations)
    return replace(network, waves=(Wave(wave.id, found),))


def timed(call: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of processor time, and what came of it."""
    began = time.process_time()
    found = call()
    return time.process_time() - began, found


def made(size: int) -> Network:
    """A wave of organisations, skewed in what they are and in what they answer."""
    say = random.Random(size)
    names = [f"C{number}" for number in range(CRITERIA)]
    habits = [say.choices(range(LEVELS), weights=(3, 4, 2, 1), k=1)[0] for _ in names]
    organisations = []
    for number in range(size):
        groups = {
            name: say.choices(list(shares), weights=list(shares.values()), k=1)[0]
            for name, shares in SHARES.items()
        }
        shift = say.choice((-1, 0, 0, 1))
        levels = {
            name: None if say.random() < 0.05 else min(max(habit + shift + say.choice((-1, 0, 1)), 0), 3)
            for name, habit in zip(names, habits, strict=True)
        }
        organisations.append(Organisation(f"o{number}", groups, levels, public=number % 5 > 0))
    return Network(USUAL_CUTS, (Wave("w", tuple(organisations)),))


def numpy_pass(network: Network) -> object:
    """Counts levels by criterion and group: takes them out of the same objects, then works on arrays."""
    import numpy

    (wave,) = network.waves
    rows = [[-1 if each is None else each for each in one.levels.values()] for one in wave.organisations]
    table = numpy.array(rows, dtype=numpy.int8)
    found = []
    for cut in network.cuts:
        places = [one.groups[cut.by[0]] if cut.by else "" for one in wave.organisations]
        _, codes = numpy.unique(numpy.array(places), return_inverse=True)
        for code in range(int(codes.max()) + 1):
            mine = table[codes == code] + 1
            found.append([numpy.bincount(column, minlength=LEVELS + 1) for column in mine.T])
    return found


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(int(sys.argv[2]))
    else:
        main()
