"""Inviting people, and what an invitation's link leads to: a page that asks, and a button that accepts."""

from __future__ import annotations

from contextlib import suppress

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from ..domain.errors import Duplicate, NotFound, WrongState
from ..domain.languages import to_translate
from ..domain.policies import ANYONE, LEADS, SIGNED_IN
from ..services import invitations as use
from ..services.invitations import CannotAccept, Look, Standing
from ..services.organisations import organisation_without_people
from ..services.sessions import sign_out
from .gate import actor, actor_or_none, forget_session, keep_session, session_token
from .inviting import AcceptForm, InviteForm, posted
from .protection import allow, lately
from .site import site

invitations = Blueprint("invitations", __name__)

# How a page that cannot be used any more says so to programs
STATUS = {Standing.USED: 410, Standing.WITHDRAWN: 410, Standing.EXPIRED: 410}


@invitations.route("/organisations/<organisation>/invitations/new", methods=["GET", "POST"])
@allow(LEADS)
@lately
def invite(organisation: str) -> Response:
    """Invites an address."""
    context = site().context
    form = InviteForm(data={"role": "contributor"})
    if request.method == "POST":
        form = posted(InviteForm, request.form)
        if form.complete():
            try:
                given = (organisation, form.email.data, form.role.data)
                use.invite(context, actor().account_id, *given)
                return _to_organisation(organisation)
            except Duplicate:
                form.wrong("email", to_translate("Somebody with this address is a member already"))
    found, wrong = organisation_without_people(context, organisation), bool(form.errors)
    page = render_template("organisations/invite.html", form=form, in_error=wrong, organisation=found)
    return make_response(page, 422 if wrong else 200)


@invitations.post("/organisations/<organisation>/invitations/<invitation>/resend")
@allow(LEADS)
def resend(organisation: str, invitation: str) -> Response:
    """Sends an invitation again, with a new link."""
    with suppress(WrongState):  # somebody was quicker; the list shows how it stands
        use.resend(site().context, actor().account_id, organisation, invitation)
    return _to_organisation(organisation)


@invitations.post("/organisations/<organisation>/invitations/<invitation>/withdraw")
@allow(LEADS)
def withdraw(organisation: str, invitation: str) -> Response:
    """Takes an invitation back."""
    with suppress(WrongState):  # somebody was quicker; the list shows how it stands
        use.withdraw(site().context, actor().account_id, organisation, invitation)
    return _to_organisation(organisation)


@invitations.get("/invitation/<token>")
@allow(ANYONE)
def look(token: str) -> Response:
    """What the link of an invitation leads to. Looking changes nothing: mail scanners follow links."""
    try:
        return _shown(use.look(site().context, token, actor_or_none()), token, AcceptForm())
    except NotFound:
        return _altered()


@invitations.post("/invitation/<token>")
@allow(ANYONE)
def accept(token: str) -> Response:
    """Accepts an invitation."""
    context, form = site().context, posted(AcceptForm, request.form)
    try:
        found = use.look(context, token, actor_or_none())
        if found.standing is Standing.NEW and not form.complete():
            return _shown(found, token, form, 422)
        accepted = use.accept(context, token, actor_or_none(), form.name.data, request.user_agent.string)
    except NotFound:
        return _altered()
    except CannotAccept as error:
        return _shown(error.look, token, AcceptForm(), 409)
    if accepted.assessment_id is not None:
        response = make_response(redirect(f"/assessments/{accepted.assessment_id}", 303))
    else:
        response = _to_organisation(accepted.organisation_id)
    if accepted.session is not None:
        keep_session(response, accepted.session)
    return response


@invitations.post("/invitation/<token>/sign-out")
@allow(SIGNED_IN)
def use_other_address(token: str) -> Response:
    """Signs out whoever is not the person that an invitation is for, and shows it again."""
    sign_out(site().context, session_token())
    address = url_for("invitations.look", token=token)
    return forget_session(make_response(redirect(address, 303)))


def _shown(found: Look, token: str, form: AcceptForm, status: int = 200) -> Response:
    page = render_template(
        "organisations/invitation.html",
        invitation=found.invitation,
        standing=found.standing.value,
        token=token,
        form=form,
        in_error=bool(form.errors),
        me=actor_or_none(),
    )
    response = make_response(page, STATUS.get(found.standing, status))
    response.headers["Cache-Control"] = "no-store"
    return response


def _altered() -> Response:
    return make_response(render_template("organisations/no_invitation.html"), 404)


def _to_organisation(organisation: str) -> Response:
    return make_response(redirect(url_for("organisations.one", organisation=organisation), 303))
