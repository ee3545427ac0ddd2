"""What the organisation and those who run the service say in their own words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..report import Report, Written
from .base import Section

_BETWEEN = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True)
class Introduction(Section):
    """The organisation's own introduction."""

    name = "introduction"
    title = "Introduction"

    paragraphs: tuple[Written, ...]


@dataclass(frozen=True)
class StandingText(Section):
    """What those who run the service say in every report."""

    name = "standing_text"
    title = "About this service"

    paragraphs: tuple[Written, ...]


def introduction(report: Report) -> Introduction | None:
    """The introduction; None where there is none."""
    paragraphs = _paragraphs(report.edition.introduction)
    return Introduction(paragraphs) if paragraphs else None


def standing_text(report: Report) -> StandingText | None:
    """The standing text; None where there is none."""
    paragraphs = _paragraphs(report.edition.standing_text)
    return StandingText(paragraphs) if paragraphs else None


def _paragraphs(text: str) -> tuple[Written, ...]:
    return tuple(Written(part.strip()) for part in _BETWEEN.split(text) if part.strip())
