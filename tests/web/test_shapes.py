"""Frameworks of other shapes than ours go through the whole quick check, without a line of code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.unit.frameworks import a_criterion, a_document

from .conftest import Walk
from .pages import words_of

AppWith = Callable[..., Flask]

SHAPES: dict[str, dict[str, Any]] = {
    "one criterion, two levels": a_document(levels=2),
    "ten levels": a_document([a_criterion("A"), a_criterion("B")], levels=10),
    "no core, with groups": a_document(
        [a_criterion("A", group="First"), a_criterion("B", group="First"), a_criterion("C", group="Second")],
        [a_criterion("D")],
        levels=3,
    ),
    "names that pages have": a_document(
        [a_criterion("answers"), a_criterion("tasks"), a_criterion("result"), a_criterion("a.b_c-D")]
    ),
    "words that are markup": a_document(
        [
            a_criterion(
                "A",
                statement="<b>&amp; {{ 7*7 }} \"'",
                questions={"staff": "</h1><script>"},
                evidence=["<i>"],
            )
        ]
    ),
    "Welsh": a_document([a_criterion("A", statement={"cy": "Rydym yn gwrando"})], language="cy"),
    "everything needs a reason": a_document(scoring={"reason_from": 0}),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_every_shape_can_be_answered_and_reported(app_with: AppWith, shape: dict[str, Any]) -> None:
    client = app_with(shape).test_client()
    criteria = [criterion for standard in shape["standards"] for criterion in standard["criteria"]]
    top = str(len(shape["scale"]) - 1)
    walk = Walk(client, "tiny", "1")
    assert walk.start().status_code == 200
    for criterion in criteria:
        assert walk.go(criterion["id"]).status_code == 200
        walk.answer(criterion["id"], choice=top, reason="because", evidence="something")
    assert set(walk.states().values()) == {"Answered"}
    assert {name: item["level"] for name, item in walk.answers()["answers"].items()} == {
        criterion["id"]: int(top) for criterion in criteria
    }
    assert walk.go("answers/result").status_code == 200
    assert walk.go("answers/set-up").status_code == 200
    for name in ("result.json", "result.csv"):
        assert client.post(f"/quick-check/answers/{name}", data={"token": walk.token}).status_code == 200


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_every_shape_can_be_read(app_with: AppWith, shape: dict[str, Any]) -> None:
    client = app_with(shape).test_client()
    for address in ("/", "/about", "/standards", "/standards/tiny/1", "/standards/tiny/1?q=statement"):
        assert client.get(address).status_code == 200
    for standard in shape["standards"]:
        for criterion in standard["criteria"]:
            assert client.get(f"/standards/tiny/1/{criterion['id']}").status_code == 200


def test_text_in_another_language_says_so(app_with: AppWith) -> None:
    page = app_with(SHAPES["Welsh"]).test_client().get("/standards/tiny/1/A").get_data(as_text=True)
    assert '<span lang="cy" dir="auto">Rydym yn gwrando</span>' in page


def test_a_thousand_criteria_are_listed_and_answered(app_with: AppWith) -> None:
    standards = [[a_criterion(f"C{n}-{k}", group=f"Group {k // 10}") for k in range(50)] for n in range(20)]
    client = app_with(a_document(*standards)).test_client()
    walk = Walk(client, "tiny", "1")
    page = walk.start()
    assert len(walk.states()) == 1000
    assert len(page.data) < 700_000
    question = walk.go("C19-49")
    assert "Question 1,000 of 1,000" in words_of(question)
    walk.answer("C19-49", choice="3", reason="yes")
    assert walk.states()["C19-49"] == "Answered"
    assert walk.go("answers/result").status_code == 200


def test_two_frameworks_can_be_chosen(app_with: AppWith) -> None:
    client = app_with(a_document(), ours=True).test_client()
    assert "A tiny framework" in words_of(client.get("/quick-check"))
    assert "A tiny framework" in words_of(client.get("/standards"))
    assert words_of(client.get("/quick-check?standards=tiny")).count("A tiny framework, version 1") >= 1
    assert client.get("/quick-check?standards=tiny/9").status_code == 404
    assert client.get("/quick-check?standards=nothing").status_code == 404
