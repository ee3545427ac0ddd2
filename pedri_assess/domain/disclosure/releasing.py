"""The one function that decides what may be shown of a network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .asking import Asking
from .cells import THRESHOLD, Cell, Figure, Hidden, Release, ReleasedWave, Shown, Summary
from .certifying import Scale
from .figures import Answer
from .histories import Columns, Standing
from .network import Cut, Network
from .position import Position
from .rules import METHOD, PARTNER, PUBLIC, ROUNDED_TO, SMALLEST

_HALF = Fraction(1, 2)

_Group = tuple[tuple[str, str], ...]
_Name = tuple[Cut, _Group]


@dataclass(frozen=True)
class _Room:
    """A cell before anything is known of levels: which places it counts, and how many organisations."""

    places: frozenset[int]
    organisations: int


Rooms = Mapping[str, Mapping[_Name, _Room]]  # by audience and name
Figures = Mapping[str, Mapping[_Name, Figure]]


def release(network: Network, audience: str) -> Release:
    """What may be shown of every wave, cut and criterion to partners or to the public.

    Partners read what is public too, so both are decided together. What is shown of a wave depends on it and
    on earlier ones, never on later ones.
    """
    columns = Columns(network)
    rooms = rooms_of(network, columns)
    figures = _figures(network, columns, rooms)
    waves = []
    for index, wave in enumerate(network.waves):
        found = {name: figures[name][index][audience] for name in wave.criteria()}
        cells = (_cell(network, name, room, audience, found) for name, room in rooms[index][audience].items())
        waves.append(ReleasedWave(wave.id, tuple(cells)))
    return Release(METHOD, audience, network.scale, network.target, tuple(waves))


def rooms_of(network: Network, columns: Columns) -> list[Rooms]:
    """For each wave and audience, every cell."""
    waves = range(len(network.waves))
    return [{who: _rooms(network, columns, wave, who) for who in SMALLEST} for wave in waves]


def _rooms(network: Network, columns: Columns, wave: int, audience: str) -> dict[_Name, _Room]:
    """The cells of one wave for an audience, cut by cut, groups in order."""
    rooms: dict[_Name, _Room] = {}
    for cut in network.cuts:
        found: dict[_Group, _Room] = {}
        for number, count in columns.counts(wave).items():
            place = columns.places[number]
            groups = dict(place.groups)
            if all(name in groups for name in cut.by) and (place.public or audience == PARTNER):
                group = tuple((name, groups[name]) for name in cut.by)
                room = found.get(group, _Room(frozenset(), 0))
                found[group] = _Room(room.places | {number}, room.organisations + count)
        rooms.update({(cut, group): found[group] for group in sorted(found)})
    return rooms


def _figures(network: Network, columns: Columns, rooms: Sequence[Rooms]) -> dict[str, list[Figures]]:
    """For each criterion and wave, the figures."""
    names = dict.fromkeys(name for wave in network.waves for name in wave.criteria())
    standings = {name: columns.standings(name) for name in names}
    together: dict[tuple[object, ...], list[str]] = {}
    for name, found in standings.items():
        together.setdefault(tuple(frozenset(one.known.items()) for one in found), []).append(name)
    figures = {}
    for criteria in together.values():  # of one history: they come to the same decisions
        start = Position(Scale(len(network.scale), network.target))
        for name in criteria:
            figures[name] = [found for found, _ in walk(network, start, standings[name], rooms)]
    return figures


def walk(
    network: Network, position: Position, standings: Sequence[Standing], rooms: Sequence[Rooms]
) -> Iterator[tuple[Figures, Position]]:
    """The figures of one criterion, wave by wave, with the position that they lead to."""
    for standing, found in zip(standings, rooms, strict=True):
        asking = Asking(position.next_wave(standing.known), standing.secret)
        figures = {who: _asked(asking, found[who], network, SMALLEST[who]) for who in (PARTNER, PUBLIC)}
        position = asking.position
        yield figures, position


def _asked(
    asking: Asking, rooms: Mapping[_Name, _Room], network: Network, smallest: int
) -> dict[_Name, Figure]:
    """The figure of every cell: cuts in their order, in each the largest group first."""
    sizes = {name: asking.number(room.places) for name, room in rooms.items()}
    figures: dict[_Name, Figure] = {}
    for name in sorted(rooms, key=lambda name: (network.cuts.index(name[0]), -sizes[name], name[1])):
        answer = asking.answer(rooms[name].places) if sizes[name] >= smallest else Answer(None, (THRESHOLD,))
        band = answer.band
        figures[name] = Shown(network.target, band.above, band.below) if band else Hidden(answer.reasons)
    return figures


def _cell(
    network: Network,
    name: _Name,
    room: _Room,
    audience: str,
    figures: Mapping[str, Mapping[_Name, Figure]],
) -> Cell:
    criteria = {criterion: found[name] for criterion, found in figures.items()}
    small = room.organisations < SMALLEST[audience]
    about = None if small else room.organisations // ROUNDED_TO * ROUNDED_TO
    standards = {
        standard: _summary([criteria[criterion] for criterion in members if criterion in criteria])
        for standard, members in network.standards.items()
    }
    return Cell(name[0], dict(name[1]), about, criteria, standards)


def _summary(figures: Sequence[Figure]) -> Summary:
    shown = [figure for figure in figures if isinstance(figure, Shown)]
    more = sum(bool(figure.above and figure.above.share >= _HALF) for figure in shown)
    return Summary(more, len(shown) - more, len(figures) - len(shown))
