"""The strongest attacker: looks at every way in which a network could have answered.

It knows the rules, who was there, in which groups, and who changed a level since the wave before. It releases
every network with those histories, keeps those that have the release it sees, and counts what is left.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations_with_replacement, product
from math import comb, factorial, prod

from pedri_assess.domain.disclosure import Network, Organisation, Release, Wave

Trajectory = tuple[int, ...]  # the levels that an organisation had in turn
Counts = tuple[int, ...]  # how many organisations have each trajectory
World = tuple[Counts, ...]  # of every kind of organisation
Stands = tuple[Organisation, int] | None  # what is known of an organisation in one wave, and which turn it is

SEES = Callable[[Network], Release]


@dataclass(frozen=True)
class Alike:
    """Organisations that nobody can tell apart: how many, where they stood, and their possible levels."""

    number: int
    stood: tuple[Stands, ...]
    trajectories: tuple[Trajectory, ...]


@dataclass(frozen=True)
class Secret:
    """How sure the attacker can be of one organisation's level, in one turn: of the level and of its side."""

    levels: frozenset[int]
    sides: frozenset[int]
    level_certainty: Fraction
    side_certainty: Fraction


def kinds_of(network: Network, criterion: str) -> list[Alike]:
    """The organisations of a network, told apart by all that may be known but their levels."""
    stood: dict[str, list[tuple[object, Stands]]] = defaultdict(list)
    levels: dict[str, list[int]] = defaultdict(list)
    for index, wave in enumerate(network.waves):
        for one in wave.organisations:
            level = one.levels.get(criterion)
            stood[one.id] += [(None, None)] * (index - len(stood[one.id]))
            if level is not None:
                if levels[one.id][-1:] != [level]:
                    levels[one.id].append(level)
                turn = len(levels[one.id]) - 1
                bare = Organisation("", one.groups, {}, one.public)
                stood[one.id].append(((tuple(sorted(one.groups.items())), one.public, turn), (bare, turn)))
    alike: Counter[tuple[object, ...]] = Counter()
    found: dict[tuple[object, ...], tuple[Stands, ...]] = {}
    for steps in stood.values():
        steps += [(None, None)] * (len(network.waves) - len(steps))
        key = tuple(name for name, _ in steps)
        alike[key] += any(key)
        found[key] = tuple(step for _, step in steps)
    return [
        Alike(number, found[key], _trajectories(found[key], len(network.scale)))
        for key, number in sorted(alike.items(), key=repr)
        if number
    ]


def _trajectories(stood: Sequence[Stands], levels: int) -> tuple[Trajectory, ...]:
    turns = max(step[1] for step in stood if step) + 1
    made: list[Trajectory] = [()]
    for _ in range(turns):
        made = [(*one, level) for one in made for level in range(levels) if one[-1:] != (level,)]
    return tuple(made)


def number_of_worlds(kinds: Sequence[Alike]) -> int:
    """How many different worlds there are, counting organisations that are alike together."""
    return prod(comb(kind.number + len(kind.trajectories) - 1, kind.number) for kind in kinds)


def every_world(kinds: Sequence[Alike]) -> Iterator[World]:
    """Every way in which they could have answered."""
    yield from product(*(tuple(_divided(kind.number, len(kind.trajectories))) for kind in kinds))


def _divided(number: int, parts: int) -> Iterator[Counts]:
    if parts == 1:
        yield (number,)
        return
    for first in range(number + 1):
        for rest in _divided(number - first, parts - 1):
            yield (first, *rest)


def by_release(network: Network, kinds: Sequence[Alike], sees: SEES) -> dict[tuple[str, ...], list[World]]:
    """Every world, with those together that have the same release."""
    worlds = list(every_world(kinds))
    seen = sees(_network_of(network, kinds, worlds))
    together: dict[tuple[str, ...], list[World]] = defaultdict(list)
    figures = [cell.criteria for _, cell in seen.cells()]
    for index, world in enumerate(worlds):
        together[tuple(repr(found.get(str(index))) for found in figures)].append(world)
    return together


def _network_of(network: Network, kinds: Sequence[Alike], worlds: Sequence[World]) -> Network:
    """One network in which every world is a criterion."""
    waves: list[list[Organisation]] = [[] for _ in network.waves]
    for index, kind in enumerate(kinds):
        answered = [_spread(kind, world[index]) for world in worlds]
        for position in range(kind.number):
            for wave, step in zip(waves, kind.stood, strict=True):
                if step:
                    levels = {str(name): own[position][step[1]] for name, own in enumerate(answered)}
                    wave.append(replace(step[0], id=f"{index}-{position}", levels=levels))
    made = tuple(Wave(wave.id, tuple(found)) for wave, found in zip(network.waves, waves, strict=True))
    return replace(network, waves=made)


def _spread(kind: Alike, counts: Counts) -> list[Trajectory]:
    return [one for one, many in zip(kind.trajectories, counts, strict=True) for _ in range(many)]


Insider = tuple[int, int]  # a kind of organisation, and the trajectory that it knows of itself


def coalitions(kinds: Sequence[Alike], size: int) -> Iterator[tuple[Insider, ...]]:
    """Every choice of partners that look together, with what each knows of itself."""
    known = [(index, one) for index, kind in enumerate(kinds) for one in range(len(kind.trajectories))]
    for chosen in combinations_with_replacement(known, size):
        many = Counter(index for index, _ in chosen)
        if all(kinds[index].number >= number for index, number in many.items()):
            yield chosen


def secrets(
    kinds: Sequence[Alike], worlds: Sequence[World], looking: Sequence[Insider], target: int
) -> Iterator[Secret]:
    """What is left to guess of every other organisation, in every turn, when these worlds are possible."""
    weights = [Counter[int]() for _ in kinds]
    total = 0
    for world in worlds:
        rest = _without(world, looking)
        if rest is None:
            continue
        ways = prod(factorial(sum(counts)) // prod(map(factorial, counts)) for counts in rest)
        total += ways
        for weight, counts in zip(weights, rest, strict=True):
            for one, many in enumerate(counts):
                if many:
                    weight[one] += ways * many
    for kind, weight in zip(kinds, weights, strict=True):
        for turn in range(len(kind.trajectories[0]) if weight else 0):
            yield _secret(Counter({one: weight[one] for one in weight}), kind, turn, target)


def _without(world: World, looking: Sequence[Insider]) -> list[list[int]] | None:
    rest = [list(counts) for counts in world]
    for index, one in looking:
        rest[index][one] -= 1
        if rest[index][one] < 0:
            return None
    return rest


def _secret(weight: Mapping[int, int], kind: Alike, turn: int, target: int) -> Secret:
    levels: Counter[int] = Counter()
    sides: Counter[int] = Counter()
    for one, many in weight.items():
        level = kind.trajectories[one][turn]
        levels[level] += many
        sides[int(level >= target)] += many
    total = sum(weight.values())
    return Secret(
        frozenset(levels),
        frozenset(sides),
        Fraction(max(levels.values()), total),
        Fraction(max(sides.values()), total),
    )
