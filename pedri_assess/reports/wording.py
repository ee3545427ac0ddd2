"""Small pieces of English that several sections need: counted nouns, lists, dates, percentages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from ..domain.languages import to_translate
from ..domain.times import moment

MONTHS = (
    to_translate("January"),
    to_translate("February"),
    to_translate("March"),
    to_translate("April"),
    to_translate("May"),
    to_translate("June"),
    to_translate("July"),
    to_translate("August"),
    to_translate("September"),
    to_translate("October"),
    to_translate("November"),
    to_translate("December"),
)


def counted(number: int, one: str, many: str = "") -> str:
    """1 criterion, 3 criteria; without `many`, an s is added."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def criteria(number: int) -> str:
    """1 criterion, 3 criteria."""
    return counted(number, "criterion", "criteria")


def listed(items: Sequence[str]) -> str:
    """One, two and three."""
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def day(iso: str, months: Sequence[str] = MONTHS) -> str:
    """23 November 2026, for 2026-11-23; nothing for nothing. Raises ValueError for what is no day."""
    if not iso:
        return ""
    when = date.fromisoformat(iso)
    return f"{when.day} {months[when.month - 1]} {when.year}"


def moment_words(at: str) -> str:
    """23 November 2026, 09:30 for a stamp in UTC; the same in every place. Raises ValueError."""
    when = moment(at)
    return f"{day(when.date().isoformat())}, {when:%H:%M}"


def percent(share: Fraction) -> str:
    """60%, or 33.3% where it is not whole."""
    return f"{float(share * 100):.4g}%"


def starting_small(text: str) -> str:
    """The words with a small first letter, for the middle of a sentence; an abbreviation stays as it is."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
