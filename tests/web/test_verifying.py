"""The page that checks a report."""

from __future__ import annotations

import io
from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pedri_assess.reports import Issuer

from ..reports.material import EXAMPLES, printed
from .conftest import Walk
from .pages import words_of

SECRET = bytes(range(100, 132))


def send(client: FlaskClient, content: bytes) -> TestResponse:
    return client.post("/check-a-report", data={"file": (io.BytesIO(content), "report.pdf")})


def test_a_report_of_this_service_agrees_and_is_known(app_with: Callable[..., Flask]) -> None:
    client = app_with(ours=True, report_key=SECRET).test_client()
    walk = Walk(client)
    walk.start(depth="core", organisation="Ymddiriedolaeth <b>Enghreifftiol</b>")
    pdf = client.post("/quick-check/answers/report.pdf", data={"token": walk.token}).data
    page = send(client, pdf)
    assert page.status_code == 200
    said = words_of(page)
    assert "Everything that could be compared agrees" in said
    assert "Ymddiriedolaeth <b>Enghreifftiol</b>" in said
    assert "issued by http://127.0.0.1:8000, with a key that is trusted here" in said


def test_a_changed_one_says_what_differs(app_with: Callable[..., Flask]) -> None:
    client = app_with(ours=True).test_client()
    walk = Walk(client)
    walk.start(depth="core")
    pdf = client.post("/quick-check/answers/report.pdf", data={"token": walk.token}).data
    said = words_of(send(client, pdf.replace(b"%%EOF", b"%%EOF\n%")))
    assert "does not agree with the answers inside it" in said
    assert "The first difference is in “Pages”" in said


def test_what_cannot_be_checked_is_said_at_the_field(client: FlaskClient) -> None:
    assert "Choose the report to check" in words_of(client.post("/check-a-report"))
    page = send(client, b"hello")
    assert page.status_code == 422
    assert "This is not a report that can be checked: it is not a PDF file" in words_of(page)
    assert EXAMPLES["framework"]["framework"] == "tiny"
    assert "about standards that are not here: tiny 1" in words_of(send(client, printed()))


def test_the_keys_are_published(app_with: Callable[..., Flask], client: FlaskClient) -> None:
    before = "ab" * 32
    with_key = app_with(ours=True, report_key=SECRET, report_keys_before=(before,)).test_client()
    public = Issuer(SECRET, "").public
    published = with_key.get("/check-a-report/keys.json").json
    expected = [public, before]
    assert published == {
        "format": "pedri-assess/keys/1",
        "issuer": "http://127.0.0.1:8000",
        "ed25519": expected,
    }
    assert public in words_of(with_key.get("/check-a-report"))
    assert "does not sign its reports" in words_of(client.get("/check-a-report"))
