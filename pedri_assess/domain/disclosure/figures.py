"""A figure that was published, as later decisions look at it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .rules import Band, exceptions, free, very_small
from .worlds import Kind, Limit


@dataclass(frozen=True)
class Answer:
    """A band that may be shown, or the reasons why none is."""

    band: Band | None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Published:
    """A figure about `number` organisations, published in a wave.

    Its readers know that it lies in one of `ranges`. The made-up world keeps it within `limit`, and gives
    shade 0 to so many as `zeros` says.
    """

    answer: Answer
    number: int
    wave: int
    bit: Kind
    ranges: tuple[tuple[int, int], ...]
    limit: Limit
    zeros: int

    @property
    def spent(self) -> bool:
        """Whether no later figure may count any of its organisations: a very small group that is alike."""
        return very_small(self.number) and self.answer.band is None

    def reshaded(self, change: int) -> Published:
        """The same figure when so many have gone from shade 1 to shade 0."""
        return replace(self, zeros=self.zeros + change) if change else self

    def mixed(self, change: int) -> bool:
        """Whether what it shows is still right then: a group with a band is not alike."""
        return self.answer.band is None or enough_of_both(self.zeros + change, self.number)


def enough_of_both(zeros: int, number: int) -> bool:
    """Whether a group with so many of shade 0 cannot be alike, whichever sides its organisations are on.

    That holds even when some of them, as many as are free, are at levels of their own.
    """
    return min(zeros, number - zeros) >= exceptions(number) + free(number)
