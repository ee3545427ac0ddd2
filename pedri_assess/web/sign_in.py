"""The pages to sign in and out: an address, a letter with a link and a code, and the button that uses it."""

from __future__ import annotations

import re
import secrets

from flask import Blueprint, Response, make_response, redirect, render_template, request
from wtforms import EmailField, HiddenField, StringField

from ..domain.languages import to_translate
from ..domain.policies import ANYONE
from ..services import sign_in as use
from ..services.sessions import sign_out
from .components import PlainForm
from .gate import PRIVATE, actor_or_none, forget_session, keep_session, session_token
from .languages import said
from .protection import allow
from .site import site
from .texts import clean

sign_in = Blueprint("sign_in", __name__)

BROWSER_COOKIE = "sign-in"
ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}@[^\s@<>()\[\],;:\"\\]+\.[^\s@<>()\[\],;:\"\\]+")
MOST_ADDRESS = 254
WRONG_CODE = to_translate(
    "This code does not work: check it, use the link in the letter, or ask for a new one"
)


class AddressForm(PlainForm):
    """The address to send the letter to."""

    email = EmailField(to_translate("E-mail address"), filters=[clean])
    next = HiddenField(filters=[clean])

    def complete(self) -> bool:
        """Whether it can be an address."""
        email = self.email.data
        if not ADDRESS.fullmatch(email) or len(email) > MOST_ADDRESS:
            self.email.errors = [to_translate("Enter an e-mail address, such as name@example.org")]
        return not self.email.errors


class CodeForm(PlainForm):
    """The code from the letter."""

    code = StringField(to_translate("Code from the letter"), filters=[clean])


@sign_in.get("/sign-in")
@allow(ANYONE)
def start() -> Response:
    """Asks for an address."""
    next_path = use.own_path(request.args.get("next", ""))
    if actor_or_none() is not None and "again" not in request.args:
        return make_response(redirect(next_path, 303))
    return _start(AddressForm(data={"next": next_path}))


@sign_in.post("/sign-in")
@allow(ANYONE)
def ask() -> Response:
    """Sends the letter, and says the same whoever asks."""
    form = AddressForm(formdata=request.form)
    if not form.complete():
        return _start(form, 422)
    key = request.cookies.get(BROWSER_COOKIE, "") or secrets.token_urlsafe(24)
    use.ask(site().context, form.email.data, form.next.data, key, request.remote_addr or "")
    return keep_browser(make_response(redirect("/sign-in/sent", 303)), key)


@sign_in.get("/sign-in/sent")
@allow(ANYONE)
def sent() -> Response:
    """Says that a letter is on its way, and takes the code from it."""
    return _private("accounts/sent.html", form=CodeForm(), in_error=False)


@sign_in.post("/sign-in/code")
@allow(ANYONE)
def code() -> Response:
    """Signs in with a typed code."""
    form = CodeForm(formdata=request.form)
    key = request.cookies.get(BROWSER_COOKIE, "")
    done = (
        use.type_code(site().context, form.code.data, key, browser_name()) if form.code.data and key else None
    )
    if done is None:
        form.code.errors = [WRONG_CODE]
        return _private("accounts/sent.html", 422, form=form, in_error=True)
    return sign_in_as(done)


@sign_in.get("/sign-in/link/<token>")
@allow(ANYONE)
def look(token: str) -> Response:
    """Where a link leads: a button. Looking uses nothing up, since mail scanners follow links."""
    return _private("accounts/link.html", token=token)


@sign_in.post("/sign-in/link/<token>")
@allow(ANYONE)
def follow(token: str) -> Response:
    """Signs in with a link."""
    done = use.follow(site().context, token, browser_name())
    return _private("accounts/link_used.html", 410) if done is None else sign_in_as(done)


@sign_in.post("/sign-out")
@allow(ANYONE)
def leave() -> Response:
    """Ends this browser's session. Allowed without one: pressing it twice is no fault."""
    if token := session_token():
        sign_out(site().context, token)
    response = forget_session(make_response(redirect("/signed-out", 303)))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@sign_in.get("/signed-out")
@allow(ANYONE)
def signed_out() -> Response:
    """Says that the session has ended."""
    return _private("accounts/goodbye.html")


def keep_browser(response: Response, key: str) -> Response:
    """Gives the browser a key, so that what it began to sign in with can be used by itself alone."""
    secure = site().config.secure_cookies
    response.set_cookie(
        BROWSER_COOKIE, key, max_age=1800, path="/sign-in", httponly=True, secure=secure, samesite="Lax"
    )
    return response


def sign_in_as(done: use.SignedIn) -> Response:
    """Gives the browser its new session, and shows the page that was asked for."""
    if old := session_token():  # the browser may have had another person's
        sign_out(site().context, old)
    return keep_session(make_response(redirect(done.next_path, 303)), done.token)


def browser_name() -> str:
    """What the browser says it is, for the person's own list."""
    return clean(request.headers.get("User-Agent"))


def _start(form: AddressForm, status: int = 200) -> Response:
    # A provider lets people through without asking: that would not show who sits there now
    provider = None if "again" in request.args else site().config.single_sign_on
    return _private(
        "accounts/sign_in.html",
        status,
        form=form,
        in_error=bool(form.errors),
        provider=provider,
        label=said(provider.label) if provider else "",
    )


def _private(template: str, status: int = 200, **shown: object) -> Response:
    response = make_response(render_template(template, **shown), status)
    response.headers["Cache-Control"] = PRIVATE
    return response
