"""Disclosure control: what may be shown of a network of organisations without betraying one of them.

`release` decides everything; pages, charts, files and reports show what it gives and nothing else.
"""

from .cells import (
    REASONS,
    Cell,
    Figure,
    Hidden,
    OwnCell,
    OwnFigure,
    Release,
    ReleasedWave,
    Shown,
    Summary,
    Viewer,
)
from .documents import release_document, release_from
from .network import (
    USUAL_CUTS,
    Cut,
    Network,
    Organisation,
    Wave,
    network_document,
    network_faults,
    network_from,
)
from .releasing import release
from .rules import METHOD, PARTNER, PUBLIC
from .viewing import seen_by
from .words import MEANINGS, own_sentence, sentence, summary_sentence

__all__ = [
    "MEANINGS",
    "METHOD",
    "PARTNER",
    "PUBLIC",
    "REASONS",
    "USUAL_CUTS",
    "Cell",
    "Cut",
    "Figure",
    "Hidden",
    "Network",
    "Organisation",
    "OwnCell",
    "OwnFigure",
    "Release",
    "ReleasedWave",
    "Shown",
    "Summary",
    "Viewer",
    "Wave",
    "network_document",
    "network_faults",
    "network_from",
    "own_sentence",
    "release",
    "release_document",
    "release_from",
    "seen_by",
    "sentence",
    "summary_sentence",
]
