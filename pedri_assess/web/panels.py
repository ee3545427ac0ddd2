"""The pages of panels for the organisation: plan, open, hand out, close, read, and answer."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from markupsafe import Markup
from wtforms import SelectChoice

from ..domain.batches import Run, runs, within
from ..domain.errors import Stale, WrongState
from ..domain.languages import to_translate
from ..domain.panels import GROUP, STATES
from ..domain.paper import batch_name
from ..domain.policies import LEAD, READS, RUNS
from ..reports import qr_code
from ..services import panels as use
from ..services.set_up import set_up_of
from ..store.panels import RELEASED, Panel
from .gate import access, actor
from .languages import gettext, told
from .panel_forms import LONGEST_RESPONSE, LONGEST_TO_QUESTION, PanelForm, ResponseForm, response_form
from .protection import allow
from .site import site
from .texts import clean, whole_number, words

panel_pages = Blueprint("panels", __name__, url_prefix="/assessments/<assessment>/panels")

OK, CONFLICT, UNUSABLE = 200, 409, 422
CHANGED = to_translate(
    "Somebody changed the panel since you opened the page. Save again to replace what they changed"
)
NO_SPAN = to_translate(
    "Give the first and the last batch to leave out as numbers, like 2 and 1000, or neither"
)


@panel_pages.get("")
@allow(READS)
def every(assessment: str) -> str:
    """The panels of an assessment."""
    kept, found = use.panels_of(site().context, assessment)
    return render_template(
        "panels/every.html", kept=kept, panels=found, states=STATES, leads=access().role == LEAD
    )


@panel_pages.route("/new", methods=["GET", "POST"])
@allow(RUNS)
def plan(assessment: str) -> Response:
    """Plans a panel."""
    context, asked = site().context, _asked(assessment)
    everything = [choice.value for choice in asked]
    form = PanelForm(asked, data={"criteria": everything, "kind": GROUP})
    if request.method == "POST":
        form = PanelForm(asked, formdata=request.form)
        if form.complete(context.today().isoformat()):
            try:
                made = use.plan_panel(context, actor().account_id, assessment, form.kind.data, form.plan)
                return _to("panels.one", assessment, made)
            except WrongState as error:
                form.form_errors.append(told(error))
    return _form_page(assessment, form, None)


@panel_pages.get("/<panel>")
@allow(READS)
def one(assessment: str, panel: str) -> Response:
    """One panel: how many came, and once it is closed what they see."""
    return panel_page(assessment, panel)


@panel_pages.route("/<panel>/change", methods=["GET", "POST"])
@allow(RUNS)
def change(assessment: str, panel: str) -> Response:
    """Other words, days or questions."""
    context, asked = site().context, _asked(assessment)
    found = use.look(context, assessment, panel).panel
    form = PanelForm(asked, data=_filled(found))
    if request.method == "POST":
        form = PanelForm(asked, formdata=request.form)
        form.kind.data = found.kind
        if form.complete(context.today().isoformat()):
            try:
                known = whole_number(form.changes.data)
                use.change_plan(context, actor().account_id, assessment, panel, known, form.plan)
                return _to("panels.one", assessment, panel)
            except WrongState as error:
                form.form_errors.append(told(error))
            except Stale:
                form.changes.data = str(use.look(context, assessment, panel).panel.changes)
                form.form_errors.append(CHANGED)
                return _form_page(assessment, form, found, CONFLICT)
    return _form_page(assessment, form, found)


@panel_pages.post("/<panel>/open")
@allow(RUNS)
def open_it(assessment: str, panel: str) -> Response:
    """Lets public contributors in."""
    try:
        use.open_panel(site().context, actor().account_id, assessment, panel)
    except WrongState as error:
        return panel_page(assessment, panel, told(error), CONFLICT)
    return _to("panels.links", assessment, panel)


@panel_pages.get("/<panel>/links")
@allow(RUNS)
def links(assessment: str, panel: str) -> str:
    """The link of a group with its code to print; for links of one's own, how to make them."""
    return _links(assessment, panel, [])


@panel_pages.post("/<panel>/links")
@allow(RUNS)
def make_links(assessment: str, panel: str) -> Response:
    """Makes links for one person each, shown this once."""
    number = whole_number(clean(request.form.get("number")), 0)
    try:
        made = use.single_links(site().context, actor().account_id, assessment, panel, number)
    except WrongState as error:
        return panel_page(assessment, panel, told(error), CONFLICT)
    return make_response(_links(assessment, panel, made))


