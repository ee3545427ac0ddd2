"""A meeting on the phones in the room: join with a code, answer what is on the screen, see it together."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for
from wtforms import StringField

from ..domain.errors import WrongState
from ..domain.languages import to_translate
from ..domain.policies import PANEL
from ..services import meeting_taking as use
from ..services.panel_taking import say
from .components import PlainForm, error_list
from .gate import is_automatic
from .languages import gettext, spoken
from .panel_taking import DONT_KNOW, RatingForm, device, keep_device, private
from .protection import allow
from .site import site
from .texts import clean

meeting_taking = Blueprint("meeting_taking", __name__)

UNUSABLE, GONE = 422, 409
NO_SUCH_CODE = to_translate(
    "No meeting has this code just now. Look at the screen again: it has eight letters"
)
CHOOSE = to_translate("Choose an answer")
IN = to_translate("Your answer is in. You can change it until the result is shown")
LATE = to_translate("Your answer is kept. It came after the result was shown, which stays as it is")


class JoinForm(PlainForm):
    """The code that is on the screen."""

    code = StringField(to_translate("Code"), filters=[clean])


@meeting_taking.get("/join")
@allow(PANEL)
def ask_code() -> Response:
    """Asks for the code of a meeting."""
    return _ask(JoinForm())


@meeting_taking.post("/join")
@allow(PANEL)
def take_code() -> Response:
    """Goes to the meeting of a code that was typed."""
    form = JoinForm(formdata=request.form)
    token = use.token_for(site().context, form.code.data)
    if token is None:
        form.code.errors = [gettext(NO_SUCH_CODE)]
        return _ask(form, UNUSABLE)
    return _to(token)


@meeting_taking.get("/join/<code>")
@allow(PANEL)
def follow_code(code: str) -> Response:
    """Goes to the meeting of a code that was photographed."""
    token = use.token_for(site().context, code)
    if token is None:
        form = JoinForm(data={"code": code})
        form.code.errors = [gettext(NO_SUCH_CODE)]
        return _ask(form, UNUSABLE)
    return _to(token)


@meeting_taking.get("/panel/<token>/meeting")
@allow(PANEL)
def room(token: str) -> Response:
    """What is on the screen, to answer; or what the room sees of it."""
    seat = _seat(token)
    level, words = seat.visit.said.get(seat.question.id, (None, "")) if seat.question else (None, "")
    said = seat.question is not None and seat.question.id in seat.visit.said
    chosen = str(level) if level is not None else DONT_KNOW if said else None
    return _room(token, seat, RatingForm(seat.visit.framework, data={"level": chosen, "words": words}))


@meeting_taking.post("/panel/<token>/meeting")
@allow(PANEL)
def join(token: str) -> Response:
    """Takes a place in the meeting."""
    try:
        use.take_seat(site().context, token, device())
    except WrongState:
        return _to(token)
    return keep_device(_to(token))


@meeting_taking.get("/panel/<token>/meeting/now")
@allow(PANEL)
def now(token: str) -> Response:
    """What phones follow: a number that changes with what is on the screen; 0 where the meeting is over."""
    meeting = _seat(token).meeting
    response = jsonify(turn=meeting.changes if meeting else 0)
    response.headers["Cache-Control"] = "no-store"
    return response


@meeting_taking.post("/panel/<token>/meeting/answers")
@allow(PANEL)
def answer(token: str) -> Response:
    """Keeps an answer to the question that the page had, whatever is on the screen by now."""
    seat, criterion = _seat(token), request.form.get("criterion", "")
    form, status = RatingForm(seat.visit.framework, formdata=request.form), 200
    if not form.complete():
        form.level.errors = [gettext(CHOOSE)] if form.level.errors else []
        status = UNUSABLE
    else:
        try:
            say(site().context, token, device(), criterion, form.chosen, form.words.data)
        except WrongState as error:
            form.form_errors.append(gettext(str(error)))
            status = GONE
    if is_automatic():
        wrong = error_list(form)
        told = wrong[0]["text"] if wrong else gettext(LATE if criterion in seat.shown else IN)
        return keep_device(make_response(jsonify(words=told), status))
    return keep_device(_to(token)) if status == 200 else _room(token, seat, form, status)


def _seat(token: str) -> use.Seat:
    return use.seat(site().context, token, device(), spoken().code)


def _room(token: str, seat: use.Seat, form: RatingForm, status: int = 200) -> Response:
    page = render_template(
        "panel/meeting.html",
        visit=seat.visit,
        seat=seat,
        token=token,
        form=form,
        said=seat.question is not None and seat.question.id in seat.visit.said,
        told=gettext(IN),
        in_error=status != 200,
    )
    return private(page, status)


def _ask(form: JoinForm, status: int = 200) -> Response:
    return private(render_template("panel/join.html", form=form, in_error=status != 200), status)


def _to(token: str) -> Response:
    return make_response(redirect(url_for("meeting_taking.room", token=token), 303))
