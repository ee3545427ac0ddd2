"""The pages of a plan: what is proposed, the list and the board, one action, and agreeing to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from ..domain.errors import Incomplete, Stale, WrongState
from ..domain.languages import to_translate
from ..domain.plan import LATE
from ..domain.policies import ANSWERS, APPROVER, LEAD, READS, RUNS, SIGNS_OFF
from ..services import plans as use
from ..services.hub import help_with_each
from ..store.assessments import Person
from ..store.plans import PlanAction
from .gate import PRIVATE, access, actor
from .languages import gettext, told
from .plan_forms import ActionForm, ShownForm, StatusForm, action_form
from .plan_shown import shown, status_names, wanted
from .plan_table import plan_csv
from .protection import allow
from .result import download
from .site import site
from .texts import clean, whole_number

plans = Blueprint("plans", __name__, url_prefix="/assessments/<assessment>/plan")

CONFLICT, UNUSABLE = 409, 422
CHANGED = to_translate(
    "Somebody changed this action since you opened the page. Theirs is below, yours is in the fields"
)
JUST_NOW = to_translate("Somebody changed this action just now")
PLAN_CHANGED = to_translate("The plan changed since you opened the page. Read it again before you agree")


@plans.get("")
@allow(READS)
def show(assessment: str) -> Response:
    """The plan, as a list or as a board."""
    return _page(assessment)


@plans.get("/plan.csv")
@allow(READS)
def table(assessment: str) -> Response:
    """The plan as a table."""
    plan = use.plan_of(site().context, assessment)
    response = download(plan_csv(plan.actions, plan.framework), "text/csv", "plan.csv")
    response.headers["Cache-Control"] = PRIVATE
    return response


@plans.get("/proposals")
@allow(READS)
def proposals(assessment: str) -> Response:
    """What is suggested for each gap of the newest result."""
    return _proposals(assessment)


@plans.post("/proposals")
@allow(RUNS)
def pick(assessment: str) -> Response:
    """Puts what was ticked into the plan."""
    no_action = {
        name.partition("/")[2]: clean(request.form.get(f"why/{name.partition('/')[2]}"))
        for name in request.form
        if name.startswith("none/")
    }
    try:
        keys = request.form.getlist("action")
        use.pick(site().context, actor().account_id, assessment, keys, no_action)
    except Incomplete as error:
        return _proposals(assessment, gettext(error.missing[0]), UNUSABLE)
    except WrongState as error:
        return _proposals(assessment, told(error), CONFLICT)
    return _to("plans.show", assessment)


@plans.route("/new", methods=["GET", "POST"])
@allow(RUNS)
def add(assessment: str) -> Response:
    """An action of one's own."""
    plan = use.plan_of(site().context, assessment)
    form = ActionForm(plan, formdata=request.form or None)
    if request.method == "GET" and (criterion := request.args.get("criterion")):
        form.criteria.data = [criterion]
    if request.method == "POST" and form.complete():
        new = form.action(PlanAction("", "", (), ""))
        try:
            made = use.add(site().context, actor().account_id, assessment, new)
            return _to("plans.one", assessment, action=made)
        except WrongState as error:
            form.form_errors.append(told(error))
    wrong = bool(form.errors or form.form_errors)
    page = render_template("plan/new.html", kept=plan.assessment, plan=plan, form=form, in_error=wrong)
    return make_response(page, UNUSABLE if wrong else 200)


@plans.get("/actions/<action>")
@allow(READS)
def one(assessment: str, action: str) -> Response:
    """One action with its notes."""
    return _action(assessment, action)


@plans.post("/actions/<action>")
@allow(ANSWERS)
def change(assessment: str, action: str) -> Response:
    """Keeps what was changed."""
    plan, found, _notes = use.one_action(site().context, assessment, action)
    form = ActionForm(plan, formdata=request.form)
    if not form.complete():
        return _action(assessment, action, form=form, status=UNUSABLE)
    try:
        use.change(site().context, _person(), assessment, form.action(found))
    except (Stale, WrongState) as error:
        return _conflict(assessment, action, form, error)
    return _to("plans.one", assessment, action=action)


@plans.post("/actions/<action>/status")
@allow(ANSWERS)
def report(assessment: str, action: str) -> Response:
    """Says how far an action is."""
    form = StatusForm(formdata=request.form)
    if not form.complete():
        return _action(assessment, action, status_form=form, status=UNUSABLE)
    try:
        given = (action, whole_number(form.changes.data), form.status.data, form.words.data)
        use.report(site().context, _person(), assessment, *given)
    except (Stale, WrongState) as error:
        form.form_errors.append(JUST_NOW if isinstance(error, Stale) else told(error))
        return _action(assessment, action, status_form=form, status=CONFLICT)
    if request.form.get("from") == "board":
        return _to("plans.show", assessment, view="board")
    return _to("plans.one", assessment, action=action)


