"""An exact attacker that reckons: with sums of unknowns, over the rationals, and with what bounds leave."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Generic, TypeVar

V = TypeVar("V", bound=Hashable)


@dataclass(frozen=True)
class Sum(Generic[V]):
    """A published sum of unknowns that are each 0 or 1: it lies from low to high."""

    of: frozenset[V]
    low: int
    high: int


def in_the_span(sums: Iterable[Sum[V]], known: Mapping[V, int]) -> dict[V, Fraction]:
    """Unknowns that follow exactly from the sums that are exact and from what is known already.

    Rows are reduced over the rationals until each has an unknown of its own; a row with no other unknown left
    gives its value.
    """
    reduced: dict[V, dict[V, Fraction]] = {}
    values: dict[V, Fraction] = {}
    for each in sums:
        if each.low != each.high:
            continue
        row = {name: Fraction(1) for name in each.of if name not in known}
        value = Fraction(each.low - sum(known.get(name, 0) for name in each.of))
        for pivot, other in reduced.items():
            factor = row.get(pivot, Fraction(0))
            if factor:
                _subtract(row, other, factor)
                value -= factor * values[pivot]
        if row:
            _add_row(reduced, values, row, value)
    return {pivot: values[pivot] for pivot, row in reduced.items() if len(row) == 1}


def _add_row(
    reduced: dict[V, dict[V, Fraction]], values: dict[V, Fraction], row: dict[V, Fraction], value: Fraction
) -> None:
    pivot = next(iter(row))
    scale = row[pivot]
    row = {name: factor / scale for name, factor in row.items()}
    value /= scale
    for other, earlier in reduced.items():
        factor = earlier.get(pivot, Fraction(0))
        if factor:
            _subtract(earlier, row, factor)
            values[other] -= factor * value
    reduced[pivot], values[pivot] = row, value


def _subtract(row: dict[V, Fraction], other: Mapping[V, Fraction], factor: Fraction) -> None:
    for name, coefficient in other.items():
        left = row.get(name, Fraction(0)) - factor * coefficient
        if left:
            row[name] = left
        else:
            row.pop(name, None)


@dataclass
class Bounds(Generic[V]):
    """Reckons with bounds: what each sum, a difference of two, and a whole less its parts leave possible."""

    sums: Sequence[Sum[V]]
    known: dict[V, int] = field(default_factory=dict)

    def found(self) -> dict[V, int]:
        """Unknowns that can only have one value."""
        start = set(self.known)
        while self._once():
            pass
        return {name: value for name, value in self.known.items() if name not in start}

    def _once(self) -> bool:
        before = len(self.known)
        for each in self.sums:
            self._forced(each.of, frozenset(), each.low, each.high)
        for one in self.sums:
            for other in self.sums:
                if one is not other and one.of & other.of:
                    low, high = one.low - other.high, one.high - other.low
                    self._forced(one.of - other.of, other.of - one.of, low, high)
        for whole in self.sums:
            parts = [part for part in self.sums if part.of < whole.of]
            for family in _families(parts):
                rest = whole.of.difference(*(part.of for part in family))
                low = whole.low - sum(part.high for part in family)
                high = whole.high - sum(part.low for part in family)
                self._forced(rest, frozenset(), low, high)
        return len(self.known) > before

    def _forced(self, plus: frozenset[V], minus: frozenset[V], low: int, high: int) -> None:
        """What follows when the first unknowns less the second are from low to high."""
        loose_plus = [name for name in plus if name not in self.known]
        loose_minus = [name for name in minus if name not in self.known]
        sure = sum(self.known.get(name, 0) for name in plus) - sum(self.known.get(name, 0) for name in minus)
        if low - sure >= len(loose_plus) > -len(loose_minus):
            self.known.update({**dict.fromkeys(loose_plus, 1), **dict.fromkeys(loose_minus, 0)})
        elif high - sure <= -len(loose_minus) < len(loose_plus):
            self.known.update({**dict.fromkeys(loose_plus, 0), **dict.fromkeys(loose_minus, 1)})


def _families(parts: Sequence[Sum[V]]) -> Iterable[list[Sum[V]]]:
    """Parts that have nothing in common, each family as large as it gets, begun with each part in turn."""
    for first in range(len(parts)):
        family: list[Sum[V]] = []
        for part in (*parts[first:], *parts[:first]):
            if all(not part.of & other.of for other in family):
                family.append(part)
        yield family
