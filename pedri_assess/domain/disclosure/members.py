"""Organisations with the same history on one criterion, and what published figures count them.

A made-up world gives each a shade, 0 or 1, that changes whenever its level does: shade 0 stands for the first
and shade 1 for the second level of a side. So its levels differ where a history says that they did, and a
group with enough of both shades is not alike, whichever sides its organisations are on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .histories import ABSENT, History
from .worlds import Kind


@dataclass(frozen=True)
class Member:
    """`size` organisations with one history, now at one `place`, `zeros` of them with shade 0 at first.

    `kinds` is, for each level that they had in turn, which published figures count it. `held` says that their
    shades can no longer be chosen.
    """

    size: int
    zeros: int
    held: bool
    kinds: tuple[Kind, ...]
    place: int

    @property
    def kind(self) -> Kind:
        """Which published figures count the present level."""
        return self.kinds[-1]

    @property
    def zeros_now(self) -> int:
        """How many have shade 0 at the present level."""
        return self.zeros if len(self.kinds) % 2 else self.size - self.zeros

    def zeros_for(self, shade: int) -> int:
        """How many would have shade 0 at first if all had this shade at the present level."""
        return self.size if (shade == 0) == (len(self.kinds) % 2 == 1) else 0


Members = Mapping[History, Member]


def members_after(before: Members, known: Mapping[History, int]) -> Members:
    """The members of the next wave, from those of the wave before and the number by history.

    Shades are shared out evenly, but among those who had the same history before as they were.
    """
    after: dict[History, Member] = {}
    shared: dict[History, tuple[int, int]] = {}  # of those who had one history: how many so far, and zeros
    for history in sorted(known, key=_order):
        size, parent = known[history], before.get(history[:-1])
        origin = history[:-1] if parent else ()
        done, given = shared.get(origin, (0, 0))
        zeros, among = (parent.zeros, parent.size) if parent else (1, 2)
        own = (done + size) * zeros // among - given
        shared[origin] = done + size, given + own
        after[history] = _member(history, size, own, parent)
    return after


def _member(history: History, size: int, zeros: int, parent: Member | None) -> Member:
    step = history[-1]
    kinds = parent.kinds if parent else ()
    if step and step[1] == len(kinds):
        kinds = (*kinds, 0)
    return Member(size, zeros, bool(parent and parent.held), kinds, step[0] if step else ABSENT)


def _order(history: History) -> list[tuple[int, int]]:
    return [step or (ABSENT, -1) for step in history]
