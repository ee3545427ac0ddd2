"""An assessment as a whole: starting it, its list of what there is to do, its set-up, and who takes part."""

from __future__ import annotations

from contextlib import suppress

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from ..domain.errors import Duplicate, NotFound, Stale, WrongState
from ..domain.languages import to_translate
from ..domain.policies import LEADS, READS, RUNS
from ..domain.said import SETTLED
from ..domain.standards import Framework
from ..services import assessments as use
from ..services import invitations, taking_part
from ..services.history import last_sent_back
from ..services.new_version import newer_versions
from ..services.organisations import organisation_without_people
from ..services.rating import rating
from ..services.set_up import change_set_up, set_up_of, start
from ..store import StoreUnavailable
from .assessing import KeptForm, kept_form, set_up_now
from .gate import access, actor
from .inviting import InviteForm, posted
from .languages import said, told
from .protection import allow, lately
from .setting_up import at_first
from .site import site
from .texts import whole_number

assessments = Blueprint("assessments", __name__)

CONFLICT, UNUSABLE = 409, 422
MOST_EARLIER = 5  # assessments to start again from; all of them are on the organisation's page
NOTHING_IN_SCOPE = to_translate("Choose standards that have criteria")
IS_MEMBER = to_translate("Somebody with this address is a member already: let them take part below")
CHANGED = to_translate(
    "Somebody changed the set-up since you opened this page. It stands as shown below; save to replace it"
)


@assessments.route("/organisations/<organisation>/assessments/new", methods=["GET", "POST"])
@allow(LEADS)
def begin(organisation: str) -> Response:
    """Starts an assessment."""
    context, framework = site().context, _chosen()
    sent = request.form if request.method == "POST" else None
    form = kept_form(framework, context.schemas, at_first(framework), sent)
    if sent is not None and form.complete():
        given = (organisation, actor().account_id, framework.framework, framework.version)
        try:
            made = start(context, *given, form.set_up())
            return _to(url_for("assessments.tasks", assessment=made))
        except ValueError:
            form.standards.errors = [NOTHING_IN_SCOPE]
    page = render_template(
        "assessments/start.html",
        organisation=organisation_without_people(context, organisation),
        framework=framework,
        versions=[version for name in context.shelf.frameworks() for version in context.shelf.versions(name)],
        earlier=use.submitted_before(context, organisation, framework.framework)[:MOST_EARLIER],
        form=form,
        in_error=bool(form.errors),
    )
    return make_response(page, UNUSABLE if form.errors else 200)


@assessments.get("/assessments/<assessment>")
@allow(READS)
def tasks(assessment: str) -> str:
    """What there is to do: every criterion in scope, how far it is, and whose it is."""
    context, me = site().context, actor().account_id
    found = use.overview(context, assessment, me)
    with suppress(StoreUnavailable):  # reading goes on where nothing can be written
        use.visited(context, assessment, me)
    open_ = [task for task in found.counted if task.status not in SETTLED]
    newer = newer_versions(context, found.assessment)
    mine = [task for task in open_ if task.owner and task.owner.account_id == me]
    return render_template(
        "assessments/task_list.html",
        list=found,
        kept=found.assessment,
        sent_back=last_sent_back(context, found.assessment),
        next_open=next(iter(mine or open_), None),
        came_along=use.came_along(found),
        together=rating(context, assessment, me),
        newer=next(iter(newer), None),
        role=access().role,
        me=me,
    )


@assessments.route("/assessments/<assessment>/set-up", methods=["GET", "POST"])
@allow(RUNS)
def set_up(assessment: str) -> Response:
    """Another scope, other targets, or another day."""
    context = site().context
    kept, framework = set_up_of(context, assessment)
    now = {"finish_by": kept.finish_by or "", "changes": str(kept.changes)}
    if request.method != "POST":
        return _set_up_page(assessment, kept_form(framework, context.schemas, set_up_now(kept), None, **now))
    form = kept_form(framework, context.schemas, set_up_now(kept), request.form)
    if not form.complete():
        return _set_up_page(assessment, form, UNUSABLE)
    try:
        expected = whole_number(form.changes.data)
        change_set_up(context, assessment, actor().account_id, expected, form.set_up())
    except ValueError:
        form.standards.errors = [NOTHING_IN_SCOPE]
        return _set_up_page(assessment, form, UNUSABLE)
    except (Stale, WrongState) as error:
        form.form_errors.append(CHANGED if isinstance(error, Stale) else told(error))
        form.changes.data = now["changes"]
        return _set_up_page(assessment, form, CONFLICT)
    return _to(url_for("assessments.tasks", assessment=assessment))


@assessments.get("/assessments/<assessment>/people")
@allow(READS)
def people(assessment: str) -> Response:
    """Who takes part, and who else could."""
    return _people_page(assessment, InviteForm(data={"role": "contributor"}))


@assessments.post("/assessments/<assessment>/people/invite")
@allow(RUNS)
@lately
def invite(assessment: str) -> Response:
    """Invites somebody to the organisation, to take part in this assessment."""
    form = posted(InviteForm, request.form)
    if not form.complete():
        return _people_page(assessment, form, UNUSABLE)
    given = (access().organisation_id, form.email.data, form.role.data)
    try:
        invitations.invite(site().context, actor().account_id, *given, assessment)
    except Duplicate:
        form.wrong("email", IS_MEMBER)
        return _people_page(assessment, form, UNUSABLE)
    return _to(url_for("organisations.one", organisation=access().organisation_id) + "#invited")


@assessments.post("/assessments/<assessment>/people/<account>/add")
@allow(RUNS)
def add_person(assessment: str, account: str) -> Response:
    """Lets a member take part."""
    taking_part.add_person(site().context, assessment, account, actor().account_id)
    return _to(url_for("assessments.people", assessment=assessment))


@assessments.post("/assessments/<assessment>/people/<account>/remove")
@allow(RUNS)
def remove_person(assessment: str, account: str) -> Response:
    """Ends somebody's part."""
    taking_part.remove_person(site().context, assessment, account, actor().account_id)
    return _to(url_for("assessments.people", assessment=assessment))


def _chosen() -> Framework:
    """The version asked for, or the newest of the first framework."""
    shelf = site().context.shelf
    name, _, version = request.values.get("standards", "").partition("/")
    if not name:
        return shelf.current(shelf.frameworks()[0])
    if not version:
        raise NotFound(name)
    return shelf.get(name, version)


def _set_up_page(assessment: str, form: KeptForm, status: int = 200) -> Response:
    kept, framework = set_up_of(site().context, assessment)
    kinds = {choice.value: said(choice.label) for choice in form.scope_kind.choices}
    page = render_template(
        "assessments/set_up.html",
        kept=kept,
        kind=kinds.get(kept.scope_kind, kept.scope_kind).lower(),
        framework=framework,
        form=form,
        changed=status == CONFLICT,
        role=access().role,
        in_error=status != 200,
    )
    return make_response(page, status)


def _people_page(assessment: str, form: InviteForm, status: int = 200) -> Response:
    kept, everyone = taking_part.people_of(site().context, assessment)
    page = render_template(
        "assessments/people.html",
        kept=kept,
        people=everyone,
        form=form,
        role=access().role,
        me=actor().account_id,
        in_error=status != 200,
    )
    return make_response(page, status)


def _to(address: str) -> Response:
    return make_response(redirect(address, 303))
