"""What a what-if and a carry-over cost, beside trying all sets of actions where that ends.

Run: python benchmarks/whatif.py
Prints medians; what is found is compared with what trying all sets finds, where it finds anything in time.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.samples import typical
from pedri_assess.domain.actions import Candidate, succeeded
from pedri_assess.domain.assessment import Assessment
from pedri_assess.domain.best import Aim, best
from pedri_assess.domain.building import framework_from
from pedri_assess.domain.carrying import carry
from pedri_assess.domain.scoring import score, standard_result
from pedri_assess.domain.smallest import smallest
from pedri_assess.domain.standards import Framework

ROUNDS = 7
PATIENCE = 20.0  # seconds that trying all sets is given
# Criteria, standards and actions; the first is small enough to try all sets
CASES = ((7, 1, 14), (42, 7, 500), (1_000, 7, 500), (1_000, 140, 500), (1_000, 1, 500))
AIM = Aim(effort=Fraction(30))


class TooLong(Exception):
    """Trying all sets has not ended in time."""


def main() -> None:
    """Measures every case and prints a table."""
    print(f"Medians of {ROUNDS} rounds, ms; trying all sets once, at most {PATIENCE:.0f} s\n")
    columns = ("criteria", "standards", "actions", " smallest", "all sets", "   best 10", "all sets")
    widths = (8, 9, 7, 10, 9, 10, 9)
    print(" ".join(f"{name:>{width}}" for name, width in zip(columns, widths, strict=True)))
    for case in CASES:
        print(row(*case))
    carried()


def row(criteria: int, standards: int, actions: int) -> str:
    """One line of the table."""
    given = material(criteria, standards, actions)
    few, found_few = timed(partial(all_smallest, *given))
    ten, found_ten = timed(partial(best_ten, *given))
    slow_few, slow_ten = (
        tried(partial(every_smallest, *given), found_few),
        tried(partial(every_best, *given), found_ten),
    )
    sizes = f"{criteria:>8} {standards:>9} {actions:>7}"
    return f"{sizes}  {few:>9.1f} {slow_few:>9}  {ten:>9.1f} {slow_ten:>9}"


def material(criteria: int, standards: int, actions: int) -> tuple[Framework, Assessment, list[Candidate]]:
    """A framework with a core criterion a standard, answers, and actions on criteria below the target."""
    chance = random.Random(7)
    framework = framework_from(document(criteria, standards), "sha256:0")
    answered = typical(framework, seed=3)
    low = [
        item.id
        for item in framework.criteria
        if (answered.answer(item.id).level or 0) < 2 and not answered.answer(item.id).not_applicable
    ]
    return (
        framework,
        answered,
        [
            Candidate(str(n), chance.choice(low), Fraction(chance.randint(1, 12)), chance.randint(1, 3))
            for n in range(actions)
        ],
    )


def document(criteria: int, standards: int, version: str = "1") -> dict[str, Any]:
    """A framework document; of version 2, each criterion has a link to its place in version 1."""
    kinds = ("unchanged", "reworded", "split", "merged")
    groups: list[list[dict[str, Any]]] = [[] for _ in range(standards)]
    for n in range(criteria):
        item: dict[str, Any] = {"id": f"C{version}-{n}", "statement": "S", "core": n < standards}
        if version == "2":
            item["from"] = [{"version": "1", "id": f"C1-{n}", "link": kinds[n % 4]}]
        groups[n % standards].append(item)
    return {
        "framework": "bench",
        "version": version,
        "title": "Bench",
        "scale": [{"level": level, "label": str(level)} for level in range(4)],
        "standards": [{"id": f"S{n}", "title": "S", "criteria": group} for n, group in enumerate(groups)],
    }


def all_smallest(framework: Framework, assessment: Assessment, actions: Sequence[Candidate]) -> list[Any]:
    """The smallest set of every standard."""
    return [smallest(standard, framework, assessment, actions).actions for standard in framework.standards]


def best_ten(
    framework: Framework, assessment: Assessment, actions: Sequence[Candidate]
) -> tuple[Candidate, ...]:
    """The best ten."""
    return best(framework, assessment, actions, AIM).actions


def every_smallest(
    framework: Framework, assessment: Assessment, actions: Sequence[Candidate], end: float
) -> list[Any]:
    """The same by trying all sets on a standard's criteria, the small ones first."""
    found: list[Any] = []
    for standard in framework.standards:
        ids = {item.id for item in standard.criteria}
        ours = [(1 << place, action) for place, action in enumerate(actions) if action.criterion in ids]
        for size in range(len(ours) + 1):
            enough = [
                (sum(action.cost for _, action in taken), sum(bit for bit, _ in taken), taken)
                for taken in in_time(combinations(ours, size), end)
                if _reaches(
                    standard_result(standard, framework, succeeded(assessment, [a for _, a in taken]))
                )
            ]
            if enough:
                best_set = min(enough, key=lambda each: each[:2])[2]
                found.append(tuple(action for _, action in best_set))
                break
        else:
            found.append(None)
    return found


def every_best(
    framework: Framework, assessment: Assessment, actions: Sequence[Candidate], end: float
) -> tuple[Candidate, ...]:
    """The best set by trying all sets."""
    before = {gap.criterion: gap.gap * gap.importance for gap in score(framework, assessment).order_of_work}
    ranked = []
    for size in range(AIM.most + 1):
        for places in in_time(combinations(range(len(actions)), size), end):
            taken = tuple(actions[place] for place in places)
            cost = sum((action.cost for action in taken), Fraction(0))
            if AIM.effort is None or cost <= AIM.effort:
                result = score(framework, succeeded(assessment, taken))
                left = sum(g.gap * g.importance for g in result.order_of_work if g.criterion in before)
                there = sum(_reaches(standard) for standard in result.standards)
                ranked.append(((left, -there, cost, size, sum(1 << place for place in places)), taken))
    return min(ranked, key=lambda each: each[0])[1]


def _reaches(result: Any) -> bool:
    return result.level is not None and result.level >= result.target


def in_time(sets: Iterator[Any], end: float) -> Iterator[Any]:
    """The sets, until it has taken too long. Raises TooLong."""
    for each in sets:
        if time.perf_counter() > end:
            raise TooLong
        yield each


def timed(call: Callable[[], Any], rounds: int = ROUNDS) -> tuple[float, Any]:
    """The median in milliseconds, and what it gives."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        given = call()
        times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times), given


def tried(call: Callable[[float], Any], expected: Any) -> str:
    """How long trying all sets took, or that it did not end; it must find the same."""
    start = time.perf_counter()
    try:
        found = call(start + PATIENCE)
    except TooLong:
        return "no end"
    assert found == expected, (found, expected)
    return f"{(time.perf_counter() - start) * 1e3:.0f}"


def carried() -> None:
    """Carry-over of 42 and 1,000 criteria, beside measuring the same answers."""
    print(f"\n{'criteria':>8}  {'carry ms':>9}  {'score ms':>9}  {'ratio':>6}")
    for size in (42, 1_000):
        old, new = (framework_from(document(size, 7, version), "sha256:0") for version in "12")
        answers = typical(old)
        over, measured = timed(partial(carry, old, new, answers))[0], timed(partial(score, old, answers))[0]
        print(f"{size:>8}  {over:>9.2f}  {measured:>9.2f}  {over / measured:>6.2f}")


if __name__ == "__main__":
    main()
