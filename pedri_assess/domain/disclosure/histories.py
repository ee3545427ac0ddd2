"""What anyone may be assumed to know of a network without a single level: who was there, and who changed.

Organisations with the same history are the same to every rule, so the rules look at histories.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .network import Network, Wave

# Where an organisation stood in one wave: its place, and how often its level had changed; None: not counted
Step = tuple[int, int] | None
History = tuple[Step, ...]

ABSENT = 0  # the place of those that are not there


@dataclass(frozen=True)
class Place:
    """All that decides which cells an organisation is counted in: its groups, and for whom."""

    groups: tuple[tuple[str, str], ...]
    public: bool


@dataclass
class Standing:
    """One criterion in one wave: `known` is the number of organisations by history, of all ever counted.

    `secret` is, for each place, how many are at each level.
    """

    known: Counter[History] = field(default_factory=Counter)
    secret: dict[int, Counter[int]] = field(default_factory=dict, repr=False)


class Columns:
    """The levels of a network by wave and criterion, each organisation always in the same position."""

    def __init__(self, network: Network) -> None:
        self.places: list[Place] = [Place((), public=False)]  # the first stands for being absent
        self._positions: dict[str, int] = {}
        for wave in network.waves:
            for organisation in wave.organisations:
                self._positions.setdefault(organisation.id, len(self._positions))
        self._numbers: dict[Place, int] = {}
        self._rows: list[list[Mapping[str, int | None]]] = []
        self._places: list[list[int]] = []
        for wave in network.waves:
            self._add(wave)

    def _add(self, wave: Wave) -> None:
        rows: list[Mapping[str, int | None]] = [{}] * len(self._positions)
        places = [ABSENT] * len(self._positions)
        found = [Place(tuple(sorted(one.groups.items())), one.public) for one in wave.organisations]
        # Numbered wave by wave, so that what comes later changes nothing about what was
        for place in sorted(
            set(found) - self._numbers.keys(), key=lambda place: (place.groups, place.public)
        ):
            self._numbers[place] = len(self.places)
            self.places.append(place)
        for organisation, place in zip(wave.organisations, found, strict=True):
            position = self._positions[organisation.id]
            rows[position] = organisation.levels
            places[position] = self._numbers[place]
        self._rows.append(rows)
        self._places.append(places)

    def counts(self, wave: int) -> Counter[int]:
        """How many organisations of a wave there are in each place."""
        counts = Counter(self._places[wave])
        del counts[ABSENT]
        return counts

    def standings(self, criterion: str) -> tuple[Standing, ...]:
        """One criterion, wave by wave."""
        columns: list[Sequence[int | None]] = []
        for places, rows in zip(self._places, self._rows, strict=True):
            columns += [places, [row.get(criterion) for row in rows]]
        standings = tuple(Standing() for _ in self._rows)
        for seen, number in Counter(zip(*columns, strict=True)).items():
            _count(standings, seen, number)
        return standings


def _count(standings: Sequence[Standing], seen: tuple[int | None, ...], number: int) -> None:
    """Counts organisations of which place and level in each wave are `seen`, in turn."""
    history: History = ()
    turn, last = -1, None
    for wave, standing in enumerate(standings):
        place, level = seen[2 * wave] or ABSENT, seen[2 * wave + 1]
        if place == ABSENT or level is None:
            history = (*history, None)
        else:
            turn, last = turn + (level != last), level
            history = (*history, (place, turn))
            standing.secret.setdefault(place, Counter())[level] += number
        if turn >= 0:
            standing.known[history] += number
