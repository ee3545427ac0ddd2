"""The pages of organisations: those of one's own, their members, roles, and how one leaves."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from ..domain.errors import Duplicate, WrongState
from ..domain.languages import to_translate
from ..domain.policies import LEADS, MEMBER, SIGNED_IN, STAFF
from ..domain.rounds import STANDINGS, STATES
from ..domain.times import stamp
from ..services import organisations as use
from ..services.assessments import listed
from ..services.mail import trouble
from ..services.round_places import rounds_for
from .gate import access, actor
from .inviting import LeadForm, OrganisationForm, PeopleForm, RoleForm, posted, role_hints, role_name
from .languages import told
from .protection import allow, lately
from .site import site

organisations = Blueprint("organisations", __name__, url_prefix="/organisations")
organisations.app_template_filter("role_name")(role_name)

UNUSABLE = 422


@organisations.get("")
@allow(SIGNED_IN)
def mine() -> str:
    """The organisations that a person belongs to; for PEDRI staff, all of them, and letters in trouble."""
    context, staff = site().context, actor().staff
    return render_template(
        "organisations/mine.html",
        standings=use.mine(context, actor().account_id),
        overview=use.overview(context) if staff else [],
        letters=trouble(context.database, context.now) if staff else [],
        staff=staff,
        deleted="deleted" in request.args,
    )


@organisations.route("/new", methods=["GET", "POST"])
@allow(STAFF)
@lately
def create() -> Response:
    """A new organisation and the invitation of its first lead."""
    form = OrganisationForm()
    if request.method == "POST":
        form = posted(OrganisationForm, request.form)
        if form.complete():
            try:
                given = (form.name.data, form.kind.data, form.nation.data, form.email.data)
                use.create(site().context, actor().account_id, *given)
                return _to(url_for("organisations.mine"))
            except Duplicate:
                form.wrong("name", to_translate("There is an organisation of this name"))
    return _page("organisations/new.html", form)


@organisations.route("/<organisation>/first-lead", methods=["GET", "POST"])
@allow(STAFF)
@lately
def first_lead(organisation: str) -> Response:
    """Invites a lead to an organisation that has none."""
    form = LeadForm()
    if request.method == "POST":
        form = posted(LeadForm, request.form)
        if form.complete():
            try:
                given = (organisation, form.email.data)
                use.invite_first_lead(site().context, actor().account_id, *given)
                return _to(url_for("organisations.mine"))
            except WrongState as error:
                form.wrong("email", told(error))
    found = use.organisation_without_people(site().context, organisation)
    return _page("organisations/first_lead.html", form, organisation=found)


@organisations.get("/<organisation>")
@allow(MEMBER)
def one(organisation: str) -> str:
    """An organisation: its assessments, its members, and who is invited."""
    now = stamp(site().context.now())
    me, role = actor().account_id, access().role
    people = use.people(site().context, organisation)
    kept = listed(site().context, organisation, me, role)
    return render_template(
        "organisations/one.html",
        people=people,
        assessments=kept,
        rounds=rounds_for(site().context, organisation),
        states=STATES,
        standings=STANDINGS,
        now=now,
        me=me,
        role=role,
    )


@organisations.route("/<organisation>/members/<member>", methods=["GET", "POST"])
@allow(LEADS)
@lately
def member(organisation: str, member: str) -> Response:
    """One member: another role, or the end of the membership."""
    context = site().context
    found, who = use.one_member(context, organisation, member)
    form = RoleForm(data={"role": who.role})
    if request.method == "POST":
        form = posted(RoleForm, request.form)
        if form.complete():
            try:
                use.change_role(context, actor().account_id, organisation, member, form.role.data)
                return _to(url_for("organisations.one", organisation=organisation))
            except WrongState as error:
                form.wrong("role", told(error))
    return _page("organisations/member.html", form, organisation=found, colleague=who, hints=role_hints())


@organisations.post("/<organisation>/members/<member>/end")
@allow(LEADS)
@lately
def end(organisation: str, member: str) -> Response:
    """Ends a membership."""
    context = site().context
    found, who = use.one_member(context, organisation, member)
    try:
        use.end(context, actor().account_id, organisation, member)
    except WrongState as error:
        form = RoleForm(data={"role": who.role})
        form.wrong("role", told(error))
        return _page("organisations/member.html", form, organisation=found, colleague=who, hints=role_hints())
    if who.account_id == actor().account_id:
        return _to(url_for("organisations.mine"))
    return _to(url_for("organisations.one", organisation=organisation))


@organisations.route("/<organisation>/leave", methods=["GET", "POST"])
@allow(MEMBER)
def leave(organisation: str) -> Response:
    """Ends one's own membership, after asking."""
    form = PeopleForm()
    if request.method == "POST":
        try:
            use.leave(site().context, actor().account_id, organisation)
            return _to(url_for("organisations.mine"))
        except WrongState as error:
            form.form_errors.append(told(error))
    found = use.organisation_without_people(site().context, organisation)
    return _page("organisations/leave.html", form, organisation=found)


def _page(template: str, form: PeopleForm, **more: object) -> Response:
    wrong = bool(form.errors or form.form_errors)
    status = UNUSABLE if wrong else 200
    return make_response(render_template(template, form=form, in_error=wrong, **more), status)


def _to(address: str) -> Response:
    return make_response(redirect(address, 303))
