"""Every number in every form of a report is the result's, and what people typed is text in all of them."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from pedri_assess.domain.assessment import IMPORTANCES, Assessment
from pedri_assess.domain.building import framework_from
from pedri_assess.domain.result import result_document
from pedri_assess.domain.scoring import score
from pedri_assess.domain.standards import Framework
from pedri_assess.reports import Report, print_job, result_json
from pedri_assess.services.reports import report_for
from tests.unit.frameworks import a_criterion, a_framework, an_assessment, answered, framework_documents

from .material import renderer
from .told import FORMS, TEMPLATES, csv_rows, expected, numbers_of, pdf, workbook

STATES = {"answered": "", "unanswered": "Not answered yet", "not-applicable": "Not applicable"}


# More gaps than the report lists with their actions
MANY = (
    a_framework([a_criterion(f"C0-{number}") for number in range(15)]),
    an_assessment({f"C0-{number}": number % 2 for number in range(15)}, targets={"S1": 3}),
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Framework, Assessment]:
    """A framework of any shape with answers, sometimes with more gaps than the report lists with actions."""
    framework = framework_from(
        draw(framework_documents(most=draw(st.sampled_from([3, 8, 20])))), "sha256:" + "0" * 64
    )
    return framework, draw(answered(framework, complete=draw(st.booleans())))


def marks(report: Report) -> dict[str, str]:
    """What each criterion is said to be where it has no level."""
    return {
        row.criterion.id: "Not known yet" if row.answer.dont_know else STATES[row.state]
        for row in report.rows
    }


@pytest.mark.parametrize("form", FORMS)
@given(case=cases())
@example(case=MANY)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_page_print_and_word_tell_the_numbers_of_score(form: str, case: tuple[Framework, Assessment]) -> None:
    framework, assessment = case
    report = report_for(framework, assessment)
    told = numbers_of(FORMS[form](report), len(framework.scale))
    assert told == expected(framework, score(framework, assessment), marks(report))


@given(case=cases())
@example(case=MANY)
# To print is slow, so a failing case is told as it is found
@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
def test_the_pdf_tells_the_numbers_of_score(case: tuple[Framework, Assessment]) -> None:
    framework, assessment = case
    report = report_for(framework, assessment)
    told = numbers_of(pdf(renderer().render(print_job(report, TEMPLATES))), len(framework.scale))
    assert told == expected(framework, score(framework, assessment), marks(report))


@given(case=cases())
@example(case=MANY)
@settings(max_examples=60, deadline=None)
def test_table_and_spreadsheet_tell_the_numbers_of_score(case: tuple[Framework, Assessment]) -> None:
    framework, assessment = case
    report, result = report_for(framework, assessment), score(framework, assessment)
    gaps = {gap.criterion: gap for gap in result.order_of_work}
    places = {gap.criterion: place for place, gap in enumerate(result.order_of_work, 1)}
    measured = {item.criterion: item for item in result.criteria}
    book = workbook(report)
    for row, line in zip(csv_rows(report), book.records("Criteria"), strict=True):
        name = row["Criterion"]
        item, gap = measured.get(name), gaps.get(name)
        numbers = {
            "Level": item.level if item else None,
            "Gap": gap.gap if gap else 0 if item else None,
            "Evidenced level": item.evidenced_level if item else None,
            "Place in the order of work": places.get(name),
        }
        assert {key: row[key] for key in numbers} == {
            key: "" if value is None else str(value) for key, value in numbers.items()
        }
        assert {key: line.get(key) for key in numbers} == numbers
        importance = IMPORTANCES[assessment.importance_of(framework.criterion(name))]
        assert row["Importance"] == line["Importance"] == importance
        assert row["Quick win"] == line["Quick win"] == ("Yes" if name in result.quick_wins else "No")
    plan = book.records("Action plan") if result.order_of_work else []
    assert list(dict.fromkeys((line["Place"], line["Criterion"]) for line in plan)) == [
        (place, name) for name, place in places.items()
    ]
    for line, standard in zip(book.records("Profile"), result.standards, strict=True):
        counts = [line[f"Criteria at {level.label}"] for level in framework.scale]
        assert counts == list(standard.counts)
        assert (line.get("Level"), line["Target"]) == (standard.level, standard.target)
        assert (line["Not answered"], line["Not applicable"]) == (
            standard.unanswered,
            standard.not_applicable,
        )


@given(case=cases())
@example(case=MANY)
@settings(max_examples=60, deadline=None)
def test_the_document_is_the_result_to_the_last_digit(case: tuple[Framework, Assessment]) -> None:
    framework, assessment = case
    result = score(framework, assessment)
    told = json.loads(result_json(report_for(framework, assessment)))
    assert told == json.loads(json.dumps(result_document(result)))
    for item, standard in zip(told["standards"], result.standards, strict=True):
        for name, share in vars(standard.index).items():
            assert item["index"][name] == (None if share is None else float(round(share, 3)))
