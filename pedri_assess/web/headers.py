"""The headers of every response: what browsers may load, keep and tell others."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from flask import Flask, Response, current_app, request

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PERMISSIONS_POLICY = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
    "microphone=(), midi=(), payment=(), screen-wake-lock=(), usb=()"
)
SECURITY = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS_POLICY,
}
TRANSPORT_SECURITY = "max-age=31536000; includeSubDomains"

# The address of a static file that our pages use changes with its content.
FOR_EVER = "public, max-age=31536000, immutable"

# Pages may be kept, and are asked for again before they are shown. Not `no-store`, not even for the quick
# check: its pages answer a POST, and a browser that may not keep such a page cannot go Back to it; it asks
# "Confirm form resubmission" and what was typed is gone. What `no-store` would give on a shared computer,
# nothing left behind, is done where a person asks for it: clearing the answers sends Clear-Site-Data, and
# pages kept in memory replace themselves (quick_check.js).
ASK_AGAIN = "no-cache"
ASK_AGAIN_PRIVATE = "private, no-cache"


def add_headers(app: Flask, *, secure: bool) -> None:
    """Makes every response of the application carry the headers."""
    always = {**SECURITY, "Strict-Transport-Security": TRANSPORT_SECURITY} if secure else SECURITY

    def protect(response: Response) -> Response:
        response.headers.update(always)
        if request.endpoint == "static" and response.status_code in (200, 206, 304):
            response.headers["Cache-Control"] = FOR_EVER if _names_its_content() else ASK_AGAIN
        elif "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = ASK_AGAIN
            if response.status_code == 200 and request.method in ("GET", "HEAD"):
                response.add_etag()
                response.make_conditional(request)
        return response

    app.after_request(protect)


def _names_its_content() -> bool:
    """Whether a static file was asked for by the address that has its hash."""
    static_url = cast(Callable[[str], str], current_app.jinja_env.globals["static_url"])
    asked = f"{request.path}?{request.query_string.decode('ascii', 'replace')}"
    try:
        return asked == static_url((request.view_args or {})["filename"])
    except KeyError:  # a file that came after the service started
        return False
