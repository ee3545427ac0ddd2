"""A round as an organisation sees it: until when, which assessment is handed in, or that none is."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from ..domain.errors import NotFound, WrongState
from ..domain.languages import to_translate
from ..domain.policies import LEAD, LEADS, MEMBER
from ..domain.rounds import STANDINGS, STATES
from ..services import round_places as use
from .gate import access, actor
from .languages import told
from .protection import allow
from .round_forms import MOST_WORDS, PartForm, too_long
from .site import site

round_part = Blueprint("round_part", __name__, url_prefix="/organisations/<organisation>/rounds/<round_id>")

CHOOSE = to_translate("Choose one of your assessments")


@round_part.get("")
@allow(MEMBER)
def show(organisation: str, round_id: str) -> Response:
    """The round; leads choose here."""
    return _page(organisation, round_id)


@round_part.post("/assessment")
@allow(LEADS)
def choose(organisation: str, round_id: str) -> Response:
    """Says which assessment is handed in."""
    form = _form(organisation, round_id)
    try:
        given = (organisation, round_id, form.chosen.data or "")
        use.choose(site().context, actor().account_id, *given)
        return _to(organisation, round_id)
    except NotFound:
        form.chosen.errors = [CHOOSE]
    except WrongState as error:
        form.form_errors.append(told(error))
    return _page(organisation, round_id, form)


@round_part.post("/decline")
@allow(LEADS)
def decline(organisation: str, round_id: str) -> Response:
    """Says that the organisation does not take part."""
    form = _form(organisation, round_id)
    if len(form.because.data) > MOST_WORDS:
        form.because.errors = [too_long(MOST_WORDS)]
    else:
        try:
            use.decline(site().context, actor().account_id, organisation, round_id, form.because.data)
            return _to(organisation, round_id)
        except WrongState as error:
            form.form_errors.append(told(error))
    return _page(organisation, round_id, form)


@round_part.post("/take-part")
@allow(LEADS)
def take_part(organisation: str, round_id: str) -> Response:
    """Takes that back."""
    form = _form(organisation, round_id)
    try:
        use.take_part(site().context, actor().account_id, organisation, round_id)
        return _to(organisation, round_id)
    except WrongState as error:
        form.form_errors.append(told(error))
    return _page(organisation, round_id, form)


def _form(organisation: str, round_id: str) -> PartForm:
    return PartForm(use.view(site().context, organisation, round_id).could, formdata=request.form)


def _page(organisation: str, round_id: str, form: PartForm | None = None) -> Response:
    view = use.view(site().context, organisation, round_id)
    form = form or PartForm(view.could, data={"chosen": view.standing.place.assessment_id})
    wrong = bool(form.errors or form.form_errors)
    page = render_template(
        "rounds/part.html",
        view=view,
        form=form,
        states=STATES,
        names=STANDINGS,
        leads=access().role == LEAD,
        in_error=wrong,
    )
    return make_response(page, 422 if wrong else 200)


def _to(organisation: str, round_id: str) -> Response:
    return make_response(
        redirect(url_for("round_part.show", organisation=organisation, round_id=round_id), 303)
    )
