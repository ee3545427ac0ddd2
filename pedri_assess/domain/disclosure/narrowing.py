"""Which answers are out of the question, by what was published before: then they need no cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .candidate import Candidate
from .worlds import Kind

_MOST_KINDS = 150  # narrowing looks at every kind in every round; beyond this, any answer counts as possible
_MOST_ROUNDS = 20


def within_reach(candidate: Candidate, low: int, high: int) -> bool:
    """Whether `low` to `high` of the group may be on the upper side; False only when that is certain."""
    if not all(_beside(candidate, index, low, high) for index, many in enumerate(candidate.shared) if many):
        return False
    return len(candidate.sizes) > _MOST_KINDS or _narrowed(candidate, low, high)


def _beside(candidate: Candidate, index: int, low: int, high: int) -> bool:
    """Whether it agrees with one earlier figure, of which any of the ranges may hold."""
    figure, shared = candidate.before[index], candidate.shared[index]
    others = candidate.number - shared
    for least, most in figure.ranges:
        from_, to = max(0, least - (figure.number - shared)), min(shared, most)
        if from_ <= to and max(low, from_) <= min(high, to + others):
            return True
    return False


@dataclass(frozen=True)
class _Sum:
    kinds: list[Kind]
    low: int
    high: int


def _narrowed(candidate: Candidate, low: int, high: int) -> bool:
    """Narrows what each kind can be by every sum in turn; False when nothing is left for one of them."""
    sizes = candidate.sizes
    sums = [_Sum([kind for kind in sizes if kind & candidate.bit], low, high)]
    for figure in candidate.before:
        least, most = figure.ranges[0][0], figure.ranges[-1][1]
        if (least, most) != (0, figure.number):
            sums.append(_Sum([kind for kind in sizes if kind & figure.bit], least, most))
    return _consistent(sums, dict.fromkeys(sizes, 0), dict(sizes))


def _consistent(sums: Sequence[_Sum], least: dict[Kind, int], most: dict[Kind, int]) -> bool:
    for _ in range(_MOST_ROUNDS):
        changed = False
        for each in sums:
            narrower = _narrow(each, least, most)
            if narrower is None:
                return False
            changed = changed or narrower
        if not changed:
            break
    return True


def _narrow(each: _Sum, least: dict[Kind, int], most: dict[Kind, int]) -> bool | None:
    """Whether one sum narrows any of its kinds; None when it cannot be met."""
    floor = sum(least[kind] for kind in each.kinds)
    ceiling = sum(most[kind] for kind in each.kinds)
    if floor > each.high or ceiling < each.low:
        return None
    changed = False
    for kind in each.kinds:
        low = max(least[kind], each.low - (ceiling - most[kind]))
        high = min(most[kind], each.high - (floor - least[kind]))
        if (low, high) != (least[kind], most[kind]):
            floor, ceiling = floor + low - least[kind], ceiling + high - most[kind]
            least[kind], most[kind] = low, high
            changed = True
    return changed
