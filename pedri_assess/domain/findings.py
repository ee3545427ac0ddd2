"""Findings: what a reader should know about the answers besides their levels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .assessment import Answer, Assessment, PublicView, Ratings
from .levels import is_comparable
from .result import Finding
from .standards import Criterion, Framework, ScoringRules, Standard
from .tally import Tally

FEWEST_PUBLIC_RATINGS = 3
RATERS_DIFFER_FROM = 2


def findings(framework: Framework, assessment: Assessment) -> tuple[Finding, ...]:
    """All findings in the file's order: a standard's own before its criteria's."""
    found: list[Finding] = []
    for standard in framework.standards:
        criteria = assessment.counted(standard)
        found.extend(_standard_findings(standard, criteria, framework, assessment))
        for criterion in criteria:
            found.extend(_criterion_findings(criterion, framework, assessment))
    return tuple(found)


def evidenced_level(answer: Answer, rules: ScoringRules) -> int:
    """The highest level at or below the claimed one whose evidence need, and every lower one, is met.

    No confidence given counts as the lowest.
    """
    claimed, confidence = answer.level or 0, answer.confidence or 0
    for level, needed in rules.evidence_needed.items():  # lowest level first
        if level <= claimed and confidence < needed:
            return max(level - 1, 0)
    return claimed


def lower_median(ratings: Sequence[int]) -> int:
    """The middle rating; the lower of the two middle ones when their number is even."""
    return sorted(ratings)[(len(ratings) - 1) // 2]


def public_view(ratings: Ratings) -> PublicView | None:
    """What public contributors see; None below FEWEST_PUBLIC_RATINGS, where it would say too much of each."""
    if ratings.public_view is not None:
        return ratings.public_view
    if len(ratings.public) < FEWEST_PUBLIC_RATINGS:
        return None
    return PublicView(lower_median(ratings.public), len(ratings.public))


def _standard_findings(
    standard: Standard, criteria: tuple[Criterion, ...], framework: Framework, assessment: Assessment
) -> Iterator[Finding]:
    tally = Tally.of(criteria, assessment, framework.top)
    if criteria and not is_comparable(tally, framework.scoring):
        text = (
            f"{tally.not_applicable} of {len(criteria)} criteria are not applicable, more than "
            f"{_percent(framework.scoring)}: this standard cannot fairly be compared with others'."
        )
        yield Finding("high-not-applicable", text, standard=standard.id)


def _percent(rules: ScoringRules) -> str:
    return f"{float(rules.not_applicable_limit):.0%}"


def _criterion_findings(
    criterion: Criterion, framework: Framework, assessment: Assessment
) -> Iterator[Finding]:
    answer, ratings = assessment.answer(criterion.id), assessment.ratings_of(criterion.id)
    texts = (
        ("awaiting-evidence", _awaiting_evidence(answer, framework)),
        ("public-see-it-differently", _public_differs(answer, ratings, framework)),
        ("raters-differ", _raters_differ(ratings, framework)),
        ("unanswered", _unanswered(answer)),
        ("not-applicable", answer.not_applicable),
        ("otherwise", "The aim is achieved in another way." if answer.otherwise else ""),
    )
    for kind, text in texts:
        if text:
            yield Finding(kind, text, criterion=criterion.id)


def _awaiting_evidence(answer: Answer, framework: Framework) -> str:
    if answer.level is None:
        return ""
    carried = evidenced_level(answer, framework.scoring)
    if carried >= answer.level:
        return ""
    needed = max(value for level, value in framework.scoring.evidence_needed.items() if level <= answer.level)
    given = framework.confidence[answer.confidence or 0].label
    return (
        f"{framework.scale[answer.level].label} needs evidence that is {_lower(framework, needed)}; "
        f"so far it is {given.lower()}, which carries {framework.scale[carried].label}."
    )


def _lower(framework: Framework, value: int) -> str:
    return str(framework.confidence[value].label).lower()


def _public_differs(answer: Answer, ratings: Ratings, framework: Framework) -> str:
    view = public_view(ratings)
    if answer.level is None or view is None or answer.level - view.level < 1:
        return ""
    return (
        f"Staff say {framework.scale[answer.level].label}; half or more of {view.of} public "
        f"contributors say {framework.scale[view.level].label} or lower."
    )


def _raters_differ(ratings: Ratings, framework: Framework) -> str:
    if not ratings.staff or max(ratings.staff) - min(ratings.staff) < RATERS_DIFFER_FROM:
        return ""
    lowest, highest = framework.scale[min(ratings.staff)], framework.scale[max(ratings.staff)]
    return f"Staff who rated alone differ, from {lowest.label} to {highest.label}: discuss it first."


def _unanswered(answer: Answer) -> str:
    if answer.level is not None or answer.not_applicable:
        return ""
    return "Not known yet." if answer.dont_know else "Not answered yet."
