"""Random networks whose groups have the sizes of a given table, and what becomes of them wave by wave."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from pedri_assess.domain.disclosure import Cut, Network, Organisation, Wave

# Type, nation and size of a group, and how many organisations it has (or what share of all)
Table = Mapping[tuple[str, str, str], float]

# About fifteen organisations of five types in four nations: what a first round may look like
FIRST_ROUND: Table = {
    ("charity", "England", "small"): 2,
    ("charity", "Scotland", "small"): 1,
    ("charity", "Wales", "small"): 1,
    ("funder", "England", "large"): 2,
    ("funder", "Scotland", "middle"): 1,
    ("government", "England", "large"): 1,
    ("government", "Northern Ireland", "middle"): 1,
    ("nhs", "England", "large"): 2,
    ("nhs", "Wales", "large"): 1,
    ("university", "England", "large"): 2,
    ("university", "Scotland", "large"): 1,
}
# The people of the four nations in a hundred (mid-2022, rounded), times kinds of organisations as skewed
NATIONS = {"England": 84, "Scotland": 8, "Wales": 5, "Northern Ireland": 3}
TYPES = {"university": 40, "nhs": 30, "charity": 15, "government": 10, "funder": 5}
SIZES = {"large": 50, "middle": 30, "small": 20}
SKEWED: Table = {
    (kind, nation, size): TYPES[kind] * NATIONS[nation] * SIZES[size]
    for kind in TYPES
    for nation in NATIONS
    for size in SIZES
}
# Groups of much the same size: what differencing has least to work with
EVEN: Table = {(kind, nation, size): 1 for kind in "ABC" for nation in "XY" for size in "12"}
TABLES = (FIRST_ROUND, SKEWED, EVEN)

WHOLE = Cut()
BY_TYPE, BY_NATION, BY_SIZE = Cut(("type",)), Cut(("nation",)), Cut(("size",))
CUTS = (WHOLE, BY_TYPE, BY_NATION, BY_SIZE)


@dataclass(frozen=True)
class Course:
    """How a network goes on: shares of organisations from one wave to the next, and of answers left out."""

    waves: int = 3
    joining: float = 0.15
    leaving: float = 0.1
    back: float = 0.3  # of those that left
    changing: float = 0.3  # a level, where there is one
    blank: float = 0.05
    not_public: float = 0.0
    weights: Sequence[float] = (2, 3, 3, 2)  # how common each level is
    criteria: int = 1


@dataclass
class _Growing:
    """Organisations that are there, and those that left."""

    table: Table
    course: Course
    rng: random.Random
    here: dict[str, Organisation] = field(default_factory=dict)
    gone: dict[str, Organisation] = field(default_factory=dict)
    numbers: count[int] = field(default_factory=count)

    def level(self) -> int | None:
        if self.rng.random() < self.course.blank:
            return None
        return self.rng.choices(range(len(self.course.weights)), self.course.weights)[0]

    def join(self) -> None:
        kind, nation, size = self.rng.choices(list(self.table), list(self.table.values()))[0]
        name = f"o{next(self.numbers):03}"
        groups = {"type": kind, "nation": nation, "size": size}
        levels = {f"C{number}": self.level() for number in range(self.course.criteria)}
        public = self.rng.random() >= self.course.not_public
        self.here[name] = Organisation(name, groups, levels, public)

    def go_on(self) -> None:
        for name in list(self.gone):
            if self.rng.random() < self.course.back:
                self.here[name] = self.gone.pop(name)
        for name, one in list(self.here.items()):
            if self.rng.random() < self.course.leaving:
                self.gone[name] = self.here.pop(name)
                continue
            levels = {
                criterion: self.level() if self.rng.random() < self.course.changing else level
                for criterion, level in one.levels.items()
            }
            self.here[name] = Organisation(name, one.groups, levels, one.public)


def random_network(
    rng: random.Random, number: int, table: Table, course: Course, cuts: Sequence[Cut] = CUTS
) -> Network:
    """A network that begins with about `number` organisations drawn from a table of group sizes."""
    growing = _Growing(table, course, rng)
    for _ in range(number):
        growing.join()
    waves = []
    for wave in range(course.waves):
        if wave:
            growing.go_on()
            for _ in range(sum(rng.random() < course.joining for _ in range(number))):
                growing.join()
        waves.append(Wave(str(2026 + wave), tuple(growing.here[name] for name in sorted(growing.here))))
    return Network(tuple(cuts), tuple(waves))


def random_course(rng: random.Random) -> Course:
    """Some way to go on: quiet or lively, level or skewed answers."""
    return Course(
        waves=rng.choice([1, 2, 3, 4]),
        joining=rng.choice([0, 0.05, 0.2, 0.5]),
        leaving=rng.choice([0, 0.05, 0.2]),
        changing=rng.choice([0, 0.1, 0.3, 0.6]),
        blank=rng.choice([0, 0, 0.05, 0.2]),
        not_public=rng.choice([0, 0, 0.2]),
        weights=rng.choice([(1, 1, 1, 1), (2, 4, 3, 1), (0, 1, 5, 2), (1, 0, 0, 8), (8, 2, 0, 0)]),
    )


def answers(levels: Sequence[int | None], **groups: Sequence[str]) -> Wave:
    """One wave of organisations with these levels of one criterion, and their groups in the same order."""
    return Wave(
        "2026",
        tuple(
            Organisation(
                f"o{number:03}", {name: values[number] for name, values in groups.items()}, {"C0": level}
            )
            for number, level in enumerate(levels)
        ),
    )
