"""Bringing answers in from a file: the table to fill in, a look at what would be taken, and taking it."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from wtforms import FileField

from ..domain.errors import Stale, WrongState
from ..domain.languages import Marked, to_translate
from ..domain.policies import RUNS
from ..domain.taking import Wrong
from ..services import bringing as use
from ..services.set_up import set_up_of
from .components import PlainForm
from .gate import access, actor
from .languages import gettext, said, told
from .protection import allow
from .result import download
from .site import site
from .starting_again import said_in_words
from .texts import clean

bringing = Blueprint("bringing", __name__, url_prefix="/assessments/<assessment>/bring")

CONFLICT, UNUSABLE = 409, 422
LONGEST_NAME = 100
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHANGED = to_translate(
    "Somebody changed an answer since you opened the page. This is what would be taken now"
)
KEEP, TAKE, EACH = "keep", "take", "each"


class FileForm(PlainForm):
    """A file with answers."""

    file = FileField(to_translate("File with answers"))


@bringing.route("", methods=["GET", "POST"])
@allow(RUNS)
def look(assessment: str) -> Response:
    """Where a file is chosen, and what it would change: nothing is changed yet."""
    form, file = FileForm(), request.files.get("file")
    if request.method == "GET":
        return _page(assessment, form)
    if not file or not file.filename:
        form.file.errors = [gettext("Choose the file with the answers")]
        return _page(assessment, form)
    source = clean(file.filename)[:LONGEST_NAME]
    try:
        return _preview(use.look(site().context, assessment, file.read()), source)
    except use.NotAnswers as error:
        form.file.errors = [gettext("Nothing can be taken from this file")]
        return _page(assessment, form, error.wrong)
    except WrongState as error:
        return _page(assessment, form, problem=told(error))


@bringing.post("/take")
@allow(RUNS)
def take(assessment: str) -> Response:
    """Takes what was looked at."""
    source = clean(request.form.get("source"))[:LONGEST_NAME]
    text, seal = request.form.get("text", ""), request.form.get("seal", "")
    try:
        use.take(site().context, assessment, actor().account_id, text, source, seal, _theirs())
    except Stale as error:
        return _preview(cast(use.Brought, error.current), source, gettext(CHANGED))
    except use.NotAnswers as error:
        return _page(assessment, FileForm(), error.wrong)
    except WrongState as error:
        return _page(assessment, FileForm(), problem=told(error))
    return make_response(redirect(url_for("assessments.tasks", assessment=assessment), 303))


@bringing.get("/answers.xlsx")
@allow(RUNS)
def workbook(assessment: str) -> Response:
    """The table to fill in, as a spreadsheet."""
    return _template(assessment, "xlsx", WORKBOOK)


@bringing.get("/answers.csv")
@allow(RUNS)
def table(assessment: str) -> Response:
    """The same as CSV."""
    return _template(assessment, "csv", "text/csv")


def _template(assessment: str, ending: str, kind: str) -> Response:
    content, framework = use.template(site().context, assessment, ending)
    return download(content, kind, f"answers-{framework.framework}-{framework.version}.{ending}")


def _theirs() -> list[str]:
    """The criteria whose answers are replaced: none, unless the page says so."""
    how = request.form.get("answered")
    chosen = {TAKE: "answered_already", EACH: "theirs"}.get(how or "")
    return request.form.getlist(chosen) if chosen else []


def _page(assessment: str, form: FileForm, wrong: tuple[Wrong, ...] = (), problem: str = "") -> Response:
    kept, framework = set_up_of(site().context, assessment)
    in_error = bool(form.errors or wrong or problem)
    page = render_template(
        "assessments/bring.html",
        kept=kept,
        framework=framework,
        form=form,
        wrong=_shown(wrong),
        problem=problem,
        role=access().role,
        in_error=in_error,
    )
    return make_response(page, CONFLICT if problem else UNUSABLE if in_error else 200)


def _preview(found: use.Brought, source: str, problem: str = "") -> Response:
    page = render_template(
        "assessments/brought.html",
        kept=found.kept,
        found=found,
        wrong=_shown(found.wrong),
        source=source,
        words=said_in_words,
        problem=problem,
        role=access().role,
        in_error=bool(problem),
    )
    return make_response(page, CONFLICT if problem else 200)


def _shown(wrong: tuple[Wrong, ...]) -> list[tuple[str, str, bool]]:
    """Where and what is wrong, and whether those are words of the page: faults of documents are English."""
    return [(said(each.where), said(each.words), isinstance(each.words, Marked)) for each in wrong]
