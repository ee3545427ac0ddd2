"""The headers of every kind of response, in one table: exactly these, nothing missing and nothing more."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from .conftest import Walk
from .pages import SECURITY_HEADERS, an_app

ALWAYS = {
    **SECURITY_HEADERS,
    "Permissions-Policy": "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), screen-wake-lock=(), usb=()",
}
HTML = "text/html; charset=utf-8"
NO_CACHE, PRIVATE, FOR_EVER = "no-cache", "private, no-cache", "public, max-age=31536000, immutable"
TAGGED = {"ETag", "Date"}
SPOKEN = {"Content-Language", "Vary"}  # in the language that was chosen

Ask = Callable[[FlaskClient, str], TestResponse]

RESPONSES: dict[str, tuple[Ask, str, str, set[str]]] = {
    "page": (lambda c, _: c.get("/"), HTML, NO_CACHE, TAGGED | SPOKEN),
    "version": (lambda c, _: c.get("/standards/pedri/2025.1"), HTML, NO_CACHE, TAGGED | SPOKEN),
    "file": (
        lambda c, _: c.get("/standards/pedri/2025.1.json"),
        "application/json",
        NO_CACHE,
        TAGGED | {"Content-Disposition"},
    ),
    "health": (lambda c, _: c.get("/healthz"), "application/json", "no-store", set()),
    "static": (
        lambda c, _: c.get(c.application.jinja_env.globals["static_url"]("css/app.css")),  # type: ignore[operator]
        "text/css; charset=utf-8",
        FOR_EVER,
        TAGGED | {"Last-Modified", "Content-Disposition", "Accept-Ranges"},
    ),
    "start": (lambda c, _: c.get("/quick-check"), HTML, PRIVATE, SPOKEN),
    "question": (
        lambda c, t: c.post("/quick-check/EDI-3", data={"token": t}), HTML, PRIVATE, {"Set-Cookie", *SPOKEN}
    ),
    "question from the cookie": (
        lambda c, _: c.get("/quick-check/EDI-3"), HTML, PRIVATE, {"Set-Cookie", *SPOKEN}
    ),
    "result": (
        lambda c, t: c.post("/quick-check/answers/result", data={"token": t}),
        HTML, PRIVATE, {"Set-Cookie", *SPOKEN},
    ),
    "answers": (
        lambda c, t: c.post("/quick-check/answers/answers.json", data={"token": t}),
        "application/json",
        PRIVATE,
        {"Content-Disposition"},
    ),
    "table": (
        lambda c, t: c.post("/quick-check/answers/result.csv", data={"token": t}),
        "text/csv; charset=utf-8",
        PRIVATE,
        {"Content-Disposition"},
    ),
    "report": (
        lambda c, t: c.post("/quick-check/answers/report.pdf", data={"token": t}),
        "application/pdf",
        PRIVATE,
        {"Content-Disposition"},
    ),
    "cleared": (
        lambda c, _: c.post("/quick-check/answers/clear"),
        HTML, PRIVATE, {"Set-Cookie", "Clear-Site-Data", *SPOKEN},
    ),
    "sent back": (
        lambda c, t: c.post("/quick-check/answers/tasks", data={"token": t, "from": "set-up"}),
        HTML, NO_CACHE, {"Location", *SPOKEN},
    ),
    "damaged": (lambda c, _: c.post("/quick-check/EDI-3", data={"token": "x"}), HTML, PRIVATE, SPOKEN),
    "not here": (
        lambda c, _: c.application.test_client().get("/quick-check/EDI-3"), HTML, PRIVATE, SPOKEN
    ),
    "not found": (lambda c, _: c.get("/nothing"), HTML, NO_CACHE, SPOKEN),
    "wrong method": (lambda c, _: c.put("/"), HTML, NO_CACHE, {"Allow", *SPOKEN}),
    "wrong host": (lambda c, _: c.get("/", headers={"Host": "evil.example"}), HTML, NO_CACHE, set()),
    "another site": (lambda c, _: c.post("/quick-check", headers={"Origin": "null"}), HTML, NO_CACHE, SPOKEN),
    "too large": (lambda c, _: c.post("/quick-check", data=b"x" * 5_000_000), HTML, NO_CACHE, SPOKEN),
    "options": (lambda c, _: c.options("/"), HTML, NO_CACHE, {"Allow", *SPOKEN}),
    "unchanged": (
        lambda c, _: c.get("/", headers={"If-None-Match": c.get("/").headers["ETag"]}),
        "", NO_CACHE, TAGGED | {"Vary"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("ask", "kind", "cached", "more"), RESPONSES.values(), ids=RESPONSES.keys())
def test_a_response_has_exactly_these_headers(
    walk: Walk, client: FlaskClient, ask: Ask, kind: str, cached: str, more: set[str]
) -> None:
    walk.start("core")
    headers = ask(client, walk.token).headers
    expected = ALWAYS | {"Cache-Control": cached} | ({"Content-Type": kind} if kind else {})
    assert {name: headers.get(name) for name in expected} == expected
    assert (
        set(headers.keys()) - {"Content-Length", "Content-Type"} == (set(expected) - {"Content-Type"}) | more
    )


@pytest.fixture(scope="module")
def secure() -> Flask:
    return an_app(secure_cookies=True, trusted_hosts=("assess.example.org",))


def test_behind_https_the_browser_is_told_to_stay_there(secure: Flask) -> None:
    client = secure.test_client()
    for address in ("/", "/nothing", "/static/css/app.css", "/quick-check"):
        response = client.get(address, base_url="https://assess.example.org")
        assert response.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_behind_https_cookies_never_travel_in_the_open(secure: Flask, walk: Walk) -> None:
    walk.start("core")
    response = secure.test_client().post(
        "/quick-check/answers/tasks", data={"token": walk.token}, base_url="https://assess.example.org"
    )
    for cookie in response.headers.getlist("Set-Cookie"):
        assert "Secure" in cookie.split("; ")
