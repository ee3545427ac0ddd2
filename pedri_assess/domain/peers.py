"""What a published wave says of an organisation's peers, as its report tells it: bands, nobody's levels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from .disclosure import PARTNER, Cell, Figure, Hidden, Release, sentence
from .errors import Fault
from .paths import ROOT, at, shown, suggestion
from .standards import Framework

Document = dict[str, Any]

NOTHING, ALL = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class PeerFigure:
    """A criterion: the share of the organisations at the level or above lies between two shares.

    Both are None where the figure is hidden; `words` say it, or why it is hidden.
    """

    criterion: str
    low: Fraction | None
    high: Fraction | None
    words: str


@dataclass(frozen=True)
class Peers:
    """All organisations of a wave: its name and day, how many at least, the level that figures are about."""

    wave: str
    day: str
    organisations: int | None
    level: int
    figures: tuple[PeerFigure, ...]


def peers_in(released: Release, wave: str, day: str) -> Peers | None:
    """The whole network in the release of one wave to partners; None where nobody is counted."""
    cell = next((each for each in released.waves[0].cells if not each.group), None)
    return (
        Peers(wave, day, cell.organisations, released.target, tuple(_figures(cell, released)))
        if cell
        else None
    )


def _figures(cell: Cell, released: Release) -> Iterator[PeerFigure]:
    label = released.scale[released.target]
    for criterion, figure in cell.criteria.items():
        yield PeerFigure(criterion, *_ends(figure), sentence(figure, PARTNER, label))


def _ends(figure: Figure) -> tuple[Fraction | None, Fraction | None]:
    if isinstance(figure, Hidden):
        return None, None
    low, high = figure.above, figure.below
    return (low.share if low else NOTHING), (high.share if high else ALL)


def peers_document(peers: Peers) -> Document:
    """Plain JSON values; `peers_from` reads them."""
    figures = [
        {
            "criterion": item.criterion,
            "low": None if item.low is None else str(item.low),
            "high": None if item.high is None else str(item.high),
            "words": item.words,
        }
        for item in peers.figures
    ]
    return {**vars(peers), "figures": figures}


def peers_from(document: Document) -> Peers:
    """What a checked document says."""
    figures = tuple(
        PeerFigure(item["criterion"], _share(item["low"]), _share(item["high"]), item["words"])
        for item in document["figures"]
    )
    return Peers(**{**document, "figures": figures})


def _share(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def peers_faults(document: Document, framework: Framework) -> Iterator[Fault]:
    """What is wrong in a document of the right shape."""
    path, known = at(ROOT, "peers"), [item.id for item in framework.criteria]
    try:
        date.fromisoformat(document["day"])
    except ValueError:
        yield Fault(
            at(path, "day"), f"there is no day {shown(document['day'])}", "expected a day of the calendar"
        )
    if document["level"] > framework.top:
        expected = f"expected a level of the scale, 1 to {framework.top}"
        yield Fault(at(path, "level"), f"there is no level {document['level']}", expected)
    for index, item in enumerate(document["figures"]):
        place = at(at(path, "figures"), index)
        if item["criterion"] not in known:
            name = item["criterion"]
            yield Fault(
                at(place, "criterion"), f"there is no criterion {shown(name)}", suggestion(name, known)
            )
        if (item["low"] is None) != (item["high"] is None):
            yield Fault(at(place, "low"), "one end is missing", "expected both ends of the band, or neither")
