"""Answers documents are checked against their framework, every fault at once, and come back as they were."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedri_assess.domain.assessment import (
    Assessment,
    assessment_document,
    assessment_faults,
    assessment_from,
)
from pedri_assess.domain.building import framework_from

from .frameworks import a_criterion, a_framework, answered, framework_documents

FRAMEWORK = a_framework(
    [a_criterion("A"), a_criterion("B", not_applicable={"allowed": False})], [a_criterion("C")]
)


def said(**parts: Any) -> list[str]:
    document = {"framework": "tiny", "version": "1", **parts}
    return [str(fault) for fault in assessment_faults(document, FRAMEWORK)]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"version": "2"}, '$.version: found "2"; expected "1", which these answers are read against'),
        ({"framework": "other"}, '$.framework: found "other"; expected "tiny"'),
        ({"date": "2026-02-30"}, "$.date: there is no day 2026-02-30"),
        ({"criteria": ["A", "X"]}, '$.criteria[1]: unknown criterion "X"'),
        ({"criteria": ["A", "A"]}, '$.criteria[1]: "A" is there twice'),
        ({"targets": {"S9": 1}}, '$.targets.S9: unknown standard "S9"; expected one of "S1", "S2"'),
        ({"targets": {"S1": 4}}, "$.targets.S1: there is no level 4; expected a level of the scale, 0 to 3"),
        ({"importance": {"X": 1}}, '$.importance.X: unknown criterion "X"; expected one of "A", "B", "C"'),
        ({"answers": {"A.": {"level": 1}}}, '$.answers["A."]: unknown criterion "A."; did you mean "A"?'),
        ({"answers": {"A": {"level": 4}}}, "$.answers.A.level: there is no level 4"),
        (
            {"answers": {"A": {"level": 1, "confidence": 4}}},
            "$.answers.A.confidence: there is no confidence 4",
        ),
        (
            {"answers": {"A": {"level": 0, "dont_know": True}}},
            "$.answers.A: answers of different kinds: level",
        ),
        ({"answers": {"A": {"level": 0, "not_applicable": "x"}}}, "level and not_applicable"),
        ({"answers": {"A": {"dont_know": True, "not_applicable": "x"}}}, "not_applicable and dont_know"),
        ({"answers": {"A": {"not_applicable": " "}}}, "$.answers.A.not_applicable: the reason is empty"),
        ({"answers": {"B": {"not_applicable": "x"}}}, "$.answers.B.not_applicable: B may not be"),
        ({"ratings": {"X": {}}}, '$.ratings.X: unknown criterion "X"'),
        ({"ratings": {"A": {"staff": [1, 5]}}}, "$.ratings.A.staff[1]: there is no level 5"),
    ],
)
def test_faults(parts: dict[str, Any], expected: str) -> None:
    assert any(expected in fault for fault in said(**parts)), said(**parts)


def test_all_faults_come_at_once() -> None:
    parts = {"criteria": ["X"], "targets": {"S1": 9}, "answers": {"A": {"level": 9}, "B": {"level": 8}}}
    assert len(said(**parts)) == 4


@pytest.mark.parametrize(
    "answer",
    [{}, {"evidence": "text only"}, {"level": 0, "dont_know": False}, {"level": 3}, {"dont_know": True}],
)
def test_these_answers_are_fine(answer: dict[str, Any]) -> None:
    assert said(answers={"A": answer}) == []


def test_an_answer_outside_the_scope_is_kept_and_is_no_fault() -> None:
    assert said(criteria=["A"], answers={"C": {"level": 1}}) == []


@given(st.data())
def test_a_document_comes_back_as_it_was(data: st.DataObject) -> None:
    framework = framework_from(data.draw(framework_documents()), "sha256:0")
    assessment: Assessment = data.draw(answered(framework))
    assert assessment_from(assessment_document(assessment)) == assessment


def test_level_and_confidence_nought_are_said() -> None:
    answers = {"A": {"level": 0, "confidence": 0}}
    document = {"framework": "tiny", "version": "1", "answers": answers}
    assert assessment_document(assessment_from(document))["answers"] == answers
