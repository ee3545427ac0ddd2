"""What an organisation knows of itself, beside what it is shown."""

from __future__ import annotations

from dataclasses import replace

from ..errors import NotFound
from .cells import Cell, OwnCell, OwnFigure, Release, Viewer
from .network import Network, Organisation
from .rules import PUBLIC


def seen_by(release: Release, network: Network, organisation_id: str) -> Release:
    """The same release, with the cells that count one organisation and its own levels in them.

    Nothing else changes: what is shown is the same for all partners. Raises NotFound.
    """
    cells: list[OwnCell] = []
    found = False
    for released, wave in zip(release.waves, network.waves, strict=True):
        for organisation in wave.organisations:
            if organisation.id == organisation_id:
                found = True
                counted = organisation.public or release.audience != PUBLIC
                own = [cell for cell in released.cells if counted and _holds(cell, organisation)]
                cells += [OwnCell(wave.id, cell, _figures(cell, organisation)) for cell in own]
    if not found:
        raise NotFound(organisation_id)
    return replace(release, viewer=Viewer(organisation_id, tuple(cells)))


def _holds(cell: Cell, organisation: Organisation) -> bool:
    return all(organisation.groups.get(name) == value for name, value in cell.group.items())


def _figures(cell: Cell, organisation: Organisation) -> dict[str, OwnFigure]:
    return {
        criterion: OwnFigure(organisation.levels.get(criterion), figure)
        for criterion, figure in cell.criteria.items()
    }
