"""Answering one criterion: its page, saving as people type and as they go on, and what two wrote at once."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import cast

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for

from ..domain.alone import check_as_usual
from ..domain.errors import NotFound, Stale, WrongState
from ..domain.policies import ANSWERS, COMMENTS, READS
from ..services import answers as use
from ..services import comments as remarks
from ..services.answers import Question
from ..services.assessments import visited
from ..services.from_before import befores
from ..services.hub import help_with
from ..services.offering import offer, offers
from ..services.opinions import say
from ..store import StoreUnavailable
from ..store.answers import Saved
from .discussing import NOT_ABLE, DiscussForm
from .forms import QuestionForm, posted_question_form, question_form
from .gate import access, actor
from .languages import gettext, said, told
from .merging import differences, fingerprint, merged
from .opinions import tapped
from .panel_marking import seen_by
from .protection import allow
from .site import site
from .texts import clean, whole_number
from .typed import typed

answering = Blueprint("answering", __name__, url_prefix="/assessments/<assessment>/criteria/<criterion>")

CONFLICT, UNUSABLE = 409, 422


class NotSaved(Exception):
    """The answer on the page was not saved; `response` is the page that says why and gives it back."""

    def __init__(self, response: Response) -> None:
        super().__init__("not saved")
        self.response = response


@answering.errorhandler(NotSaved)
def not_saved(error: NotSaved) -> Response:
    """The page that gives back what could not be saved."""
    return error.response


@answering.get("")
@allow(READS)
def show(assessment: str, criterion: str) -> Response:
    """One criterion with its answer: to change by those who answer, to read by others."""
    asked = _asked(assessment, criterion)
    response = _page(asked, _form(asked))
    with suppress(StoreUnavailable):  # reading goes on where nothing can be written
        visited(site().context, assessment, actor().account_id, asked.people)
        if asked.comments:
            remarks.seen(site().context, assessment, criterion, actor().account_id)
    return response


@answering.post("")
@allow(ANSWERS)
def leave(assessment: str, criterion: str) -> Response:
    """Saves what is on the page and goes where the button leads; Continue only from a complete answer."""
    asked, form = _saved_first(assessment, criterion)
    going = request.form.get("go", "")
    if going == "continue":
        if not form.complete():
            return _page(asked, form, UNUSABLE)
        _confirm(asked, form)
    to = {"continue": asked.after, "back": asked.before}.get(going)
    if to is None:
        return _to(url_for("assessments.tasks", assessment=assessment))
    return _to(url_for("answering.show", assessment=assessment, criterion=to.id))


@answering.post("/save")
@allow(ANSWERS)
def save(assessment: str, criterion: str) -> Response:
    """Saves what is being typed. JSON: the number that the page goes on from, or what is wrong."""
    asked = _asked(assessment, criterion)
    form = _sent_form(asked)
    if form.too_long():
        message = next(said(field.errors[0]) for field in form.texts if field.errors)
        return make_response(jsonify(message=message), UNUSABLE)
    try:
        saved = _keep(asked, form)
    except Stale as error:
        theirs = cast(Saved, error.current)
        message = gettext("%(name)s changed this answer", name=theirs.saver)
        return make_response(jsonify(message=message, conflict=True), CONFLICT)
    except WrongState as error:
        return make_response(jsonify(message=told(error)), CONFLICT)
    return make_response(jsonify(changes=saved.changes, base=fingerprint(saved.said)))


@answering.post("/owner")
@allow(ANSWERS)
def owner(assessment: str, criterion: str) -> Response:
    """Makes the criterion somebody's, after saving what is on the page."""
    asked, form = _saved_first(assessment, criterion)
    about = DiscussForm(asked, formdata=request.form)
    try:
        use.set_owner_of(site().context, assessment, criterion, about.owner.data, actor().account_id)
    except NotFound:
        about.owner.errors = [NOT_ABLE]
        return _page(asked, form, UNUSABLE, about)
    return _to(url_for("answering.show", assessment=assessment, criterion=criterion) + "#owner")


@answering.post("/offered")
@allow(ANSWERS)
def take_offered(assessment: str, criterion: str) -> Response:
    """Puts evidence that was given elsewhere into the field, behind what is there. Saves nothing yet.

    Where somebody changed the answer since the page was opened, both texts are shown side by side.
    """
    asked = _asked(assessment, criterion)
    form = _sent_form(asked)
    given = (asked.assessment, criterion, actor().account_id, access(), request.form.get("offer", ""))
    taken = offer(site().context, *given).words
    form.evidence.data = "\n\n".join(text for text in (form.evidence.data, taken) if text)
    if whole_number(request.form.get("changes")) != asked.saved.changes:
        return _conflict(asked, form, asked.saved)
    return _page(asked, form)


@answering.post("/comments")
@allow(COMMENTS)
def comment(assessment: str, criterion: str) -> Response:
    """Adds a comment, after saving the answer on the page where there is one."""
    asked, form = _saved_first(assessment, criterion)
    about = DiscussForm(asked, formdata=request.form)
    if not about.complete():
        return _page(asked, form, UNUSABLE, about)
    given = (about.comment.data, about.mention.data or ())
    try:
        remarks.comment(site().context, assessment, criterion, actor().account_id, *given)
    except WrongState as error:
        return _page(asked, form, CONFLICT, about, problem=told(error))
    return _to(url_for("answering.show", assessment=assessment, criterion=criterion) + "#comments")


