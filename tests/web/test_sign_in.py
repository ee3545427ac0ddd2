"""Signing in and out: letters, links, codes, sessions. Numbers are those of docs/security.md."""

from __future__ import annotations

import re
import threading

import pytest

from pedri_assess.services import sign_in
from pedri_assess.services.sessions import hashed
from pedri_assess.services.sign_in import MOST_FOR_ADDRESS

from .pages import an_app, words_of
from .people import LEAD, NOBODY, Ask, Town, letter, signed_in


def test_a_link_signs_in_once(town: Town, ask: Ask) -> None:  # R14
    browser, response = ask(next="/organisations")
    assert (response.status_code, response.location) == (303, "/sign-in/sent")
    link, _ = letter(town)
    assert b"<button" in browser.get(link).data
    response = browser.post(link)
    assert (response.status_code, response.location) == (303, "/organisations")
    assert signed_in(browser)
    another = town.app.test_client()
    refused = another.post(link)
    assert refused.status_code == 410
    assert "does not work any more" in words_of(refused)
    assert not signed_in(another)


def test_a_link_used_twice_at_once_opens_one_session(town: Town, ask: Ask) -> None:  # R14
    for _ in range(MOST_FOR_ADDRESS):
        ask()
        link, _code = letter(town)
        start, statuses = threading.Barrier(2), []

        def press(link: str = link, start: threading.Barrier = start, to: list[int] = statuses) -> None:
            browser = town.app.test_client()
            start.wait()
            to.append(browser.post(link).status_code)

        threads = [threading.Thread(target=press) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(statuses) == [303, 410]


@pytest.mark.parametrize(("minutes", "works"), [(9.9, True), (10.1, False)])
def test_a_link_works_for_ten_minutes(
    town: Town, ask: Ask, minutes: float, works: bool, monkeypatch: pytest.MonkeyPatch
) -> None:  # R15
    browser, _ = ask()
    link, _ = letter(town)
    context = town.app.extensions["pedri-assess"].context
    town.forward(minutes=minutes)
    with town.database.write() as c:
        done = sign_in.use_link(c, hashed(link.rpartition("/")[2]), sign_in.stamp(town.now()))
    assert (done is not None) is works
    assert context.now().tzinfo is not None
    assert browser.get(link).status_code == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_looking_at_a_link_does_not_use_it(town: Town, ask: Ask, method: str) -> None:  # R16
    browser, _ = ask()
    link, _ = letter(town)
    for _ in range(3):
        town.app.test_client().open(link, method=method, headers={"User-Agent": "scanner"})
    assert browser.post(link).status_code == 303


def test_only_hashes_of_keys_are_kept(town: Town, ask: Ask, caplog: pytest.LogCaptureFixture) -> None:  # R17
    caplog.set_level("INFO", "pedri_assess")
    browser, _ = ask()
    link, code = letter(town)
    response = browser.post(link)
    cookie = browser.get_cookie("session")
    assert cookie
    with town.database.read() as c:
        tables = ("sign_in_link", "session", "sign_in", "event", "rate")
        kept = repr([c.rows(f"SELECT * FROM {table}") for table in tables])
    said = kept + repr([(record.getMessage(), vars(record)) for record in caplog.records]) + response.location
    for secret in (link.rpartition("/")[2], code.replace(" ", ""), cookie.value):
        assert secret not in said


@pytest.mark.parametrize("email", [NOBODY, "disabled@example.org", "LEAD@example.org"])
def test_the_answer_does_not_say_who_has_an_account(town: Town, ask: Ask, email: str) -> None:  # R18
    town.account("disabled@example.org", disabled=True)
    (known, first), (unknown, second) = ask(), ask(email)
    assert (first.status_code, first.location, first.data) == (
        second.status_code,
        second.location,
        second.data,
    )
    cookies = [
        [re.sub("=[^;]+", "", line) for line in response.headers.getlist("Set-Cookie")]
        for response in (first, second)
    ]
    assert cookies[0] == cookies[1]
    assert known.get("/sign-in/sent").data == unknown.get("/sign-in/sent").data
    assert len(town.letters()) == (2 if email == "LEAD@example.org" else 1)


def test_a_code_signs_in_the_browser_that_asked(town: Town, ask: Ask) -> None:
    browser, _ = ask()
    _, code = letter(town)
    stranger = town.app.test_client()
    assert stranger.post("/sign-in/code", data={"code": code}).status_code == 422
    assert browser.post("/sign-in/code", data={"code": code.lower().replace(" ", "-")}).status_code == 303
    assert signed_in(browser)
    assert not signed_in(stranger)


def test_wrong_codes_are_counted_and_the_link_still_works(town: Town, ask: Ask) -> None:  # R20
    browser, _ = ask()
    link, code = letter(town)
    for _ in range(sign_in.TRIES):
        assert browser.post("/sign-in/code", data={"code": "AAAA AAAA"}).status_code == 422
    refused = browser.post("/sign-in/code", data={"code": code})
    assert refused.status_code == 422
    assert "ask for a new one" in words_of(refused)
    assert browser.post(link).status_code == 303


def test_letters_are_limited_for_each_address_in_every_process(town: Town, ask: Ask) -> None:  # R20
    for _ in range(MOST_FOR_ADDRESS):
        assert ask()[1].status_code == 303
    other_process = an_app(database_url=f"sqlite://{town.database.name}").test_client()
    for browser in (town.app.test_client(), other_process):
        response = browser.post("/sign-in", data={"email": LEAD.upper()})
        assert response.status_code == 429
        assert 0 < int(response.headers["Retry-After"]) <= 15 * 60
    assert len(town.letters()) == MOST_FOR_ADDRESS
    assert ask(NOBODY)[1].status_code == 303


def test_a_header_that_names_another_place_changes_nothing(town: Town) -> None:  # R21
    with town.database.read() as c:
        before = len(c.rows("SELECT * FROM rate"))
    for place in ("203.0.113.1", "198.51.100.9, 10.0.0.1"):
        headers = {"X-Forwarded-For": place, "X-Real-IP": place, "Forwarded": f"for={place}"}
        town.app.test_client().post("/sign-in", data={"email": NOBODY}, headers=headers)
    with town.database.read() as c:
        assert len(c.rows("SELECT * FROM rate")) == before + 2  # one address, one place
