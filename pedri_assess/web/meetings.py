"""The big screen of a meeting, which its host runs: join, one question after another, what the room sees."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for
from wtforms import StringField

from ..domain.errors import WrongState
from ..domain.languages import to_translate
from ..domain.meetings import MOST_HANDS, spoken_code
from ..domain.panels import GROUP
from ..domain.policies import RUNS
from ..domain.standards import Framework
from ..reports import qr_code
from ..services import meetings as use
from .components import PlainForm
from .gate import actor
from .languages import gettext, told
from .protection import allow
from .site import site
from .texts import clean, whole_number, words

meetings = Blueprint("meetings", __name__, url_prefix="/assessments/<assessment>/panels/<panel>/meeting")

CONFLICT, UNUSABLE = 409, 422
NOT_A_NUMBER = to_translate("Write a whole number from 0 to %(most)s, or leave it empty")


class HandsForm(PlainForm):
    """How many hands went up for each level; made for one scale by `hands_form`."""

    @property
    def hands(self) -> dict[int, int]:
        """The hands by level; fields that are no number then have an error."""
        found = {}
        for level, field in enumerate(self):
            found[level] = whole_number(field.data) if field.data else 0
            if not 0 <= found[level] <= MOST_HANDS:
                field.errors = [gettext(NOT_A_NUMBER, most=MOST_HANDS)]
        return found


def hands_form(framework: Framework) -> type[HandsForm]:
    """The form for a scale, with one field for each level."""
    fields = {
        f"hands_{level.value}": StringField(words(level.easy_read or level.label), filters=[clean])
        for level in framework.scale
    }
    return type("HandsFormOfScale", (HandsForm,), fields)


@meetings.get("")
@allow(RUNS)
def screen(assessment: str, panel: str) -> Response:
    """What stands on the screen, and below it what the host can do."""
    return _page(assessment, panel)


@meetings.get("/now")
@allow(RUNS)
def now(assessment: str, panel: str) -> Response:
    """What the screen follows: whether something else should be on it, and how many have answered."""
    found = use.screen(site().context, assessment, panel)
    turn = found.meeting.changes if found.meeting else 0
    return jsonify(turn=turn, here=found.here, answered=found.answered)


@meetings.post("")
@allow(RUNS)
def start(assessment: str, panel: str) -> Response:
    """Begins the meeting."""
    try:
        use.start_meeting(site().context, actor().account_id, assessment, panel)
    except WrongState as error:
        return _page(assessment, panel, told(error))
    return _back(assessment, panel)


@meetings.post("/go")
@allow(RUNS)
def go(assessment: str, panel: str) -> Response:
    """Puts another question on the screen."""
    try:
        use.show_question(site().context, assessment, panel, whole_number(request.form.get("position")))
    except WrongState as error:
        return _page(assessment, panel, told(error))
    return _back(assessment, panel)


@meetings.post("/result")
@allow(RUNS)
def result(assessment: str, panel: str) -> Response:
    """Shows what the room sees of the question."""
    criterion = request.form.get("criterion", "")
    try:
        use.show_result(site().context, actor().account_id, assessment, panel, criterion)
    except WrongState as error:
        return _page(assessment, panel, told(error))
    return _back(assessment, panel)


@meetings.post("/hands")
@allow(RUNS)
def hands(assessment: str, panel: str) -> Response:
    """Keeps how many hands went up."""
    context, criterion = site().context, request.form.get("criterion", "")
    found = use.screen(context, assessment, panel)
    form = hands_form(found.framework)(formdata=request.form)
    counted = form.hands
    if any(field.errors for field in form):
        return _page(assessment, panel, form=form, status=UNUSABLE)
    try:
        use.count_hands(context, actor().account_id, assessment, panel, criterion, counted)
    except WrongState as error:
        return _page(assessment, panel, told(error), form)
    return _back(assessment, panel)


@meetings.post("/end")
@allow(RUNS)
def end(assessment: str, panel: str) -> Response:
    """Ends the meeting; the panel stays open."""
    use.end(site().context, actor().account_id, assessment, panel)
    return make_response(redirect(url_for("panels.one", assessment=assessment, panel=panel), 303))


def _page(
    assessment: str, panel: str, problem: str = "", form: HandsForm | None = None, status: int = CONFLICT
) -> Response:
    context = site().context
    found = use.screen(context, assessment, panel)
    wrong = bool(problem or form)
    if form is None:
        kept = {f"hands_{level}": str(number) for level, number in found.hands.items()}
        form = hands_form(found.framework)(data=kept)
    code = found.meeting.code if found.meeting and found.panel.kind == GROUP else ""
    address = f"{context.base_url}/join/{code}"
    page = render_template(
        "panels/meeting.html",
        kept=found.assessment,
        screen=found,
        form=form,
        problem=problem,
        in_error=wrong,
        code=spoken_code(code) if code else "",
        picture=qr_code(address, gettext("Code for %(address)s", address=address)) if code else "",
        join_at=f"{context.base_url}/join".partition("://")[2],
    )
    return make_response(page, status if wrong else 200)


def _back(assessment: str, panel: str) -> Response:
    return make_response(redirect(url_for("meetings.screen", assessment=assessment, panel=panel), 303))
