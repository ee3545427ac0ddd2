"""Single sign-on, against a real provider on this machine, which a test can make lie (R28, R29)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from flask.testing import FlaskClient
from joserfc import jwk
from werkzeug.test import TestResponse

from pedri_assess.services import openid
from pedri_assess.services.openid import Provider as Settings

from ..services.openid_provider import CLIENT_ID, SECRET, Claims, Provider, provider_running
from .pages import hidden, words_of
from .people import BASE, Town, send, signed_in, town_in

LABEL = "Sign in with <University>"


@pytest.fixture
def provider() -> Iterator[Provider]:
    with provider_running() as running:
        yield running


@pytest.fixture
def joined(migrated: Path, tmp_path: Path, provider: Provider) -> Town:
    """The town, with single sign-on."""
    settings = Settings(provider.issuer, CLIENT_ID, SECRET, LABEL)
    return town_in(tmp_path / "joined.db", migrated, single_sign_on=settings)


class _Stay(HTTPRedirectHandler):
    def http_error_302(self, _request: Any, answer: Any, *_: Any) -> Any:
        return answer


def begin(browser: FlaskClient, next_path: str = "/account") -> str:
    """Presses the button; the address that the page leads to."""
    page = browser.post("/sign-in/single", data={"next": next_path})
    assert page.status_code == 200
    return leads_to(page)


def leads_to(page: TestResponse) -> str:
    (address,) = re.findall(r'http-equiv="refresh" content="0; url=([^"]+)"', page.get_data(as_text=True))
    return unescape(address)


def say_yes(address: str) -> str:
    """What the person does at the provider; the path that they come back to."""
    answer = build_opener(_Stay).open(Request(address), timeout=5)
    location = str(answer.headers["Location"])
    assert location.startswith(f"{BASE}/sign-in/single/return?")
    return location.removeprefix(BASE)


def go(browser: FlaskClient, next_path: str = "/account") -> TestResponse:
    """The whole way there and back."""
    return browser.get(say_yes(begin(browser, next_path)))


def refused(town: Town, browser: FlaskClient, response: TestResponse) -> None:
    assert response.status_code == 400
    assert "You are not signed in" in words_of(response)
    assert not signed_in(browser)
    with town.database.read() as c:
        assert c.rows("SELECT * FROM identity ORDER BY issuer, subject") == []
        assert c.rows("SELECT * FROM session ORDER BY token_hash") == []


def test_one_signs_in_and_is_known_by_subject_from_then_on(joined: Town, provider: Provider) -> None:
    browser = joined.app.test_client()
    assert LABEL in words_of(browser.get("/sign-in"))
    response = go(browser, "/organisations?a=b")
    assert (response.status_code, response.location) == (303, "/organisations?a=b")
    assert "Single sign-on" in words_of(browser.get("/account"))
    provider.person = {"sub": provider.person["sub"], "email": "changed@example.org"}
    again = joined.app.test_client()
    assert go(again).status_code == 303
    assert "lead@example.org" in words_of(again.get("/account"))
    kinds = [event["kind"] for event in joined.events()]
    assert kinds.count("single-sign-on-connected") == 1
    assert kinds.count("signed-in") == 2


def test_the_provider_is_asked_with_a_proof_that_only_this_browser_has(joined: Town) -> None:
    asked = [parse_qs(urlsplit(begin(joined.app.test_client())).query) for _ in range(2)]
    for query in asked:
        assert query["redirect_uri"] == [f"{BASE}/sign-in/single/return"]
        assert query["code_challenge_method"] == ["S256"]
        assert len(query["code_challenge"][0]) == 43
        assert "code_verifier" not in query
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]
    with joined.database.read() as c:
        kept = repr(c.rows("SELECT * FROM single_sign_on ORDER BY state_hash"))
    assert asked[0]["state"][0] not in kept


def test_its_description_and_keys_are_asked_for_once(joined: Town, provider: Provider) -> None:
    for _ in range(3):
        assert go(joined.app.test_client()).status_code == 303
    assert provider.asked.count("/.well-known/openid-configuration") == 1
    assert provider.asked.count("/keys") == 1


def test_a_new_key_of_the_provider_is_found(
    joined: Town, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert go(joined.app.test_client()).status_code == 303
    provider.keys.append(jwk.generate_key("RSA", 2048, {"use": "sig"}, auto_kid=True))
    monkeypatch.setattr(openid, "PAUSE", 0.0)
    assert go(joined.app.test_client()).status_code == 303
    assert provider.asked.count("/keys") == 2


@pytest.mark.parametrize("change", ["", "x", "no state"])
def test_a_state_that_is_not_ours_is_refused(joined: Town, change: str) -> None:  # R28
    browser = joined.app.test_client()
    back = say_yes(begin(browser))
    back = back.partition("&state=")[0] + ("" if change == "no state" else f"&state={change}")
    refused(joined, browser, browser.get(back))


def test_a_state_works_once(joined: Town) -> None:  # R28
    browser = joined.app.test_client()
    back = say_yes(begin(browser))
    assert browser.get(back).status_code == 303
    assert browser.get(back).status_code == 400


def test_another_browser_cannot_use_a_state(joined: Town) -> None:  # R28: signing a victim in as the attacker
    attacker, victim = joined.app.test_client(), joined.app.test_client()
    back = say_yes(begin(attacker))
    begin(victim)
    refused(joined, victim, victim.get(back))
    assert attacker.get(back).status_code == 303


def test_a_state_lasts_ten_minutes(joined: Town) -> None:
    browser = joined.app.test_client()
    back = say_yes(begin(browser))
    with joined.database.write() as c:
        c.run("UPDATE single_sign_on SET created_at = :at", at="2026-01-01T00:00:00.000000Z")
    refused(joined, browser, browser.get(back))


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS"])
def test_looking_uses_no_state_up(joined: Town, method: str) -> None:  # R13
    browser = joined.app.test_client()
    back = say_yes(begin(browser))
    browser.open(back, method=method)
    assert browser.get(back).status_code == 303


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "another"}, {"nonce": None}, {"aud": "another client"}, {"aud": ["another", CLIENT_ID]},
        {"aud": [CLIENT_ID, "another"], "azp": "another"}, {"iss": "https://evil.example"}, {"iss": None},
        {"exp": 1_000_000_000}, {"exp": None}, {"iat": None}, {"iat": 9_000_000_000}, {"nbf": 9_000_000_000},
        {"sub": ""}, {"sub": 7}, {"sub": None}, {"sub": "x" * 300}, {"at_hash": "wrong"}, {"auth_time": "x"},
    ],
    ids=str,
)  # fmt: skip
def test_a_token_that_is_not_for_this_is_refused(
    joined: Town, provider: Provider, lie: Claims
) -> None:  # R28
    provider.lie = lambda claims: {name: value for name, value in (claims | lie).items() if value is not None}
    browser = joined.app.test_client()
    refused(joined, browser, go(browser))


@pytest.mark.parametrize(
    "how", ["none", "HS256", "foreign key", "foreign key under our name", "nonsense", ""]
)
def test_a_token_that_the_provider_did_not_sign_is_refused(
    joined: Town, provider: Provider, how: str
) -> None:  # R28
    foreign = jwk.generate_key("RSA", 2048, auto_kid=True)
    provider.sign = {
        "none": provider.unsigned,
        "HS256": provider.with_public_key,
        "foreign key": lambda claims: provider.signed(claims, foreign),
        "foreign key under our name": lambda claims: provider.signed(
            claims, foreign, kid=provider.keys[0].kid
        ),
        "nonsense": lambda _: "a.b.c",
        "": lambda _: "",
    }[how]
    browser = joined.app.test_client()
    refused(joined, browser, go(browser))


def test_a_code_of_somebody_else_is_refused(joined: Town, provider: Provider) -> None:  # R28: PKCE
    browser, attacker = joined.app.test_client(), joined.app.test_client()
    stolen = parse_qs(urlsplit(say_yes(begin(browser))).query)["code"][0]
    own = parse_qs(urlsplit(say_yes(begin(attacker))).query)["state"][0]
    refused(joined, attacker, attacker.get(f"/sign-in/single/return?code={stolen}&state={own}"))
    assert stolen not in provider.codes


@pytest.mark.parametrize("more", ["&iss=https%3A%2F%2Fevil.example", "&error=access_denied"])
def test_a_reply_of_another_provider_or_a_no_is_refused(joined: Town, more: str) -> None:  # R28: mix-up
    browser = joined.app.test_client()
    refused(joined, browser, browser.get(say_yes(begin(browser)) + more))


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_that_the_provider_does_not_vouch_for_opens_nothing(
    joined: Town, provider: Provider, verified: Any
) -> None:  # R29
    provider.person["email_verified"] = verified
    browser = joined.app.test_client()
    response = go(browser)
    assert "lead@example.org" not in words_of(response)
    refused(joined, browser, response)


def test_an_address_that_passed_to_somebody_else_opens_nothing(
    joined: Town, provider: Provider
) -> None:  # R29
    assert go(joined.app.test_client()).status_code == 303
    provider.person["sub"] = "somebody new"
    browser = joined.app.test_client()
    assert go(browser).status_code == 400
    assert not signed_in(browser)


def test_nobody_gets_an_account_without_an_invitation(joined: Town, provider: Provider) -> None:
    provider.person |= {"email": "new@example.org"}
    browser = joined.app.test_client()
    response = go(browser)
    assert "No account here belongs to new@example.org" in words_of(response)
    refused(joined, browser, response)


def test_a_disabled_account_stays_out(joined: Town) -> None:  # R25
    assert go(joined.app.test_client()).status_code == 303
    with joined.database.write() as c:
        c.run("UPDATE account SET disabled_at = created_at WHERE email = 'lead@example.org'")
    browser = joined.app.test_client()
    assert go(browser).status_code == 400
    assert not signed_in(browser)
    assert joined.events()[-1]["kind"] == "sign-in-refused"


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example", "/\\evil.example", "/sign-in/x"])
def test_one_is_never_sent_elsewhere_afterwards(joined: Town, path: str) -> None:  # R49
    assert go(joined.app.test_client(), path).location == "/my-work"
    page = joined.app.test_client().get(f"/sign-in/single?next={path}")
    assert hidden(page, "next") == "/my-work"


def test_another_site_cannot_begin(joined: Town) -> None:  # R56
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert joined.app.test_client().post("/sign-in/single", headers=headers).status_code == 400


def test_the_session_before_is_ended(joined: Town) -> None:  # R22
    browser = joined.client("viewer")
    old = browser.get_cookie("session")
    assert old
    assert go(browser).status_code == 303
    copy = joined.app.test_client()
    copy.set_cookie("session", old.value)
    assert not signed_in(copy)
    assert "lead@example.org" in words_of(browser.get("/account"))


def test_somebody_without_a_verified_address_connects_from_their_account(
    joined: Town, provider: Provider
) -> None:
    provider.person = {"sub": "of the viewer", "auth_time": int(joined.now().timestamp())}
    browser = joined.client("viewer")
    page = send(browser, "/account/single-sign-on", go="connect")
    response = browser.get(say_yes(leads_to(page)))
    assert (response.status_code, response.location) == (303, "/account")
    assert "You can sign in with the account of your organisation" in words_of(browser.get("/account"))
    other = joined.app.test_client()
    go(other)
    assert "viewer@example.org" in words_of(other.get("/account"))
    assert send(browser, "/account/single-sign-on", go="disconnect").status_code == 303
    assert go(joined.app.test_client()).status_code == 400


def test_nobody_connects_to_an_account_that_they_left(joined: Town) -> None:
    browser = joined.client("viewer")
    back = say_yes(leads_to(send(browser, "/account/single-sign-on", go="connect")))
    browser.set_cookie("session", joined.client("stranger").get_cookie("session").value)  # type: ignore[union-attr]
    response = browser.get(back)
    assert response.status_code == 400
    assert "Nothing was changed" in words_of(response)


def test_an_account_of_somebody_else_is_not_taken_over(joined: Town) -> None:
    assert go(joined.app.test_client()).status_code == 303  # the lead
    browser = joined.client("viewer")
    back = say_yes(leads_to(send(browser, "/account/single-sign-on", go="connect")))
    assert browser.get(back).status_code == 400
    assert "viewer@example.org" in words_of(browser.get("/account"))


@pytest.mark.parametrize(("minutes", "status"), [(None, 401), (16, 401), (14, 303), (-60, 303)])
def test_a_session_is_as_fresh_as_the_provider_says(
    joined: Town, provider: Provider, minutes: int | None, status: int
) -> None:  # R31: a provider may let anyone through who sits at the place of somebody who is signed in there
    if minutes is not None:
        provider.person["auth_time"] = int(joined.now().timestamp()) - minutes * 60
    browser = joined.app.test_client()
    go(browser)
    response = send(browser, f"/organisations/{joined.place}/invitations/new", email="x@y.org", role="viewer")
    assert response.status_code == status
    assert LABEL not in words_of(browser.get("/sign-in?again=yes"))


def test_an_old_session_connects_nobody(joined: Town) -> None:  # R31
    browser = joined.client("viewer")
    with joined.database.write() as c:
        c.run("UPDATE session SET proved_at = :at", at="2026-01-01T00:00:00.000000Z")
    response = send(browser, "/account/single-sign-on", go="connect")
    assert response.status_code == 401
    assert b'name="go" value="connect"' in response.data


@pytest.mark.parametrize("trouble", ["slow", "wrong issuer", "no keys", "http", "redirects", "down"])
def test_a_provider_in_trouble_leaves_the_letter(
    joined: Town, provider: Provider, trouble: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openid, "SECONDS", 0.2)
    changes = {
        "wrong issuer": {"issuer": "https://evil.example"},
        "no keys": {"jwks_uri": None},
        "http": {"token_endpoint": "http://evil.example/token"},
        "redirects": {"jwks_uri": f"{provider.issuer}/elsewhere"},
        "down": {"jwks_uri": "http://127.0.0.1:9/keys"},
    }
    provider.description_too = changes.get(trouble, {})
    provider.wait = 0.5 if trouble == "slow" else 0.0
    browser = joined.app.test_client()
    response = browser.post("/sign-in/single")
    if trouble in ("redirects", "down"):
        response = browser.get(say_yes(leads_to(response)))
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert "sign in with a letter" in words_of(response)
    assert browser.post("/sign-in", data={"email": "lead@example.org"}).status_code == 303


def test_a_provider_that_was_down_is_not_waited_for_again_at_once(joined: Town, provider: Provider) -> None:
    provider.description_too = {"jwks_uri": 7}
    browser = joined.app.test_client()
    assert browser.post("/sign-in/single").status_code == 503
    provider.description_too = {}
    assert provider.asked == ["/.well-known/openid-configuration"]


def test_without_settings_there_is_no_single_sign_on(town: Town) -> None:
    browser = town.client("lead")
    assert browser.get("/sign-in/single").status_code == 404
    assert browser.post("/sign-in/single").status_code == 404
    assert browser.get("/sign-in/single/return?state=x").status_code == 404
    assert send(browser, "/account/single-sign-on").status_code == 404
    assert "Single sign-on" not in words_of(browser.get("/account"))
    assert b"/sign-in/single" not in town.app.test_client().get("/sign-in").data


def test_going_to_the_provider_is_limited(joined: Town) -> None:  # R20
    browser = joined.app.test_client()
    statuses = [browser.post("/sign-in/single").status_code for _ in range(61)]
    assert statuses == [200] * 60 + [429]
