"""The answers to one standard's criteria, sorted into applicable, answered and not applicable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .assessment import Assessment
from .standards import Criterion


@dataclass(frozen=True)
class Tally:
    """What scoring needs to know of a standard. `counts` is the number of criteria at each level."""

    applicable: tuple[Criterion, ...]
    levels: dict[str, int]
    not_applicable: int
    counts: tuple[int, ...]

    @classmethod
    def of(cls, criteria: Iterable[Criterion], assessment: Assessment, top: int) -> Tally:
        """Sorts the criteria in scope by how they are answered."""
        applicable: list[Criterion] = []
        levels: dict[str, int] = {}
        counts = [0] * (top + 1)
        left_out = 0
        for criterion in criteria:
            answer = assessment.answer(criterion.id)
            if answer.not_applicable:
                left_out += 1
                continue
            applicable.append(criterion)
            if answer.level is not None:
                levels[criterion.id] = answer.level
                counts[answer.level] += 1
        return cls(tuple(applicable), levels, left_out, tuple(counts))

    @property
    def answered(self) -> int:
        """How many applicable criteria have a level."""
        return len(self.levels)

    @property
    def core(self) -> tuple[Criterion, ...]:
        """The core criteria that are applicable; one that is not applicable sets no limit."""
        return tuple(criterion for criterion in self.applicable if criterion.core)

    @property
    def unanswered_core(self) -> tuple[Criterion, ...]:
        """Applicable core criteria without a level."""
        return tuple(criterion for criterion in self.core if criterion.id not in self.levels)

    def at_least(self, level: int) -> int:
        """How many criteria are at this level or above."""
        return sum(self.counts[level:])
