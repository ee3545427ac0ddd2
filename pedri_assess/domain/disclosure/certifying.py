"""Whether one more figure about a group keeps everybody safe, whatever it turns out to say.

An answer is safe when a made-up world has it: a world that agrees with everything published, and in which no
published figure would change if any few of its organisations had answered otherwise (`free`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .candidate import Candidate
from .figures import enough_of_both
from .narrowing import within_reach
from .rules import Band, Question, cautious_questions, exceptions, free, questions, very_small
from .worlds import Kind, Limit, find_world

ALIKE = Band(-1, -1)  # stands for: nearly all organisations of the group chose one level


@dataclass(frozen=True)
class Scale:
    """A level is on the upper side when it is `target` or above; there are `levels` levels."""

    levels: int
    target: int

    @property
    def many(self) -> tuple[bool, bool]:
        """Whether the lower side, and whether the upper side has more than one level."""
        return self.target > 1, self.levels - self.target > 1


@dataclass(frozen=True)
class Witness:
    """A made-up world with one of the answers, which stays while the count stays within the limit.

    `shade` is that of the whole group where the answer is that it is alike.
    """

    world: Mapping[Kind, int]
    limit: Limit
    shade: int | None = None


@dataclass(frozen=True)
class Choice:
    """How a question may be answered: bands that can be shown, and the rest, which all look the same.

    Where there is no witness the answer was certain before: nothing is added to what is known.
    """

    shown: Mapping[Band, Witness | None]
    rest: tuple[Band, ...] = ()
    rest_witness: Witness | None = None


def answerable(candidate: Candidate, scale: Scale) -> bool:
    """Whether a group may be asked about at all: it can be mixed, and is not tied too closely to others."""
    if not all(scale.many) and candidate.changed():
        return False
    if candidate.touches_spent() or (very_small(candidate.number) and not candidate.fresh()):
        return False
    return not any(scale.many) or enough_of_both(candidate.zeros, candidate.number)


def chosen(candidate: Candidate, scale: Scale, wave: int) -> Choice | None:
    """How a figure may be answered so that every answer is safe; None when that cannot be made sure.

    A cautious answer costs later figures much, so only the first one of a wave about a group may be cautious.
    """
    alike = _alike_witness(candidate, scale)
    may_be_alike = bool(alike) or _alike_within_reach(candidate)
    covered: list[Choice] = []
    for question in questions(candidate.number):
        choice = _choice(candidate, question, scale, alike, may_be_alike=may_be_alike)
        if choice and len(choice.rest) < 2:
            return choice
        covered += [choice] if choice else []
    if covered or any(figure.wave == wave for figure in candidate.overlapping()):
        return max(covered, key=_telling, default=None)
    for question in cautious_questions(candidate.number, candidate.leaning()):
        choice = _choice(candidate, question, scale, alike, may_be_alike=may_be_alike)
        if choice:
            return choice
    return None


def _telling(choice: Choice) -> int:
    """How many counts are shown, rather than hidden with what cannot be made sure."""
    return sum(band.high - band.low + 1 for band in choice.shown)


def _choice(
    candidate: Candidate, question: Question, scale: Scale, alike: Witness | None, *, may_be_alike: bool
) -> Choice | None:
    """One question, if every answer to it can be made safe and some can be shown."""
    reach = [band for band in question if within_reach(candidate, band.low, band.high)]
    if len(reach) == 1 and not may_be_alike:
        return Choice({reach[0]: None}) if reach[0].has_words else None
    found = {band: _band_witness(candidate, band, scale) for band in reach}
    sure = {band: witness for band, witness in found.items() if witness}
    unsure = tuple(band for band, witness in found.items() if not witness)
    covers = [band for band in sure if not band.has_words]
    hidden = (ALIKE,) if may_be_alike else ()
    if not covers:
        if not unsure and (alike or not may_be_alike):
            return Choice(sure, hidden, alike)
        # What cannot be made sure looks the same as one answer that can, the least expected one
        covers = sorted(sure, key=lambda band: (-_distance(candidate.leaning(), band), band.low))
    if len(sure) < 2:
        return None
    witness = sure.pop(covers[0])
    return Choice(sure, (*hidden, *unsure, covers[0]), witness)


def ranges_of(bands: Sequence[Band], number: int) -> tuple[tuple[int, int], ...]:
    """From where to where a group's count may lie when it is in one of the bands."""
    return tuple(sorted(pair for band in bands for pair in _ranges(band, number)))


def _ranges(band: Band, number: int) -> list[tuple[int, int]]:
    few = exceptions(number)
    return [(0, few), (number - few, number)] if band == ALIKE else [(band.low, band.high)]


def _distance(count: int, band: Band) -> int:
    return max(band.low - count, count - band.high, 0)


def _alike_within_reach(candidate: Candidate) -> bool:
    return any(within_reach(candidate, low, high) for low, high in _ranges(ALIKE, candidate.number))


def _band_witness(candidate: Candidate, band: Band, scale: Scale) -> Witness | None:
    number, few, depth = candidate.number, exceptions(candidate.number), free(candidate.number)
    low = band.low + depth if band.low else 0
    high = band.high - depth if band.high < number else number
    # Two shades keep a side from being alike; a side of one level must leave enough to the other
    if not scale.many[0]:
        low = max(low, few + 1 + depth)
    if not scale.many[1]:
        high = min(high, number - few - 1 - depth)
    return _witness(candidate, low, high)


def _alike_witness(candidate: Candidate, scale: Scale) -> Witness | None:
    number = candidate.number
    spare = max(exceptions(number) - free(number), 0)
    for side, shade in _possible_levels(candidate, scale):
        low, high = (number - spare, number) if side else (0, spare)
        found = _witness(candidate, low, high, shade)
        if found:
            return found
    return None


def _witness(candidate: Candidate, low: int, high: int, shade: int | None = None) -> Witness | None:
    if low > high:
        return None
    limit = Limit(candidate.bit, low, high)
    limits = (*(figure.limit for figure in candidate.before), limit)
    world = find_world(candidate.sizes, candidate.start_towards(low, high), limits)
    return Witness(world, limit, shade) if world else None


def _possible_levels(candidate: Candidate, scale: Scale) -> Iterator[tuple[int, int | None]]:
    """The sides and shades at which the whole group could be, with every shown figure still mixed."""
    for side, many in enumerate(scale.many):
        if not many:
            yield side, None
            continue
        for shade in (0, 1):
            changes = candidate.reshaded(shade)
            if changes is not None and _still_mixed(candidate, changes):
                yield side, shade


def _still_mixed(candidate: Candidate, changes: Sequence[int]) -> bool:
    return all(figure.mixed(change) for figure, change in zip(candidate.before, changes, strict=True))
