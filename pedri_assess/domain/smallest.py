"""The smallest set of actions that brings a standard to its target, exactly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .actions import Candidate
from .assessment import Assessment
from .standards import Framework, Standard
from .targets import Option, Way, way

# Of two sets the better one is the smaller tuple: fewer actions, then less effort, then earlier ones
Set = tuple[int, int, int]


@dataclass(frozen=True)
class Smallest:
    """The fewest actions that bring a standard to its target: none where it is there, None where none do."""

    standard: str
    target: int
    actions: tuple[Candidate, ...] | None

    @property
    def cost(self) -> Fraction:
        """What they cost together."""
        return sum((action.cost for action in self.actions or ()), Fraction(0))


def smallest(
    standard: Standard, framework: Framework, assessment: Assessment, actions: Sequence[Candidate]
) -> Smallest:
    """The fewest of `actions`; of several such sets the one of least effort, then of earlier actions."""
    found = way(standard, framework, assessment, actions)
    best = fewest(found)
    return Smallest(standard.id, found.target, None if best is None else chosen(best[2], actions))


def fewest(found: Way) -> Set | None:
    """The smallest set for a way, or None where no set of its actions is enough.

    Whether a set is enough depends only on how many more criteria it brings to the target, how many more it
    answers, and whether it frees every core criterion. So of all sets that agree in these the best one is
    kept, one criterion after another: the work grows with the criteria times the number missing, and not with
    the number of sets.
    """
    cap = found.most_missing
    sets: dict[tuple[int, int], Set] = {(0, 0): (0, 0, 0)}
    for name, options in _worth_looking_at(found, cap):
        must = name in found.lacking
        longer: dict[tuple[int, int], Set] = {} if must else dict(sets)
        for (high, answered), (count, cost, bits) in sets.items():
            for option in options:
                place = min(high + option.high, cap), answered + option.answered
                new = count + 1, cost + option.cost, bits | option.bit
                if place not in longer or new < longer[place]:
                    longer[place] = new
        sets = longer
    enough = [each for (high, answered), each in sets.items() if found.reaches(answered, high)]
    if not found.lacking <= found.options.keys():
        return None
    return min(enough, default=None)


def _worth_looking_at(found: Way, cap: int) -> list[tuple[str, list[Option]]]:
    """Each criterion with the best action of a kind; of those that are alike, as many as could be needed."""
    alike: list[tuple[str, Option]] = []
    rest: list[tuple[str, list[Option]]] = []
    for name, options in found.options.items():
        kinds: dict[tuple[int, int], Option] = {}
        for option in sorted(options, key=lambda option: (option.cost, option.bit)):
            if option.core or name not in found.lacking:
                kinds.setdefault((option.high, option.answered), option)
        high = kinds.get((1, 0))
        if name in found.lacking or any(option.answered for option in options):
            rest.append((name, list(kinds.values())))
        elif high:
            alike.append((name, high))
    alike.sort(key=lambda pair: (pair[1].cost, pair[1].bit))
    return rest + [(name, [option]) for name, option in alike[:cap]]


def chosen(bits: int, actions: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The actions of a set, in their order."""
    return tuple(action for place, action in enumerate(actions) if bits >> place & 1)


def in_words(found: Smallest) -> str:
    """One sentence on what would do."""
    if found.actions is None:
        return "None of these actions would bring it to its target, not even all of them together."
    if not found.actions:
        return "It is at its target."
    names = [action.criterion for action in found.actions]
    if len(names) == 1:
        return f"{names[0]} alone would do."
    return f"{', '.join(names[:-1])} and {names[-1]} together would do; no fewer would."
