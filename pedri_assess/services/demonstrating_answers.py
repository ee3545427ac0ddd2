"""Answers and moments of the demonstration: invented, uneven, and the same every time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle

from ..domain.assessment import Answer
from ..domain.said import Said
from ..domain.standards import Criterion, Framework
from . import Context
from .answers import question, save_answer

EVIDENCE = (
    "Plain-language checklist, version 2, used for every leaflet since March. Kept with the project files.",
    "Minutes of the public panel of 12 May: eight people, two sites, travel and time paid.",
    "Survey after each event: 41 answers in the last year, read out at the team meeting.",
    "Page about the data on our website, last reviewed by two public contributors in the spring.",
    "Done in two of five projects; the others plan it. No document yet.",
)
REASONS = (
    "It happens each time, and the panel checked it.",
    "Written down, and done by everyone in the team.",
    "It changed a decision last year: the consent letter.",
)


def answer_all(
    context: Context,
    made: str,
    criteria: Sequence[Criterion],
    who: Sequence[str],
    framework: Framework,
    *,
    confirm: bool = False,
) -> None:
    """Answers criteria in turns; `confirm` also does what is to do about what came along from before."""
    # An uneven picture: every level is there, most of it in the middle, and some is not known
    levels = cycle((1, 2, 2, 0, 3, 1, 2, 1, 3, 2, 0))
    texts, reasons, writers = cycle(EVIDENCE), cycle(REASONS), cycle(who)
    for number, criterion in enumerate(criteria):
        level = min(next(levels), framework.top)
        answer = Answer(
            level=level,
            confidence=min(level + number % 2, len(framework.confidence) - 1),
            evidence=next(texts),
            reason=next(reasons) if level >= framework.scoring.reason_from else "",
        )
        said = Said(Answer(dont_know=True)) if number % 13 == 12 else Said(answer)
        writer = next(writers)
        expected = question(context, made, criterion.id, writer).saved.changes
        save_answer(context, made, criterion.id, writer, said, expected, confirm=confirm)


def ago(context: Context, days: int) -> Context:
    """The same world so many days ago."""

    def now() -> datetime:
        return context.now() - timedelta(days=days)

    return replace(context, now=now, today=lambda: now().date())
