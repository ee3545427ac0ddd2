"""Sessions: how they begin, end, and what their forms must carry. Numbers as in docs/security.md."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from pedri_assess.domain.times import stamp
from pedri_assess.services import sign_in
from pedri_assess.services.sessions import open_session
from pedri_assess.services.sign_in import HOME, own_path

from .pages import an_app, words_of
from .people import LEAD, Ask, Town, letter, send, signed_in


def test_signing_in_gives_a_new_key_and_ends_the_old_one(town: Town, ask: Ask) -> None:  # R22
    browser, _ = ask()
    link, _ = letter(town)
    browser.set_cookie("session", "chosen-by-an-attacker")
    browser.post(link)
    cookie = browser.get_cookie("session")
    assert cookie
    assert cookie.value != "chosen-by-an-attacker"
    ask()
    old = town.app.test_client()
    old.set_cookie("session", cookie.value)
    browser.post(letter(town)[0])
    assert signed_in(browser)
    assert not signed_in(old)


def test_a_copied_cookie_is_worthless_after_signing_out(town: Town) -> None:  # R23
    browser, copy = town.client("lead"), town.app.test_client()
    cookie = browser.get_cookie("session")
    assert cookie
    copy.set_cookie("session", cookie.value)
    assert signed_in(copy)
    response = browser.post("/sign-out")
    assert response.location == "/signed-out"
    assert "storage" in response.headers["Clear-Site-Data"]
    assert not signed_in(copy)
    assert not signed_in(browser)


def test_signing_out_everywhere_ends_every_session(town: Town) -> None:
    browsers = [town.client("lead") for _ in range(3)]
    other = town.client("viewer")
    assert "Sign out everywhere" in words_of(browsers[0].get("/account"))
    assert send(browsers[0], "/account/sign-out-everywhere").status_code == 303
    assert [signed_in(browser) for browser in browsers] == [False] * 3
    assert signed_in(other)


@pytest.mark.parametrize(
    ("idle", "since", "open_still"),
    [(59, 59, True), (61, 61, False), (1, 60 * 11 + 59, True), (1, 721, False)],
)
def test_a_session_ends_with_time(town: Town, idle: int, since: int, open_still: bool) -> None:  # R24
    browser = town.client("lead")
    seen, created = (town.now() - sign_in.timedelta(minutes=minutes) for minutes in (idle, since))
    with town.database.write() as c:
        c.run("UPDATE session SET seen_at = :seen", seen=sign_in.stamp(seen))
        c.run("UPDATE session SET created_at = :created", created=sign_in.stamp(created))
    assert signed_in(browser) is open_still


def test_a_disabled_account_is_out_at_once(town: Town, ask: Ask) -> None:  # R25
    browsers = [town.client("lead") for _ in range(3)]
    waiting, _ = ask()
    link, code = letter(town)
    with town.database.write() as c:
        c.run("UPDATE account SET disabled_at = created_at WHERE email = :email", email=LEAD)
    assert [signed_in(browser) for browser in browsers] == [False] * 3
    assert waiting.post("/sign-in/code", data={"code": code}).status_code == 422
    assert waiting.post(link).status_code == 410


@pytest.mark.parametrize("secure", [True, False])
def test_the_session_cookie_is_for_us_alone(town: Town, secure: bool) -> None:  # R26
    hosts = ("assess.example.org",) if secure else ("localhost",)
    url = f"sqlite://{town.database.name}"
    app = an_app(database_url=url, secure_cookies=secure, trusted_hosts=hosts)
    browser = app.test_client()
    host = {"base_url": f"http{'s' if secure else ''}://{hosts[0]}"}
    browser.post("/sign-in", data={"email": LEAD}, **host)
    response = browser.post(letter(town)[0], **host)
    (line,) = [line for line in response.headers.getlist("Set-Cookie") if "session" in line]
    assert line.startswith("__Host-session=" if secure else "session=")
    parts = {part.strip() for part in line.split(";")[1:]}
    assert parts == {"HttpOnly", "Path=/", "SameSite=Lax"} | ({"Secure"} if secure else set())


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example", "/\\evil.example", "\\/evil.example", "https:evil.example", "https://evil.example",
        "javascript:alert(1)", "/\tevil", "/\r\nLocation: x", "", "evil", "/%0d%0a\n", "/a b", "///evil",
        "/sign-in", "/sign-in/link/x", " /my-work", "/\x00", "/\x7f",
    ],
)  # fmt: skip
def test_one_is_never_sent_elsewhere_after_signing_in(path: str) -> None:  # R49
    assert own_path(path) == HOME


@pytest.mark.parametrize("path", ["/organisations", "/assessments/a-b_c?x=1&y=%2F", "/account"])
def test_one_comes_back_to_the_page_that_was_asked_for(path: str) -> None:
    assert own_path(path) == path


def test_a_page_for_members_leads_to_signing_in_and_back(town: Town) -> None:
    response = town.app.test_client().get(f"/organisations/{town.place}?a=b")
    assert response.status_code == 303
    assert response.location == f"/sign-in?next=%2Forganisations%2F{town.place}%3Fa%3Db"


def test_a_form_sent_after_the_session_ended_is_not_lost(town: Town) -> None:
    browser = town.client("lead")
    send(browser, "/account/sign-out-everywhere")
    browser.delete_cookie("session")
    response = browser.post("/account", data={"name": "A new name, just typed", "csrf_token": "old"})
    assert response.status_code == 401
    assert "A new name, just typed" in words_of(response)
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("token", ["", "0" * 64, "old"])
def test_a_form_without_its_token_is_refused_and_given_back(town: Town, token: str) -> None:  # R56
    browser = town.client("lead")
    response = browser.post("/account", data={"name": "Another name altogether", "csrf_token": token})
    assert response.status_code == 400
    assert "Another name altogether" in words_of(response)
    assert b"Another name" not in browser.get("/account").data


def test_a_form_stays_good_when_the_key_changes(town: Town) -> None:  # R56
    browser = town.client("lead")
    cookie = browser.get_cookie("session")
    assert cookie
    url = f"sqlite://{town.database.name}"
    page = browser.get("/account").get_data(as_text=True)
    token = re.findall(r'name="csrf_token" value="([^"]+)"', page)[0]
    old = town.app.extensions["pedri-assess"].config.secret_key
    config = {"secret_key": "another key: 77aa 8f1c 94e6 02bd 5d30 1c2b", "secret_key_fallbacks": (old,)}
    later = an_app(database_url=url, **config).test_client()
    later.set_cookie("session", cookie.value)
    assert later.post("/account", data={"name": "New", "csrf_token": token}).status_code == 303


def test_signed_in_pages_stay_out_of_caches(town: Town) -> None:  # R58
    browser = town.client("lead")
    for address in ("/account", "/organisations", f"/organisations/{town.place}"):
        assert browser.get(address).headers["Cache-Control"] == "private, no-store"


def test_the_account_page_shows_sessions_and_how_one_signed_in(town: Town) -> None:
    browser = town.client("lead")
    page = words_of(browser.get("/account"))
    assert "(this browser)" in page
    assert send(browser, "/account", name="Dr <b>Lead</b>").status_code == 303
    page = words_of(browser.get("/account"))
    assert b'value="Dr &lt;b&gt;Lead&lt;/b&gt;"' in browser.get("/account").data
    assert send(browser, "/account", name="").status_code == 422
    with town.database.read() as c:
        kinds = [row["kind"] for row in c.rows("SELECT kind FROM event ORDER BY number")]
    assert kinds.count("account-renamed") == 1


def test_a_session_is_noted_at_most_once_a_minute(town: Town) -> None:
    browser = town.client("lead")
    with town.database.read() as c:
        before = c.rows("SELECT seen_at FROM session ORDER BY token_hash")
    for _ in range(5):
        assert signed_in(browser)
    with town.database.read() as c:
        assert c.rows("SELECT seen_at FROM session ORDER BY token_hash") == before


def test_open_session_is_the_only_way_in(town: Town) -> None:
    with town.database.write() as c:
        token = open_session(
            c, town.people["viewer"].account_id, sign_in.stamp(town.now()), "link", "x" * 900
        )
        assert len(c.rows("SELECT browser FROM sign_in ORDER BY at DESC, id")[0]["browser"]) <= 200
    assert len(token) >= 43


def test_what_changes_who_may_do_what_asks_to_sign_in_again(town: Town) -> None:  # R31
    lead, staff, made = town.client("lead"), town.client("staff"), town.assessment()
    here, fields = f"/organisations/{town.place}", {"email": "new@example.org", "role": "lead"}
    acts = (
        (lead, f"{here}/members/{town.membership('viewer')}"),
        (lead, f"{here}/members/{town.membership('viewer')}/end"),
        (lead, f"{here}/invitations/new"),
        (lead, f"/assessments/{made}/people/invite"),
        (staff, "/organisations/new"),
    )
    with town.database.write() as c:
        c.run("UPDATE session SET proved_at = :at", at=stamp(town.now() - timedelta(minutes=16)))
    before = town.roles(town.place)
    for client, address in acts:
        asked = send(client, address, **fields)
        assert asked.status_code == 401, address
        assert "Sign in again" in words_of(asked)
        assert b'value="new@example.org"' in asked.data
    assert (town.roles(town.place), town.letters()) == (before, [])
    assert lead.get("/sign-in?again=yes").status_code == 200
    assert send(lead, f"/assessments/{made}/archive").status_code == 303  # everything else goes on
    assert send(town.client("lead"), f"{here}/invitations/new", **fields).status_code == 303
