"""The pages of rounds for PEDRI staff: all rounds, one with everyone's standing, its plan and its end."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from ..domain.errors import Duplicate, Stale, WrongState
from ..domain.languages import to_translate
from ..domain.policies import STAFF
from ..domain.rounds import STANDINGS, STATES
from ..domain.standards import Framework
from ..reports.tabular import table_csv
from ..services import Context
from ..services import rounds as use
from ..services.round_reminders import remind
from ..store.rounds import Round
from .gate import PRIVATE, actor
from .languages import gettext, ngettext
from .languages import told as words_of
from .protection import allow
from .result import download
from .round_forms import ExtensionForm, RoundForm, round_form
from .site import site
from .texts import whole_number

rounds = Blueprint("rounds", __name__, url_prefix="/rounds")

CONFLICT, UNUSABLE = 409, 422
NAME_IN_USE = to_translate("There is a round of this name")
CHANGED = to_translate(
    "Somebody changed the round since you opened this page. It is as shown below; save to replace it"
)
CHANGED_MEANWHILE = to_translate("Somebody changed the round in the meantime")
NOBODY_TO_REMIND = to_translate("Nobody needed a reminder: the round is not open, or everyone had one today")
HEADINGS = ("Organisation", "Standing", "Last day", "Invited", "Submitted", "Reason of the extension")


@rounds.get("")
@allow(STAFF)
def every() -> str:
    """All rounds."""
    return render_template("rounds/every.html", boards=use.boards(site().context), states=STATES)


@rounds.route("/new", methods=["GET", "POST"])
@allow(STAFF)
def plan() -> Response:
    """Plans a round."""
    form, context = RoundForm(_versions(), formdata=request.form or None), site().context
    if request.method == "POST" and form.complete(context.today().isoformat()):
        try:
            framework, _, version = form.standards.data.partition("/")
            made = use.plan_round(context, actor().account_id, framework, version, form.plan)
            return _to("rounds.one", made)
        except Duplicate:
            form.name.errors = [NAME_IN_USE]
    return _form_page(form, None)


@rounds.get("/<round_id>")
@allow(STAFF)
def one(round_id: str) -> Response:
    """Who stands where. Nobody's answers."""
    return _board(round_id)


@rounds.route("/<round_id>/change", methods=["GET", "POST"])
@allow(STAFF)
def change(round_id: str) -> Response:
    """Another name, other words or days."""
    context = site().context
    item = use.board(context, round_id).round
    form = round_form(_versions(), item)
    if request.method == "POST":
        form = RoundForm(_versions(), formdata=request.form)
        form.standards.data = f"{item.framework}/{item.version}"  # never changes: assessments are chosen
        if form.complete(context.today().isoformat()):
            try:
                expected = whole_number(form.changes.data)
                use.change_plan(context, actor().account_id, round_id, expected, form.plan)
                return _to("rounds.one", round_id)
            except Duplicate:
                form.name.errors = [NAME_IN_USE]
            except WrongState as error:
                form.opens_on.errors = [words_of(error)]
            except Stale:
                item = use.board(context, round_id).round
                form.changes.data = str(item.changes)
                form.form_errors.append(CHANGED)
                return _form_page(form, item, CONFLICT)
    return _form_page(form, item)


@rounds.post("/<round_id>/close")
@allow(STAFF)
def close(round_id: str) -> Response:
    """Ends a round."""
    return _turned(round_id, use.close)


@rounds.post("/<round_id>/open-again")
@allow(STAFF)
def open_again(round_id: str) -> Response:
    """Takes the end of a round back."""
    return _turned(round_id, use.open_again)


@rounds.post("/<round_id>/remind")
@allow(STAFF)
def send_reminders(round_id: str) -> Response:
    """Writes to everyone who is waited for."""
    written = remind(site().context, actor().account_id, round_id)
    sent = ngettext(
        "Reminders are on their way to one organisation",
        "Reminders are on their way to %(num)s organisations",
        written,
        num=written,
    )
    return _board(round_id, sent if written else gettext(NOBODY_TO_REMIND))


@rounds.get("/<round_id>/standings.csv")
@allow(STAFF)
def standings_file(round_id: str) -> Response:
    """Who stands where, as a table."""
    found = use.board(site().context, round_id)
    rows = [
        (
            *(each.place.organisation_name, STANDINGS[each.how], each.day, each.place.invited_at[:10]),
            *((each.place.submitted_at or "")[:10], each.place.extended_because),
        )
        for each in found.standings
    ]
    response = download(table_csv([HEADINGS, *rows]), "text/csv", "round-standings.csv")
    response.headers["Cache-Control"] = PRIVATE
    return response


@rounds.route("/<round_id>/places/<place>/extend", methods=["GET", "POST"])
@allow(STAFF)
def extend(round_id: str, place: str) -> Response:
    """Another last day for one organisation."""
    context = site().context
    item, standing = use.one_place(context, round_id, place)
    now = {"until": standing.place.until, "because": standing.place.extended_because}
    form = ExtensionForm(data=now)
    if request.method == "POST":
        form = ExtensionForm(formdata=request.form)
        if form.complete():
            try:
                given = (round_id, place, form.until.data, form.because.data)
                use.extend(context, actor().account_id, *given)
                return _to("rounds.one", round_id)
            except WrongState as error:
                form.until.errors = [words_of(error)]
    wrong = bool(form.errors)
    shown = {"item": item, "standing": standing, "form": form, "in_error": wrong}
    return make_response(render_template("rounds/extend.html", **shown), UNUSABLE if wrong else 200)


@rounds.post("/<round_id>/places/<place>/no-extension")
@allow(STAFF)
def end_extension(round_id: str, place: str) -> Response:
    """Takes an extension back."""
    use.extend(site().context, actor().account_id, round_id, place, "", "")
    return _to("rounds.one", round_id)


@rounds.post("/<round_id>/places/<place>/withdraw")
@allow(STAFF)
def withdraw(round_id: str, place: str) -> Response:
    """Takes an invitation back."""
    try:
        use.withdraw(site().context, actor().account_id, round_id, place)
        return _to("rounds.one", round_id)
    except WrongState as error:
        return _board(round_id, problem=words_of(error), status=CONFLICT)


def _turned(round_id: str, turn: Callable[[Context, str, str, int], None]) -> Response:
    try:
        expected = whole_number(request.form.get("changes"))
        turn(site().context, actor().account_id, round_id, expected)
        return _to("rounds.one", round_id)
    except Stale:
        return _board(round_id, problem=gettext(CHANGED_MEANWHILE), status=CONFLICT)


def _board(round_id: str, told: str = "", problem: str = "", status: int = 200) -> Response:
    page = render_template(
        "rounds/one.html",
        board=use.board(site().context, round_id),
        states=STATES,
        names=STANDINGS,
        told=told,
        problem=problem,
        in_error=bool(problem),
    )
    return make_response(page, status)


def _form_page(form: RoundForm, item: Round | None, status: int = UNUSABLE) -> Response:
    wrong = bool(form.errors or form.form_errors)
    page = render_template("rounds/plan.html", form=form, item=item, in_error=wrong)
    return make_response(page, status if wrong else 200)


def _versions() -> list[Framework]:
    shelf = site().context.shelf
    return [version for name in shelf.frameworks() for version in shelf.versions(name)]


def _to(endpoint: str, round_id: str) -> Response:
    return make_response(redirect(url_for(endpoint, round_id=round_id), 303))
