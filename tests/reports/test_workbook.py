"""The workbook holds the result's numbers and the actions, and what people typed stays text."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pedri_assess.domain.assessment import Answer, Assessment, Scope
from pedri_assess.reports import Report, result_workbook
from pedri_assess.reports.workbook import CUT, LONGEST, NO_PLAN
from pedri_assess.services.reports import report_for

from .material import an_edition, shelf, some_answers, tiny, with_evidence
from .spreadsheet import Workbook, opened

answers = st.one_of(
    st.builds(Answer, level=st.integers(0, 3), confidence=st.none() | st.integers(0, 3)),
    st.just(Answer(not_applicable="We have none")),
    st.just(Answer(dont_know=True)),
)


def book(report: Report) -> Workbook:
    return opened(result_workbook(report))


@settings(max_examples=40, deadline=None)
@given(st.fixed_dictionaries({}, optional={criterion.id: answers for criterion in tiny().criteria}))
def test_every_number_is_the_results(given: dict[str, Answer]) -> None:
    report = report_for(tiny(), replace(some_answers(), answers=given))
    made = book(report)
    criteria = {row["Criterion"]: row for row in made.records("Criteria")}
    measured = {item.criterion: item for item in report.result.criteria}
    for name, row in criteria.items():
        item = measured.get(str(name))
        assert row.get("Level") == (item.level if item else None)
        assert row.get("Evidenced level") == (item.evidenced_level if item else None)
    gaps = {gap.criterion: gap.gap for gap in report.result.order_of_work}
    assert {name: row["Gap"] for name, row in criteria.items() if row.get("Gap")} == gaps
    assert {name for name, row in criteria.items() if row["Quick win"] == "Yes"} == set(
        report.result.quick_wins
    )
    for row, standard in zip(made.records("Profile"), report.result.standards, strict=True):
        said = (row["Standard"], row.get("Level"), row["Target"])
        assert said == (standard.id, standard.level, standard.target)
        counts = [value for name, value in row.items() if str(name).startswith("Criteria at ")]
        assert tuple(counts) == standard.counts
        assert (row["Not answered"], row["Not applicable"]) == (standard.unanswered, standard.not_applicable)


def test_the_plan_has_every_action_in_the_order_of_work_and_can_be_filled_in() -> None:
    report = report_for(tiny(), some_answers())
    made = book(report)
    plan = made.records("Action plan")
    expected = [
        (gap.criterion, action.text)
        for gap in report.result.order_of_work
        for action in tiny().criterion(gap.criterion).actions or [None]
        if action
    ]
    assert [(row["Criterion"], row["Action"]) for row in plan if "Action" in row] == expected
    assert [row["Place"] for row in plan] == sorted(float(row["Place"]) for row in plan)
    assert {row["Criterion"] for row in plan} == {gap.criterion for gap in report.result.order_of_work}
    assert {row["Status"] for row in plan} == {"Not started"}
    assert sum("<autoFilter" in text for text in made.parts.values()) == 3
    assert sum("<dataValidation " in text for text in made.parts.values()) == 1


def test_our_own_plan_has_a_sheet_that_filters() -> None:
    edition = an_edition("=1+1")
    made = book(report_for(tiny(), some_answers(), edition))
    (first, second) = made.records("Our plan")
    line = edition.plan[0]
    said = (first["Action"], first["Criteria"], first["Status"], first["Owner"], first["Due"])
    assert said == ("=1+1", "A-1, B-1", "Under way", line.owner, line.due)
    assert (second["Action"], second["Status"]) == ("Meet monthly", "Planned")
    assert sum("<autoFilter" in text for text in made.parts.values()) == 4
    assert "Our plan" not in book(report_for(tiny(), some_answers())).sheets


def test_with_nothing_to_do_the_plan_says_so() -> None:
    done = {criterion.id: Answer(level=3) for criterion in tiny().criteria}
    made = book(report_for(tiny(), replace(some_answers(), answers=done)))
    assert made.sheets["Action plan"] == {(0, 0): NO_PLAN}


def test_the_same_answers_make_the_same_bytes() -> None:
    report = report_for(tiny(), some_answers())
    assert result_workbook(report) == result_workbook(report)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "{=1}", "=HYPERLINK(1)", "https://evil.example/",
        "mailto:x@y.example", "internal:A1", "123", "1e5", "TRUE", "<b>&amp;</b>", "_x0041_",
        "a\x00\x07\x1b[31mb", "ended ", "'quoted", "\ufffe\uffff", "مرحبا \u202eright", "🙂" * 10,
    ],
)  # fmt: skip
def test_what_people_typed_stays_text(text: str) -> None:  # R44
    report = report_for(tiny(), with_evidence(text))
    made = book(report)
    row = next(row for row in made.records("Criteria") if row["Criterion"] == "A-1")
    shown = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]", "", text)
    assert row.get("Evidence", "") == _decoded(shown)
    everything = "".join(content for name, content in made.parts.items() if name.startswith("xl/worksheets"))
    assert "<f>" not in everything
    assert "hyperlink" not in everything.lower()


def _decoded(text: str) -> str:
    """Text that looks like an escape of the format is itself escaped there."""
    return re.sub("_(x[0-9A-Fa-f]{4}_)", r"_x005F_\1", text)


def test_what_is_longer_than_a_cell_is_cut_with_words() -> None:
    links = [
        {"address": "https://example.org/" + "a" * 1_900, "title": f"Number {number}"} for number in range(30)
    ]
    report = report_for(tiny(), some_answers(answers={"A-1": {"level": 1, "links": links}}))
    row = book(report).records("Criteria")[0]
    assert len(str(row["Links"])) == LONGEST
    assert str(row["Links"]).endswith(CUT)


@pytest.mark.parametrize("version", ["2023.1", "2025.1"])
def test_the_shipped_standards_fit(version: str) -> None:
    framework = shelf().get("pedri", version)
    made = book(report_for(framework, Assessment("pedri", version, "Example Trust", Scope())))
    assert len(made.records("Criteria")) == len(framework.criteria)
    assert len(made.records("Profile")) == len(framework.standards)


def test_a_row_is_as_high_as_its_words_need() -> None:
    report = report_for(tiny(), some_answers(answers={"A-1": {"level": 1, "evidence": "word " * 60}}))
    sheet = book(report).parts["xl/worksheets/sheet3.xml"]
    high = [float(found) for found in re.findall(r'<row r="\d+"[^>]* ht="([\d.]+)"', sheet)]
    assert high[0] >= 6 * 15
    assert all(points <= 409 for points in high)
