"""The level, index and comparability of one standard."""

from __future__ import annotations

from fractions import Fraction

from .result import Index
from .standards import Criterion, ScoringRules
from .tally import Tally


def standard_level(tally: Tally, rules: ScoringRules) -> int | None:
    """The highest level that enough answered criteria reach and that the core criterion allows.

    None when too few applicable criteria are answered, or the core criterion is not.
    """
    if not tally.answered or tally.answered < answers_needed(tally, rules) or tally.unanswered_core:
        return None
    needed = criteria_needed(tally, rules)
    for level in range(len(tally.counts) - 1, 0, -1):
        if tally.at_least(level) >= needed and not core_below(tally, rules, level):
            return level
    return 0


def answers_needed(tally: Tally, rules: ScoringRules) -> int:
    """How many applicable criteria must be answered before there is a level."""
    return share_of(rules.min_answered, len(tally.applicable))


def criteria_needed(tally: Tally, rules: ScoringRules) -> int:
    """How many answered criteria must be at a level or above for the standard to be at it."""
    return share_of(rules.share, tally.answered)


def share_of(share: Fraction, number: int) -> int:
    """The smallest whole number that is at least this share of a number."""
    return -(-number * share.numerator // share.denominator)


def core_below(tally: Tally, rules: ScoringRules, level: int) -> tuple[Criterion, ...]:
    """The answered core criteria that are too low for the standard to be at this level."""
    lowest = level - rules.core_within
    return tuple(item for item in tally.core if tally.levels.get(item.id, lowest) < lowest)


def is_comparable(tally: Tally, rules: ScoringRules) -> bool:
    """Whether few enough criteria are not applicable for the standard to be compared with others'."""
    in_scope = len(tally.applicable) + tally.not_applicable
    return tally.not_applicable <= rules.not_applicable_limit * in_scope


def index(tally: Tally, top: int) -> Index:
    """Weighted share of the highest level, with its range; for trends only."""
    total = sum(criterion.weight for criterion in tally.applicable)
    if not total:
        return Index(None, None, None)
    weight = points = 0
    for criterion in tally.applicable:
        if criterion.id in tally.levels:
            weight += criterion.weight
            points += criterion.weight * tally.levels[criterion.id]
    value = Fraction(points, top * weight) if weight else None
    low, high = points, points + top * (total - weight)
    return Index(value, Fraction(low, top * total), Fraction(high, top * total))
