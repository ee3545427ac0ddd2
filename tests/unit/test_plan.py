"""What a plan proposes, what has to be said with a status, and how much time is left."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedri_assess.catalogue import Shelf, load_schemas
from pedri_assess.config import data_dir
from pedri_assess.domain.assessment import Answer, Assessment
from pedri_assess.domain.errors import Incomplete
from pedri_assess.domain.gaps import order_of_work
from pedri_assess.domain.plan import (
    DONE,
    DROPPED,
    NO_ACTION,
    OPEN,
    PLANNED,
    STATUSES,
    WORDS_NEEDED,
    check_status,
    merged,
    proposals,
    time_left,
)
from pedri_assess.domain.standards import Action, Criterion, Framework, Text

FRAMEWORK = Shelf.load([data_dir("standards")], load_schemas(data_dir("standards"))).current("pedri")
IDS = [criterion.id for criterion in FRAMEWORK.criteria]


def assessed(levels: dict[str, int]) -> Assessment:
    answers = {name: Answer(level=level) for name, level in levels.items()}
    return Assessment(FRAMEWORK.framework, FRAMEWORK.version, answers=answers)


def with_actions(criterion: Criterion, texts: list[str]) -> Criterion:
    return replace(criterion, actions=tuple(Action(Text(text), None) for text in texts))


def changed(texts: dict[str, list[str]]) -> Framework:
    """Our standards with other actions for some criteria."""
    standards = tuple(
        replace(
            standard,
            criteria=tuple(
                with_actions(item, texts[item.id]) if item.id in texts else item for item in standard.criteria
            ),
        )
        for standard in FRAMEWORK.standards
    )
    return replace(FRAMEWORK, standards=standards)


@given(st.dictionaries(st.sampled_from(IDS), st.integers(0, 3)))
def test_every_gap_is_there_in_order_and_every_action_is_proposed_once(levels: dict[str, int]) -> None:
    gaps = order_of_work(FRAMEWORK, assessed(levels))
    found = proposals(FRAMEWORK, gaps)
    assert [each.gap for each in found] == list(gaps)
    told = [(name, item.text) for each in found for item in each.proposals for name in item.criteria]
    wanted = {
        (gap.criterion, str(a.text)) for gap in gaps for a in FRAMEWORK.criterion(gap.criterion).actions
    }
    assert len(told) == len(set(told))
    assert set(told) == wanted
    keys = [item.key for each in found for item in each.proposals]
    assert len(keys) == len(set(keys))


def test_what_several_criteria_share_is_proposed_once_for_all() -> None:
    one, two, three = IDS[:3]
    texts = {one: ["Write it down.", "Ask."], two: ["  write it  DOWN. "], three: ["Ask.", "Ask."]}
    framework = changed(texts)
    gaps = order_of_work(framework, assessed({one: 0, two: 0, three: 0}))
    found = {item.key: item.criteria for each in proposals(framework, gaps) for item in each.proposals}
    first = [gap.criterion for gap in gaps]
    assert sorted(len(criteria) for criteria in found.values()) == [2, 2]
    assert all(criteria == tuple(sorted(criteria, key=first.index)) for criteria in found.values())


@pytest.mark.parametrize("status", STATUSES)
def test_an_end_needs_words(status: str) -> None:
    check_status(status, "Because.")
    if status in WORDS_NEEDED:
        with pytest.raises(Incomplete, match="Say "):
            check_status(status, " \n")
    else:
        check_status(status, "")


def test_there_is_no_other_status() -> None:
    assert set(WORDS_NEEDED) == {DONE, DROPPED, NO_ACTION} == set(STATUSES) - OPEN
    with pytest.raises(ValueError, match="someday"):
        check_status("someday", "x")


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (None, ""), ("2026-11-24", "late"), ("2026-11-25", "due soon"), ("2026-12-09", "due soon"),
        ("2026-12-10", "later"),
    ],
)  # fmt: skip
def test_how_much_time_is_left(due: str | None, expected: str) -> None:
    assert time_left(PLANNED, due, "2026-11-25") == expected
    assert time_left(DONE, due, "2026-11-25") == ""


@given(st.lists(st.lists(st.sampled_from(IDS))))
def test_merging_keeps_every_criterion_once_in_the_files_order(criteria: list[list[str]]) -> None:
    found = merged(criteria, FRAMEWORK)
    assert sorted(found) == sorted({name for names in criteria for name in names})
    assert list(found) == sorted(found, key=IDS.index)
