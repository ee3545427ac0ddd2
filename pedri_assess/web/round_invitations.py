"""Inviting organisations to a round: from those that are here, or from a list, looked through first."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from ..domain.languages import to_translate
from ..domain.policies import STAFF
from ..services import round_invitations as use
from ..services.rounds import board
from .gate import actor
from .languages import gettext
from .protection import allow, lately
from .round_forms import ChosenForm, ListForm
from .site import site
from .texts import clean

round_invitations = Blueprint("round_invitations", __name__, url_prefix="/rounds/<round_id>")

LARGEST = 200_000  # characters of a list
UNUSABLE = 422
NOT_TEXT = to_translate("This file is not text in UTF-8. Save it as “CSV UTF-8”, and choose it again")


@round_invitations.route("/invite", methods=["GET", "POST"])
@allow(STAFF)
def invite(round_id: str) -> Response:
    """Invites some of the organisations that are here."""
    context = site().context
    could = use.not_invited(context, round_id)
    form = ChosenForm(could, formdata=request.form or None)
    if request.method == "POST" and form.complete():
        use.invite_all(context, actor().account_id, round_id, form.chosen.data)
        return _to_round(round_id)
    return _page("rounds/invite.html", round_id, form, could=could)


@round_invitations.route("/list", methods=["GET", "POST"])
@allow(STAFF)
def look_through(round_id: str) -> Response:
    """Takes a list, and shows what it would do before anything is done."""
    if request.method == "GET":
        return _page("rounds/list.html", round_id, ListForm())
    form = ListForm(formdata=request.form)
    text = _text(form)
    if form.errors:
        return _page("rounds/list.html", round_id, form)
    return _preview(round_id, text, use.preview_list(site().context, round_id, text))


@round_invitations.post("/list/take")
@allow(STAFF)
@lately
def take(round_id: str) -> Response:
    """Does what the list says."""
    text = clean(request.form.get("text"))
    try:
        use.take_list(site().context, actor().account_id, round_id, text)
        return _to_round(round_id)
    except use.FaultyList as error:
        return _preview(round_id, text, error.preview)


def _text(form: ListForm) -> str:
    """What was sent, as a file or as text; the form has an error where it cannot be used."""
    file = request.files.get("file")
    text = form.text.data
    if file and file.filename:
        try:
            text = file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            form.file.errors = [NOT_TEXT]
    if not text.strip() and not form.file.errors:
        form.file.errors = [to_translate("Choose a file, or paste the list")]
    if len(text) > LARGEST:
        form.file.errors = [gettext("A list has %(most)s characters at most", most=f"{LARGEST:,}")]
    return clean(text)


def _preview(round_id: str, text: str, preview: use.Preview) -> Response:
    status = UNUSABLE if preview.faults else 200
    shown = {"item": board(site().context, round_id).round, "preview": preview, "text": text}
    page = render_template("rounds/preview.html", in_error=bool(preview.faults), **shown)
    return make_response(page, status)


def _page(template: str, round_id: str, form: ChosenForm | ListForm, **more: object) -> Response:
    wrong = bool(form.errors)
    item = board(site().context, round_id).round
    page = render_template(template, item=item, form=form, in_error=wrong, **more)
    return make_response(page, UNUSABLE if wrong else 200)


def _to_round(round_id: str) -> Response:
    return make_response(redirect(url_for("rounds.one", round_id=round_id), 303))
