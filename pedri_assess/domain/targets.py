"""What it takes for a standard to be at its target: the rule of its level, taken apart by action."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import lcm

from .actions import Candidate
from .assessment import Assessment
from .levels import answers_needed, share_of
from .standards import Criterion, Framework, ScoringRules, Standard
from .tally import Tally


@dataclass(frozen=True)
class Option:
    """What one action would add: criteria at the target, answered ones, core ones that reach; 0 or 1 each.

    `cost` counts in parts of the unit that `unit_of` gives. `closed` is how much of the gap it closes, times
    importance. `bit` stands for the action in a set of actions, which is written as a whole number: of two
    sets of one size, the smaller number has the earlier actions.
    """

    cost: int
    bit: int
    high: int
    answered: int
    core: int
    closed: int


@dataclass(frozen=True)
class Way:
    """How far a standard is from its target, and what could be done about its criteria.

    `lacking` are the core criteria that hold it back. Criteria that nothing can be done about are left out.
    """

    standard: Standard
    target: int
    tally: Tally
    rules: ScoringRules
    lacking: frozenset[str]
    options: Mapping[str, tuple[Option, ...]]

    def reaches(self, answered: int, high: int) -> bool:
        """Whether so many more answered, and so many more at the target, bring the standard there.

        This leaves the core criteria aside, none of which may be lacking.
        """
        total = self.tally.answered + answered
        if total < max(answers_needed(self.tally, self.rules), 1):
            return False
        return self.target == 0 or self.missing(answered) <= high

    def missing(self, answered: int) -> int:
        """How many more criteria must come to the target once so many more are answered; none below 1."""
        needed = share_of(self.rules.share, self.tally.answered + answered)
        return needed - self.tally.at_least(self.target)

    @property
    def most_missing(self) -> int:
        """How many may be missing at most, whatever is answered."""
        unanswered = sum(options[0].answered for options in self.options.values())
        return max(0, self.missing(0), self.missing(unanswered))  # the share never falls


def unit_of(actions: Iterable[Candidate]) -> int:
    """The smallest number that makes every cost whole: whole numbers are exact, and quick."""
    return lcm(*(action.cost.denominator for action in actions))


def way(
    standard: Standard, framework: Framework, assessment: Assessment, actions: Sequence[Candidate]
) -> Way:
    """The way of a standard to its target; of `actions` those count that would change its criteria."""
    target, rules = assessment.target(standard, framework), framework.scoring
    tally = Tally.of(assessment.counted(standard), assessment, framework.top)
    floor = max(target - rules.core_within, 0)
    lacking = frozenset(item.id for item in tally.core if tally.levels.get(item.id, -1) < floor)
    made = _Options(target, floor, lacking, tally, assessment, unit_of(actions))
    by_criterion: dict[str, list[tuple[int, Candidate]]] = {}
    for place, action in enumerate(actions):
        by_criterion.setdefault(action.criterion, []).append((place, action))
    options = {
        item.id: found
        for item in tally.applicable
        if (found := tuple(made.of(item, by_criterion.get(item.id, ()))))
    }
    return Way(standard, target, tally, rules, lacking, options)


@dataclass(frozen=True)
class _Options:
    target: int
    floor: int
    lacking: frozenset[str]
    tally: Tally
    assessment: Assessment
    unit: int

    def of(self, item: Criterion, actions: Sequence[tuple[int, Candidate]]) -> Iterator[Option]:
        """The actions on a criterion that would change anything."""
        level = self.tally.levels.get(item.id, -1)
        weight = self.assessment.importance_of(item)
        for place, action in actions:
            gained = max(0, min(action.level, self.target) - level) if level >= 0 else 0
            effects = (
                int(level < self.target <= action.level),
                int(level < 0),
                int(item.id in self.lacking and action.level >= self.floor),
                gained * weight,
            )
            if any(effects):
                yield Option(int(action.cost * self.unit), 1 << place, *effects)
