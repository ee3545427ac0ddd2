"""Reports to print: a small framework, answers of every kind, and the words of people who mean no good."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from pedri_assess.catalogue import Shelf, load_schemas
from pedri_assess.config import data_dir
from pedri_assess.domain.assessment import Assessment, assessment_from
from pedri_assess.domain.building import framework_from
from pedri_assess.domain.standards import Framework
from pedri_assess.reports import Renderer
from pedri_assess.services.reports import improvement_report

EXAMPLES = json.loads((Path(__file__).parents[1] / "unit" / "scoring_examples.json").read_text("utf-8"))


@cache
def shelf() -> Shelf:
    """The standards that are shipped."""
    return Shelf.load([data_dir("standards")], load_schemas(data_dir("standards")))


def tiny() -> Framework:
    """The framework of the known answers: three standards, nine criteria."""
    return framework_from(EXAMPLES["framework"], "sha256:" + "0" * 64)


def some_answers(**more: Any) -> Assessment:
    """Answers of every kind, with ratings, targets and a date."""
    answers = {**EXAMPLES["cases"][-1]["answers"]["answers"], "B-1": {"not_applicable": "We have none."}}
    parts = {"organisation": "Example Trust", "date": "2026-11-23", "answers": answers}
    return assessment_from({**EXAMPLES["cases"][-1]["answers"], **parts, **more})


def with_evidence(text: str) -> Assessment:
    """One answer with this text in every field that people write in."""
    links = [{"address": "https://example.org/", "title": text}]
    answer = {"level": 1, "evidence": text, "reason": text, "note": text, "links": links}
    answers = {"A-1": answer, "A-2": {"not_applicable": text or "none"}}
    scope = {"kind": "project", "name": text, "about": text}
    return some_answers(organisation=text, scope=scope, answers=answers)


def renderer(**more: Any) -> Renderer:
    """The printer as the service has it, with time enough for a busy machine."""
    return Renderer(data_dir("templates"), data_dir("static"), **{"seconds": 120, **more})


@cache
def printed(assessment_json: str = "") -> bytes:
    """The PDF of an answers document for the tiny framework, printed once."""
    assessment = assessment_from(json.loads(assessment_json)) if assessment_json else some_answers()
    return improvement_report(renderer(), tiny(), assessment)
