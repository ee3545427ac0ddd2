"""The quick check: start or open, questions, task list, set-up, and clearing it all away."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for

from ..domain.errors import InvalidDocument
from ..domain.languages import to_translate
from ..domain.policies import ANYONE
from ..domain.said import SETTLED, status
from ..domain.standards import Criterion, Framework
from ..services.hub import help_with
from ..services.quick_check import Journey, begin
from .carrying import (
    StandardsChanged,
    copies,
    fits,
    forgotten,
    framework_of,
    in_page_language,
    lost_words,
    new_id,
    page,
)
from .components import PlainForm
from .forms import question_form
from .headers import ASK_AGAIN_PRIVATE
from .opening import MOST_SHOWN, faults_in_words, opened
from .protection import allow
from .saving import OPEN, TOO_MUCH, Arrival, arrive, start_form
from .setting_up import OpenForm, SetUpForm, StartForm, at_first, set_up_form
from .site import site

quick_check = Blueprint("quick_check", __name__, url_prefix="/quick-check")


@quick_check.get("")
@allow(ANYONE)
def start() -> Response:
    """Where a quick check begins, or goes on."""
    framework = _chosen()
    form = set_up_form(StartForm, framework, site().context.schemas, at_first(framework), None, id=new_id())
    return _start_page(framework, form, OpenForm(data={"id": new_id()}), [])


@quick_check.post("")
@allow(ANYONE)
def start_again() -> Response:
    """The same page with what must be put right in the form that was sent."""
    if request.form.get("from") != OPEN:
        form = start_form()
        form.complete()
        return _start_page(form.framework, form, OpenForm(data={"id": new_id()}), [])
    framework = _chosen()
    form = set_up_form(StartForm, framework, site().context.schemas, at_first(framework), None, id=new_id())
    opening = OpenForm(data={"id": request.form.get("id", "")})
    return _start_page(framework, form, opening, _faults_of_file(opening))


def _chosen() -> Framework:
    """The version asked for in the address, or the current one of the first framework on the shelf."""
    shelf = site().context.shelf
    name, _, version = request.args.get("standards", "").partition("/")
    if name:
        return in_page_language(shelf.get(name, version) if version else shelf.current(name))
    return in_page_language(shelf.current(shelf.frameworks()[0]))


def _faults_of_file(opening: OpenForm) -> list[tuple[str, str]]:
    file = request.files.get("file")
    if not file or not file.filename:
        opening.file.errors = [to_translate("Choose the answers file to open")]
        return []
    try:
        framework, assessment = opened(file)
    except InvalidDocument as error:
        opening.file.errors = [to_translate("This file cannot be opened: what is wrong is listed below")]
        return faults_in_words(error)
    if not fits(begin("", framework, assessment)):
        opening.file.errors = [TOO_MUCH]
    return []


def _start_page(
    framework: Framework, form: SetUpForm, opening: OpenForm, faults: list[tuple[str, str]]
) -> Response:
    shelf = site().context.shelf
    response = make_response(
        render_template(
            "quick_check/start.html",
            framework=framework,
            versions=[
                in_page_language(version) for name in shelf.frameworks() for version in shelf.versions(name)
            ],
            form=form,
            opening=opening,
            faults=faults,
            most_faults=MOST_SHOWN,
            under_way=_under_way(),
        )
    )
    response.headers["Cache-Control"] = ASK_AGAIN_PRIVATE
    return response


def _under_way() -> dict[str, Any] | None:
    """The quick check in this browser's cookies, with how far it is, if its standards are still here."""
    for journey in copies():
        shown: dict[str, Any] = {"token": site().seal.seal(journey), "journey": journey}
        try:
            framework = framework_of(journey)
        except StandardsChanged:
            return shown | {"framework": None}
        total = len(_counted(journey, framework))
        return shown | {"framework": framework, "settled": _settled(journey, framework), "total": total}
    return None


@quick_check.route("/<criterion>", methods=["GET", "POST"])
@allow(ANYONE)
def question(criterion: str) -> Response:
    """One criterion to answer."""
    came = arrive()
    item = came.framework.criterion(criterion)
    criteria = came.journey.criteria(came.framework)
    place = next((number for number, other in enumerate(criteria) if other is item), None)
    form = came.faulty or question_form(
        item, came.framework, site().context.schemas, came.journey.said(criterion)
    )
    return page(
        "quick_check/question.html",
        came.journey,
        framework=came.framework,
        standard=came.framework.standard_of(criterion),
        criterion=item,
        resources=help_with(site().context, came.framework.framework, criterion),
        form=form,
        number=None if place is None else place + 1,
        total=len(criteria),
        before=_address(criteria[place - 1] if place else None),
        after=_address(criteria[place + 1] if place is not None and place + 1 < len(criteria) else None),
        saved=came.saved,
        unseen=lost_words(came.unseen),
    )


def _address(criterion: Criterion | None) -> str:
    """Where a question is; the task list where there is none."""
    if criterion is None:
        return url_for("quick_check.tasks")
    return url_for("quick_check.question", criterion=criterion.id)


@quick_check.route("/answers/tasks", methods=["GET", "POST"])
@allow(ANYONE)
def tasks() -> Response:
    """Every question with how far its answer is."""
    came = arrive()
    return page("quick_check/tasks.html", came.journey, **overview(came))


def overview(came: Arrival) -> dict[str, Any]:
    """What a page that lists all questions shows."""
    framework, journey = came.framework, came.journey
    states = {
        criterion.id: status(criterion, journey.said(criterion.id), framework)
        for criterion in journey.criteria(framework)
    }
    counted = [item.id for item in _counted(journey, framework)]
    open_ = [name for name in counted if states[name] not in SETTLED]
    return {
        "framework": framework,
        "standards": journey.standards(framework),
        "states": states,
        "settled": len(counted) - len(open_),
        "total": len(counted),
        "next_open": framework.criterion(open_[0]) if open_ else None,
        "saved": came.saved,
        "unseen": lost_words(came.unseen),
    }


def _settled(journey: Journey, framework: Framework) -> int:
    return sum(
        status(criterion, journey.said(criterion.id), framework) in SETTLED
        for criterion in _counted(journey, framework)
    )


def _counted(journey: Journey, framework: Framework) -> list[Criterion]:
    """The questions that count by now: what is coming can be answered, and is not asked for."""
    today = site().context.today().isoformat()
    return [item for item in journey.criteria(framework) if item.counts_on(today)]


@quick_check.route("/answers/set-up", methods=["GET", "POST"])
@allow(ANYONE)
def set_up() -> Response:
    """The scope, the names and the targets, to change."""
    came = arrive()
    form: PlainForm = came.faulty or set_up_form(
        SetUpForm, came.framework, site().context.schemas, came.journey.set_up, None
    )
    return page(
        "quick_check/set_up.html",
        came.journey,
        framework=came.framework,
        form=form,
        saved=came.saved,
        unseen=lost_words(came.unseen),
    )


@quick_check.get("/answers/clear")
@allow(ANYONE)
def ask_before_clearing() -> Response:
    """Asks whether the answers are to be removed from this browser."""
    response = make_response(render_template("quick_check/clear.html"))
    response.headers["Cache-Control"] = ASK_AGAIN_PRIVATE
    return response


@quick_check.post("/answers/clear")
@allow(ANYONE)
def clear() -> Response:
    """Removes the answers from this browser."""
    return forgotten("quick_check/cleared.html")
