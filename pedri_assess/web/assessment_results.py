"""The results of an assessment, as they were submitted: the page, and the same as files to take away."""

from __future__ import annotations

import json

from flask import Blueprint, Response, make_response, render_template

from ..domain.errors import NotFound
from ..domain.policies import READS
from ..reports import Report, release_document, result_csv, result_workbook, sections
from ..services.editions import edition_of
from ..services.handing_in import check
from ..services.panel_views import waiting_for_response
from ..services.reports import file_name, report_for, word_report
from ..services.results import FrozenResult, result_of, revisions
from .gate import PRIVATE, access
from .protection import allow
from .result import WORD, WORKBOOK, download
from .site import site
from .your_report import logo_address

assessment_results = Blueprint("assessment_results", __name__, url_prefix="/assessments/<assessment>/result")


@assessment_results.get("")
@assessment_results.get("/<int:revision>")
@allow(READS)
def show(assessment: str, revision: int | None = None) -> Response:
    """The newest result, or that of one revision."""
    return _page(assessment, revision)


@assessment_results.get("/report.docx")
@assessment_results.get("/<int:revision>/report.docx")
@allow(READS)
def report_word(assessment: str, revision: int | None = None) -> Response:
    """The improvement report for Word, to edit."""
    context = site().context
    found = result_of(context, assessment, revision)
    content = word_report(context.renderer, _report(found))
    return _file(content, WORD, file_name(found.answered, "docx"))


@assessment_results.get("/result.json")
@assessment_results.get("/<int:revision>/result.json")
@allow(READS)
def result_file(assessment: str, revision: int | None = None) -> Response:
    """The result document as it was frozen."""
    found = result_of(site().context, assessment, revision)
    return _file(_json(found.frozen.result), "application/json", file_name(found.answered, "result.json"))


@assessment_results.get("/answers.json")
@assessment_results.get("/<int:revision>/answers.json")
@allow(READS)
def answers_file(assessment: str, revision: int | None = None) -> Response:
    """The answers document as it was frozen."""
    found = result_of(site().context, assessment, revision)
    name = file_name(found.answered, "answers.json")
    return _file(_json(found.frozen.answers), "application/json", name)


@assessment_results.get("/report.json")
@assessment_results.get("/<int:revision>/report.json")
@allow(READS)
def edition_file(assessment: str, revision: int | None = None) -> Response:
    """What the report says beyond answers and result, as it is attached to the PDF."""
    found = result_of(site().context, assessment, revision)
    document = release_document(edition_of(site().context, found))
    return _file(_json(document), "application/json", file_name(found.answered, "report.json"))


@assessment_results.get("/result.csv")
@assessment_results.get("/<int:revision>/result.csv")
@allow(READS)
def result_table(assessment: str, revision: int | None = None) -> Response:
    """The result as a table."""
    found = result_of(site().context, assessment, revision)
    table = result_csv(_report(found))
    return _file(table, "text/csv", file_name(found.answered, "csv"))


@assessment_results.get("/result.xlsx")
@assessment_results.get("/<int:revision>/result.xlsx")
@allow(READS)
def result_spreadsheet(assessment: str, revision: int | None = None) -> Response:
    """The result as a workbook with an action plan."""
    found = result_of(site().context, assessment, revision)
    book = result_workbook(_report(found))
    return _file(book, WORKBOOK, file_name(found.answered, "xlsx"))


def _page(assessment: str, revision: int | None) -> Response:
    context = site().context
    every = revisions(context, assessment)
    if not every and revision is None:
        kept = check(context, assessment).assessment
        return make_response(render_template("assessments/no_result.html", kept=kept))
    if not every:
        raise NotFound("result")
    found = result_of(context, assessment, revision)
    report = _report(found)
    page = render_template(
        "assessments/result.html",
        kept=found.assessment,
        frozen=found.frozen,
        framework=found.framework,
        revisions=every,
        report=report,
        sections=sections(report),
        medium="web",
        logo_address=logo_address(found.assessment.organisation_id),
        role=access().role,
        waiting=waiting_for_response(context, assessment),
    )
    return make_response(page)


def _report(found: FrozenResult) -> Report:
    return report_for(found.framework, found.answered, edition_of(site().context, found))


def _file(content: bytes, kind: str, name: str) -> Response:
    response = download(content, kind, name)
    response.headers["Cache-Control"] = PRIVATE
    return response


def _json(document: dict[str, object]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()
