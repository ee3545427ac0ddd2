"""The easy-to-read report, of a quick check and of what was submitted: a page, and the same as PDF."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, render_template

from ..domain.policies import ANYONE, READS
from ..reports import Report, ReportBusy, ReportFailed, easy_read, in_easy_words
from ..services.editions import edition_of
from ..services.kept_reports import EASY_READ
from ..services.reports import easy_read_report, file_name, report_for
from ..services.results import FrozenResult, result_of
from .carrying import page
from .kept_reports import delivered
from .protection import allow
from .result import download, not_made, report_of
from .saving import arrive
from .site import site
from .your_report import logo_address

PDF = "easy-read.pdf"

easy_reading = Blueprint("easy_reading", __name__)


@easy_reading.route("/quick-check/answers/easy-read", methods=["GET", "POST"])
@allow(ANYONE)
def quick_check_page() -> Response:
    """The easy-to-read report of a quick check."""
    came = arrive()
    shown = _shown(report_of(came))
    return page(
        "quick_check/easy_read.html", came.journey, framework=came.framework, saved=came.saved, **shown
    )


@easy_reading.post(f"/quick-check/answers/{PDF}")
@allow(ANYONE)
def quick_check_pdf() -> Response:
    """The same as PDF; a page where it cannot be made just now."""
    came = arrive()
    report = report_of(came)
    try:
        content = easy_read_report(site().context.renderer, report)
    except (ReportBusy, ReportFailed) as error:
        return not_made(came, error, PDF)
    return download(content, "application/pdf", file_name(report.assessment, PDF))


@easy_reading.get("/assessments/<assessment>/result/easy-read")
@easy_reading.get("/assessments/<assessment>/result/<int:revision>/easy-read")
@allow(READS)
def kept_page(assessment: str, revision: int | None = None) -> Response:
    """The easy-to-read report of a revision, the newest where none is named."""
    found = result_of(site().context, assessment, revision)
    page = render_template(
        "assessments/easy_read.html",
        kept=found.assessment,
        frozen=found.frozen,
        logo_address=logo_address(found.assessment.organisation_id),
        **_shown(_report(found)),
    )
    return make_response(page)


@easy_reading.get(f"/assessments/<assessment>/result/{PDF}")
@easy_reading.get(f"/assessments/<assessment>/result/<int:revision>/{PDF}")
@allow(READS)
def kept_pdf(assessment: str, revision: int | None = None) -> Response:
    """The same as PDF."""
    return delivered(assessment, revision, EASY_READ)


def _report(found: FrozenResult) -> Report:
    return report_for(found.framework, found.answered, edition_of(site().context, found))


def _shown(report: Report) -> dict[str, Any]:
    return {"easy": easy_read(report), "report": report, "in_easy_words": in_easy_words, "medium": "web"}
