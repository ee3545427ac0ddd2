"""The best few actions for an amount of effort, exactly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from .actions import Candidate
from .assessment import Assessment
from .smallest import chosen, fewest
from .standards import Framework
from .targets import Option, Way, unit_of, way

MOST = 10

# What a set is worth, what counts first comes first; what it costs, in whole numbers; and its actions
Value = tuple[int, int]
Entry = tuple[Value, int, int]
# How many actions, how many more at the target, how many more answered, how many core ones freed
State = tuple[int, int, int, int]
START: State = (0, 0, 0, 0)


@dataclass(frozen=True)
class Aim:
    """What is looked for: at most so many actions and so much effort (None: any); gaps or standards first."""

    most: int = MOST
    effort: Fraction | None = None
    standards_first: bool = False


@dataclass(frozen=True)
class Best:
    """The best actions for an aim, in their order."""

    actions: tuple[Candidate, ...]

    @property
    def cost(self) -> Fraction:
        """What they cost together."""
        return sum((action.cost for action in self.actions), Fraction(0))


def best(framework: Framework, assessment: Assessment, actions: Sequence[Candidate], aim: Aim) -> Best:
    """The set of actions that closes most of the gaps (levels times importance).

    Of several, the one with most standards at their target, then the one of least effort, then of fewest
    actions, then of earlier ones. With `standards_first` the first two change places. No set is better.
    """
    ways = [way(standard, framework, assessment, actions) for standard in framework.standards]
    limit = None if aim.effort is None else floor(aim.effort * unit_of(actions))
    fronts: dict[int, list[Entry]] = {0: [((0, 0), 0, 0)]}
    for each in ways:
        fronts = _together(fronts, _of_standard(each, aim, limit), aim.most, limit)
    *_, bits = min(
        (-value[0], -value[1], cost, count, bits)
        for count, entries in fronts.items()
        for value, cost, bits in entries
    )
    return Best(chosen(bits, actions))


def _of_standard(each: Way, aim: Aim, limit: int | None) -> dict[int, list[Entry]]:
    """The best sets of actions on one standard, by their number: of these, what costs more is worth more.

    Only a set's number, worth and effect on the level matter to any set that it becomes part of.
    """
    matters = _may_change(each, aim.most)
    cap = each.most_missing
    states: dict[State, list[Entry]] = {START: [((0, 0), 0, 0)]}
    for options in each.options.values():
        longer = {state: list(entries) for state, entries in states.items()}
        for state, entries in states.items():
            if state[0] < aim.most:
                for option in options:
                    place = _moved(state, option, cap) if matters else (state[0] + 1, 0, 0, 0)
                    more = _with(entries, _value(option.closed, 0, aim), option.cost, option.bit, limit)
                    longer.setdefault(place, []).extend(more)
        states = {state: _front(entries) for state, entries in longer.items()}
    found: dict[int, list[Entry]] = {}
    for state, entries in states.items():
        there = int(_there(each, state if matters else START))
        found.setdefault(state[0], []).extend(_with(entries, _value(0, there, aim)))
    return {count: _front(entries) for count, entries in found.items()}


def _may_change(each: Way, most: int) -> bool:
    """Whether so many actions can bring the standard to its target; no good set takes it away from there."""
    if _there(each, START):
        return False
    least = fewest(each)
    return least is not None and least[0] <= most


def _there(each: Way, state: State) -> bool:
    _, high, answered, core = state
    return core == len(each.lacking) and each.reaches(answered, high)


def _moved(state: State, option: Option, cap: int) -> State:
    count, high, answered, core = state
    return count + 1, min(high + option.high, cap), answered + option.answered, core + option.core


def _with(
    entries: Iterable[Entry], worth: Value, cost: int = 0, bits: int = 0, limit: int | None = None
) -> list[Entry]:
    return [
        ((value[0] + worth[0], value[1] + worth[1]), before + cost, taken | bits)
        for value, before, taken in entries
        if limit is None or before + cost <= limit
    ]


def _value(closed: int, there: int, aim: Aim) -> Value:
    return (there, closed) if aim.standards_first else (closed, there)


def _together(
    fronts: dict[int, list[Entry]], more: dict[int, list[Entry]], most: int, limit: int | None
) -> dict[int, list[Entry]]:
    joined: dict[int, list[Entry]] = {}
    for count, entries in fronts.items():
        for added, others in more.items():
            if count + added <= most:
                for other in others:
                    joined.setdefault(count + added, []).extend(_with(entries, *other, limit))
    return {count: _front(entries) for count, entries in joined.items()}


def _front(entries: list[Entry]) -> list[Entry]:
    """Without those that cost as much as another or more, and are worth no more."""
    kept: list[Entry] = []
    for entry in sorted(entries, key=lambda entry: (entry[1], -entry[0][0], -entry[0][1], entry[2])):
        if not kept or entry[0] > kept[-1][0]:
            kept.append(entry)
    return kept
