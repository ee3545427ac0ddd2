"""A group about which a figure might be published, seen beside every figure published before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from .figures import Published
from .members import Member
from .worlds import Kind


class Candidate:
    """The group, what was published `before`, and how many of each kind there were and said yes then."""

    def __init__(
        self,
        group: Sequence[Member],
        before: Sequence[Published],
        sizes: Mapping[Kind, int],
        world: Mapping[Kind, int],
    ) -> None:
        self.group, self.before = group, before
        self.bit = 1 << len(before)
        self.number = sum(member.size for member in group)
        self.zeros = sum(member.zeros_now for member in group)
        self.inside: dict[Kind, int] = {}
        for member in group:
            self.inside[member.kind] = self.inside.get(member.kind, 0) + member.size
        self._sizes, self._world = sizes, world

    @cached_property
    def shared(self) -> tuple[int, ...]:
        """How many of the group each earlier figure counted too, at the same level."""
        return tuple(
            sum(size for kind, size in self.inside.items() if kind & figure.bit) for figure in self.before
        )

    def overlapping(self) -> list[Published]:
        """The earlier figures that have organisations in common with this one, at the same level."""
        return [figure for figure, count in zip(self.before, self.shared, strict=True) if count]

    def touches_spent(self) -> bool:
        """Whether an earlier figure forbids any other figure about some of these organisations."""
        spent = sum(figure.bit for figure in self.before if figure.spent)
        return any(kind & spent for member in self.group for kind in member.kinds)

    def fresh(self) -> bool:
        """Whether no earlier figure counts any of these organisations, at any level."""
        return not any(any(member.kinds) for member in self.group)

    @cached_property
    def sizes(self) -> dict[Kind, int]:
        """How many there are of each kind, when this figure divides the kinds further."""
        sizes: dict[Kind, int] = {}
        for kind, size in self._sizes.items():
            counted = self.inside.get(kind, 0)
            if counted:
                sizes[kind | self.bit] = counted
            if size > counted:
                sizes[kind] = size - counted
        if 0 in self.inside:
            sizes[self.bit] = self.inside[0]
        return sizes

    def repeated(self) -> Published | None:
        """The earlier figure about exactly these organisations at exactly these levels, if there is one."""
        for figure, count in zip(self.before, self.shared, strict=True):
            if count == self.number == figure.number:
                return figure
        return None

    def changed(self) -> bool:
        """Whether an earlier figure counted one of them at another level."""
        return any(any(member.kinds[:-1]) for member in self.group)

    def leaning(self) -> int:
        """About how many of them say yes in the made-up world as it is."""
        old = (self._world[kind] * size // self._sizes[kind] for kind, size in self.inside.items() if kind)
        return self.inside.get(0, 0) // 2 + sum(old)

    def start_towards(self, low: int, high: int) -> dict[Kind, int]:
        """The world as it is, with yeses moved inside each kind so that low to high, or nearly, are counted.

        No earlier figure changes by this.
        """
        least = {kind: max(0, self._yes(kind) - self._left_out(kind)) for kind in self.inside}
        most = {kind: min(size, self._yes(kind)) for kind, size in self.inside.items()}
        if 0 in self.inside:
            least[0], most[0] = 0, self.inside[0]
        floor, ceiling = sum(least.values()), sum(most.values())
        aim = min(max(self.number // 2, low), high)
        need, room = min(max(aim, floor), ceiling) - floor, ceiling - floor
        passed = given = 0
        chosen = {}
        for kind in sorted(self.inside):
            passed += most[kind] - least[kind]
            share = need * passed // room - given if room else 0
            given += share
            chosen[kind] = least[kind] + share
        start = {kind | self.bit: yes for kind, yes in chosen.items()}
        for kind, yes in self._world.items():
            if self._sizes[kind] > self.inside.get(kind, 0):
                start[kind] = yes - chosen.get(kind, 0)
        return start

    def _yes(self, kind: Kind) -> int:
        return self._world.get(kind, 0)

    def _left_out(self, kind: Kind) -> int:
        return self._sizes.get(kind, 0) - self.inside[kind]

    def reshaded(self, shade: int) -> list[int] | None:
        """How many go from shade 1 to shade 0 in each earlier figure when all of the group get one shade now.

        None when some of them are held at another shade.
        """
        changes = [0] * len(self.before)
        for member in self.group:
            change = member.zeros_for(shade) - member.zeros
            if change and member.held:
                return None
            for turn, kind in enumerate(member.kinds):
                for index, figure in enumerate(self.before):
                    if kind & figure.bit:
                        changes[index] += change if turn % 2 == 0 else -change
        return changes
