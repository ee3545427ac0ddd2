"""The gate: who comes, and whether the view's rule lets them in. It decides before anything is made."""

from __future__ import annotations

import hashlib
import hmac
from contextlib import suppress
from typing import cast
from urllib.parse import quote

from flask import (
    Flask,
    Response,
    abort,
    current_app,
    g,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
)
from markupsafe import Markup

from ..domain.errors import NotFound
from ..domain.policies import Access, Actor, Policy
from ..services.sessions import Entry, enter, proved_lately
from ..store import StoreUnavailable
from .languages import gettext, speak
from .protection import SAFE_METHODS, NoToken
from .site import site
from .typed import typed

PRIVATE = "private, no-store"  # what signed-in people see stays out of every cache


def add_gate(app: Flask) -> None:
    """Makes every request pass the gate, and gives the templates who is signed in."""
    app.before_request(pass_gate)
    app.after_request(_keep_private)
    app.jinja_env.globals.update(csrf_field=csrf_field, csrf_token=csrf_token, who=actor_or_none)


def actor() -> Actor:
    """The person who asks. Only for views whose rule asks people to sign in."""
    return cast(Actor, g.entry.actor)


def actor_or_none() -> Actor | None:
    """The person who asks, or None where nobody is signed in."""
    entry: Entry | None = g.get("entry")
    return entry.actor if entry else None


def access() -> Access:
    """How the person stands to what the address names. Only for views about an organisation or assessment."""
    return cast(Access, g.entry.access)


def pass_gate() -> Response | None:
    """Lets the request through, or answers it: sign in first, not found, or not allowed."""
    policy = getattr(current_app.view_functions.get(request.endpoint or ""), "policy", None)
    if not isinstance(policy, Policy):  # no such page, or one that is refused anyway
        return None
    g.policy = policy
    speak()
    g.entry = _entry(policy)
    if policy.area == "anyone":
        return None
    if g.entry.actor is None:
        return _sign_in_first()
    _check_token()
    if policy.area in ("organisation", "assessment") and not (g.entry.access and g.entry.access.sees):
        raise NotFound
    if not policy.allows(g.entry.actor, g.entry.access):
        abort(403)
    return _prove_first() if _is_old(request.endpoint or "") else None


def _is_old(endpoint: str) -> bool:
    """Whether a form that changes who may do what comes from a session that is not fresh."""
    marked = getattr(current_app.view_functions.get(endpoint), "lately", False)
    return marked and request.method not in SAFE_METHODS and not proved_lately(site().context, g.entry)


def _prove_first() -> Response:
    return make_response(render_template("accounts/prove.html", typed=typed()), 401)


def _entry(policy: Policy) -> Entry:
    token = session_token()
    if not token:
        return Entry()
    named = request.view_args or {}
    organisation = named.get("organisation") if policy.area == "organisation" else None
    assessment = named.get("assessment") if policy.area == "assessment" else None
    by_hand = not is_automatic()
    if policy.area != "anyone":
        return enter(site().context, token, organisation, assessment, by_hand=by_hand)
    with suppress(StoreUnavailable):  # what is open to all does not need the database
        return enter(site().context, token, None, None, by_hand=False)
    return Entry()


def _sign_in_first() -> Response:
    if is_automatic():
        message = gettext("Your session has ended. Sign in again: your text is kept here.")
        return make_response(jsonify(message=message), 401)
    if request.method in SAFE_METHODS:
        asked = request.full_path.rstrip("?")
        return make_response(redirect(f"/sign-in?next={quote(asked, safe='')}", 303))
    response = make_response(render_template("accounts/signed_out.html", typed=typed()), 401)
    response.headers["Cache-Control"] = PRIVATE
    return response


def is_automatic() -> bool:
    """Whether the page sent this by itself: answered in JSON, and no sign that a person is there."""
    return request.headers.get("X-Autosave") == "1"


def session_cookie() -> str:
    """The name of the session's cookie; with the prefix a browser takes it over https and from us only."""
    return "__Host-session" if site().config.secure_cookies else "session"


def session_token() -> str:
    """The session key that the browser sent."""
    return request.cookies.get(session_cookie(), "")


def keep_session(response: Response, token: str) -> Response:
    """Gives the browser the key of its session, until it is closed."""
    secure = site().config.secure_cookies
    response.set_cookie(session_cookie(), token, path="/", httponly=True, secure=secure, samesite="Lax")
    return response


def forget_session(response: Response) -> Response:
    """Takes the session's key out of the browser."""
    secure = site().config.secure_cookies
    response.delete_cookie(session_cookie(), path="/", httponly=True, secure=secure, samesite="Lax")
    return response


def csrf_token() -> str:
    """What a form must carry to be taken as sent from a page of this session; empty without a session."""
    token = session_token()
    return _token(site().config.secret_key, token) if token else ""


def csrf_field() -> Markup:
    """The hidden field with the token."""
    token = csrf_token()
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(token) if token else Markup()


def _token(key: str, session: str) -> str:
    return hmac.new(key.encode(), f"csrf:{session}".encode(), hashlib.sha256).hexdigest()


def _check_token() -> None:
    if request.method in SAFE_METHODS:
        return
    sent = request.headers.get("X-CSRF-Token") or request.form.get("csrf_token", "")
    config = site().config
    keys = (config.secret_key, *config.secret_key_fallbacks)
    if not any(hmac.compare_digest(_token(key, session_token()), sent) for key in keys):
        raise NoToken


def _keep_private(response: Response) -> Response:
    policy: Policy | None = g.get("policy")
    if policy is not None and policy.area != "anyone" and "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = PRIVATE
    return response
