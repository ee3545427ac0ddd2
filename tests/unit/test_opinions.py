"""How much of what people say of a criterion may be seen: only of many, rounded, a week at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedri_assess.domain.errors import Incomplete
from pedri_assess.domain.opinions import (
    ANSWERS,
    CLEAR,
    LEAST_PEOPLE,
    LEAST_PLACES,
    LONGEST,
    QUESTIONS,
    ROUNDED_TO,
    TOO_FEW,
    TOO_FEW_PLACES,
    Counted,
    Opinion,
    check_length,
    counted_until,
    rounded,
    shown,
)

NUMBERS = st.integers(0, 40)
COUNTS = st.fixed_dictionaries(
    {question: st.fixed_dictionaries(dict.fromkeys(ANSWERS, NUMBERS)) for question in QUESTIONS}
)


@st.composite
def counts(draw: st.DrawFn) -> Counted:
    """What was said by some people: no question is answered by more than there are."""
    answered = draw(COUNTS)
    least = max(sum(said.values()) for said in answered.values())
    people = draw(st.integers(least, least + 10))
    return Counted("A", people, draw(st.integers(min(1, people), max(1, people))), answered)


@given(counts())
def test_nothing_is_shown_of_few(counted: Counted) -> None:
    seen = shown(counted)
    for question in QUESTIONS:
        answered = sum(counted.counts[question].values())
        assert (question in seen.counts) == (answered >= LEAST_PEOPLE)
        assert (question in seen.hidden) == (answered < LEAST_PEOPLE)
    assert (seen.people is None) == (counted.people < LEAST_PEOPLE)
    assert bool(seen.texts_hidden) == (counted.people < LEAST_PEOPLE or counted.places < LEAST_PLACES)


@given(counts())
def test_no_exact_number_is_shown(counted: Counted) -> None:
    seen = shown(counted)
    numbers = [number for said in seen.counts.values() for number in said.values()]
    assert all(number % ROUNDED_TO == 0 for number in [*numbers, seen.people or 0])


@given(NUMBERS)
def test_rounding_is_to_the_nearest_and_hides_one_person(number: int) -> None:
    assert abs(rounded(number) - number) <= ROUNDED_TO // 2
    same = [
        other for other in range(number - 4, number + 5) if other >= 0 and rounded(other) == rounded(number)
    ]
    assert len(same) >= 3


def test_one_more_person_is_seen_from_the_fifth_on() -> None:
    four = Counted("A", 4, 4, {CLEAR: {"yes": 4, "partly": 0, "no": 0}})
    five = Counted("A", 5, 3, {CLEAR: {"yes": 4, "partly": 0, "no": 1}})
    assert (shown(four).people, shown(four).counts) == (None, {})
    assert shown(five).counts == {CLEAR: {"yes": 5, "partly": 0, "no": 0}}
    assert shown(five).texts_hidden == ""
    assert shown(Counted("A", 9, 2)).texts_hidden


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001
def test_what_counts_changes_once_a_week(moment: datetime) -> None:
    now = moment.replace(tzinfo=UTC)
    until = counted_until(now)
    assert until <= now < until + timedelta(days=7)
    assert until.weekday() == 0
    assert (until.hour, until.minute, until.second, until.microsecond) == (0, 0, 0, 0)


def test_a_text_has_a_length_and_an_opinion_can_be_empty() -> None:
    check_length("x" * LONGEST)
    with pytest.raises(Incomplete, match="2 too many"):
        check_length("x" * (LONGEST + 2))
    assert Opinion().empty
    assert not Opinion(helps="x").empty


def test_what_says_why_something_is_hidden_says_the_numbers_that_are_held_to() -> None:
    assert f"hidden: fewer than {LEAST_PEOPLE} people" == TOO_FEW
    assert f"hidden: from fewer than {LEAST_PLACES} organisations" == TOO_FEW_PLACES
