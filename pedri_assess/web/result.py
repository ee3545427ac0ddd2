"""The result of a quick check: the page, and the same as PDF, Word, JSON, CSV and workbook."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from flask import Blueprint, Response, make_response, request

from ..domain.assessment import Assessment, assessment_document
from ..domain.policies import ANYONE
from ..domain.standards import Framework
from ..reports import (
    Report,
    ReportBusy,
    ReportFailed,
    result_csv,
    result_json,
    result_workbook,
    sections,
)
from ..services.editions import plain_edition
from ..services.quick_check import Journey
from ..services.reports import file_name, improvement_report, report_for, word_report
from .carrying import carried_journey, page
from .headers import ASK_AGAIN_PRIVATE
from .languages import told
from .protection import allow
from .quick_check import overview
from .saving import Arrival, arrive
from .site import site

TRY_AGAIN_IN = 60  # seconds
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

result_pages = Blueprint("result", __name__, url_prefix="/quick-check/answers")


def dated(journey: Journey) -> Assessment:
    """The assessment as of today: the day that is printed on what comes out."""
    return replace(journey.assessment, date=site().context.today().isoformat())


@result_pages.route("/result", methods=["GET", "POST"])
@allow(ANYONE)
def show() -> Response:
    """The result, also where not everything is answered."""
    came = arrive()
    report = report_of(came)
    return page(
        "quick_check/result.html",
        came.journey,
        report=report,
        sections=sections(report),
        medium="web",
        **overview(came),
    )


@result_pages.post("/report.pdf")
@allow(ANYONE)
def report_pdf() -> Response:
    """The improvement report; a page where it cannot be made just now."""
    came = arrive()
    context, framework, assessment = site().context, standards_of(came), dated(came.journey)
    try:
        content = improvement_report(
            context.renderer,
            framework,
            assessment,
            plain_edition(context, framework, assessment),
            context.issuer,
        )
    except (ReportBusy, ReportFailed) as error:
        return not_made(came, error)
    return download(content, "application/pdf", file_name(assessment, "pdf"))


def not_made(came: Arrival, error: Exception, file: str = "report.pdf") -> Response:
    """The page that says why a file was not made, from which it can be asked for again."""
    busy = isinstance(error, ReportBusy)
    response = page(
        "quick_check/not_made.html",
        came.journey,
        503,
        framework=came.framework,
        busy=busy,
        why=told(error),
        file=file,
        saved=came.saved,
    )
    if busy:
        response.headers["Retry-After"] = str(TRY_AGAIN_IN)
    return response


@result_pages.post("/report.docx")
@allow(ANYONE)
def report_word() -> Response:
    """The improvement report for Word, to edit."""
    return _made(partial(word_report, site().context.renderer), WORD, "docx")


@result_pages.post("/answers.json")
@allow(ANYONE)
def answers_file() -> Response:
    """The answers file, to keep and to open again; also where its standards are here no more."""
    journey = arrive().journey if request.form.get("from") else carried_journey()
    assessment = dated(journey)
    return download(answers_json(assessment), "application/json", file_name(assessment, "answers.json"))


def answers_json(assessment: Assessment) -> bytes:
    """The answers document, as it is attached to the PDF."""
    document = assessment_document(assessment)
    return (json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


@result_pages.post("/result.json")
@allow(ANYONE)
def result_file() -> Response:
    """The result document."""
    return _made(result_json, "application/json", "result.json")


@result_pages.post("/result.csv")
@allow(ANYONE)
def result_table() -> Response:
    """The result as a table."""
    return _made(result_csv, "text/csv", "csv")


@result_pages.post("/result.xlsx")
@allow(ANYONE)
def result_spreadsheet() -> Response:
    """The result as a workbook with an action plan."""
    return _made(result_workbook, WORKBOOK, "xlsx")


def _made(make: Callable[[Report], bytes], kind: str, ending: str) -> Response:
    report = report_of(arrive())
    return download(make(report), kind, file_name(report.assessment, ending))


def report_of(came: Arrival) -> Report:
    """What the page and every file of a quick check are made from."""
    framework, assessment = standards_of(came), dated(came.journey)
    return report_for(framework, assessment, plain_edition(site().context, framework, assessment))


def standards_of(came: Arrival) -> Framework:
    """The standards as they were written: a report is the same whatever language its page speaks."""
    return site().context.shelf.get(came.framework.framework, came.framework.version)


def download(content: bytes, kind: str, name: str) -> Response:
    """A file to keep, for this person only."""
    response = make_response(content)
    response.mimetype = kind
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = ASK_AGAIN_PRIVATE
    return response
