"""What comes along to another year or version, by the rules and whatever the links and answers."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pedri_assess.domain.assessment import Answer, Assessment, assessment_document, assessment_faults
from pedri_assess.domain.building import framework_from
from pedri_assess.domain.carrying import (
    Carried,
    CarriedOver,
    carried_assessment,
    carry,
    carry_document,
)
from pedri_assess.domain.standards import Framework

from .frameworks import a_criterion, a_framework, an_assessment
from .versions import cases

FULL = {
    "level": 2,
    "confidence": 3,
    "evidence": "The panel met.",
    "links": ["https://example.org/a", {"address": "https://example.org/b", "title": "Minutes"}],
    "reason": "Since May.",
    "otherwise": True,
    "note": "Ask Priya.",
}
OLD = a_framework([a_criterion(name) for name in "ABCDEFG"], version="1")


def came(name: str, *links: tuple[str, str], **more: Any) -> dict[str, Any]:
    sources = [{"version": "1", "id": old, "link": kind, "note": f"{old}: {kind}"} for old, kind in links]
    return a_criterion(name, **{"from": sources}, **more)


NEW = a_framework(
    [
        came("U", ("A", "unchanged")),
        came("R", ("B", "reworded")),
        came("S", ("C", "split")),
        came("T", ("C", "split"), ("D", "merged")),
        came("M", ("E", "merged"), ("F", "merged")),
        came("N"),
    ],
    version="2",
    retired=[{"version": "1", "id": "G", "why": "A legal duty."}],
)


def carried(answers: dict[str, Any], new: Framework = NEW, **more: Any) -> dict[str, Carried]:
    over = carry(OLD, new, an_assessment(answers, **more))
    return {item.criterion: item for item in over.criteria}


def test_unchanged_and_reworded_are_filled_in_with_every_word() -> None:
    found = carried({"A": FULL, "B": FULL}, importance={"A": 3})
    whole = an_assessment({"A": FULL}).answer("A")
    assert (found["U"].answer, found["U"].importance) == (whole, 3)
    assert (found["U"].to_do, found["U"].comparable) == ("confirm", True)
    assert (found["R"].answer, found["R"].importance) == (whole, None)
    assert (found["R"].to_do, found["R"].comparable) == ("check-wording", True)
    assert found["R"].sources[0].notes == ("B: reworded",)


def test_split_and_merged_stay_blank_beside_all_old_answers() -> None:
    found = carried({"C": FULL, "D": 1, "E": 3, "F": 2})
    for name, sources, suggested in (("S", "C", None), ("T", "CD", 1), ("M", "EF", 2)):
        item = found[name]
        assert (item.answer, item.importance) == (Answer(), None)
        assert [source.criterion for source in item.sources] == list(sources)
        assert (item.to_do, item.comparable, item.suggested) == ("answer", False, suggested)
    assert found["S"].sources[0].answer.evidence == "The panel met."


@pytest.mark.parametrize(
    ("answers", "suggested"),
    [
        ({"E": 3}, None),
        ({"E": 3, "F": {"dont_know": True}}, None),
        ({"E": 3, "F": {"not_applicable": "none"}}, 3),
        ({"E": {"not_applicable": "none"}, "F": {"not_applicable": "none"}}, None),
        ({}, None),
        ({"E": 0, "F": 3}, 0),
    ],
)
def test_the_lowest_level_is_suggested_only_where_none_could_be_lower(
    answers: dict[str, Any], suggested: int | None
) -> None:
    assert carried(answers)["M"].suggested == suggested


def test_new_is_blank_and_retired_is_history() -> None:
    over = carry(OLD, NEW, an_assessment({"G": FULL}))
    fresh = {item.criterion: item for item in over.criteria}["N"]
    assert fresh == Carried("N", Answer(), None, (), "answer", False)
    assert [(item.criterion, item.answer.note, item.why) for item in over.history] == [
        ("G", "Ask Priya.", ("A legal duty.",))
    ]


def test_what_had_no_level_is_to_be_answered_with_its_words_in_place() -> None:
    found = carried({"A": {"dont_know": True, "evidence": "See the log."}, "B": {"note": "Ask Sam."}})
    assert (found["U"].answer.evidence, found["U"].to_do) == ("See the log.", "answer")
    assert (found["R"].answer.note, found["R"].to_do) == ("Ask Sam.", "answer")
    blank = carried({})["U"]
    assert (blank.answer, blank.to_do, blank.sources[0].answer) == (Answer(), "answer", Answer())


def test_not_applicable_comes_along_only_where_it_is_still_allowed() -> None:
    strict = a_framework(
        [came("U", ("A", "unchanged"), not_applicable={"allowed": False}), came("R", ("B", "reworded"))],
        version="2",
    )
    answers = {"A": {"not_applicable": "no data", "note": "Look again."}, "B": {"not_applicable": "no data"}}
    found = carried(answers, strict)
    assert (found["U"].answer, found["U"].to_do) == (Answer(note="Look again."), "answer")
    assert found["U"].sources[0].answer.not_applicable == "no data"
    assert (found["R"].answer.not_applicable, found["R"].to_do) == ("no data", "check-wording")


def test_another_scale_brings_words_and_no_level() -> None:
    longer = a_framework([came("U", ("A", "unchanged")), came("M", ("E", "merged"))], levels=5, version="2")
    found = carried({"A": FULL, "E": 1}, longer, targets={"S1": 3})
    assert (found["U"].answer.level, found["U"].answer.evidence) == (None, "The panel met.")
    assert (found["U"].to_do, found["U"].comparable) == ("answer", False)
    assert found["M"].suggested is None
    assert carried_assessment(OLD, longer, an_assessment({}, targets={"S1": 3})).targets == {}


def test_two_sources_are_never_filled_in_whatever_their_links_say() -> None:
    odd = a_framework([came("U", ("A", "unchanged"), ("B", "unchanged"))], version="2")
    item = carried({"A": 3, "B": 1}, odd)["U"]
    assert (item.answer, item.to_do, item.suggested) == (Answer(), "answer", 1)


def test_starting_again_confirms_everything() -> None:
    answered = an_assessment(
        {"A": FULL, "B": {"not_applicable": "none"}},
        targets={"S1": 3},
        importance={"A": 1},
        criteria=["A", "B", "C"],
        organisation="Example",
        date="2025-06-01",
        scope={"kind": "project", "name": "P"},
    )
    over = carry(OLD, OLD, answered)
    assert over.counts() == {"confirm": 2, "check-wording": 0, "answer": 5}
    assert over.history == ()
    again = carried_assessment(OLD, OLD, answered)
    assert again == replace(answered, date="")


def test_scope_and_targets_follow_the_links() -> None:
    old = a_framework([a_criterion("A"), a_criterion("B")], [a_criterion("C")], version="1")
    new = a_framework([came("X", ("C", "reworded")), came("Y")], [came("Z", ("A", "split"))], version="2")
    answered = an_assessment({}, criteria=["C"], targets={"S2": 1})
    begun = carried_assessment(old, new, answered)
    assert (begun.criteria, begun.targets) == (("X",), {"S1": 1})
    assert carried_assessment(old, new, an_assessment({}, criteria=["B"])).criteria == ()


def over(documents: list[dict[str, Any]], answered: Assessment) -> CarriedOver:
    made = [framework_from(document, "sha256:0") for document in documents]
    return carry(made[0], made[-1], answered, made)


@given(cases())
@settings(max_examples=300)
def test_never_loses_a_word(case: tuple[list[dict[str, Any]], Assessment]) -> None:
    documents, answered = case
    made = [framework_from(document, "sha256:0") for document in documents]
    found = over(documents, answered)
    begun = carried_assessment(made[0], made[-1], answered, made)
    told = carry_document(found, answered, begun)
    shown = [source["answer"] for item in told["criteria"] for source in item["sources"]]
    shown += [item["answer"] for item in told["history"]]
    for answer in assessment_document(answered).get("answers", {}).values():
        assert not answer or answer in shown
    assert assessment_faults(json.loads(json.dumps(told["answers"])), made[-1]) == []


@given(cases())
@settings(max_examples=300)
def test_never_makes_up_a_level_and_fills_in_one_answer_only(
    case: tuple[list[dict[str, Any]], Assessment],
) -> None:
    for item in over(*case).criteria:
        levels = [source.answer.level for source in item.sources]
        assert item.suggested is None or item.suggested == min(level for level in levels if level is not None)
        if item.answer == Answer():
            continue
        (source,) = item.sources
        assert source.link in ("unchanged", "reworded")
        assert item.answer in (source.answer, replace(source.answer, not_applicable=""))
        settled = item.answer.level is not None or bool(item.answer.not_applicable)
        wanted = {"unchanged": "confirm", "reworded": "check-wording"}[source.link] if settled else "answer"
        assert item.to_do == wanted


@given(cases(), st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_is_the_same_whichever_order_links_and_versions_are_in(
    case: tuple[list[dict[str, Any]], Assessment], random: Any
) -> None:
    documents, answered = case
    expected = over(documents, answered)
    shuffled = json.loads(json.dumps(documents))
    for document in shuffled:
        for item in document["standards"][0]["criteria"]:
            random.shuffle(item.get("from", []))
    middle = shuffled[1:-1]
    random.shuffle(middle)
    found = over([shuffled[0], *middle, shuffled[-1]], answered)
    assert (found.criteria, found.history) == (expected.criteria, expected.history)


@given(cases())
def test_each_old_criterion_is_followed_or_history_and_never_both(
    case: tuple[list[dict[str, Any]], Assessment],
) -> None:
    found = over(*case)
    followed = {source.criterion for item in found.criteria for source in item.sources}
    left = {item.criterion for item in found.history}
    assert followed | left == {criterion.id for criterion in found.old.criteria}
    assert not followed & left
