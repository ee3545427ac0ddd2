"""Method profile-1: from answers to profile, levels, index, gaps and findings; the same for ever."""

from __future__ import annotations

from .assessment import Assessment
from .explain import level_reason, next_step
from .findings import evidenced_level, findings
from .gaps import order_of_work, quick_wins
from .levels import index, is_comparable, standard_level
from .result import METHOD, CriterionResult, Result, StandardResult
from .standards import Framework, Standard
from .tally import Tally


def score(framework: Framework, assessment: Assessment) -> Result:
    """The result of an assessment that has been checked against its framework."""
    covered = [standard for standard in framework.standards if assessment.counted(standard)]
    gaps = order_of_work(framework, assessment)
    return Result(
        method=METHOD,
        framework=framework.framework,
        version=framework.version,
        content_hash=framework.content_hash,
        standards=tuple(standard_result(standard, framework, assessment) for standard in covered),
        order_of_work=gaps,
        quick_wins=quick_wins(gaps, framework),
        criteria=tuple(
            CriterionResult(criterion.id, answer.level, evidenced_level(answer, framework.scoring))
            for standard in covered
            for criterion in assessment.counted(standard)
            if (answer := assessment.answer(criterion.id)).level is not None
        ),
        findings=findings(framework, assessment),
    )


def standard_result(standard: Standard, framework: Framework, assessment: Assessment) -> StandardResult:
    """The profile, level and index of one standard in scope."""
    tally = Tally.of(assessment.counted(standard), assessment, framework.top)
    level = standard_level(tally, framework.scoring)
    return StandardResult(
        id=standard.id,
        target=assessment.target(standard, framework),
        counts=tally.counts,
        applicable=len(tally.applicable),
        answered=tally.answered,
        unanswered=len(tally.applicable) - tally.answered,
        not_applicable=tally.not_applicable,
        level=level,
        level_reason=level_reason(tally, level, framework),
        next_step=next_step(tally, level, framework),
        comparable=is_comparable(tally, framework.scoring),
        index=index(tally, framework.top),
    )
