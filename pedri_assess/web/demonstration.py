"""Signing in as an invented person: only where that is set, never where others reach the service."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request

from ..domain.errors import NotFound
from ..domain.policies import ANYONE
from ..services.demonstrating import people, sign_in_as
from ..services.sessions import sign_out
from .gate import PRIVATE, keep_session, session_token
from .protection import allow
from .site import site
from .texts import clean

demonstration = Blueprint("demonstration", __name__, url_prefix="/demonstration")


@demonstration.get("")
@allow(ANYONE)
def choose() -> Response:
    """The invented people, each with a button."""
    _check()
    page = render_template("pages/demonstration.html", people=people(site().context))
    response = make_response(page)
    response.headers["Cache-Control"] = PRIVATE
    return response


@demonstration.post("")
@allow(ANYONE)
def become() -> Response:
    """Signs in as one of them."""
    _check()
    browser = clean(request.headers.get("User-Agent"))
    token = sign_in_as(site().context, request.form.get("account", ""), browser)
    if old := session_token():
        sign_out(site().context, old)
    return keep_session(make_response(redirect("/my-work", 303)), token)


def _check() -> None:
    if not site().config.demonstration:
        raise NotFound("demonstration")
