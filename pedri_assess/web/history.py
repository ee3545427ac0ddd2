"""What happened to an assessment and to an answer, and taking an older text back."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request

from ..domain.errors import Stale, WrongState
from ..domain.languages import to_translate
from ..domain.policies import ANSWERS, READS
from ..services import history as use
from ..services.answers import question
from .gate import access, actor
from .languages import gettext, told
from .protection import allow
from .site import site
from .texts import whole_number

history = Blueprint("history", __name__, url_prefix="/assessments/<assessment>")

CHANGED = to_translate("Somebody changed this answer since you opened the page. This is how it stands now")


@history.get("/history")
@allow(READS)
def of_assessment(assessment: str) -> str:
    """What happened to an assessment, the newest first."""
    lines = use.of_assessment(site().context, assessment, whole_number(request.args.get("before"), use.END))
    return render_template("assessments/history.html", lines=lines, kept=lines.assessment)


@history.get("/criteria/<criterion>/history")
@allow(READS)
def of_answer(assessment: str, criterion: str) -> Response:
    """The texts that an answer had."""
    return _answer_page(assessment, criterion)


@history.post("/criteria/<criterion>/history")
@allow(ANSWERS)
def take_back(assessment: str, criterion: str) -> Response:
    """Saves an older text again."""
    number = whole_number(request.form.get("number"))
    expected = whole_number(request.form.get("expected"))
    try:
        use.take_back(site().context, assessment, criterion, actor().account_id, number, expected)
    except Stale:
        return _answer_page(assessment, criterion, gettext(CHANGED), 409)
    except WrongState as error:
        return _answer_page(assessment, criterion, told(error), 409)
    return make_response(redirect(f"/assessments/{assessment}/criteria/{criterion}", 303))


def _answer_page(assessment: str, criterion: str, problem: str = "", status: int = 200) -> Response:
    context = site().context
    before = whole_number(request.args.get("before"), use.END)
    lines = use.of_answer(context, assessment, criterion, before)
    page = render_template(
        "assessments/answer_history.html",
        lines=lines,
        kept=lines.assessment,
        asked=question(context, assessment, criterion, actor().account_id),
        role=access().role,
        problem=problem,
        in_error=bool(problem),
    )
    return make_response(page, status)
