"""Sums over what organisations share: right, of enough organisations, and each organisation once."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from pedri_assess.domain.assessment import Assessment
from pedri_assess.domain.cohort import Pair, cohort
from pedri_assess.domain.network_view import HIDDEN, LEAST, Panels, Raters, network_view, widest

from .frameworks import a_criterion, a_framework, an_assessment

FRAMEWORK = a_framework([a_criterion("A", core=True), a_criterion("B")], [a_criterion("C")])
NAMES = ("A", "B", "C")
ANSWERS = st.one_of(
    st.none(),
    st.fixed_dictionaries({"level": st.integers(0, 3), "confidence": st.integers(0, 3)}),
    st.just({"dont_know": True}),
    st.just({"not_applicable": "We hold none"}),
)


@st.composite
def places(draw: st.DrawFn) -> Assessment:
    """One organisation's answers, with or without the second standard in scope."""
    given_answers = {name: said for name in NAMES if (said := draw(ANSWERS))}
    scope = draw(st.sampled_from([[], ["A", "B"], ["C"]]))
    ratings = {"A": {"staff": draw(st.lists(st.integers(0, 3), max_size=3))}}
    return an_assessment(
        given_answers, criteria=scope, targets={"S1": draw(st.integers(0, 3))}, ratings=ratings
    )


def test_what_is_hidden_says_how_many_there_must_be() -> None:
    assert f"fewer than {LEAST} " in HIDDEN


@settings(max_examples=60)
@given(st.lists(places(), max_size=7))
def test_every_organisation_is_in_each_sum_once_and_few_are_in_none(shared: list[Assessment]) -> None:
    view = network_view(FRAMEWORK, shared)
    in_scope = Counter(name for place in shared for name in (place.criteria or NAMES))
    assert {item.criterion.id: item.of for item in view.criteria} == {
        name: many for name, many in in_scope.items() if many >= LEAST
    }
    assert set(view.hidden) == {name for name in NAMES if in_scope[name] < LEAST}
    for item in view.criteria:
        assert item.answered + item.unanswered + item.not_applicable == item.of
        assert sum(item.confidence) == item.answered
        assert item.not_known <= item.unanswered
        assert item.below <= item.answered
        mine = [place for place in shared if item.criterion.id in (place.criteria or NAMES)]
        standard = FRAMEWORK.standard_of(item.criterion.id)
        missed = [
            max(0, place.target(standard, FRAMEWORK) - level)
            for place in mine
            if (level := place.answer(item.criterion.id).level) is not None
        ]
        assert (item.below, item.missed) == (sum(map(bool, missed)), sum(missed))
    for each in view.standards:
        assert sum(each.counts) + each.unanswered + each.not_applicable == each.of >= LEAST
    if len(shared) < LEAST:
        assert (view.standards, view.criteria, view.agreement.hidden) == ((), (), HIDDEN)


def test_gaps_that_most_share_come_first_then_the_larger_ones() -> None:
    shared = [an_assessment({"A": 1, "B": 0, "C": level}) for level in (1, 2, 2)]
    view = network_view(FRAMEWORK, shared)
    assert [item.criterion.id for item in view.shared_gaps()] == ["B", "A", "C"]
    assert view.shared_gaps()[0].gaps == (0, 3, 0)


def test_raters_and_panels_are_shown_from_enough_organisations_on() -> None:
    rated = {"A": {"staff": [0, 2], "public": [0, 0, 3]}, "B": {"staff": [1], "public": [1, 1]}}
    one = an_assessment({"A": 1, "B": 1}, ratings=rated)
    agreed = an_assessment({"A": 0}, ratings={"A": {"staff": [1, 1], "public_view": {"level": 2, "of": 4}}})
    item = network_view(FRAMEWORK, [one, one, agreed]).criteria[0]
    assert item.raters == Raters(3, 2)
    assert item.panels == Panels(3, 2, 0, 1)
    few = network_view(FRAMEWORK, [one, one, an_assessment({"A": 1})])
    assert [(item.raters, item.panels) for item in few.criteria] == [(None, None)] * 3
    assert few.seen_differently() == ()


def test_the_widest_result_speaks_and_of_two_alike_the_newer() -> None:
    whole, part, newer = an_assessment({"A": 1}), an_assessment(criteria=["A"]), an_assessment({"A": 2})
    assert widest([("2026-01-01", whole), ("2026-03-01", part)], FRAMEWORK) is whole
    assert widest([("2026-03-01", newer), ("2026-01-01", whole)], FRAMEWORK) is newer
    assert widest([], FRAMEWORK) is None


def test_only_the_same_wording_at_the_same_organisations_is_compared() -> None:
    old = a_framework([a_criterion("X"), a_criterion("Y"), a_criterion("Z")], version="0")
    new = a_framework(
        [
            a_criterion("A", **{"from": [{"version": "0", "id": "X", "link": "unchanged"}]}),
            a_criterion("B", **{"from": [{"version": "0", "id": "Y", "link": "reworded"}]}),
            a_criterion("C", **{"from": [{"version": "0", "id": "Z", "link": "unchanged"}]}),
        ]
    )
    before = an_assessment({"X": 1, "Y": 1, "Z": 1})
    pairs = [Pair(old, before, an_assessment({"A": level, "B": 3})) for level in (0, 1, 2, 3)]
    pairs += [Pair(old, before, an_assessment({"C": 2}))] * 2
    found = cohort(new, ("2025", "2026"), pairs, [old, new])
    assert [(item.criterion.id, item.of, item.up, item.same, item.down) for item in found.criteria] == [
        ("A", 4, 2, 1, 1)
    ]
    assert (found.organisations, found.hidden, found.total) == (6, False, (2, 1, 1))
    assert cohort(new, ("2025", "2026"), pairs[:2], [old, new]).hidden
