"""What the organisation answers to a panel, written by a lead on the panel's page."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, request, url_for

from ..domain.errors import Stale, WrongState
from ..domain.policies import RUNS
from ..services.panel_response import respond as keep
from ..services.panels import look
from .gate import actor
from .languages import told
from .panel_forms import response_form
from .panels import CHANGED, CONFLICT, UNUSABLE, panel_page
from .protection import allow
from .site import site
from .texts import whole_number

panel_response = Blueprint("panel_response", __name__, url_prefix="/assessments/<assessment>/panels/<panel>")


@panel_response.post("/response")
@allow(RUNS)
def respond(assessment: str, panel: str) -> Response:
    """Keeps what the organisation answers; what was typed stays on the page where it cannot be kept."""
    context = site().context
    found = look(context, assessment, panel)
    form = response_form(found, formdata=request.form)
    if not form.complete():
        return panel_page(assessment, panel, status=UNUSABLE, form=form)
    known = whole_number(form.changes.data)
    try:
        keep(context, actor().account_id, assessment, panel, known, form.said(found))
    except Stale:
        form.changes.data = str(look(context, assessment, panel).panel.changes)
        form.form_errors.append(CHANGED)
        return panel_page(assessment, panel, status=CONFLICT, form=form)
    except WrongState as error:
        return panel_page(assessment, panel, told(error), CONFLICT, form)
    return make_response(redirect(url_for("panels.one", assessment=assessment, panel=panel) + "#answer", 303))
