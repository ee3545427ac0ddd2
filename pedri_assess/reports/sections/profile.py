"""The profile: how many criteria stand at each level, and how far from its target each standard is."""

from __future__ import annotations

from dataclasses import dataclass

from ...domain.languages import to_translate
from ...domain.standards import Level
from ..charts import level_class
from ..report import Bar, Report
from .base import Section


@dataclass(frozen=True)
class Key:
    """What the pictures are made of: each level with the classes of its colours, and what else occurs."""

    levels: tuple[tuple[Level, str], ...]
    has_unanswered: bool
    has_not_applicable: bool


@dataclass(frozen=True)
class Profile(Section):
    """The pictures of all standards, each beside its numbers, and their key."""

    name = "profile"
    title = to_translate("Profile")

    bars: tuple[Bar, ...]
    key: Key


def profile(report: Report) -> Profile:
    """The profile of every standard in scope."""
    return Profile(report.bars, key(report))


def key(report: Report) -> Key:
    """The key to the pictures of all standards in scope."""
    top = report.framework.top
    return Key(
        levels=tuple((level, level_class(level, top)) for level in report.framework.scale),
        has_unanswered=any(standard.unanswered for standard in report.result.standards),
        has_not_applicable=any(standard.not_applicable for standard in report.result.standards),
    )
