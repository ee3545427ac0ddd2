"""What moved since last time, by criterion and standard, under both versions."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pedri_assess.domain.assessment import Assessment
from pedri_assess.domain.building import framework_from
from pedri_assess.domain.carrying import carry
from pedri_assess.domain.moved import CriterionMoved, Moved, StandardMoved, moved_document, moved_from
from pedri_assess.domain.scoring import score
from pedri_assess.domain.since import findings_since, moved_since
from pedri_assess.domain.standards import Framework

from .frameworks import a_criterion, a_framework, an_assessment, answered
from .versions import cases

OLD = a_framework([a_criterion(name) for name in "ABCD"], [a_criterion("E")], version="1")


def came(name: str, *links: tuple[str, str], **more: Any) -> dict[str, Any]:
    sources = [{"version": "1", "id": old, "link": kind, "note": f"About {old}."} for old, kind in links]
    return a_criterion(name, **{"from": sources}, **more)


NEW = a_framework(
    [came("U", ("A", "unchanged")), came("R", ("B", "reworded")), came("S", ("C", "split")), came("N")],
    [came("M", ("D", "merged"), ("E", "merged"))],
    version="2",
)


def since(
    before: dict[str, Any], after: dict[str, Any], new: Framework = NEW, unconfirmed: tuple[str, ...] = ()
) -> Moved:
    return moved_since(
        OLD,
        an_assessment(before, version="1", date="2025-03-01", scope={"name": "Maternity"}),
        new,
        an_assessment(after, version="2"),
        unconfirmed=unconfirmed,
    )


def criteria(moved: Moved) -> dict[str, CriterionMoved]:
    return {item.criterion: item for item in moved.criteria}


def standards(moved: Moved) -> dict[str, StandardMoved]:
    return {item.standard: item for item in moved.standards}


def test_up_down_confirmed_new_and_not_comparable() -> None:
    found = since({"A": 1, "B": 3, "C": 2, "D": 1, "E": 2}, {"U": 2, "R": 1, "S": 2, "N": 0, "M": 2})
    told = {name: (item.kind, item.why) for name, item in criteria(found).items()}
    assert told == {
        "U": ("up", ""),
        "R": ("down", "Its wording changed. About B."),
        "S": ("not-comparable", "It is one part of C, which was split."),
        "N": ("new", "It is new in 2."),
        "M": ("not-comparable", "It was put together from D and E."),
    }
    assert found.counts() == {"up": 1, "down": 1, "confirmed": 0, "new": 1, "not-comparable": 2}
    assert (found.version, found.date, found.scope) == ("1", "2025-03-01", "Maternity")
    assert [(then.criterion, then.level, then.words) for then in criteria(found)["M"].then] == [
        ("D", 1, "Level 1"),
        ("E", 2, "Level 2"),
    ]
    assert [(finding.kind, finding.criterion, finding.text) for finding in findings_since(found)] == [
        ("moved-up", "U", "Up from Level 1 to Level 2 since last time."),
        ("moved-down", "R", "Down from Level 3 to Level 1 since last time. Its wording changed. About B."),
        ("comparison-not-fair", "S", "It is one part of C, which was split."),
        ("comparison-not-fair", "M", "It was put together from D and E."),
    ]


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ({}, {"U": 1}, "Last time: not answered."),
        ({"A": {"dont_know": True}}, {"U": 1}, "Last time: not known yet."),
        ({"A": {"not_applicable": "none"}}, {"U": 1}, "Last time: not applicable."),
        ({"A": 1}, {}, "This time: not answered."),
        ({"A": 1}, {"U": {"not_applicable": "none"}}, "This time: not applicable."),
    ],
)
def test_without_a_level_both_times_nothing_compares(
    before: dict[str, Any], after: dict[str, Any], why: str
) -> None:
    item = criteria(since(before, after))["U"]
    assert (item.kind, item.why, item.alike) == ("not-comparable", why, True)


def test_a_reworded_criterion_compares_once_it_is_confirmed() -> None:
    item = criteria(since({"B": 2}, {"R": 2}, unconfirmed=("R", "U")))["R"]
    assert item.why == "Its wording changed, and nobody has confirmed it yet."
    assert criteria(since({"A": 2}, {"U": 2}, unconfirmed=("U",)))["U"].kind == "confirmed"
    assert criteria(since({"B": 2}, {"R": 2}))["R"].kind == "confirmed"


def test_what_was_not_in_scope_does_not_compare() -> None:
    before = an_assessment({"A": 2, "B": 2}, version="1", criteria=["B"])
    found = moved_since(OLD, before, NEW, an_assessment({"U": 2, "R": 3}, version="2", criteria=["U", "R"]))
    assert [(item.criterion, item.kind, item.why) for item in found.criteria] == [
        ("U", "not-comparable", "Last time it was not in scope."),
        ("R", "up", "Its wording changed. About B."),
    ]
    assert [item.of for item in found.standards] == [2]


def test_another_scale_does_not_compare() -> None:
    longer = a_framework([came("U", ("A", "unchanged"))], levels=5, version="2")
    item = criteria(since({"A": 3}, {"U": 4}, longer))["U"]
    assert (item.kind, item.why) == ("not-comparable", "The scale had 4 levels and has 5 now.")


def test_retired_criteria_are_named_with_what_was_said() -> None:
    shorter = a_framework([came("U", ("A", "unchanged"))], version="2")
    found = since({"A": 1, "B": {"dont_know": True}, "E": 3}, {"U": 1}, shorter)
    assert [(item.criterion, item.words) for item in found.past] == [("B", "Not known yet"), ("E", "Level 3")]


def test_a_change_that_comes_from_the_standard_says_so() -> None:
    found = standards(since({"A": 2, "B": 2, "C": 1, "D": 1}, {"U": 2, "R": 2, "S": 3, "N": 3}))["S1"]
    assert (found.compared, found.of, found.then, found.now, found.level) == (2, 4, 2, 2, 2)
    assert [(part.standard, part.title, part.words) for part in found.before] == [
        ("S1", "Standard 1", "Level 1")
    ]
    assert found.cause == "standard"
    assert found.text == (
        "On what compares (2 of 4 criteria), it stands where it stood: Level 2. "
        "As a whole it was Level 1 and is Level 2: that comes from the standard, not from you."
    )


def test_a_change_that_comes_from_the_organisation_is_theirs() -> None:
    found = standards(since({"A": 1, "B": 1, "C": 1, "D": 1}, {"U": 2, "R": 2, "S": 2, "N": 2}))["S1"]
    assert (found.then, found.now, found.cause) == (1, 2, "organisation")
    assert found.text == "On what compares (2 of 4 criteria), it moved from Level 1 to Level 2."
    assert found.shares == (0.333, 0.667)


def test_a_change_of_both_is_told_apart() -> None:
    found = standards(since({"A": 1, "B": 1, "C": 3, "D": 3}, {"U": 2, "R": 2, "S": 1, "N": 0}))["S1"]
    assert found.cause == "both"
    assert found.text == (
        "On what compares (2 of 4 criteria), it moved from Level 1 to Level 2. "
        "As a whole it was Level 1 and is Level 1; the difference comes from the standard."
    )


def test_a_change_that_comes_from_missing_answers_says_so() -> None:
    found = standards(since({"A": 1, "B": 1, "C": 1, "D": 1}, {"U": 1}))["S1"]
    assert (found.level, found.cause) == (None, "answers")
    assert found.text == (
        "On what compares (1 of 4 criteria), it stands where it stood: Level 1. As a whole it was Level 1 "
        "and has no level now: that comes from criteria that had no level then or have none now."
    )


def test_where_nothing_compares_no_change_is_claimed() -> None:
    found = standards(since({"D": 1, "E": 1}, {"M": 3}))["S2"]
    assert (found.cause, found.then, found.now) == ("unknown", None, None)
    assert found.text == "Its only criterion does not compare with last time."


@st.composite
def two_years(draw: st.DrawFn) -> tuple[list[Framework], Assessment, Assessment]:
    """Versions, answers to the first, and answers to the last."""
    documents, before = draw(cases())
    made = [framework_from(document, "sha256:0") for document in documents]
    return made, before, draw(answered(made[-1]))


@given(two_years())
@settings(max_examples=200)
def test_only_what_is_asked_alike_and_answered_twice_compares(
    case: tuple[list[Framework], Assessment, Assessment],
) -> None:
    versions, before, after = case
    found = moved_since(versions[0], before, versions[-1], after, versions)
    carried = {item.criterion: item for item in carry(versions[0], versions[-1], before, versions).criteria}
    for item in found.criteria:
        (compares, sources) = (item.kind in ("up", "down", "confirmed"), carried[item.criterion].sources)
        assert (item.kind == "new") == (not sources)
        assert bool(item.why) or compares
        if compares:
            assert [source.link in ("unchanged", "reworded") for source in sources] == [True]
            then, now = sources[0].answer.level, after.answer(item.criterion).level
            assert then is not None
            assert now is not None
            assert item.kind == ("confirmed" if then == now else "up" if now > then else "down")
    for standard in found.standards:
        assert sum(standard.counts.values()) == standard.of
        assert standard.level == score(versions[-1], after).standard(standard.standard).level
    assert moved_from(json.loads(json.dumps(moved_document(found)))) == found


@given(two_years())
@settings(max_examples=200)
def test_who_answers_as_before_has_not_moved_whatever_the_standard_does(
    case: tuple[list[Framework], Assessment, Assessment],
) -> None:
    versions, before, after = case
    carried = carry(versions[0], versions[-1], before, versions).criteria
    same = {item.criterion: item.answer for item in carried if item.comparable}
    answers = {name: same.get(name, answer) for name, answer in after.answers.items()}
    unmoved = Assessment("tiny", versions[-1].version, answers=answers)
    found = moved_since(versions[0], before, versions[-1], unmoved, versions)
    assert {item.kind for item in found.criteria} <= {"confirmed", "new", "not-comparable"}
    for standard in found.standards:
        assert standard.cause in ("none", "standard", "answers", "unknown")
        assert "moved" not in standard.text
        assert standard.then == standard.now
