"""Error pages: what went wrong in plain words, and a way on."""

from __future__ import annotations

import secrets

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import (
    HTTPException,
    InternalServerError,
    MethodNotAllowed,
    SecurityError,
    TooManyRequests,
)

from ..domain.errors import NotAllowed, NotFound
from ..services.limits import TooMany
from ..store import StoreUnavailable
from .headers import ASK_AGAIN_PRIVATE
from .languages import speak
from .logs import log
from .protection import CrossSite, NoToken
from .typed import typed

TRY_AGAIN = "10"  # seconds
WITH_A_PAGE = frozenset({400, 403, 404, 405, 413, 429, 500, 503})

# A request for a host that is not ours gets no links: we cannot know an address that would work.
WRONG_HOST = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Wrong address</title></head>'
    "<body><h1>Wrong address</h1><p>This service does not answer under this name. Check the address.</p>"
    "</body></html>"
)


def add_error_pages(app: Flask) -> None:
    """Makes every error of the application end in a page."""
    app.register_error_handler(SecurityError, wrong_host)
    app.register_error_handler(NotFound, not_found)
    app.register_error_handler(NotAllowed, not_allowed)
    app.register_error_handler(StoreUnavailable, store_unavailable)
    app.register_error_handler(TooMany, too_many)
    app.register_error_handler(HTTPException, error_page)
    app.register_error_handler(500, unexpected)


def wrong_host(_error: SecurityError) -> Response:
    """The request named a host that this service does not answer for."""
    return make_response(WRONG_HOST, 400)


def not_found(_error: NotFound) -> Response:
    """Something that was asked for is not on the shelf."""
    return _page(404)


def not_allowed(_error: NotAllowed) -> Response:
    """Somebody may see this, and may not do it."""
    return _page(403, typed=typed())


def store_unavailable(error: StoreUnavailable) -> Response:
    """The database cannot do it now: nothing was kept, and what was typed can be sent again."""
    log.error("store unavailable", extra={"fields": {"why": str(error)}})
    response = _page(503, typed=typed())
    response.headers["Retry-After"] = TRY_AGAIN
    response.headers["Cache-Control"] = ASK_AGAIN_PRIVATE
    return response


def too_many(error: TooMany) -> Response:
    """Somebody did something more often than one may; says when to come back, and shows what was typed."""
    return error_page(TooManyRequests(retry_after=error.seconds))


def error_page(error: HTTPException) -> Response:
    """The page for an HTTP error that has one; the nearest general page for others."""
    code = error.code or 500
    if code < 400:
        return make_response(error.get_response(request.environ))
    shown = code if code in WITH_A_PAGE else (400 if code < 500 else 503)
    # A form of another site was not written here: it is neither shown nor sent again
    kept = None if isinstance(error, CrossSite) else typed()
    response = _page(shown, code, typed=kept, old=isinstance(error, NoToken))
    if "Retry-After" in (headers := dict(error.get_headers())):
        response.headers["Retry-After"] = headers["Retry-After"]
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def unexpected(error: InternalServerError) -> Response:
    """A fault of ours. The page has a number, and the log has the same number with what happened."""
    reference = secrets.token_hex(4)
    original = error.original_exception or error
    fields = {"reference": reference, "route": request.url_rule.rule if request.url_rule else None}
    log.error("unexpected", exc_info=original, extra={"fields": fields})
    return _page(500, reference=reference)


def _page(name: int, status: int = 0, **shown: object) -> Response:
    speak()
    return make_response(render_template(f"errors/{name}.html", **shown), status or name)
