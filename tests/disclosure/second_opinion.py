"""A second opinion: python -m tests.disclosure.second_opinion [NETWORKS [SEED]].

Asks the package `acro`, which research data centres use, about the groups of random networks, and compares
what it says with what we show. acro is installed in an environment of its own under .var/, as it brings
pandas and much else. Ends with 1 where we show what acro would hide by a rule that both have.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import venv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pedri_assess.domain.disclosure import PARTNER, PUBLIC, Hidden, release
from pedri_assess.domain.disclosure.rules import SMALLEST

from .networks import TABLES, Course, random_network

ACRO = "acro==1.0.2"
HERE = Path(__file__).resolve().parent
PLACE = HERE.parents[1] / ".var" / "second-opinion"
WEIGHTS = ((1, 1, 1, 1), (2, 4, 3, 1), (0, 1, 5, 2), (1, 0, 0, 8), (8, 2, 0, 0))
ALIKE, FEW = "all at one level", "too few"


@dataclass(frozen=True)
class Asked:
    """A group as both see it: how many answered and at which levels; why we hide its figure, if we do."""

    name: str
    levels: tuple[int, ...]
    reasons: tuple[str, ...]

    @property
    def alike(self) -> bool:
        """Whether all chose one level."""
        return len(set(self.levels)) == 1


def main() -> int:
    """Compares, and prints how often who hides what."""
    networks, seed = [int(text) for text in (*sys.argv[1:], "200", "0")[:2]]
    said: Counter[tuple[str, str, str]] = Counter()
    wrong = []
    with subprocess.Popen(
        [str(environment()), str(HERE / "asking_acro.py")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as other:  # fmt: skip
        for number in range(networks):
            for audience, groups in tables(random.Random(seed + number)):
                answer = ask(other, groups, SMALLEST[audience])
                for group in groups:
                    acro = [FEW] * (group.name in answer["few"]) + [ALIKE] * group.alike
                    assert not group.alike or group.name in answer["zeros"] or only_level(groups)
                    ours = "hidden" if group.reasons else "shown"
                    said[audience, " and ".join(acro) or "nothing against it", ours] += 1
                    if ours == "shown" and acro:
                        wrong.append(f"seed {seed + number}, {audience}: {group}")
        assert other.stdin
        other.stdin.close()
    for (audience, acro, ours), count in sorted(said.items()):
        print(f"{audience:8} acro: {acro:32} we: {ours:7} {count:>7,}")
    print("\n".join([*wrong, f"shown against a rule that both have: {len(wrong)}"]))
    return 1 if wrong else 0


def environment() -> Path:
    """The Python that has acro; made once."""
    python = PLACE / "bin" / "python"
    if not python.exists():
        venv.create(PLACE, with_pip=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", ACRO], check=True)
    return python


def tables(rng: random.Random) -> Iterator[tuple[str, list[Asked]]]:
    """For each audience and cut of the first wave of a network: its groups with answers."""
    course = Course(waves=1, blank=rng.choice((0, 0.1)), not_public=0.2, weights=rng.choice(WEIGHTS))
    network = random_network(rng, rng.randint(3, 60), rng.choice(TABLES), course)
    (wave,) = network.waves
    for audience in (PARTNER, PUBLIC):
        cells = release(network, audience).waves[0].cells
        for cut in network.cuts:
            groups = []
            for cell in (cell for cell in cells if cell.cut == cut and "C0" in cell.criteria):
                counted = [
                    level
                    for one in wave.organisations
                    if (level := one.levels["C0"]) is not None
                    and (one.public or audience == PARTNER)
                    and all(one.groups[name] == value for name, value in cell.group.items())
                ]
                figure = cell.criteria["C0"]
                reasons = figure.reasons if isinstance(figure, Hidden) else ()
                if counted:
                    groups.append(Asked("/".join(cell.group.values()) or "all", tuple(counted), reasons))
            if groups:
                yield audience, groups


def only_level(groups: list[Asked]) -> bool:
    """Whether no other level is in the table: then there is no column for a zero."""
    return len({level for group in groups for level in group.levels}) == 1


def ask(other: subprocess.Popen[str], groups: list[Asked], threshold: int) -> dict[str, Any]:
    """What acro says of one table."""
    assert other.stdin
    assert other.stdout
    rows = [(group.name, level) for group in groups for level in group.levels]
    table = {
        "threshold": threshold,
        "group": [name for name, _ in rows],
        "level": [level for _, level in rows],
    }
    other.stdin.write(json.dumps(table) + "\n")
    other.stdin.flush()
    found: dict[str, Any] = json.loads(other.stdout.readline())
    return found


if __name__ == "__main__":
    sys.exit(main())