@plans.post("/actions/<action>/remove")
@allow(RUNS)
def remove(assessment: str, action: str) -> Response:
    """Takes an action out of the plan."""
    return _then_plan(assessment, lambda: use.remove(site().context, actor().account_id, assessment, action))


@plans.post("/actions/<action>/put-back")
@allow(RUNS)
def put_back(assessment: str, action: str) -> Response:
    """Puts it back."""
    return _then_plan(
        assessment, lambda: use.put_back(site().context, actor().account_id, assessment, action)
    )


@plans.post("/merge")
@allow(RUNS)
def merge(assessment: str) -> Response:
    """Makes one action of several."""
    chosen = request.form.getlist("action")
    return _then_plan(assessment, lambda: use.merge(site().context, actor().account_id, assessment, chosen))


@plans.post("/agree")
@allow(SIGNS_OFF)
def agree(assessment: str) -> Response:
    """An approver agrees to the plan."""
    seal = request.form.get("seal", "")
    return _then_plan(assessment, lambda: use.agree_to(site().context, actor().account_id, assessment, seal))


def _then_plan(assessment: str, change: Callable[[], object]) -> Response:
    try:
        change()
    except Stale:
        return _page(assessment, gettext(PLAN_CHANGED), CONFLICT)
    except WrongState as error:
        return _page(assessment, told(error), CONFLICT)
    return _to("plans.show", assessment)


def _person() -> Person:
    who = actor()
    return Person(who.account_id, who.name or who.email, access().role or "")


def _page(assessment: str, problem: str = "", status: int = 200) -> Response:
    plan = use.plan_of(site().context, assessment)
    form = ShownForm(plan, formdata=request.args)
    every = [shown(item) for item in plan.actions]
    page = render_template(
        "plan/plan.html",
        kept=plan.assessment,
        plan=plan,
        form=form,
        shown=[item for item in every if wanted(item, form, plan)],
        late=sum(item.left == LATE for item in every),
        statuses=status_names(),
        role=access().role,
        leads=access().role == LEAD,
        approves=access().role == APPROVER,
        problem=problem,
        in_error=bool(problem),
    )
    return make_response(page, status)


def _proposals(assessment: str, problem: str = "", status: int = 200) -> Response:
    plan = use.plan_of(site().context, assessment)
    try:
        found, gaps = use.proposed(site().context, assessment)
    except WrongState:
        found, gaps = None, ()
    names = [item.gap.criterion for item in gaps]
    page = render_template(
        "plan/proposals.html",
        kept=plan.assessment,
        helps=help_with_each(site().context, plan.framework.framework, names),
        plan=plan,
        found=found,
        gaps=gaps,
        there={item.origin for item in plan.actions},
        typed=request.form,
        leads=access().role == LEAD,
        problem=problem,
        in_error=bool(problem),
    )
    return make_response(page, status)


def _conflict(assessment: str, action: str, form: ActionForm, error: Stale | WrongState) -> Response:
    if isinstance(error, Stale):
        current = cast(PlanAction, error.current)
        form.changes.data = str(current.changes)
        form.form_errors.append(CHANGED)
        return _action(assessment, action, form=form, theirs=current, status=CONFLICT)
    form.form_errors.append(told(error))
    return _action(assessment, action, form=form, status=CONFLICT)


def _action(
    assessment: str,
    action: str,
    form: ActionForm | None = None,
    status_form: StatusForm | None = None,
    theirs: PlanAction | None = None,
    status: int = 200,
) -> Response:
    plan, found, notes = use.one_action(site().context, assessment, action)
    form = form or action_form(plan, found)
    status_form = status_form or StatusForm(data={"status": found.status, "changes": str(found.changes)})
    wrong = status != 200
    page = render_template(
        "plan/action.html",
        kept=plan.assessment,
        helps=help_with_each(site().context, plan.framework.framework, found.criteria),
        plan=plan,
        shown=shown(found),
        notes=notes,
        form=form,
        status_form=status_form,
        theirs=theirs,
        statuses=status_names(),
        leads=access().role == LEAD,
        in_error=wrong,
    )
    return make_response(page, status)


def _to(endpoint: str, assessment: str, **more: Any) -> Response:
    return make_response(redirect(url_for(endpoint, assessment=assessment, **more), 303))
