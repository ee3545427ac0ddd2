"""The last plan beside what moved: what was done and moved, done and not moved, dropped, or still open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .moved import CONFIRMED, DOWN, UP, CriterionMoved, Moved
from .plan import PlanLine

MOVED, NOT_MOVED, UNCLEAR, GONE = "moved", "not-moved", "not-comparable", "no-longer-asked"
COMPARED = frozenset({UP, DOWN, CONFIRMED})


@dataclass(frozen=True)
class Acted:
    """An action of the last plan. `outcome` is MOVED where any of its criteria is at a higher level now,
    NOT_MOVED where some compare and none is, UNCLEAR where none compares, GONE where none is asked any more.

    `up` are the criteria of now that are higher, `others` those that its criteria became and are not.
    """

    line: PlanLine
    outcome: str
    up: tuple[str, ...]
    others: tuple[str, ...]


def acted(moved: Moved) -> tuple[Acted, ...]:
    """Each action of the plan of last time, in its order."""
    return tuple(_acted(line, moved.criteria) for line in moved.plan)


def moved_by_itself(moved: Moved) -> tuple[str, ...]:
    """Criteria that are higher now though no action of the last plan was for them, in the file's order."""
    planned = {name for line in moved.plan for name in line.criteria}
    return tuple(
        item.criterion
        for item in moved.criteria
        if item.kind == UP and not planned & {then.criterion for then in item.then}
    )


def _acted(line: PlanLine, criteria: Iterable[CriterionMoved]) -> Acted:
    names = set(line.criteria)
    became = [item for item in criteria if names & {then.criterion for then in item.then}]
    up = tuple(item.criterion for item in became if item.kind == UP)
    others = tuple(item.criterion for item in became if item.kind != UP)
    return Acted(line, _outcome(became), up, others)


def _outcome(became: list[CriterionMoved]) -> str:
    kinds = {item.kind for item in became}
    if UP in kinds:
        return MOVED
    if kinds & COMPARED:
        return NOT_MOVED
    return UNCLEAR if kinds else GONE
