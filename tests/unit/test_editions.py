"""What an edition's document may say beside its answers, and what differs between two revisions."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedri_assess.domain.building import framework_from
from pedri_assess.domain.edition import (
    Change,
    Edition,
    Remark,
    changes,
    edition_document,
    edition_faults,
    edition_from,
)

from .frameworks import a_criterion, a_framework, an_assessment, answered, framework_documents

TWO = a_framework([a_criterion("A"), a_criterion("B")])
AT = "2026-11-24T09:00:00.000000Z"


def faults(document: dict[str, Any], **more: Any) -> list[str]:
    return [str(fault) for fault in edition_faults(document, TWO, an_assessment(**more))]


@given(st.data())
def test_an_answer_is_named_where_and_only_where_it_differs(data: st.DataObject) -> None:
    framework = framework_from(data.draw(framework_documents()), "sha256:0")
    before, after = data.draw(answered(framework)), data.draw(answered(framework))
    both = [
        item.id
        for standard in framework.standards
        for item in after.in_scope(standard)
        if item in before.in_scope(standard)
    ]
    found = changes(framework, before, after)
    assert [item.criterion for item in found] == [
        name for name in both if before.answer(name) != after.answer(name)
    ]
    assert changes(framework, after, after) == ()
    turned = changes(framework, after, before)
    assert [(item.before, item.after) for item in turned] == [(item.after, item.before) for item in found]
    document = json.loads(json.dumps(edition_document(Edition(since=1, changes=found))))
    assert edition_from(document).changes == found
    assert edition_faults(document, framework, after) == []


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ({"A": 1}, {"A": 3}, Change("A", 1, 3)),
        ({}, {"A": {"dont_know": True}}, Change("A", "unanswered", "not-known")),
        (
            {"A": {"not_applicable": "We have none"}},
            {"A": {"level": 0, "evidence": "We have one"}},
            Change("A", "not-applicable", 0, ("evidence",)),
        ),
        (
            {"A": {"not_applicable": "None"}},
            {"A": {"not_applicable": "Still none"}},
            Change("A", "not-applicable", "not-applicable", ("not_applicable",)),
        ),
        (
            {"A": {"level": 1, "note": "x", "links": ["https://x.org"]}},
            {"A": {"level": 1, "otherwise": True}},
            Change("A", 1, 1, ("links", "otherwise", "note")),
        ),
    ],
)
def test_it_says_how(before: dict[str, Any], after: dict[str, Any], change: Change) -> None:
    assert changes(TWO, an_assessment(before), an_assessment(after)) == (change,)


def test_what_does_not_fit_its_answers_is_named_with_its_place() -> None:
    change = {"criterion": "A", "before": 1, "after": 9, "parts": []}
    assert faults({"changes": [change]}) == [
        "$.changes[0].after: there is no level 9; expected a level of the scale, 0 to 3"
    ]
    assert faults({"owners": {"B": "Sam"}, "resources": {"B": []}}, criteria=["A"]) == [
        '$.owners.B: "B" is no criterion in scope; expected one of "A"',
        '$.resources.B: "B" is no criterion in scope; expected one of "A"',
    ]
    (wrong,) = faults({"comments": [{"criterion": "C", "at": AT, "who": "Sam", "body": ""}]})
    assert wrong.startswith('$.comments[0].criterion: "C" is no criterion in scope')


@pytest.mark.parametrize(
    "at", ["2026-99-24T09:00:00.000000Z", "2026-11-24T09:00:00Z", "2026-11-24T25:00:00.0Z"]
)
def test_a_moment_that_is_none_is_named(at: str) -> None:
    document = edition_document(Edition(comments=(Remark("A", at, "Sam", "Hello"),)))
    assert faults(document) == [
        f'$.comments[0].at: there is no moment "{at}"; expected a moment in UTC with its microseconds'
    ]
