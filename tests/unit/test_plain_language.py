"""Advice on plain language: what is hard to read, and words that only the field knows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedri_assess.domain.plain_language import OLDEST, advice, reading_age

from .frameworks import a_criterion, a_framework

PLAIN = "We tell people what we found. We do it in words that they use at home."
HARD = (
    "Organisational accountability arrangements systematically operationalise participatory governance "
    "mechanisms notwithstanding heterogeneous institutional responsibilities."
)


def test_plain_words_are_young_and_long_ones_old() -> None:
    plain, hard = reading_age(PLAIN), reading_age(HARD)
    assert plain is not None
    assert hard is not None
    assert plain <= 10
    assert hard > OLDEST


def test_a_few_words_are_not_measured() -> None:
    assert reading_age("We pay people.") is None
    assert reading_age("") is None


def test_what_is_hard_is_named_with_its_place() -> None:
    framework = a_framework(
        [a_criterion("A", statement=HARD), a_criterion("B", statement=PLAIN)],
        glossary=[{"term": "data linkage", "meaning": "Joining."}],
    )
    found = list(advice(framework))
    assert [(item.criterion, item.place) for item in found] == [("A", "Statement")]
    assert "reading age about" in found[0].words


@pytest.mark.parametrize("text", ["We explain Data Linkages.", "data linkage is safe"])
def test_words_of_the_glossary_are_pointed_out(text: str) -> None:
    framework = a_framework(
        [a_criterion("A", statement=text)], glossary=[{"term": "data linkage", "meaning": "Joining."}]
    )
    assert [item.words % item.values for item in advice(framework)] == [
        "“data linkage” is a word of the glossary"
    ]


def test_a_long_sentence_is_pointed_out_and_other_languages_are_left_alone() -> None:
    long = "we go on and on " * 8
    framework = a_framework([a_criterion("A", statement=long), a_criterion("B", statement={"cy": long})])
    found = list(advice(framework))
    assert {item.criterion for item in found} == {"A"}
    assert any("a sentence of 40 words" in item.words % item.values for item in found)


@given(st.text(max_size=400))
def test_any_text_can_be_measured(text: str) -> None:
    age = reading_age(text)
    assert age is None or age >= 5
