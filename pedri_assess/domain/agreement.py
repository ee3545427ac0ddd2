"""How far people who rate alone agree, over many criteria: for those who look after the standards' words.

Krippendorff's alpha for levels in order: 1 where all agree, 0 where they agree no more than by chance, below
0 where they agree less. It says something of the instrument, and nothing of an organisation: with few raters,
few criteria or little variation it jumps about, and then it is not shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from .languages import to_translate

LEAST_RATERS = 3
LEAST_CRITERIA = 10  # that two people or more rated

TOO_FEW_RATERS = to_translate("hidden: fewer than 3 people rated alone")
TOO_FEW_CRITERIA = to_translate("hidden: fewer than 10 criteria were rated by two people or more")
NO_VARIATION = to_translate(
    "hidden: everyone chose the same level everywhere, so agreement cannot be told from habit"
)

Unit = Sequence[int]  # the levels that people chose for one thing


@dataclass(frozen=True)
class Agreement:
    """Alpha, exactly, or None where `hidden` says why. `raters` is how many people there are at least."""

    alpha: Fraction | None
    raters: int
    criteria: int
    hidden: str = ""


def agreement(places: Iterable[Mapping[str, Unit]]) -> Agreement:
    """The agreement over all places (organisations), each with what its people chose by criterion.

    A criterion at a place is one thing that is rated. Who rated what is not known, so a place has at least as
    many raters as chose a level for one criterion.
    """
    every = [{name: unit for name, unit in place.items() if len(unit) > 1} for place in places]
    raters = sum(max(map(len, place.values()), default=0) for place in every)
    criteria = len({name for place in every for name in place})
    units = [unit for place in every for unit in place.values()]
    if raters < LEAST_RATERS:
        return Agreement(None, raters, criteria, TOO_FEW_RATERS)
    if criteria < LEAST_CRITERIA:
        return Agreement(None, raters, criteria, TOO_FEW_CRITERIA)
    alpha = ordinal_alpha(units)
    return Agreement(alpha, raters, criteria, NO_VARIATION if alpha is None else "")


def ordinal_alpha(units: Iterable[Unit]) -> Fraction | None:
    """Krippendorff's alpha with the ordinal metric; None where all levels are the same, or nothing pairs.

    A thing that one person rated counts for nothing.
    """
    alike = Counter(tuple(sorted(unit)) for unit in units if len(unit) > 1)  # few kinds, each of them often
    chosen: Counter[int] = Counter()
    for unit, times in alike.items():
        for level in unit:
            chosen[level] += times
    apart = _distances(chosen)
    expected = _sum(chosen, apart)
    if not expected:
        return None
    observed = sum(
        (Fraction(times * _sum(Counter(unit), apart), len(unit) - 1) for unit, times in alike.items()),
        Fraction(),
    )
    return 1 - (chosen.total() - 1) * observed / expected


def _sum(counts: Counter[int], apart: Mapping[tuple[int, int], int]) -> int:
    """The distances of all ordered pairs."""
    return sum(counts[one] * counts[other] * apart[one, other] for one in counts for other in counts)


def _distances(chosen: Counter[int]) -> dict[tuple[int, int], int]:
    """How far two levels are apart: the square of how many choices lie between their middles.

    Four times that, to stay in whole numbers; it cancels out.
    """
    levels = sorted(chosen)
    ends = accumulate(chosen[level] for level in levels)
    middles = {level: 2 * end - chosen[level] for level, end in zip(levels, ends, strict=True)}
    return {(one, other): (middles[one] - middles[other]) ** 2 for one in levels for other in levels}
