"""Sheets of paper of a panel: the letters beside the answers, and reading them back as they were typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from .errors import Told
from .languages import to_translate
from .panels import PAPER_FROM

UNKNOWN = "?"  # what may be typed for "I do not know", beside its letter
MOST_SHEETS = 60  # in one batch
Cell = tuple[bool, int | None]  # whether it was answered, and the level; None for not knowing
NO_LETTER = to_translate("Type a letter from %(first)s to %(last)s, or leave it empty")


class NoLetter(Told, ValueError):
    """What was typed for an answer is none of its letters."""


@dataclass(frozen=True)
class Sheets:
    """What was typed. `sheets` has for each sheet the level by criterion, None for not knowing, and nothing
    for a question without an answer; `words` has the comments by criterion."""

    sheets: tuple[dict[str, int | None], ...]
    words: dict[str, tuple[str, ...]]

    @property
    def answers(self) -> int:
        """How many answers there are on all sheets."""
        return sum(len(sheet) for sheet in self.sheets)

    @property
    def comments(self) -> int:
        """How many comments there are."""
        return sum(len(said) for said in self.words.values())


def letters(top: int) -> tuple[str, ...]:
    """The letters of the levels of a scale up to `top`, and the one for not knowing."""
    return tuple(ascii_lowercase[: top + 2])


def read_cell(typed: str, top: int) -> Cell:
    """One answer as it was typed; nothing is no answer. Raises NoLetter for other letters."""
    letter = typed.strip().lower()
    if not letter:
        return False, None
    known = letters(top)
    if letter in (UNKNOWN, known[-1]):
        return True, None
    if letter not in known:
        raise NoLetter(NO_LETTER, first=known[0], last=known[-1])
    return True, known.index(letter)


def read_sheet(cells: Sequence[Cell], criteria: Sequence[str]) -> dict[str, int | None]:
    """A row as a sheet: what is answered, by criterion."""
    return {name: level for name, (answered, level) in zip(criteria, cells, strict=True) if answered}


def batch_number(count: int) -> int:
    """The batch of the sheets that were typed in as the `count`th lot, counted from 1."""
    return PAPER_FROM - 1 + count


def batch_name(number: int) -> tuple[str, int]:
    """What a batch is called, as words with a place for a number, and the number: Batch 3, Paper 1."""
    if number >= PAPER_FROM:
        return to_translate("Paper %(number)s"), number - PAPER_FROM + 1
    return to_translate("Batch %(number)s"), number
