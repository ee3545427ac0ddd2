"""Leaving a page of the quick check: what is on it is saved first, whichever button was pressed.

Every form goes straight to the address of the page that its button leads to, and says in `from` what it is.
Where it cannot be left as it is, it is sent back to its own address (307, with all that was typed), and that
page shows what is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.routing import RequestRedirect

from ..domain import errors
from ..domain.languages import to_translate
from ..domain.said import Said
from ..domain.standards import Framework
from ..services.quick_check import Journey, answer, begin, merge, set_up_again
from .carrying import carried, copies, fits, in_page_language, new_id
from .components import PlainForm
from .forms import posted_question_form
from .opening import opened
from .setting_up import JOURNEY_ID, SetUpForm, StartForm, at_first, set_up_form
from .site import site

START, OPEN, SET_UP, QUESTION = "start", "open", "set-up", "question"
TOO_MUCH = to_translate(
    "There is no room for this: all answers together are longer than can travel in a page. "
    "Shorten some text, or answer fewer criteria at a time"
)


class SendBack(RequestRedirect):
    """The page that was left has something to put right: back to it, with everything typed."""

    code = 307


@dataclass(frozen=True)
class Arrival:
    """What a page starts from: the quick check, with what was on the page before saved.

    `faulty` is this very page's form where it cannot be left; `saved` the id of the criterion that was taken;
    `unseen` what that replaced without anybody having seen it.
    """

    journey: Journey
    framework: Framework
    faulty: PlainForm | None = None
    saved: str = ""
    unseen: Said | None = None


def arrive() -> Arrival:
    """Saves what is on the page that was left.

    Raises SendBack, Damaged, NothingCarried, StandardsChanged.
    """
    leave = {START: _started, OPEN: _opened, SET_UP: _set_up, QUESTION: _answered}
    origin = request.form.get("from", "")
    if origin in leave:
        return leave[origin]()
    came = carried()
    return Arrival(came.journey, came.framework)


def _stay(address: str) -> None:
    """Goes back to the page that was left, unless it is this one."""
    if address != request.path:
        raise SendBack(address)


def _started() -> Arrival:
    form = start_form()
    if not form.complete():
        raise SendBack(url_for("quick_check.start"))
    journey = begin(_id(form.id.data), form.framework, form.assessment())
    for copy in copies():
        if copy.is_copy_of(journey):
            journey = merge(journey, copy)
    return Arrival(set_up_again(journey, form.assessment()), form.framework)


def _opened() -> Arrival:
    try:
        framework, assessment = opened(request.files.get("file"))
    except errors.InvalidDocument:
        raise SendBack(url_for("quick_check.start")) from None
    journey = begin(_id(request.form.get("id")), framework, assessment)
    if not fits(journey):
        raise SendBack(url_for("quick_check.start"))
    for copy in copies():
        if copy.is_copy_of(journey):
            journey = merge(journey, copy)
    return Arrival(journey, in_page_language(framework))


def _id(posted: str | None) -> str:
    return posted if posted and JOURNEY_ID.fullmatch(posted) else new_id()


def start_form() -> StartForm:
    """The form for a new quick check, as it was sent. Raises NotFound for standards that are not here."""
    framework = site().context.shelf.get(request.form.get("framework", ""), request.form.get("version", ""))
    framework = in_page_language(framework)
    return set_up_form(StartForm, framework, site().context.schemas, at_first(framework), request.form)


def _set_up() -> Arrival:
    came = carried()
    form = set_up_form(SetUpForm, came.framework, site().context.schemas, came.journey.set_up, request.form)
    if form.complete():
        return Arrival(set_up_again(came.journey, form.assessment()), came.framework)
    _stay(url_for("quick_check.set_up"))
    return Arrival(came.journey, came.framework, form)


def _answered() -> Arrival:
    came = carried()
    name = request.form.get("criterion", "")
    if name not in {criterion.id for criterion in came.framework.criteria}:
        raise BadRequest
    schemas = site().context.schemas
    form = posted_question_form(came.framework.criterion(name), came.framework, schemas, request.form)
    journey, unseen = came.journey, None
    kept = not form.too_long()
    if kept:
        journey, unseen = answer(came.journey, came.shown.said(name), name, form.said())
        if not fits(journey):
            form.evidence.errors = [TOO_MUCH]
            journey, unseen, kept = came.journey, None, False
    if kept and (request.form.get("go") != "continue" or form.complete()):
        return Arrival(journey, came.framework, None, name, unseen)
    _stay(url_for("quick_check.question", criterion=name))
    return Arrival(journey, came.framework, form, name if kept else "", unseen)
