"""The pages of benchmark waves for PEDRI staff: preparing one, looking at it, approving and publishing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from wtforms import HiddenField, SelectChoice, SelectField, StringField

from ..domain.disclosure import MEANINGS, PARTNER, PUBLIC
from ..domain.errors import Duplicate, NotFound, Stale, WrongState
from ..domain.languages import to_translate
from ..domain.policies import STAFF
from ..domain.standards import Framework
from ..reports.benchmarks import WHOLE, every_group, group
from ..services import Context
from ..services import waves as use
from ..services.organisations import KINDS, NATIONS, SIZES
from ..services.rounds import board
from .assessing import is_day
from .components import PlainForm
from .gate import actor
from .inviting import LONGEST_NAME, one_line
from .languages import gettext, told
from .protection import allow
from .site import site
from .texts import clean, whole_number

waves = Blueprint("waves", __name__, url_prefix="/waves")

CONFLICT, UNUSABLE = 409, 422
CALLED = KINDS | NATIONS | SIZES
AUDIENCES = {PARTNER: to_translate("Partners"), PUBLIC: to_translate("The public")}
NAME_IN_USE = to_translate("There is a published wave of this name")
ANOTHER = to_translate(
    "Somebody changed the wave of these standards in the meantime. Look at it, or send yours to replace it"
)
SOMEBODY_ELSE = to_translate("Somebody changed the wave in the meantime. It is as shown below")


class WaveForm(PlainForm):
    """What a wave is made from."""

    name = StringField(to_translate("Name of the wave"), filters=[one_line])
    standards = SelectField(to_translate("Standards"), validate_choice=False)
    since = StringField(to_translate("Count what was handed in since"), filters=[clean])
    seen = HiddenField(filters=[clean])

    def __init__(self, versions: Sequence[Framework], **filled: Any) -> None:
        super().__init__(**filled)
        self.standards.choices = [
            SelectChoice(
                f"{each.framework}/{each.version}",
                gettext("%(title)s, version %(version)s", title=each.title, version=each.version),
            )
            for each in versions
        ]

    def complete(self, today: str) -> bool:
        """Whether the form says what is needed; fields that do not then have an error."""
        if not self.name.data:
            self.name.errors = [to_translate("Give the wave a name, such as the year")]
        elif len(self.name.data) > LONGEST_NAME:
            self.name.errors = [gettext("The name must be %(most)s characters or fewer", most=LONGEST_NAME)]
        if self.standards.data not in [choice.value for choice in self.standards.choices]:
            self.standards.errors = [to_translate("Choose the standards")]
        if not is_day(self.since.data):
            self.since.errors = [to_translate("Give the day as year, month and day, like 2026-01-31")]
        elif self.since.data > today:
            self.since.errors = [to_translate("The day must not be in the future")]
        return not self.errors


@waves.get("")
@allow(STAFF)
def every() -> str:
    """All waves."""
    return render_template("waves/every.html", series=use.series(site().context))


@waves.route("/prepare", methods=["GET", "POST"])
@allow(STAFF)
def prepare() -> Response:
    """Prepares a wave, and shows it."""
    context, problem = site().context, ""
    today = context.today()
    form = WaveForm(_versions(), data=_beginning(today))
    if request.method == "POST":
        form = WaveForm(_versions(), formdata=request.form)
        if form.complete(today.isoformat()):
            framework = context.shelf.get(*form.standards.data.split("/", 1))
            asked = (framework, form.name.data, form.since.data, form.seen.data.split())
            try:
                return _to(use.prepare(context, actor().account_id, *asked))
            except Duplicate:
                form.name.errors = [NAME_IN_USE]
            except Stale:
                problem = gettext(ANOTHER)
    return _form(form, problem)


@waves.get("/<wave>")
@allow(STAFF)
def one(wave: str) -> Response:
    """A wave: what will be shown to whom, and what not."""
    return _page(wave)


@waves.post("/<wave>/approve")
@allow(STAFF)
def approve(wave: str) -> Response:
    """Approves it."""
    return _turned(wave, use.approve)


@waves.post("/<wave>/publish")
@allow(STAFF)
def publish(wave: str) -> Response:
    """Publishes it, for ever."""
    return _turned(wave, use.publish)


@waves.post("/<wave>/discard")
@allow(STAFF)
def discard(wave: str) -> Response:
    """Takes it away."""
    return _turned(wave, use.discard, url_for("waves.every"))


def _beginning(today: date) -> dict[str, str]:
    """What stands in the form at first: what a round says, if the address names one. Raises NotFound."""
    if round_id := request.args.get("round"):
        item = board(site().context, round_id).round
        standards = f"{item.framework}/{item.version}"
        return {"name": item.name, "standards": standards, "since": min(item.opens_on, today.isoformat())}
    return {"since": today.replace(year=today.year - 1, day=1).isoformat()}


def _form(form: WaveForm, problem: str) -> Response:
    """The form with the waves that one of it would replace, which it then has seen."""
    drafts = [each.drafted for each in use.series(site().context) if each.drafted]
    form.seen.data = " ".join(use.mark_of(each) for each in drafts)
    wrong = bool(form.errors or problem)
    page = render_template("waves/prepare.html", form=form, drafts=drafts, problem=problem, in_error=wrong)
    return make_response(page, (CONFLICT if problem else UNUSABLE) if wrong else 200)


def _turned(wave: str, turn: Callable[[Context, str, str, int], None], there: str = "") -> Response:
    try:
        turn(site().context, actor().account_id, wave, whole_number(request.form.get("changes")))
        return make_response(redirect(there, 303)) if there else _to(wave)
    except Stale:
        return _page(wave, gettext(SOMEBODY_ELSE), CONFLICT)
    except Duplicate:
        return _page(wave, gettext(NAME_IN_USE), CONFLICT)
    except WrongState as error:
        return _page(wave, told(error), CONFLICT)


def _page(wave: str, problem: str = "", status: int = 200) -> Response:
    found = use.wave_of(site().context, wave)
    audience = request.args.get("audience", PARTNER)
    if audience not in AUDIENCES:
        raise NotFound("audience")
    released = found.release(audience)
    key = request.args.get("group", WHOLE)
    called = {name: gettext(words) for name, words in CALLED.items()}
    shown = group(released, found.framework, key, called)
    if shown is None and key != WHOLE:
        raise NotFound("group")
    page = render_template(
        "waves/one.html",
        wave=found,
        row=found.row,
        framework=found.framework,
        audience=audience,
        audiences={name: gettext(words) for name, words in AUDIENCES.items()},
        group=shown,
        every=every_group(released, found.framework, called),
        meanings=MEANINGS,
        problem=problem,
        own=found.row.prepared_by == actor().account_id,
        in_error=bool(problem),
    )
    return make_response(page, status)


def _versions() -> list[Framework]:
    shelf = site().context.shelf
    return [version for name in shelf.frameworks() for version in shelf.versions(name)]


def _to(wave: str) -> Response:
    return make_response(redirect(url_for("waves.one", wave=wave), 303))
