"""Criteria that are coming: there, and counted for nothing until their day; then like any other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pedri_assess.domain.assessment import Assessment
from pedri_assess.domain.building import framework_from
from pedri_assess.domain.checking import framework_faults
from pedri_assess.domain.result import result_document
from pedri_assess.domain.scoring import score

from .frameworks import a_criterion, a_document, answered, framework_documents

DAY, BEFORE, AFTER = "2027-01-01", "2026-12-31", "2027-06-30"


def scored(document: dict[str, Any], assessment: Assessment) -> dict[str, Any]:
    return result_document(score(framework_from(document, "sha256:0"), assessment))


@settings(max_examples=30)
@given(st.data())
def test_before_its_day_a_criterion_is_as_if_it_were_not_there_and_then_as_if_it_always_was(
    data: st.DataObject,
) -> None:
    document = data.draw(framework_documents(most=4))
    whole = framework_from(document, "sha256:0")
    assessment = data.draw(answered(whole))
    names = [item.id for item in whole.criteria]
    ahead = set(data.draw(st.lists(st.sampled_from(names), unique=True, max_size=len(names) - 1)))
    dated = with_days(document, ahead)
    left = without(document, ahead)
    small = replace(assessment, criteria=tuple(name for name in assessment.criteria if name not in ahead))
    nothing_left = bool(assessment.criteria) and not small.criteria
    for day in ("", BEFORE):
        found = scored(dated, replace(assessment, date=day))
        if nothing_left:
            assert (found["standards"], found["order_of_work"], found["findings"]) == ([], [], [])
        else:
            assert found == scored(left, replace(small, date=day))
    for day in (DAY, AFTER):
        late = replace(assessment, date=day)
        assert scored(dated, late) == scored(document, late)


def with_days(document: dict[str, Any], names: set[str]) -> dict[str, Any]:
    """The same framework, in which these criteria count from a day on."""
    return changed(document, lambda item: {**item, "counts_from": DAY} if item["id"] in names else item)


def without(document: dict[str, Any], names: set[str]) -> dict[str, Any]:
    """The same framework without these criteria, and without standards that have no others."""
    kept = changed(document, lambda item: None if item["id"] in names else item)
    return {**kept, "standards": [item for item in kept["standards"] if item["criteria"]]}


def changed(document: dict[str, Any], change: Any) -> dict[str, Any]:
    return {
        **document,
        "standards": [
            {**part, "criteria": [new for item in part["criteria"] if (new := change(item))]}
            for part in document["standards"]
        ],
    }


@pytest.mark.parametrize(
    ("criteria", "fault"),
    [
        (
            [a_criterion("A", counts_from="2027-02-30"), a_criterion("B")],
            "$.standards[0].criteria[0].counts_from",
        ),
        ([a_criterion("A", counts_from=DAY)], "$.standards"),
        ([a_criterion("A", counts_from=DAY), a_criterion("B")], ""),
    ],
)
def test_a_day_that_is_none_and_a_framework_that_asks_nothing_yet_are_faults(
    criteria: list[dict[str, Any]], fault: str
) -> None:
    assert [found.path for found in framework_faults(a_document(criteria))] == ([fault] if fault else [])
