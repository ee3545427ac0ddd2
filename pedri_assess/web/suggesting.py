"""Suggesting a resource, and what became of one's suggestions."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from ..domain.errors import Duplicate, WrongState
from ..domain.languages import to_translate
from ..domain.policies import SIGNED_IN
from ..domain.resources import CRITERION, STANDARD, Described, Link
from ..services import suggesting as use
from .gate import actor
from .languages import told
from .protection import allow
from .resource_forms import ResourceForm, form_of, posted_form
from .site import site
from .texts import clean

suggesting = Blueprint("suggesting", __name__, url_prefix="/resources")

UNUSABLE, CONFLICT = 422, 409
THERE_ALREADY = to_translate("The hub has this address already, or somebody has suggested it")


@suggesting.route("/suggest", methods=["GET", "POST"])
@allow(SIGNED_IN)
def suggest() -> Response:
    """A new suggestion. The address may say what it is about: `criterion` or `standard` of a framework."""
    context = site().context
    use.may_suggest(context, actor())
    if request.method == "GET":
        about = tuple(_asked(CRITERION)) or tuple(_asked(STANDARD))
        return _page(form_of(context.shelf, Described("", "", "", links=about), 0))
    form = posted_form(context.shelf, request.form)
    if form.complete():
        try:
            use.suggest(context, actor(), form.said())
            return make_response(redirect(url_for("suggesting.suggested"), 303))
        except Duplicate:
            form.address.errors = [THERE_ALREADY]
    return _page(form, UNUSABLE)


@suggesting.get("/suggested")
@allow(SIGNED_IN)
def suggested() -> Response:
    """One's own suggestions, and what became of each."""
    return _mine()


@suggesting.post("/suggested/<resource>/withdraw")
@allow(SIGNED_IN)
def withdraw(resource: str) -> Response:
    """Takes one's own suggestion back, while it waits."""
    try:
        use.withdraw(site().context, actor().account_id, resource)
    except WrongState as error:
        return _mine(told(error), CONFLICT)
    return make_response(redirect(url_for("suggesting.suggested"), 303))


def _asked(kind: str) -> list[Link]:
    framework, _, target = clean(request.args.get(kind, "")).partition("/")
    return [Link(framework, kind, target)] if framework and target else []


def _page(form: ResourceForm, status: int = 200) -> Response:
    page = render_template("resources/suggest.html", form=form, in_error=status != 200)
    return make_response(page, status)


def _mine(problem: str = "", status: int = 200) -> Response:
    made = use.suggested(site().context, actor().account_id)
    return make_response(
        render_template(
            "resources/suggested.html", suggestions=made, problem=problem, in_error=bool(problem)
        ),
        status,
    )
