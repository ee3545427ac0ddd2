"""What changed from one year to another at the same organisations, so that who joined changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .assessment import Assessment
from .carrying import carry
from .moved import CONFIRMED, DOWN, UP, criteria_moved
from .network_view import LEAST
from .standards import Criterion, Framework


@dataclass(frozen=True)
class Pair:
    """Two results of one organisation: the earlier one with its version, the later one of that shown."""

    old: Framework
    before: Assessment
    after: Assessment


@dataclass(frozen=True)
class CriterionChanged:
    """A criterion with the same wording both times: of so many organisations, how many moved which way."""

    criterion: Criterion
    of: int
    up: int
    same: int
    down: int


@dataclass(frozen=True)
class Cohort:
    """What changed at `organisations` from one year to the other; criteria that too few compare are left out.

    `hidden` says that there are too few organisations for anything to be shown.
    """

    years: tuple[str, str]
    organisations: int
    criteria: tuple[CriterionChanged, ...]

    @property
    def hidden(self) -> bool:
        """Whether there are too few."""
        return self.organisations < LEAST

    @property
    def total(self) -> tuple[int, int, int]:
        """How many comparisons went up, stayed the same, went down, over all criteria."""
        up, same, down = (sum(getattr(item, way) for item in self.criteria) for way in ("up", "same", "down"))
        return up, same, down


def cohort(
    framework: Framework, years: tuple[str, str], pairs: Sequence[Pair], versions: Iterable[Framework]
) -> Cohort:
    """What changed by criterion, where at least LEAST organisations can be compared, in the file's order.

    Only criteria that are unchanged from version to version compare: who confirmed a new wording is known to
    the organisation, and not looked for here.
    """
    between = tuple(versions)
    moved: dict[str, Counter[str]] = {}
    every = {item.id for item in framework.criteria}
    for pair in pairs:
        over = carry(pair.old, framework, pair.before, between)
        for item in criteria_moved(over, pair.before, pair.after, unconfirmed=every):
            moved.setdefault(item.criterion, Counter())[item.kind] += 1
    found = (
        CriterionChanged(
            item, kinds[UP] + kinds[CONFIRMED] + kinds[DOWN], kinds[UP], kinds[CONFIRMED], kinds[DOWN]
        )
        for item in framework.criteria
        if (kinds := moved.get(item.id))
    )
    return Cohort(years, len(pairs), tuple(item for item in found if item.of >= LEAST))
