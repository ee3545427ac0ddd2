"""The pages of a panel for public contributors: no account, no name, one question a page, on a phone."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from wtforms import RadioField, SelectChoice, TextAreaField

from ..domain.errors import NotFound, WrongState
from ..domain.languages import to_translate
from ..domain.panels import OPEN
from ..domain.plan import STATUSES
from ..domain.policies import PANEL
from ..domain.standards import Criterion, Framework
from ..services import panel_taking as use
from ..services.meeting_taking import seat
from .components import PlainForm
from .gate import PRIVATE
from .languages import gettext, spoken
from .protection import allow
from .site import site
from .texts import clean, words

panel_taking = Blueprint("panel_taking", __name__, url_prefix="/panel/<token>")

COOKIE, PATH = "panel", "/panel"
KEPT_FOR = 90 * 24 * 3_600  # seconds: longer than a panel is open
MOST_WORDS = 1_000
DONT_KNOW = "dont-know"
UNUSABLE, GONE = 422, 409


class RatingForm(PlainForm):
    """What somebody says of one question."""

    level = RadioField(to_translate("How is it for you?"), validate_choice=False)
    words = TextAreaField(to_translate("Anything you want to add?"), filters=[clean])

    def __init__(self, framework: Framework, **filled: Any) -> None:
        super().__init__(**filled)
        self.level.choices = [
            *(
                SelectChoice(str(level.value), words(level.easy_read or level.label))
                for level in framework.scale
            ),
            SelectChoice(DONT_KNOW, gettext("I do not know")),
        ]

    @property
    def chosen(self) -> int | None:
        """The level; None for no level."""
        known = {choice.value for choice in self.level.choices} - {DONT_KNOW}
        return int(self.level.data) if self.level.data in known else None

    def complete(self) -> bool:
        """Whether a level, or that one does not know, is chosen; fields that are not then have an error."""
        if self.level.data not in {choice.value for choice in self.level.choices}:
            self.level.errors = [gettext("Choose an answer, or press Skip")]
        if len(self.words.data) > MOST_WORDS:
            self.words.errors = [gettext("Write %(most)s characters at most", most=f"{MOST_WORDS:,}")]
        return not any(field.errors for field in self)


@panel_taking.get("")
@allow(PANEL)
def start(token: str) -> Response:
    """What this is about, how long it takes, and what happens with it; after the end, what came of it."""
    found = seat(site().context, token, device(), spoken().code)
    visit = found.visit
    if visit.state != OPEN:
        return _outcome(token, visit)
    page = render_template("panel/start.html", visit=visit, token=token, meeting=found.meeting)
    return private(page)


@panel_taking.post("")
@allow(PANEL)
def begin(token: str) -> Response:
    """Gives the browser a secret of its own, and goes to the first question without an answer."""
    visit = visiting(token)
    open_questions = [number for number, item in enumerate(visit.questions, 1) if item.id not in visit.said]
    return keep_device(_to("panel_taking.question", token, number=(open_questions or [1])[0]))


@panel_taking.get("/questions/<int:number>")
@allow(PANEL)
def question(token: str, number: int) -> Response:
    """One question."""
    visit, item = _asked(token, number)
    level, said = visit.said.get(item.id, (None, ""))
    chosen = DONT_KNOW if item.id in visit.said and level is None else level
    data = {"level": None if chosen is None else str(chosen), "words": said}
    return _question(token, number, visit, item, RatingForm(visit.framework, data=data))


@panel_taking.post("/questions/<int:number>")
@allow(PANEL)
def answer(token: str, number: int) -> Response:
    """Keeps an answer, or skips it, and goes on."""
    visit, item = _asked(token, number)
    form = RatingForm(visit.framework, formdata=request.form)
    if request.form.get("go") != "skip":
        if not form.complete():
            return _question(token, number, visit, item, form, UNUSABLE)
        try:
            use.say(site().context, token, device(), item.id, form.chosen, form.words.data)
        except WrongState as error:
            form.form_errors.append(gettext(str(error)))
            return _question(token, number, visit, item, form, GONE)
    if request.form.get("go") == "stop" or number == len(visit.questions):
        return keep_device(_to("panel_taking.end", token))
    return keep_device(_to("panel_taking.question", token, number=number + 1))


@panel_taking.get("/end")
@allow(PANEL)
def end(token: str) -> Response:
    """What was said, with a way to change it or to take it all back."""
    visit = visiting(token)
    return private(render_template("panel/end.html", visit=visit, token=token, levels=visit.framework.scale))


@panel_taking.post("/withdraw")
@allow(PANEL)
def withdraw(token: str) -> Response:
    """Takes all back."""
    try:
        use.withdraw(site().context, token, device())
    except WrongState:
        return _to("panel_taking.start", token)
    visit = visiting(token)
    page = render_template(
        "panel/end.html", visit=visit, token=token, levels=visit.framework.scale, withdrawn=True
    )
    return private(page)


@panel_taking.post("/next-person")
@allow(PANEL)
def next_person(token: str) -> Response:
    """Makes the device ready for somebody else: they cannot see what was said before them."""
    use.visit(site().context, token, device())
    g.device = use.new_device()
    return keep_device(_to("panel_taking.start", token))


def _asked(token: str, number: int) -> tuple[use.Visit, Criterion]:
    visit = visiting(token)
    if visit.state != OPEN or not 0 < number <= len(visit.questions):
        raise NotFound("question")
    return visit, visit.questions[number - 1]


def _question(
    token: str, number: int, visit: use.Visit, item: Criterion, form: RatingForm, status: int = 200
) -> Response:
    wrong = bool(form.errors or form.form_errors)
    page = render_template(
        "panel/question.html",
        visit=visit,
        token=token,
        number=number,
        item=item,
        form=form,
        most=MOST_WORDS,
        in_error=wrong,
    )
    return private(page, status)


def _outcome(token: str, visit: use.Visit) -> Response:
    outcomes, doing, submitted = use.outcome(site().context, token, spoken().code)
    page = render_template(
        "panel/outcome.html",
        visit=visit,
        outcomes=outcomes,
        doing=doing,
        submitted=submitted,
        scale=visit.framework.scale,
        statuses={name: gettext(words) for name, words in STATUSES.items()},
    )
    return private(page)


def visiting(token: str) -> use.Visit:
    """Where a link leads, for this browser, in the language of the page. Raises NotFound."""
    return use.visit(site().context, token, device(), spoken().code)


def device() -> str:
    """The secret that this browser keeps; for one that has none, that which it is given with this answer."""
    if "device" not in g:
        g.device = request.cookies.get(COOKIE, "") or use.new_device()
    return str(g.device)


def keep_device(response: Response) -> Response:
    """Gives the browser its secret, for all panels: each sheet is named by a hash of it with its panel."""
    if request.cookies.get(COOKIE) != device():
        response.set_cookie(
            COOKIE,
            device(),
            max_age=KEPT_FOR,
            path=PATH,
            httponly=True,
            secure=site().config.secure_cookies,
            samesite="Lax",
        )
    return response


def private(page: str, status: int = 200) -> Response:
    """A page that no cache keeps."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = PRIVATE
    return response


def _to(endpoint: str, token: str, **more: Any) -> Response:
    return make_response(redirect(url_for(endpoint, token=token, **more), 303))
