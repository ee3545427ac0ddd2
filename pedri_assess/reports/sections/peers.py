"""Where the organisation stands beside its peers, in bands that a published wave of benchmarks shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from markupsafe import Markup

from ...domain.languages import to_translate
from ...domain.peers import PeerFigure
from ...domain.standards import Level
from ..charts import share_band
from ..report import Report, Row
from ..wording import counted, day
from .base import Section

HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Peer:
    """One criterion: the own row, and what is said of all."""

    row: Row
    figure: PeerFigure
    level: Level
    top: int

    @property
    def own(self) -> str:
        """The own level in words."""
        return str(self.row.level.label) if self.row.level else "No level"

    @cached_property
    def svg(self) -> Markup | None:
        """The band as a picture; None where it is hidden."""
        low, high = self.figure.low, self.figure.high
        if low is None or high is None:
            return None
        return share_band(low, high, self.level, self.top, f"{self.row.criterion.id}: {self.figure.words}")

    @property
    def most_are(self) -> bool:
        """Whether at least half are at the level or above."""
        return self.figure.low is not None and self.figure.low >= HALF


@dataclass(frozen=True)
class BesidePeers(Section):
    """All criteria in scope of which anything is shown, and how many are hidden, with the reasons."""

    name = "peers"
    title = to_translate("Beside your peers")

    told: str
    level: Level
    items: tuple[Peer, ...]
    behind: tuple[Peer, ...]
    ahead: tuple[Peer, ...]
    hidden: tuple[tuple[str, int], ...]


def peers(report: Report) -> BesidePeers | None:
    """What the wave says of the criteria in scope; None without a wave that counts the organisation."""
    found, framework = report.edition.peers, report.framework
    if found is None:
        return None
    level = framework.scale[found.level]
    in_scope = {row.criterion.id: row for row in report.rows}
    every = [
        Peer(in_scope[item.criterion], item, level, framework.top)
        for item in found.figures
        if item.criterion in in_scope
    ]
    shown = tuple(item for item in every if item.svg)
    many = (
        f"at least {counted(found.organisations, 'organisation')}"
        if found.organisations
        else "few organisations"
    )
    return BesidePeers(
        f"The wave “{found.wave}” of benchmarks, published on {day(found.day)}, counts {many}.",
        level,
        shown,
        tuple(
            item for item in shown if item.most_are and item.row.level and item.row.level.value < level.value
        ),
        tuple(
            item
            for item in shown
            if not item.most_are and item.row.level and item.row.level.value >= level.value
        ),
        tuple(Counter(item.figure.words for item in every if not item.svg).most_common()),
    )
