"""What a person gets when the database cannot do it now: words, and what they typed."""

from __future__ import annotations

from flask import Flask
from werkzeug.exceptions import TooManyRequests

from pedri_assess.domain.policies import ANYONE
from pedri_assess.store import StoreUnavailable
from pedri_assess.web.protection import allow

from .pages import an_app, hidden, words_of

TYPED = {
    "evidence": "Minutes of <b>June</b>",
    "choice": "2",
    "csrf_token": "old",
    "links": "https://a.example",
}


def app() -> Flask:
    app = an_app()

    def unavailable() -> str:
        raise StoreUnavailable("The database /srv/assess.db cannot be used: the disk is full; make room")

    def too_many() -> str:
        raise TooManyRequests(retry_after=30)

    app.add_url_rule("/unavailable", view_func=allow(ANYONE)(unavailable), methods=["GET", "POST"])
    app.add_url_rule("/too-many", view_func=allow(ANYONE)(too_many), methods=["GET", "POST"])
    return app


def test_a_database_that_cannot_be_used_gives_a_page_and_the_typed_text() -> None:
    response = app().test_client().post("/unavailable?a=b", data=TYPED)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"
    assert "Minutes of <b>June</b>" in words_of(response)
    assert "disk" not in words_of(response)
    assert "no-cache" in response.headers["Cache-Control"]
    assert hidden(response, "evidence") == "Minutes of <b>June</b>"
    assert hidden(response, "choice") == "2"
    page = response.get_data(as_text=True)
    assert 'action="/unavailable?a=b"' in page
    assert 'value="old"' not in page


def test_a_page_that_cannot_be_read_has_nothing_to_send_again() -> None:
    response = app().test_client().get("/unavailable")
    assert response.status_code == 503
    assert b"<form" not in response.data


def test_too_many_requests_say_when_to_come_back() -> None:
    response = app().test_client().post("/too-many", data=TYPED)
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "30"
    assert "Minutes of <b>June</b>" in words_of(response)


def test_a_form_of_another_site_is_not_sent_again() -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    response = app().test_client().post("/unavailable", data=TYPED, headers=headers)
    assert response.status_code == 400
    assert b"Minutes" not in response.data