@panel_pages.post("/<panel>/close")
@allow(RUNS)
def close(assessment: str, panel: str) -> Response:
    """Closes it for good."""
    look = use.look(site().context, assessment, panel)
    sent = [name.partition("-")[::2] for name in request.form.getlist("left_out")]
    typed = (request.form.get("first", "").strip(), request.form.get("last", "").strip())
    spans = [(whole_number(first), whole_number(last)) for first, last in (*sent, typed) if first or last]
    if any(not 0 < first <= last for first, last in spans):
        return panel_page(assessment, panel, gettext(NO_SPAN), UNUSABLE)
    left_out = within([batch.number for batch in look.batches], spans)
    try:
        use.close_panel(site().context, actor().account_id, assessment, panel, left_out)
    except WrongState as error:
        return panel_page(assessment, panel, told(error), CONFLICT)
    return _to("panels.one", assessment, panel)


@panel_pages.post("/<panel>/comments/<comment>")
@allow(RUNS)
def read(assessment: str, panel: str, comment: str) -> Response:
    """Releases a comment, or withholds it."""
    release = request.form.get("reading") == RELEASED
    try:
        use.read_comment(site().context, actor().account_id, assessment, panel, comment, release)
    except WrongState as error:
        return panel_page(assessment, panel, told(error), CONFLICT)
    return _to("panels.one", assessment, panel)


def _asked(assessment: str) -> list[SelectChoice]:
    """The criteria in scope that have a question for the public."""
    kept, framework = set_up_of(site().context, assessment)
    chosen = set(kept.criteria)
    return [
        SelectChoice(item.id, Markup("{}: {}").format(item.id, words(item.public_question)))
        for item in framework.criteria
        if item.public_question and (not chosen or item.id in chosen)
    ]


def _filled(found: Panel) -> dict[str, Any]:
    names = ("name", "intro", "payment", "contact", "kind", "expected", "closes_on")
    said = {name: getattr(found, name) for name in names}
    return {**said, "criteria": list(found.criteria), "changes": str(found.changes)}


def _links(assessment: str, panel: str, made: list[str]) -> str:
    context = site().context
    look = use.look(context, assessment, panel)
    addresses = made or ([use.panel_link(context, look.panel.token)] if look.panel.kind == GROUP else [])
    codes = [
        (address, qr_code(address, gettext("Code for %(address)s", address=address))) for address in addresses
    ]
    return render_template("panels/links.html", kept=look.assessment, look=look, codes=codes, made=bool(made))


def panel_page(
    assessment: str, panel: str, problem: str = "", status: int = OK, form: ResponseForm | None = None
) -> Response:
    """The page of a panel, with what could not be done, or with an answer that could not be kept."""
    look = use.look(site().context, assessment, panel)
    leads = access().role == LEAD
    page = render_template(
        "panels/one.html",
        kept=look.assessment,
        look=look,
        runs=runs(look.batches),
        called=run_called,
        states=STATES,
        leads=leads,
        hints=use.hints(site().context, assessment, look.comments) if leads else {},
        form=form or response_form(look),
        longest=LONGEST_TO_QUESTION,
        longest_response=LONGEST_RESPONSE,
        problem=problem,
        in_error=status != OK,
    )
    return make_response(page, status)


def batch_called(number: int) -> str:
    """Batch 3, or Paper 1, in the language of the page."""
    name, number = batch_name(number)
    return gettext(name, number=number)


def run_called(run: Run) -> str:
    """Batch 3, or Batch 2 to Batch 1001."""
    first, last = (batch_called(number) for number in run.span)
    return first if first == last else gettext("%(first)s to %(last)s", first=first, last=last)


def _form_page(assessment: str, form: PanelForm, found: Panel | None, status: int = UNUSABLE) -> Response:
    kept, _framework = set_up_of(site().context, assessment)
    wrong = bool(form.errors or form.form_errors)
    page = render_template("panels/plan.html", kept=kept, form=form, panel=found, in_error=wrong)
    return make_response(page, status if wrong else 200)


def _to(endpoint: str, assessment: str, panel: str) -> Response:
    return make_response(redirect(url_for(endpoint, assessment=assessment, panel=panel), 303))
