"""Batches of sheets as a lead sees them before closing: how many and how alike, never what they say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Batch:
    """How many sheets came together, how many of them are like another one, and how many have words."""

    number: int
    sheets: int
    alike: int
    with_words: int

    @property
    def facts(self) -> tuple[int, int, int]:
        """All that is to be seen of it."""
        return self.sheets, self.alike, self.with_words


@dataclass(frozen=True)
class Run:
    """Batches that follow each other and look the same, from `first` to the number `last`."""

    first: Batch
    last: int

    @property
    def span(self) -> tuple[int, int]:
        """The numbers of its first and its last batch."""
        return self.first.number, self.last


def runs(batches: Sequence[Batch]) -> tuple[Run, ...]:
    """Batches in their order, those that look the same and follow each other as one."""
    found: list[Run] = []
    for batch in batches:
        before = found[-1] if found else None
        if before and before.last + 1 == batch.number and before.first.facts == batch.facts:
            found[-1] = Run(before.first, batch.number)
        else:
            found.append(Run(batch, batch.number))
    return tuple(found)


def within(numbers: Iterable[int], spans: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """The numbers that lie in one of the spans, in their order."""
    return tuple(number for number in numbers if any(first <= number <= last for first, last in spans))
