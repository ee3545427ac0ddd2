"""The numbers of disclosure control, and how finely a group may be described."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

METHOD = "bands-1"  # any change below that changes a release is a new method with a new name

PARTNER, PUBLIC = "partner", "public"
# The smallest group that an audience may see: a partner that belongs to it must find five others there
SMALLEST: Mapping[str, int] = MappingProxyType({PARTNER: 6, PUBLIC: 10})
OTHERS = 5

ROUNDED_TO = 5
_FEW = 12  # in a smaller group one partner may look, in a larger one two may compare notes
_VERY_FEW = 8  # a smaller group may be described only by the first figure that counts its organisations
_QUARTERS_FROM = 28  # a quarter of a group is then as many as two sets of those who are free, and one
_HALF = Fraction(1, 2)
_CAUTIOUS_STEPS = 20
_ALIKE_SHARE = 5  # alike: all but a fifth chose one level


def free(number: int) -> int:
    """So many organisations of a group could have answered anything at all: those who look, and one more."""
    return 2 if number < _FEW else 3


def exceptions(number: int) -> int:
    """A group is alike when at most so many of its organisations differ from the level of the others."""
    return 1 if very_small(number) else max(free(number), number // _ALIKE_SHARE)


def very_small(number: int) -> bool:
    """Whether a group is so small that no figure may count its organisations beside one about it."""
    return number < _VERY_FEW


@dataclass(frozen=True)
class Bound:
    """One end of a band: a share of the group, which itself belongs to the band or does not."""

    share: Fraction
    included: bool


@dataclass(frozen=True)
class Band:
    """From `low` to `high` organisations of a group, both included; in words, between two shares of it.

    A band without words is never shown.
    """

    low: int
    high: int
    above: Bound | None = None
    below: Bound | None = None

    @property
    def has_words(self) -> bool:
        """Whether it can be shown."""
        return bool(self.above or self.below)

    def holds(self, count: int) -> bool:
        """Whether a number of organisations lies in the band."""
        return self.low <= count <= self.high


Question = tuple[Band, ...]


def questions(number: int) -> tuple[Question, ...]:
    """The ways to divide a group of `number` organisations into bands, the finest first.

    Each lists bands that hold every number from 0 to `number` once.
    """
    asked = [_divided(number, (_HALF,), included=True)]
    if number % 2 == 0:  # exactly half may also go with the lower part
        asked.append(_divided(number, (_HALF,), included=False))
    if number >= _QUARTERS_FROM:
        asked.insert(0, _divided(number, (Fraction(1, 4), _HALF, Fraction(3, 4)), included=True))
    return tuple(asked)


def _divided(number: int, shares: tuple[Fraction, ...], *, included: bool) -> Question:
    """Bands between the shares; `included` says that a share itself belongs to the band above it."""
    bands: list[Band] = []
    low, above = 0, None
    for share in shares:
        first = -(-number * share.numerator // share.denominator)
        if not included:
            first += first * share.denominator == number * share.numerator
        bands.append(Band(low, first - 1, above, Bound(share, not included)))
        low, above = first, Bound(share, included)
    return (*bands, Band(low, number, above))


def cautious_questions(number: int, expected: int) -> Iterator[Question]:
    """Ways to say only that a group is clearly on the side of half where it is `expected`, or nothing.

    Clearly is at most a quarter of the group away: further off, a side would be too likely.
    """
    half, step = -(-number // 2), max(1, number // _CAUTIOUS_STEPS)
    for away in range(step, number // 4 + 1, step):
        if expected < half:
            yield Band(0, half - away - 1, None, Bound(_HALF, included=False)), Band(half - away, number)
        else:
            yield Band(0, half + away - 1), Band(half + away, number, Bound(_HALF, included=True))
