"""Letters on a page: only where there is no mail server and nobody else can reach the machine."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from pedri_assess.domain.times import stamp
from pedri_assess.services.smtp import MailServer
from pedri_assess.store.mail import queue_mail
from pedri_assess.web.mail import SENDER, start_sender
from pedri_assess.web.site import Site

from .pages import an_app, parsed, words_of

SERVER = MailServer("127.0.0.1", "assess@example.org", port=1)


@pytest.fixture
def address(migrated: Path, tmp_path: Path) -> str:
    path = tmp_path / "assess.db"
    path.write_bytes(migrated.read_bytes())
    return f"sqlite://{path}"


def queue(app: Flask, body: str) -> None:
    served: Site = app.extensions["pedri-assess"]
    with served.context.database.write() as c:
        queue_mail(c, "a@example.org", "Sign in", body, stamp(served.context.now()))


def test_letters_can_be_read_and_their_links_followed(address: str) -> None:
    app = an_app(database_url=address, base_url="http://127.0.0.1:8000")
    queue(app, "<b>Hello</b>\n\nhttp://127.0.0.1:8000/sign-in/link/abc?x=1&y=2\nhttps://elsewhere.example/x")
    page = app.test_client().get("/mail")
    assert "nothing leaves this machine" in words_of(page)
    assert "To a@example.org" in words_of(page)
    assert "<b>Hello</b>http://127.0.0.1:8000/sign-in/link/abc?x=1&y=2https" in words_of(page)
    main = parsed(page.get_data(as_text=True)).find(".//main")
    assert [link.get("href") for link in main.iter("a")] == ["/sign-in/link/abc?x=1&y=2"]


def test_no_letters_is_said(address: str) -> None:
    assert "No mail yet" in words_of(an_app(database_url=address).test_client().get("/mail"))


@pytest.mark.parametrize(
    "settings", [{"mail_server": SERVER}, {"trusted_hosts": ("localhost", "assess.example.org")}]
)
def test_there_is_no_such_page_where_mail_is_sent_or_others_could_read_it(
    address: str, settings: dict[str, object]
) -> None:
    app = an_app(database_url=address, **settings)
    queue(app, "secret")
    response = app.test_client().get("/mail")
    assert response.status_code == 404
    assert b"secret" not in response.data


def test_a_process_begins_to_send_with_its_first_request(address: str) -> None:
    app = an_app(database_url=address, mail_server=SERVER)
    sender = app.extensions[SENDER]
    assert sender._thread is None
    app.test_client().get("/healthz")
    assert sender._thread.is_alive()
    thread = sender._thread
    start_sender(app)
    assert sender._thread is thread
    sender.stop()
    assert not thread.is_alive()


def test_nothing_is_begun_where_there_is_no_mail_server(address: str) -> None:
    app = an_app(database_url=address)
    start_sender(app)
    assert SENDER not in app.extensions
