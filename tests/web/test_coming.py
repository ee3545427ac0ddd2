"""Criteria that are coming: told on every page, asked of nobody, answered by who likes, in the report."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from pedri_assess.services.answers import save_answer
from pedri_assess.services.assessments import overview
from pedri_assess.services.handing_in import check, submit
from pedri_assess.services.results import result_of
from pedri_assess.store import Database
from tests.services.assessing import Place, said
from tests.unit.frameworks import a_criterion, a_document, a_framework

from .conftest import Walk
from .pages import words_of

SOON = "2099-01-01"
CRITERIA = [a_criterion("A"), a_criterion("B", counts_from=SOON), a_criterion("C")]


def test_a_visitor_sees_what_is_coming_and_is_not_asked_for_it(app_with: Callable[..., Flask]) -> None:
    client = app_with(a_document(CRITERIA)).test_client()
    assert "Statement B Counts from 1 January 2099" in words_of(client.get("/standards/tiny/1"))
    assert "Before that day it can be answered" in words_of(client.get("/standards/tiny/1/B"))
    walk = Walk(client, "tiny", "1")
    walk.start()
    walk.answer("A", choice="1")
    tasks = walk.answer("C", choice="2", reason="so")
    words = words_of(tasks)
    assert "2 of 2 done" in words
    assert "Counts from 1 January 2099." in words
    assert words_of(walk.go("B")).count("Counts from 1 January 2099.") == 1
    walk.answer("B", choice="3", reason="so")
    result = words_of(walk.go("answers/result"))
    assert "What will count later" in result
    assert "Counts from 1 January 2099. So far: Level 3." in result
    assert "All 2 criteria" in result


def test_an_assessment_counts_it_from_its_day_on(database: Database) -> None:
    place = Place(database, a_framework([a_criterion("A"), a_criterion("B", counts_from="2026-11-24")]))
    made = place.start()
    found = overview(place.context, made, "ann")
    assert [task.criterion.id for task in found.counted] == ["A", "B"]
    assert check(place.context, made).missing.unanswered == ("A", "B")


def test_an_assessment_can_be_submitted_without_it_and_keeps_what_was_said(database: Database) -> None:
    place = Place(database, a_framework([a_criterion("A"), a_criterion("B", counts_from="2026-11-25")]))
    made = place.start()
    save_answer(place.context, made, "A", "ann", said(1), 0)
    save_answer(place.context, made, "B", "ann", said(0), 0)
    found = overview(place.context, made, "ann")
    assert ([task.criterion.id for task in found.counted], len(found.tasks), found.settled) == (["A"], 2, 1)
    now = check(place.context, made)
    assert (now.missing.unanswered, now.counted) == ((), 1)
    submit(place.context, made, "ann", 1, now.seal, leave=False)
    frozen = result_of(place.context, made)
    assert frozen.frozen.answers["answers"]["B"] == {"level": 0}
    assert [item["criterion"] for item in frozen.frozen.result["criteria"]] == ["A"]
    assert [item["criterion"] for item in frozen.frozen.result["order_of_work"]] == ["A"]
    assert frozen.reproduced
