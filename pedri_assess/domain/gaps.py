"""Gaps, the order of work, and quick wins."""

from __future__ import annotations

from .assessment import Assessment
from .result import Gap
from .standards import Criterion, Framework


def order_of_work(framework: Framework, assessment: Assessment) -> tuple[Gap, ...]:
    """Every criterion below its target: what matters most first, then the least effort, core, file order.

    Unanswered and not applicable criteria have no gap.
    """
    found: list[tuple[tuple[int, int, bool], Gap]] = []
    for standard in framework.standards:
        target = assessment.target(standard, framework)
        for criterion in assessment.counted(standard):
            level = assessment.answer(criterion.id).level
            if level is not None and level < target:
                importance = assessment.importance_of(criterion)
                effort = criterion.smallest_effort
                gap = Gap(
                    criterion.id, level, target, target - level, importance, effort.id if effort else None
                )
                rank = effort.rank if effort else len(framework.efforts)
                found.append(((-gap.gap * importance, rank, not criterion.core), gap))
    found.sort(key=lambda pair: pair[0])  # stable: ties stay in the file's order
    return tuple(gap for _, gap in found)


def quick_wins(gaps: tuple[Gap, ...], framework: Framework) -> tuple[str, ...]:
    """The criteria with a gap that have an action of the smallest effort, in the order of work."""
    return tuple(gap.criterion for gap in gaps if _has_quick_win(framework.criterion(gap.criterion)))


def _has_quick_win(criterion: Criterion) -> bool:
    effort = criterion.smallest_effort
    return effort is not None and effort.rank == 0
