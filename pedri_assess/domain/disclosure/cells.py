"""What may be shown of a network to one audience, and what is hidden, why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .network import Cut
from .rules import Bound

# Why a figure is hidden, in the words of SACRO's statbarns
THRESHOLD = "threshold"  # the group is too small
CLASS = "class-disclosure"  # nearly all of the group are alike
COMPLEMENTARY = "complementary"  # with other figures of the same wave it could give somebody away
DIFFERENCING = "differencing"  # so it could with figures of earlier waves
REASONS = (THRESHOLD, CLASS, COMPLEMENTARY, DIFFERENCING)


@dataclass(frozen=True)
class Shown:
    """The share of a group that is at `level` or above: a band, rounded to halves or quarters.

    An end without a bound is open: nothing is said about how few, or how many.
    """

    level: int
    above: Bound | None
    below: Bound | None


@dataclass(frozen=True)
class Hidden:
    """Why nothing is shown: codes of REASONS."""

    reasons: tuple[str, ...]


Figure = Shown | Hidden


@dataclass(frozen=True)
class Summary:
    """A standard: in how many criteria at least half are at the level or above, at most half, or hidden.

    It follows from the figures of its criteria alone, so it tells nothing that they do not.
    """

    half_or_more: int
    fewer_than_half: int
    hidden: int


@dataclass(frozen=True)
class Cell:
    """One group of one wave. `organisations` is at least so many, in fives; None where the group is small."""

    cut: Cut
    group: Mapping[str, str]
    organisations: int | None
    criteria: Mapping[str, Figure]
    standards: Mapping[str, Summary] = field(default_factory=dict)


@dataclass(frozen=True)
class ReleasedWave:
    """All cells of one wave, cut by cut."""

    id: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class OwnFigure:
    """What the organisation that looks knows of itself, beside what it is shown. No answer: no `level`."""

    level: int | None
    figure: Figure


@dataclass(frozen=True)
class OwnCell:
    """A cell that counts the organisation that looks, with its own levels."""

    wave: str
    cell: Cell
    criteria: Mapping[str, OwnFigure]


@dataclass(frozen=True)
class Viewer:
    """What one organisation sees of itself among others."""

    id: str
    cells: tuple[OwnCell, ...]


@dataclass(frozen=True)
class Release:
    """Everything that any page, file or report may show to an audience, by one method."""

    method: str
    audience: str
    scale: tuple[str, ...]
    target: int
    waves: tuple[ReleasedWave, ...]
    viewer: Viewer | None = None

    def cells(self) -> Iterator[tuple[ReleasedWave, Cell]]:
        """Every cell, with its wave."""
        return ((wave, cell) for wave in self.waves for cell in wave.cells)
