"""What PEDRI staff see of all organisations that share with them: sums, in which no organisation is named.

Staff may open the result of each of them, and every such look is noted. So that nobody looks at one without a
note, by a sum that is about one or two, a sum is shown only where at least LEAST organisations are in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .agreement import Agreement, agreement
from .assessment import Answer, Assessment
from .findings import RATERS_DIFFER_FROM, evidenced_level, public_view
from .languages import to_translate
from .levels import is_comparable, standard_level
from .standards import Criterion, Framework, Standard
from .tally import Tally

LEAST = 3  # organisations in a sum

HIDDEN = to_translate("hidden: fewer than 3 organisations")


@dataclass(frozen=True)
class Raters:
    """Organisations in which several people rated a criterion alone, and how many of these differ by much."""

    of: int
    differ: int


@dataclass(frozen=True)
class Panels:
    """Organisations that have a public view of a criterion beside a level: is it lower, the same, higher?"""

    of: int
    lower: int
    same: int
    higher: int


@dataclass(frozen=True)
class CriterionSeen:
    """How many organisations say what of a criterion, of those that have it in scope.

    `counts` are by level, `gaps` by how many levels a target is missed, from one up, `confidence` by its
    values, among those with a level. `unanswered` includes `not_known`. `raters` and `panels` are None where
    they are hidden.
    """

    criterion: Criterion
    of: int
    counts: tuple[int, ...]
    unanswered: int
    not_known: int
    not_applicable: int
    otherwise: int
    gaps: tuple[int, ...]
    confidence: tuple[int, ...]
    awaiting_evidence: int
    raters: Raters | None
    panels: Panels | None

    @property
    def answered(self) -> int:
        """How many have a level."""
        return sum(self.counts)

    @property
    def below(self) -> int:
        """How many miss their target."""
        return sum(self.gaps)

    @property
    def missed(self) -> int:
        """By how many levels all of them miss it together: only for an order among criteria."""
        return sum(size * many for size, many in enumerate(self.gaps, start=1))

    @property
    def confusing(self) -> int:
        """How often it was not known, not applicable, or seen very differently by those who rated alone."""
        return self.not_known + self.not_applicable + (self.raters.differ if self.raters else 0)


@dataclass(frozen=True)
class StandardSeen:
    """How many organisations are at which level of a standard: `counts` by level, `unanswered` without one.

    `not_applicable` are those that cannot be compared, since too many of its criteria are not applicable to
    them; they are in neither of the others. `confidence` is summed over its criteria that are shown.
    """

    standard: Standard
    of: int
    counts: tuple[int, ...]
    unanswered: int
    not_applicable: int
    confidence: tuple[int, ...]


@dataclass(frozen=True)
class NetworkView:
    """All sums about one version. What is hidden is in no list; `hidden` names the criteria left out."""

    framework: Framework
    organisations: int
    standards: tuple[StandardSeen, ...]
    criteria: tuple[CriterionSeen, ...]
    hidden: tuple[str, ...]
    agreement: Agreement

    def shared_gaps(self) -> tuple[CriterionSeen, ...]:
        """Criteria with a gap somewhere: at most organisations first, then the larger gaps; file order."""
        found = [item for item in self.criteria if item.below]
        return tuple(sorted(found, key=lambda item: (-item.below, -item.missed)))

    def confusing(self) -> tuple[CriterionSeen, ...]:
        """Criteria that confuse somewhere, the most confusing first; file order."""
        found = [item for item in self.criteria if item.confusing]
        return tuple(sorted(found, key=lambda item: -item.confusing))

    def seen_differently(self) -> tuple[CriterionSeen, ...]:
        """Criteria with public views that may be shown, those with most lower ones first; file order."""
        found = [item for item in self.criteria if item.panels]
        return tuple(sorted(found, key=lambda item: -item.panels.lower if item.panels else 0))


def widest(results: Iterable[tuple[str, Assessment]], framework: Framework) -> Assessment | None:
    """Which result speaks for an organisation, that counts once: the widest scope, then the newest moment."""
    found = [
        (sum(len(each.in_scope(standard)) for standard in framework.standards), at, each)
        for at, each in results
    ]
    return max(found, key=lambda item: item[:2])[2] if found else None


def network_view(framework: Framework, places: Sequence[Assessment]) -> NetworkView:
    """The sums over organisations, each with one assessment of this version."""
    in_scope = {
        id(place): {item.id for standard in framework.standards for item in place.counted(standard)}
        for place in places
    }
    criteria = []
    for criterion in framework.criteria:
        mine = [place for place in places if criterion.id in in_scope[id(place)]]
        if len(mine) >= LEAST:
            criteria.append(_criterion(criterion, framework, mine))
    shown = {item.criterion.id: item for item in criteria}
    standards = (_standard(standard, framework, places, shown) for standard in framework.standards)
    return NetworkView(
        framework,
        len(places),
        tuple(item for item in standards if item.of >= LEAST),
        tuple(criteria),
        tuple(item.id for item in framework.criteria if item.id not in shown),
        agreement({name: rated.staff for name, rated in place.ratings.items()} for place in places)
        if len(places) >= LEAST
        else Agreement(None, 0, 0, HIDDEN),
    )


def _criterion(criterion: Criterion, framework: Framework, places: Sequence[Assessment]) -> CriterionSeen:
    answers = [place.answer(criterion.id) for place in places]
    levels = Counter(answer.level for answer in answers if answer.level is not None)
    standard = framework.standard_of(criterion.id)
    gaps = Counter(
        place.target(standard, framework) - answer.level
        for place, answer in zip(places, answers, strict=True)
        if answer.level is not None
    )
    return CriterionSeen(
        criterion,
        len(places),
        tuple(levels[level] for level in range(framework.top + 1)),
        sum(answer.level is None and not answer.not_applicable for answer in answers),
        sum(answer.dont_know for answer in answers),
        sum(bool(answer.not_applicable) for answer in answers),
        sum(answer.otherwise for answer in answers),
        tuple(gaps[size] for size in range(1, framework.top + 1)),
        _confidence(answers, framework),
        sum(_awaits_evidence(answer, framework) for answer in answers),
        _raters(criterion, places),
        _panels(criterion, places),
    )


def _confidence(answers: Iterable[Answer], framework: Framework) -> tuple[int, ...]:
    found = Counter(answer.confidence or 0 for answer in answers if answer.level is not None)
    return tuple(found[step.value] for step in framework.confidence)


def _awaits_evidence(answer: Answer, framework: Framework) -> bool:
    return answer.level is not None and evidenced_level(answer, framework.scoring) < answer.level


def _raters(criterion: Criterion, places: Iterable[Assessment]) -> Raters | None:
    rated = [place.ratings_of(criterion.id).staff for place in places]
    spans = [max(levels) - min(levels) for levels in rated if len(levels) > 1]
    if len(spans) < LEAST:
        return None
    return Raters(len(spans), sum(span >= RATERS_DIFFER_FROM for span in spans))


def _panels(criterion: Criterion, places: Iterable[Assessment]) -> Panels | None:
    found = Counter(
        (view.level > level) - (view.level < level)
        for place in places
        if (view := public_view(place.ratings_of(criterion.id))) is not None
        and (level := place.answer(criterion.id).level) is not None
    )
    if found.total() < LEAST:
        return None
    return Panels(found.total(), found[-1], found[0], found[1])


def _standard(
    standard: Standard, framework: Framework, places: Sequence[Assessment], shown: dict[str, CriterionSeen]
) -> StandardSeen:
    tallies = [
        Tally.of(criteria, place, framework.top) for place in places if (criteria := place.counted(standard))
    ]
    fair = [tally for tally in tallies if is_comparable(tally, framework.scoring)]
    levels = Counter(standard_level(tally, framework.scoring) for tally in fair)
    mine = [shown[item.id].confidence for item in standard.criteria if item.id in shown]
    return StandardSeen(
        standard,
        len(tallies),
        tuple(levels[level] for level in range(framework.top + 1)),
        levels[None],
        len(tallies) - len(fair),
        tuple(map(sum, zip(*mine, strict=True))) or (0,) * len(framework.confidence),
    )
