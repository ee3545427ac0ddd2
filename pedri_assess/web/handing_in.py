"""Handing in: the check before it, submitting, signing off or sending back, reopening, and the archive."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from ..domain.errors import Incomplete, Stale, WrongState
from ..domain.languages import to_translate
from ..domain.policies import APPROVER, READS, RUNS, SIGNS_OFF
from ..services import handing_in as use
from ..services.history import last_sent_back
from ..services.results import result_of
from ..services.taking_part import people_of
from .gate import access, actor
from .languages import gettext, told
from .printing import print_soon
from .protection import allow
from .site import site
from .texts import clean, whole_number

handing_in = Blueprint("handing_in", __name__, url_prefix="/assessments/<assessment>")

CONFLICT, UNUSABLE = 409, 422
CHANGED = to_translate(
    "Somebody changed this assessment since you opened the page. This is how it stands now"
)
NOT_COMPLETE = to_translate(
    "Some criteria are not answered: answer them, or tick that they are left unanswered"
)
REASON = to_translate("Say why you send it back")
TOO_LONG = to_translate("The reason must be 5,000 characters or fewer")
LONGEST_REASON = 5_000


@handing_in.get("/check")
@allow(READS)
def check(assessment: str) -> Response:
    """What is missing and what is flagged before submitting."""
    return _check_page(assessment)


@handing_in.post("/submit")
@allow(RUNS)
def submit(assessment: str) -> Response:
    """Freezes the answers that the check showed."""
    seal, leave = request.form.get("seal", ""), request.form.get("leave") == "yes"
    done = _then_check(
        assessment,
        lambda: use.submit(site().context, assessment, actor().account_id, _revision(), seal, leave=leave),
    )
    print_soon()
    return done


@handing_in.route("/sign-off", methods=["GET", "POST"])
@allow(SIGNS_OFF)
def sign_off(assessment: str) -> Response:
    """What is to be signed off, and signing it off."""
    if request.method != "POST":
        return _sign_off_page(assessment)
    try:
        use.sign_off(site().context, assessment, actor().account_id, _revision())
    except (Stale, WrongState) as error:
        return _sign_off_page(assessment, problem=_words(error), status=CONFLICT)
    print_soon()
    return _to("assessment_results.show", assessment)


@handing_in.post("/send-back")
@allow(SIGNS_OFF)
def send_back(assessment: str) -> Response:
    """Opens it again, with the reason."""
    reason = clean(request.form.get("reason", ""))
    if not reason.strip() or len(reason) > LONGEST_REASON:
        wrong = TOO_LONG if reason.strip() else REASON
        return _sign_off_page(assessment, reason=reason, wrong=gettext(wrong), status=UNUSABLE)
    try:
        use.send_back(site().context, assessment, actor().account_id, _revision(), reason)
    except (Stale, WrongState) as error:
        return _sign_off_page(assessment, reason=reason, problem=_words(error), status=CONFLICT)
    return _to("handing_in.check", assessment)


@handing_in.post("/reopen")
@allow(RUNS)
def reopen(assessment: str) -> Response:
    """Opens a signed-off assessment as a new revision."""
    return _then_check(
        assessment, lambda: use.reopen(site().context, assessment, actor().account_id, _revision())
    )


@handing_in.post("/archive")
@allow(RUNS)
def archive(assessment: str) -> Response:
    """Puts an assessment away."""
    return _then_check(assessment, lambda: use.archive(site().context, assessment, actor().account_id))


@handing_in.post("/unarchive")
@allow(RUNS)
def unarchive(assessment: str) -> Response:
    """Takes an assessment out of the archive."""
    return _then_check(assessment, lambda: use.unarchive(site().context, assessment, actor().account_id))


def _then_check(assessment: str, change: Callable[[], object]) -> Response:
    try:
        change()
    except Incomplete:
        return _check_page(assessment, wrong=gettext(NOT_COMPLETE), status=UNUSABLE)
    except (Stale, WrongState) as error:
        return _check_page(assessment, _words(error), status=CONFLICT)
    return _to("handing_in.check", assessment)


def _check_page(assessment: str, problem: str = "", wrong: str = "", status: int = 200) -> Response:
    context = site().context
    found, (_, everyone) = use.check(context, assessment), people_of(context, assessment)
    page = render_template(
        "assessments/check.html",
        check=found,
        approvers=[person for person in everyone if person.role == APPROVER],
        sent_back=last_sent_back(context, found.assessment),
        kept=found.assessment,
        problem=problem,
        wrong=wrong,
        in_error=bool(problem or wrong),
        role=access().role,
        me=actor().account_id,
    )
    return make_response(page, status)


def _sign_off_page(
    assessment: str, reason: str = "", wrong: str = "", problem: str = "", status: int = 200
) -> Response:
    found = use.check(site().context, assessment)
    page = render_template(
        "assessments/sign_off.html",
        check=found,
        kept=found.assessment,
        frozen=result_of(site().context, assessment).frozen if found.assessment.submitted_at else None,
        own=found.assessment.submitted_by == actor().account_id,
        reason=reason,
        wrong=wrong,
        problem=problem,
        in_error=bool(wrong or problem),
    )
    return make_response(page, status)


def _words(error: Exception) -> str:
    return gettext(CHANGED) if isinstance(error, Stale) else told(error)


def _revision() -> int:
    return whole_number(request.form.get("revision"))


def _to(endpoint: str, assessment: str) -> Response:
    return make_response(redirect(url_for(endpoint, assessment=assessment), 303))
