"""Criteria that are coming: shown ahead, and not counted yet."""

from __future__ import annotations

from dataclasses import dataclass

from ...domain.moved import answer_words
from ...domain.standards import Criterion
from ..report import Report
from ..wording import day
from .base import Section


@dataclass(frozen=True)
class Ahead:
    """A criterion that is coming: from which day it counts, and what is said of it so far."""

    criterion: Criterion
    counts_from: str
    words: str


@dataclass(frozen=True)
class Coming(Section):
    """What the standards ask from a later day on."""

    name = "coming"
    title = "What will count later"

    items: tuple[Ahead, ...]


def coming(report: Report) -> Coming | None:
    """The criteria in scope that count from a later day, the nearest first; None where there is none."""
    found = [
        Ahead(item, day(item.counts_from), answer_words(report.assessment.answer(item.id), report.framework))
        for standard in report.framework.standards
        for item in report.assessment.coming(standard)
    ]
    found.sort(key=lambda ahead: ahead.criterion.counts_from)
    return Coming(tuple(found)) if found else None
