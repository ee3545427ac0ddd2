"""Reports to print: a small framework, answers of every kind, and the words of people who mean no good."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from pedri_assess.catalogue import Shelf, load_schemas
from pedri_assess.config import data_dir
from pedri_assess.domain.assessment import Assessment, assessment_from
from pedri_assess.domain.building import framework_from
from pedri_assess.domain.edition import Change, Edition, Moment, Remark
from pedri_assess.domain.moved import Moved
from pedri_assess.domain.peers import PeerFigure, Peers
from pedri_assess.domain.plan import PlanLine
from pedri_assess.domain.since import moved_since
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


def an_edition(text: str = "Because it is so", who: str = "Maya Okafor", **more: Any) -> Edition:
    """The second revision with every part that sections show; `text` and `who` wherever people write."""
    at = "2026-11-{}T09:30:00.000000Z".format
    history = (
        Moment(at(20), who, "submitted", 1),
        Moment(at(21), who, "sent-back", 1, text),
        Moment(at(22), who, "submitted", 2),
        Moment(at(23), who, "signed-off", 2),
    )
    changes = (
        Change("A-1", 1, 3, ("confidence", "evidence")),
        Change("A-2", 2, 1),
        Change("A-3", "unanswered", 0),
        Change("B-1", 2, "not-applicable", ("reason",)),
        Change("B-2", 1, 1, ("note",)),
        Change("C-1", "unanswered", "not-known"),
    )
    comments = (
        Remark("A-1", at(19), who, text),
        Remark("A-1", at(20), who, "Second"),
        Remark("B-1", at(19), who, text),
    )
    parts: dict[str, Any] = {
        "last_time": last_time(text),
        "history": history,
        "owners": {"A-1": who, "A-3": who, "B-1": who},
        "since": 1,
        "changes": changes,
        "comments": comments,
        "introduction": f"{text}\n\nThe second paragraph.",
        "standing_text": text,
        "peers": peers(),
        "plan": (
            PlanLine(text or "Ask", ("A-1", "B-1"), "under-way", who, "2027-03-31", text, text),
            PlanLine("Meet monthly", ("A-3",), "planned"),
        ),
    }
    return Edition(2, "signed-off", **{**parts, **more})


def peers(wave: str = "2026") -> Peers:
    """What a wave says of the tiny framework's criteria: a band of each kind, and figures that are hidden."""
    half, quarter = Fraction(1, 2), Fraction(1, 4)
    label = tiny().scale[2].label
    return Peers(
        wave,
        "2026-11-24",
        15,
        2,
        (
            PeerFigure(
                "A-1", Fraction(0), half, f"Fewer than half of the organisations are at {label} or above."
            ),
            PeerFigure(
                "A-2", half, Fraction(1), f"At least half of the organisations are at {label} or above."
            ),
            PeerFigure(
                "A-3", quarter, half, f"At least a quarter, but fewer than half, are at {label} or above."
            ),
            PeerFigure("B-1", None, None, "hidden: nearly all organisations chose the same level"),
            PeerFigure("B-2", None, None, "hidden: fewer than 5 other organisations"),
        ),
    )


def last_time(text: str = "Because it is so", after: Assessment | None = None) -> Moved:
    """What moved since an earlier version of the tiny framework, with `text` in all that a file can say."""
    links = {
        "A-1": [("A-1", "reworded")],
        "A-2": [("A-2", "unchanged")],
        "A-3": [("A-3", "split"), ("A-4", "merged")],
        "A-5": [("A-5", "unchanged")],
    }
    newer = copy.deepcopy(EXAMPLES["framework"])
    older = {**copy.deepcopy(newer), "version": "0"}
    for standard in newer["standards"]:
        for item in standard["criteria"]:
            item["from"] = [
                {"version": "0", "id": name, "link": kind, "note": text or "-"}
                for name, kind in links.get(item["id"], [])
            ]
    before = {"A-1": {"level": 0}, "A-2": {"level": 3}, "A-3": {"dont_know": True}, "A-4": {"level": 2}}
    document = {"framework": newer["framework"], "version": "0", "date": "2025-11-23"}
    old, new = (framework_from(item, "sha256:" + "0" * 64) for item in (older, newer))
    then = assessment_from({**document, "answers": {**before, "A-5": {"level": 2}, "C-1": {"level": 2}}})
    plan = (
        PlanLine(text or "Ask", ("A-1",), "done", because=text),
        PlanLine("Meet monthly", ("A-2", "A-4"), "dropped", because="No money"),
        PlanLine("Write it down", ("C-1",), "under-way", due="2026-03-31"),
    )
    moved = moved_since(old, then, new, after or some_answers())
    return replace(moved, revision=2, scope=text, plan=plan)


def renderer(**more: Any) -> Renderer:
    """The printer as the service has it, with time enough for a busy machine."""
    return Renderer(data_dir("templates"), data_dir("static"), **{"seconds": 120, **more})


@cache
def printed(assessment_json: str = "") -> bytes:
    """The PDF of an answers document for the tiny framework, printed once."""
    assessment = assessment_from(json.loads(assessment_json)) if assessment_json else some_answers()
    return improvement_report(renderer(), tiny(), assessment)
