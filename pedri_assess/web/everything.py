"""Everything of an organisation: the page to download it, and the page to delete it for good."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from wtforms import StringField

from ..domain.languages import to_translate
from ..domain.policies import LEADS
from ..services.everything import OtherName, delete, take_out
from ..services.organisations import organisation_without_people
from .components import PlainForm
from .gate import actor
from .languages import gettext
from .protection import allow, lately
from .result import download
from .site import site
from .texts import clean

everything = Blueprint("everything", __name__, url_prefix="/organisations/<organisation>/everything")

UNUSABLE = 422


class DeleteForm(PlainForm):
    """The name of the organisation, typed by hand."""

    name = StringField(to_translate("Type the name of the organisation"), filters=[clean])


@everything.get("")
@allow(LEADS)
def show(organisation: str) -> str:
    """What the download has in it, and where deleting is."""
    found = organisation_without_people(site().context, organisation)
    return render_template("organisations/everything.html", organisation=found)


@everything.get("/organisation.zip")
@allow(LEADS)
def file(organisation: str) -> Response:
    """The download."""
    context = site().context
    name = f"organisation-{context.today().isoformat()}.zip"
    return download(take_out(context, organisation), "application/zip", name)


@everything.route("/delete", methods=["GET", "POST"])
@allow(LEADS)
@lately
def delete_all(organisation: str) -> Response:
    """Deletes it for good, for a lead who types its name."""
    context, form = site().context, DeleteForm(formdata=request.form)
    found = organisation_without_people(context, organisation)
    if request.method == "POST":
        try:
            delete(context, actor().account_id, organisation, form.name.data or "")
            return make_response(redirect(url_for("organisations.mine", deleted="yes"), 303))
        except OtherName:
            words = gettext("Type the name as it is written here: %(name)s", name=found.name)
            form.name.errors = [words]
    page = render_template(
        "organisations/delete.html", organisation=found, form=form, in_error=bool(form.errors)
    )
    return make_response(page, UNUSABLE if form.errors else 200)
