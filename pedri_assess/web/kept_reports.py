"""Printed reports of an assessment: delivered where they are kept, and a page that says how far they are."""

from __future__ import annotations

import re

from flask import (
    Blueprint,
    Response,
    abort,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)

from ..domain.policies import READS
from ..reports.renderer import TOO_LATE
from ..services import kept_reports as use
from ..services.kept_reports import KINDS, REPORT, Progress
from ..services.reports import file_name
from ..store.kept_reports import FAILED, MADE, PRINTING
from .gate import PRIVATE, actor, is_automatic
from .languages import gettext, ngettext
from .printing import print_soon
from .protection import allow
from .result import download
from .site import site
from .texts import whole_number

kept_reports = Blueprint("kept_reports", __name__, url_prefix="/assessments/<assessment>/result")

LOOK_EVERY = 5  # seconds, by pages without scripts
_LATE = re.compile(re.escape(TOO_LATE).replace(re.escape("%(seconds)s"), "([0-9.]+)"))
MOST_LOOKS = 120  # then a page that nobody closed looks no more


@kept_reports.get("/report.pdf")
@kept_reports.get("/<int:revision>/report.pdf")
@allow(READS)
def report_pdf(assessment: str, revision: int | None = None) -> Response:
    """The improvement report."""
    return delivered(assessment, revision, REPORT)


@kept_reports.get("/<int:revision>/progress/<kind>")
@allow(READS)
def progress(assessment: str, revision: int, kind: str) -> Response:
    """How far a printed report is; looks again by itself."""
    found = _asked(assessment, revision, kind)
    if is_automatic():
        return make_response(jsonify(state=found.kept.state, words=words(found), file=_file_address(found)))
    asked = request.args.get("look")
    looks = max(whole_number(asked), 0)
    return make_response(
        render_template(
            "assessments/progress.html",
            kept=found.found.assessment,
            frozen=found.found.frozen,
            progress=found,
            words=words(found),
            file=_file_address(found),
            address=_page_address(found),
            looks=looks,
            next=looks + 1,
            looking=asked != "stop" and looks < MOST_LOOKS,
            every=LOOK_EVERY,
        )
    )


@kept_reports.post("/<int:revision>/progress/<kind>")
@allow(READS)
def try_again(assessment: str, revision: int, kind: str) -> Response:
    """Tries again to make a report that was given up."""
    _refuse_unknown(kind)
    use.try_again(site().context, assessment, actor().account_id, revision, kind)
    print_soon()
    return make_response(redirect(f"{_page_address(_asked(assessment, revision, kind))}?look=1", 303))


def delivered(assessment: str, revision: int | None, kind: str) -> Response:
    """A printed report where it is kept; else the page that says how far it is, or 202 for programs."""
    _refuse_unknown(kind)
    ready = use.ready(site().context, assessment, revision, kind)
    if ready is None:
        return _not_yet(_asked(assessment, revision, kind))
    name = file_name(ready.answered, "pdf" if kind == REPORT else f"{kind}.pdf")
    response = download(ready.content, "application/pdf", name)
    response.headers["Cache-Control"] = PRIVATE
    response.set_etag(ready.fingerprint)
    response.make_conditional(request)
    return response


def words(found: Progress) -> str:
    """How far a report is, in a sentence or two."""
    kept = found.kept
    if kept.state == MADE:
        return gettext("It is ready.")
    reason = _reason(kept.reason) if kept.reason else ""
    if kept.state == FAILED:
        return reason
    return " ".join(filter(None, (_again(reason), _turn(found))))


def _reason(kept: str) -> str:
    """Why a report was not made, which is kept in English, in the language of the page."""
    late = _LATE.fullmatch(kept)
    return gettext(TOO_LATE, seconds=late[1]) if late else gettext(kept)


def _again(reason: str) -> str:
    return gettext("%(reason)s It is tried again soon.", reason=reason) if reason else ""


def _turn(found: Progress) -> str:
    if found.kept.state == PRINTING:
        return gettext(
            "It is being printed. That takes a few seconds, and for very long answers half a minute."
        )
    if found.before:
        return ngettext(
            "It waits for its turn: another report is to be made first.",
            "It waits for its turn: %(num)s other reports are to be made first.",
            found.before,
            num=found.before,
        )
    return gettext("It is next.")


def _asked(assessment: str, revision: int | None, kind: str) -> Progress:
    _refuse_unknown(kind)
    found = use.asked(site().context, assessment, revision, kind)
    if found.kept.state not in (MADE, FAILED):
        print_soon()
    return found


def _refuse_unknown(kind: str) -> None:
    if kind not in KINDS:
        abort(404)


def _not_yet(found: Progress) -> Response:
    page = _page_address(found)
    if "text/html" in request.accept_mimetypes.values():
        return make_response(redirect(f"{page}?look=1", 303))
    if found.kept.state == FAILED:
        return make_response(jsonify(state=FAILED, words=words(found), page=page), 503)
    response = make_response(jsonify(state=found.kept.state, words=words(found), page=page), 202)
    response.headers["Retry-After"] = str(LOOK_EVERY)
    return response


def _page_address(found: Progress) -> str:
    wanted = found.kept.wanted
    return url_for(
        "kept_reports.progress",
        assessment=wanted.assessment_id,
        revision=wanted.revision,
        kind=wanted.kind,
    )


def _file_address(found: Progress) -> str:
    wanted = found.kept.wanted
    endpoint = "kept_reports.report_pdf" if wanted.kind == REPORT else "easy_reading.kept_pdf"
    return url_for(endpoint, assessment=wanted.assessment_id, revision=wanted.revision)
