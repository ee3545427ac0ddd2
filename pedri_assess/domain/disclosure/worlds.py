"""Looking for a made-up world: how many of each kind of organisation say yes, so that sums stay in limits.

It only has to find a world or give up: whoever asks hides a figure for which no world was found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Kind = int  # a bit for each sum that counts this kind of organisation

_ENDLESS = 1 << 60


@dataclass(frozen=True)
class Limit:
    """A sum over every kind that has `bit`, and from where to where it may go, both included."""

    bit: int
    low: int
    high: int


def find_world(
    sizes: Mapping[Kind, int], start: Mapping[Kind, int], limits: Sequence[Limit]
) -> dict[Kind, int] | None:
    """How many say yes of each kind, near `start` and within every limit; None when none is found.

    `sizes` is how many there are of each kind.
    """
    search = _Search(sizes, start, limits)
    for _ in range(_patience(sizes)):
        broken = search.broken()
        if not broken:
            return search.yes
        if not search.mend(broken):
            break
    return None


def _patience(sizes: Mapping[Kind, int]) -> int:
    return 30 + 2 * len(sizes)


class _Search:
    """A world on its way. The weight of a sum grows as long as it stays out of its limits."""

    def __init__(self, sizes: Mapping[Kind, int], start: Mapping[Kind, int], limits: Sequence[Limit]) -> None:
        kinds = sorted(sizes)
        self.yes = dict(start)
        self._sizes, self._limits = sizes, limits
        self._kinds = [[kind for kind in kinds if kind & limit.bit] for limit in limits]
        self._sums = {
            kind: [index for index, limit in enumerate(limits) if kind & limit.bit] for kind in kinds
        }
        self._now = [sum(self.yes[kind] for kind in counted) for counted in self._kinds]
        self._weights = [1] * len(limits)

    def broken(self) -> dict[int, int]:
        """The sums out of their limits, with how far: above 0 what is missing, below 0 what is too much."""
        off = {}
        for index, (now, limit) in enumerate(zip(self._now, self._limits, strict=True)):
            if now < limit.low:
                off[index] = limit.low - now
            elif now > limit.high:
                off[index] = limit.high - now
        return off

    def mend(self, broken: Mapping[int, int]) -> bool:
        """Takes the cheapest step towards the limits of the worst sum; False when there is none."""
        worst = max(broken, key=lambda index: (self._weights[index] * abs(broken[index]), -index))
        way = 1 if broken[worst] > 0 else -1
        tolls = self._tolls(way, broken)
        best: tuple[int, int, Kind] | None = None
        for kind in self._kinds[worst]:
            room = self._sizes[kind] - self.yes[kind] if way > 0 else self.yes[kind]
            if room:
                own = [tolls[index] for index in self._sums[kind]]
                step = (sum(cost for cost, _ in own), -min(room, *(far for _, far in own)), kind)
                best = step if best is None else min(best, step)
        if best is None:
            return False
        cost, far, kind = best
        if cost >= 0:  # no step helps by itself: insist more on what is broken
            for index in broken:
                self._weights[index] += 1
        self._take(kind, way * (1 if cost > 0 else -far))
        return True

    def _tolls(self, way: int, broken: Mapping[int, int]) -> list[tuple[int, int]]:
        """For each sum, what a step this way costs, and for how many steps that holds."""
        tolls = []
        for index, (now, limit) in enumerate(zip(self._now, self._limits, strict=True)):
            off = broken.get(index, 0) * way
            room = limit.high - now if way > 0 else now - limit.low
            if off > 0:
                tolls.append((-self._weights[index], off))
            else:
                tolls.append((0, room) if room > 0 else (self._weights[index], _ENDLESS))
        return tolls

    def _take(self, kind: Kind, change: int) -> None:
        self.yes[kind] += change
        for index in self._sums[kind]:
            self._now[index] += change
