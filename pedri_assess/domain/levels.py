"""The level, index and comparability of one standard."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from .result import Index
from .standards import Criterion, ScoringRules
from .tally import Tally


def standard_level(tally: Tally, rules: ScoringRules) -> int | None:
    """The highest level that enough answered criteria reach and that the core criterion allows.

    None when too few applicable criteria are answered, or the core criterion is not.
    """
    if not tally.answered or tally.answered < answers_needed(tally, rules) or tally.unanswered_core:
        return None
    reached = [
        level
        for level in range(len(tally.counts))
        if tally.at_least(level) >= criteria_needed(tally, rules) and not core_below(tally, rules, level)
    ]
    return max(reached, default=0)


def answers_needed(tally: Tally, rules: ScoringRules) -> int:
    """How many applicable criteria must be answered before there is a level."""
    return ceil(rules.min_answered * len(tally.applicable))


def criteria_needed(tally: Tally, rules: ScoringRules) -> int:
    """How many answered criteria must be at a level or above for the standard to be at it."""
    return ceil(rules.share * tally.answered)


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
    total = sum((criterion.weight for criterion in tally.applicable), Fraction(0))
    if not total:
        return Index(None, None, None)
    answered = [criterion for criterion in tally.applicable if criterion.id in tally.levels]
    weight = sum((criterion.weight for criterion in answered), Fraction(0))
    points = sum((criterion.weight * tally.levels[criterion.id] for criterion in answered), Fraction(0))
    value = points / (top * weight) if weight else None
    return Index(value, points / (top * total), (points + top * (total - weight)) / (top * total))
