"""The profile: how many criteria stand at each level, standard by standard."""

from __future__ import annotations

from dataclasses import dataclass

from ...domain.standards import Level
from ..charts import level_class
from ..report import Bar, Report
from .base import Section

# With more columns, or with words that would break, headings are numbers and the key gives the words
MOST_NAMED_LEVELS = 5
LONGEST_WORD = 12


@dataclass(frozen=True)
class Profile(Section):
    """All bars, their key, and the table that says the same."""

    name = "profile"
    title = "Profile"

    bars: tuple[Bar, ...]
    key: tuple[tuple[Level, str], ...]
    has_unanswered: bool
    has_not_applicable: bool
    names_levels: bool


def profile(report: Report) -> Profile:
    """The profile of every standard in scope."""
    top = report.framework.top
    return Profile(
        bars=report.bars,
        key=tuple((level, level_class(level, top)) for level in report.framework.scale),
        has_unanswered=any(standard.unanswered for standard in report.result.standards),
        has_not_applicable=any(standard.not_applicable for standard in report.result.standards),
        names_levels=_fit(report.framework.scale),
    )


def _fit(scale: tuple[Level, ...]) -> bool:
    longest = max(len(word) for level in scale for word in level.label.split())
    return len(scale) <= MOST_NAMED_LEVELS and longest <= LONGEST_WORD
