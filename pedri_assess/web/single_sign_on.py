"""Signing in with the account of one's organisation: the button, the way there, and the way back."""

from __future__ import annotations

import secrets

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request

from ..domain.policies import ANYONE, SIGNED_IN
from ..services import single_sign_on as use
from ..services.openid import Client, ProviderUnavailable
from ..services.sign_in import own_path
from .gate import PRIVATE, actor, actor_or_none
from .languages import said
from .logs import log
from .protection import allow, lately
from .sign_in import BROWSER_COOKIE, browser_name, keep_browser, sign_in_as
from .site import site
from .texts import clean

single_sign_on = Blueprint("single_sign_on", __name__)

TRY_AGAIN = "60"  # seconds
CONNECTED = "/account"


@single_sign_on.get("/sign-in/single")
@allow(ANYONE)
def look() -> Response:
    """The button alone: what an organisation's own pages can link to."""
    label = said(_client().provider.label)
    return _page("single.html", label=label, next=own_path(request.args.get("next", "")))


@single_sign_on.post("/sign-in/single")
@allow(ANYONE)
def begin() -> Response:
    """Goes to the provider."""
    return _begin(clean(request.form.get("next", "")))


@single_sign_on.post("/account/single-sign-on")
@allow(SIGNED_IN)
@lately
def connect() -> Response:
    """Goes to the provider to connect it to the account of whoever is signed in, or disconnects it."""
    if request.form.get("go") == "disconnect":
        _client()
        use.disconnect(site().context, actor().account_id)
        return make_response(redirect(CONNECTED, 303))
    return _begin(CONNECTED, actor().account_id)


@single_sign_on.get("/sign-in/single/return")
@allow(ANYONE)
def come_back() -> Response:
    """Comes back from the provider."""
    client, person = _client(), actor_or_none()
    if request.method == "HEAD":  # looking uses nothing up
        return make_response("", 204)
    asked = {name: request.args.get(name, "") for name in ("state", "code", "error")}
    reply = use.Reply(issuer=request.args.get("iss", ""), **asked)
    key, who = request.cookies.get(BROWSER_COOKIE, ""), person.account_id if person else None
    try:
        done = use.finish(site().context, client, reply, key, browser_name(), who)
    except use.Refused as error:
        log.warning("single sign-on refused", extra={"fields": {"why": error.why}})
        return _page("single_refused.html", 400, email=error.email, connecting=person is not None)
    except ProviderUnavailable as error:
        return _unavailable(error)
    return sign_in_as(done)


def _begin(next_path: str, account_id: str | None = None) -> Response:
    # A page, and not a redirect: a browser follows a form to our own pages only, as our headers tell it
    client, key = _client(), request.cookies.get(BROWSER_COOKIE, "") or secrets.token_urlsafe(24)
    place = request.remote_addr or ""
    try:
        address = use.begin(site().context, client, next_path, key, place, account_id)
    except ProviderUnavailable as error:
        return _unavailable(error)
    return keep_browser(_page("single_going.html", address=address), key)


def _client() -> Client:
    return site().provider or abort(404)


def _unavailable(error: ProviderUnavailable) -> Response:
    log.error("single sign-on unavailable", extra={"fields": {"why": str(error)}})
    response = _page("single_unavailable.html", 503)
    response.headers["Retry-After"] = TRY_AGAIN
    return response


def _page(template: str, status: int = 200, **shown: object) -> Response:
    response = make_response(render_template(f"accounts/{template}", **shown), status)
    response.headers["Cache-Control"] = PRIVATE
    return response
