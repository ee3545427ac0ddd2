"""The change since last time in a report: what moved, what does not compare, and where it comes from."""

from __future__ import annotations

import json
from dataclasses import replace

from pedri_assess.config import data_dir
from pedri_assess.domain.edition import Edition, edition_faults
from pedri_assess.domain.moved import moved_document
from pedri_assess.reports import sections
from pedri_assess.reports.document import document
from pedri_assess.services.reports import improvement_report, report_for

from .material import last_time, renderer, some_answers, tiny
from .test_editions import words
from .test_verifying import attach, changed, outcomes, verified


def page(edition: Edition) -> str:
    return document(report_for(tiny(), some_answers(), edition), data_dir("templates"))


def test_what_moved_is_told_by_standard_and_criterion() -> None:
    told = words(page(Edition(last_time=last_time("A note."))), "r-last-time")
    framework, found = tiny(), last_time("A note.")
    assert told.startswith(
        f"Change since last time Beside the last assessment: {framework.title} 0, answers of "
        "23 November 2025, revision 2. Of 9 criteria, "
    )
    for item in found.standards:
        assert f"{item.compared} of {item.of}" in told
        assert item.text in told
    assert "A-1 Statement A-1 None All Up 3 levels. Its wording changed. A note." in told
    assert "A-2 Statement A-2 All Most Down 1 level." in told
    assert (
        "A-3 It was put together from A-3 and A-4. Then: A-3 Not known yet and A-4 Most. Now: Some." in told
    )
    assert "As last time (1) A-5" in told
    assert "No longer asked (1) C-1: Most." in told
    moved = {item.kind for item in found.criteria}
    assert moved == {"up", "down", "confirmed", "new", "not-comparable"}


def test_what_moved_is_a_finding_too() -> None:
    told = words(page(Edition(last_time=last_time("A note."))), "r-findings")
    assert "Lower than last time (1)" in told
    assert "A-2 Down from All to Most since last time." in told
    assert "A-1 Up from None to All since last time. Its wording changed. A note." in told
    assert "last time" not in words(page(Edition()), "r-findings")


def test_the_last_plan_stands_beside_what_moved() -> None:
    told = words(page(Edition(last_time=last_time("A note."))), "r-last-time")
    assert (
        "Of 3 actions of the last plan, 1 done, and what it was for is at a higher level, "
        "1 dropped or left with a reason and 1 still open." in told
    )
    assert "A note. A note. A-1 Done Higher now: A-1" in told
    assert "Meet monthly No money A-2, A-4 Dropped" in told
    assert "Write it down C-1 Under way" in told
    without = page(Edition(last_time=replace(last_time(), plan=())))
    assert "What the last plan did" not in without


def test_there_is_no_such_section_without_a_last_time_and_none_may_leave_it_out() -> None:
    names = [section.name for section in sections(report_for(tiny(), some_answers(), Edition()))]
    assert "last_time" not in names
    edition = Edition(last_time=last_time(), left_out=("last_time",))
    names = [section.name for section in sections(report_for(tiny(), some_answers(), edition))]
    assert names.index("last_time") == names.index("findings") - 1


def test_it_travels_with_the_report_and_is_printed_again() -> None:
    pdf = improvement_report(renderer(), tiny(), some_answers(), Edition(last_time=last_time()))
    assert outcomes(verified(pdf))["Pages"] == "agrees"


def test_a_document_that_does_not_fit_its_answers_is_refused() -> None:
    found = last_time()
    right = {"last_time": moved_document(found)}
    assert edition_faults(json.loads(json.dumps(right)), tiny(), some_answers()) == []
    wrong = moved_document(
        replace(
            found,
            date="2025-02-30",
            criteria=(replace(found.criteria[0], now=9), *found.criteria[2:]),
            standards=(replace(found.standards[0], then=8), *found.standards[1:]),
        )
    )
    faults = edition_faults({"last_time": json.loads(json.dumps(wrong))}, tiny(), some_answers())
    assert [str(fault).split(": ")[0] for fault in faults] == [
        "$.last_time.date",
        "$.last_time.criteria",
        "$.last_time.criteria[0].now",
        "$.last_time.standards[0].then",
    ]


def test_a_changed_word_about_last_time_is_found() -> None:
    pdf = improvement_report(renderer(), tiny(), some_answers(), Edition(last_time=last_time()))
    other = replace(last_time(), date="2024-11-23")
    content = {"format": "pedri-assess/report/1", "release": "0.1.0", "last_time": moved_document(other)}
    found = verified(changed(attach("report.json", json.dumps(content).encode()), pdf)).difference
    assert found is not None
    assert found.what == "Mark"