@answering.post("/opinion")
@allow(READS)
def opinion(assessment: str, criterion: str) -> Response:
    """Keeps what somebody says of the criterion itself, after saving the answer on the page."""
    asked, form = _saved_first(assessment, criterion)
    where = (asked.framework.framework, asked.framework.version, criterion)
    say(site().context, actor(), *where, tapped(request.form.get("tap")))
    if clean(request.form.get("comment")):  # a comment that is begun stays in its field
        return _page(_asked(assessment, criterion), form, about=DiscussForm(asked, formdata=request.form))
    return _to(url_for("answering.show", assessment=assessment, criterion=criterion) + "#opinion")


@answering.post("/comments/<comment>/remove")
@allow(COMMENTS)
def remove(assessment: str, criterion: str, comment: str) -> Response:
    """Takes away one's own comment, after saving the answer on the page where there is one."""
    asked, form = _saved_first(assessment, criterion)
    try:
        remarks.remove(site().context, assessment, comment, actor().account_id)
    except WrongState as error:
        return _page(asked, form, CONFLICT, problem=told(error))
    return _to(url_for("answering.show", assessment=assessment, criterion=criterion) + "#comments")


def may_answer(asked: Question) -> bool:
    """Whether the page's answer can be changed, by this person and just now."""
    try:
        asked.assessment.state.check_answering()
        check_as_usual(asked.alone)
    except WrongState:
        return False
    return ANSWERS.allows(actor(), access())


def _asked(assessment: str, criterion: str) -> Question:
    return use.question(site().context, assessment, criterion, actor().account_id)


def _form(asked: Question) -> QuestionForm:
    return question_form(asked.criterion, asked.framework, site().context.schemas, asked.saved.said)


def _sent_form(asked: Question) -> QuestionForm:
    return posted_question_form(asked.criterion, asked.framework, site().context.schemas, request.form)


def _saved_first(assessment: str, criterion: str) -> tuple[Question, QuestionForm]:
    """The page after saving what was on it, with the form as it was sent. Raises NotSaved, NotFound."""
    asked = _asked(assessment, criterion)
    if "changes" not in request.form or not ANSWERS.allows(actor(), access()):
        return asked, _form(asked)
    form = _sent_form(asked)
    if form.too_long():
        raise NotSaved(_page(asked, form, UNUSABLE, DiscussForm(asked, formdata=request.form)))
    try:
        _keep(asked, form)
    except Stale as error:
        raise NotSaved(_conflict(asked, form, cast(Saved, error.current))) from None
    except WrongState as error:
        raise NotSaved(_page(asked, _form(asked), CONFLICT, problem=told(error))) from None
    return _asked(assessment, criterion), form


def _keep(asked: Question, form: QuestionForm) -> Saved:
    """Saves a form; one that nobody changed since it was made is no news. Raises Stale, WrongState."""
    said = form.said()
    if request.form.get("base") == fingerprint(said):
        return asked.saved
    expected = whole_number(request.form.get("changes"))
    given = (asked.assessment.id, asked.criterion.id, actor().account_id, said, expected)
    return use.save_answer(site().context, *given)


def _confirm(asked: Question, form: QuestionForm) -> None:
    """Confirms what came along from before, just as it was read. Raises NotSaved."""
    if asked.left and may_answer(asked):
        # What stands is what was just sent, unless somebody else was quicker: then this number is an old one
        expected = whole_number(request.form.get("changes"))
        try:
            given = (asked.assessment.id, asked.criterion.id, actor().account_id, form.said(), expected)
            use.save_answer(site().context, *given, confirm=True)
        except Stale as error:
            raise NotSaved(_conflict(asked, form, cast(Saved, error.current))) from None
        except WrongState as error:
            raise NotSaved(_page(asked, _form(asked), CONFLICT, problem=told(error))) from None


def _page(
    asked: Question,
    form: QuestionForm,
    status: int = 200,
    about: DiscussForm | None = None,
    problem: str = "",
) -> Response:
    shown = _shown(asked, form, about or DiscussForm(asked))
    typed_text = typed() if problem else None
    page = render_template(
        "assessments/question.html", **shown, problem=problem, typed=typed_text, in_error=status != 200
    )
    return make_response(page, status)


def _conflict(asked: Question, sent: QuestionForm, theirs: Saved) -> Response:
    """What both wrote, side by side, and a form that has the words of both."""
    mine = sent.said()
    values = merged(mine, theirs.said)
    form = QuestionForm(asked.criterion, asked.framework, site().context.schemas, data=values)
    shown = _shown(replace(asked, saved=theirs), form, DiscussForm(asked, formdata=request.form))
    found = differences(form, mine, theirs.said)
    page = render_template("assessments/conflict.html", **shown, differences=found, problem="", in_error=True)
    return make_response(page, CONFLICT)


def _shown(asked: Question, form: QuestionForm, about: DiscussForm) -> dict[str, object]:
    base = fingerprint(asked.saved.said)
    return {
        "asked": asked,
        "kept": asked.assessment,
        "framework": asked.framework,
        "standard": asked.standard,
        "criterion": asked.criterion,
        "resources": help_with(site().context, asked.framework.framework, asked.criterion.id),
        "offers": offers(site().context, asked.assessment, asked.criterion.id, actor().account_id, access()),
        "befores": befores(site().context, asked.assessment, asked.carried),
        "saved": asked.saved,
        "base": base,
        "unsaved": fingerprint(form.said()) != base,
        "form": form,
        "about": about,
        "may_answer": may_answer(asked),
        "seen_by": seen_by(asked),
        "role": access().role,
        "me": actor().account_id,
    }


def _to(address: str) -> Response:
    return make_response(redirect(address, 303))
