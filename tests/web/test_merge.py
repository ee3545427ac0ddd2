"""Copies of a quick check become one: the newest of each thing said, in whatever order they meet."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pedri_assess.domain.assessment import Answer, Assessment, Scope
from pedri_assess.domain.said import Said, status
from pedri_assess.services.quick_check import (
    Entry,
    Journey,
    answer,
    begin,
    journey_document,
    journey_from,
    merge,
    set_up_again,
)
from tests.unit.frameworks import a_criterion, a_framework

NAMES = ("A", "B", "C")
FRAMEWORK = a_framework([a_criterion(name) for name in NAMES])
words = st.text(st.characters(codec="utf-8"), max_size=4)

saids = st.builds(
    Said,
    st.builds(Answer, level=st.none() | st.integers(0, 3), evidence=words, reason=words),
    st.sampled_from([None, 1, 3]),
    st.dictionaries(st.sampled_from(["links", "not_applicable"]), words, max_size=1),
)
set_ups = st.builds(
    Assessment, st.just("tiny"), st.just("1"), words, st.builds(Scope, name=words), targets=st.just({"S1": 1})
)
journeys = st.builds(
    Journey,
    id=st.just("one"),
    content_hash=st.sampled_from(["sha256:0", "sha256:1"]),
    set_up=set_ups,
    set_up_step=st.integers(1, 4),
    entries=st.dictionaries(st.sampled_from(NAMES), st.builds(Entry, st.integers(1, 6), saids)),
)


@given(journeys, journeys)
def test_the_order_of_two_copies_does_not_matter(one: Journey, other: Journey) -> None:
    assert merge(one, other) == merge(other, one)


@given(journeys, journeys, journeys)
def test_nor_which_two_of_three_meet_first(one: Journey, other: Journey, third: Journey) -> None:
    assert merge(merge(one, other), third) == merge(one, merge(other, third))


@given(journeys)
def test_a_copy_merged_with_itself_stays_the_same(one: Journey) -> None:
    assert merge(one, one) == one


@given(journeys, journeys)
def test_the_newest_of_each_thing_said_is_kept(one: Journey, other: Journey) -> None:
    merged = merge(one, other)
    for name in NAMES:
        found = [journey.entries[name] for journey in (one, other) if name in journey.entries]
        if found:
            newest = max(entry.step for entry in found)
            assert merged.entries[name].step == newest
            assert merged.entries[name] in found
    assert merged.set_up_step == max(one.set_up_step, other.set_up_step)
    assert merged.step == max(one.step, other.step)


@given(journeys)
def test_what_is_written_down_is_read_back(one: Journey) -> None:
    assert journey_from(journey_document(one)) == one


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(NAMES), saids), max_size=12))
def test_two_tabs_that_know_of_each_other_lose_nothing(said: list[tuple[bool, str, Said]]) -> None:
    """Whatever tab an answer is given in, after the tabs have met it is there unless there is a newer one."""
    both = begin("one", FRAMEWORK, Assessment("tiny", "1"))
    tabs = {False: both, True: both}
    last: dict[str, Said] = {}
    for tab, name, what in said:
        known = merge(tabs[tab], tabs[not tab])
        tabs[tab], _ = answer(known, known.said(name), name, what)
        last[name] = what
    merged = merge(tabs[False], tabs[True])
    assert {name: merged.said(name) for name in last} == last


def test_different_quick_checks_are_not_put_together() -> None:
    one = begin("one", FRAMEWORK, Assessment("tiny", "1"))
    other = begin("other", FRAMEWORK, Assessment("tiny", "1"))
    assert not one.is_copy_of(other)
    try:
        merge(one, other)
    except ValueError:
        return
    raise AssertionError("they were")


def test_looking_at_an_answer_changes_nothing() -> None:
    older = begin("one", FRAMEWORK, Assessment("tiny", "1"))
    newer, _ = answer(older, Said(), "A", Said(Answer(level=2)))
    seen, unseen = answer(newer, older.said("A"), "A", older.said("A"))
    assert (seen, unseen) == (newer, None)


def test_words_replaced_without_being_seen_come_back() -> None:
    older = begin("one", FRAMEWORK, Assessment("tiny", "1"))
    newer, _ = answer(older, Said(), "A", Said(Answer(evidence="from the other tab")))
    last, unseen = answer(newer, Said(), "A", Said(Answer(evidence="from this tab")))
    assert last.said("A").answer.evidence == "from this tab"
    assert unseen is not None
    assert unseen.answer.evidence == "from the other tab"


def test_words_that_were_carried_over_are_not_lost() -> None:
    older = begin("one", FRAMEWORK, Assessment("tiny", "1"))
    newer, _ = answer(older, Said(), "A", Said(Answer(evidence="first")))
    _, unseen = answer(newer, Said(), "A", Said(Answer(evidence="first and more")))
    assert unseen is None


def test_setting_up_the_same_is_no_change() -> None:
    journey = begin("one", FRAMEWORK, Assessment("tiny", "1"))
    assert set_up_again(journey, journey.set_up) is journey
    assert set_up_again(journey, Assessment("tiny", "1", "Trust")).step == 2


def test_states_in_words() -> None:
    framework = a_framework([a_criterion("A"), a_criterion("B", not_applicable={"allowed": False})])
    criterion = framework.criterion("A")
    expected: list[tuple[Any, str]] = [
        (Said(), "Not started"),
        (Said(Answer(evidence="x")), "In progress"),
        (Said(Answer(confidence=0)), "In progress"),
        (Said(Answer(level=1)), "Answered"),
        (Said(Answer(level=2)), "Needs a reason"),
        (Said(Answer(level=2, reason="x")), "Answered"),
        (Said(Answer(dont_know=True)), "Don't know yet"),
        (Said(Answer(not_applicable="x")), "Not applicable"),
        (Said(typed={"choice": "not-applicable"}), "Needs a reason"),
        (Said(Answer(level=1), typed={"links": "x"}), "In progress"),
    ]
    assert [status(criterion, said, framework) for said, _ in expected] == [state for _, state in expected]
