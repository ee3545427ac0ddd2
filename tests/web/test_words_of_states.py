"""Pages whose words depend on how things stand: the hub, signing in and invitations, state by state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pedri_assess.config.single_sign_on import LABEL
from pedri_assess.domain.opinions import Opinion
from pedri_assess.domain.resources import CLOSED, GONE, Check, Link
from pedri_assess.domain.times import stamp
from pedri_assess.services import Context
from pedri_assess.services.hub_keeping import add, edit, move
from pedri_assess.services.openid import Provider as Settings
from pedri_assess.services.suggesting import suggest
from pedri_assess.store.opinions import put_opinion
from pedri_assess.store.organisations import add_member
from pedri_assess.store.resources import set_check
from pedri_assess.web.languages import EXTENSION
from tests.services.hub import a_guide

from ..pseudo_language import CODE, PSEUDO, stretched
from ..services.openid_provider import CLIENT_ID, SECRET, Provider, provider_running
from .in_another_language import check, get, post, town
from .pages import words_of
from .people import LEAD, Town, csrf_token, letter, send, town_in
from .test_single_sign_on import go

__all__ = ["town"]

ABOUT = tuple(
    Link(framework, kind, target)
    for framework, kind, target in (
        ("pedri", "criterion", "EDI-3"),
        ("pedri", "standard", "EQ"),
        ("pedri", "framework", ""),
        ("elsewhere", "framework", ""),
        ("elsewhere", "criterion", "X-1"),
    )
)
AT = "2026-11-24T09:00:00.000000Z"


@pytest.fixture
def hub_context(town: Town) -> Context:
    made: Context = town.app.extensions["pedri-assess"].context
    return made


def shelved(town: Town, hub_context: Context, title: str = "A guide", **more: Any) -> str:
    """A resource of the hub; its id."""
    usual = {
        "links": ABOUT, "audiences": ("public",), "formats": ("guidance", "video"), "languages": ("en",),
        "nations": ("wales",), "dated": "In spring", "licence": "Ask first", "summary": "How to.",
    }  # fmt: skip
    return add(hub_context, town.people["staff"].account_id, a_guide(title, **{**usual, **more}))


def looked_at(town: Town, resource: str, check: Check) -> None:
    with town.database.write() as c:
        set_check(c, resource, check, news=True)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?q=guide",
        "?q=guide&page=2",
        "?page=2",
        "?q=guide+zebra&nation=wales",
        "?standard=pedri/EDI&language=en",
    ],
)
def test_a_search_of_the_hub(town: Town, hub_context: Context, query: str) -> None:
    for number in range(21):
        made = shelved(town, hub_context, f"Guide {number}")
    looked_at(town, made, Check(AT, GONE, "gone", 2))
    check(get(town.app.test_client(), f"/resources{query}"), 200)


@pytest.mark.parametrize("found", [None, Check(AT, GONE, "found", 3), Check(AT, CLOSED, "status 9", 1)])
def test_a_resource(town: Town, hub_context: Context, found: Check | None) -> None:
    made = shelved(town, hub_context)
    if found:
        looked_at(town, made, found)
    check(get(town.app.test_client(), f"/resources/{made}"), 200, "A guide", "How to.")
    check(get(town.client("staff"), f"/resources/{made}"), 200, "A guide", "How to.")


def test_a_resource_that_is_retired(town: Town, hub_context: Context) -> None:
    made = shelved(town, hub_context)
    move(hub_context, town.people["staff"].account_id, made, "retire", "Too old")
    check(get(town.app.test_client(), f"/resources/{made}"), 200, "A guide", "How to.")


def test_signing_in(town: Town) -> None:
    browser = town.app.test_client()
    check(post(browser, "/sign-in", email="nobody"), 422)
    post(browser, "/sign-in", email=LEAD)
    check(get(browser, "/sign-in/sent"))
    check(post(browser, "/sign-in/code", code="abcd efgh"), 422)
    link, _code = letter(town)
    check(get(browser, link))
    assert post(browser, link).status_code == 303
    check(post(browser, link), 410)
    check(get(browser, "/signed-out"))
    check(get(browser, "/sign-in?again=yes"))


def test_being_signed_out(town: Town) -> None:
    browser = town.app.test_client()
    answer = browser.post("/account", data={"name": "A new name"}, headers={"Accept-Language": CODE})
    check(answer, 401, "A new name")
    headers = {"Accept-Language": CODE, "X-Autosave": "1"}
    assert browser.post("/account", headers=headers).get_json()["message"].startswith("[")


def test_ones_account(town: Town) -> None:
    browser = town.client("lead")
    check(post(browser, "/account", name=""), 422)
    check(post(browser, "/account/calendar"))
    post(browser, "/account/plan-letters", wanted="no")
    check(get(browser, "/account"))


def test_invitations(town: Town) -> None:
    token = town.invite()
    browser = town.app.test_client()
    check(get(browser, f"/invitation/{token}"))
    check(get(town.client("lead"), f"/invitation/{token}"))
    check(post(browser, f"/invitation/{token}", name=""), 422)
    check(post(browser, f"/invitation/{token}", name="x" * 300), 422)
    assert post(browser, f"/invitation/{token}", name="Sam Person").status_code == 303
    check(get(browser, f"/invitation/{token}"), 410)
    mine = town.invite(town.people["staff"].email)
    check(get(town.app.test_client(), f"/invitation/{mine}"))


def test_looking_after_the_hub(town: Town, hub_context: Context) -> None:
    staff, who = town.client("staff"), town.people["staff"].account_id
    for number in range(51):
        made = shelved(town, hub_context, f"Guide {number}")
    looked_at(town, made, Check(AT, GONE, "found", 2, "https://example.org/elsewhere"))
    for shown in ("waiting", "listed", "dead", "retired", "missing", "listed&q=zebra", "listed&page=2"):
        check(get(staff, f"/hub?show={shown}"))
    edit(hub_context, who, made, a_guide("Another guide", links=ABOUT), 1)
    data = ("Another guide", "How to.", "elsewhere")
    check(get(staff, f"/hub/{made}"), 200, *data)
    check(get(staff, f"/hub/{made}/history"), 200, *data)
    check(post(staff, f"/hub/{made}/state", move="retire"), 422, *data)
    check(post(staff, f"/hub/{made}/state", move="retire", reason="x " * 300), 422, *data)
    check(post(staff, f"/hub/{made}/state", move="bring-back"), 409, *data)
    check(post(staff, f"/hub/{made}/undo", revision="1"), 409, *data)
    theirs = {"title": "Another guide", "publisher": "Somebody", "address": "https://example.org/guide-0"}
    check(post(staff, f"/hub/{made}", **theirs, revision="2"), 422, *data)
    theirs["address"] = "https://example.org/new"
    check(post(staff, f"/hub/{made}", **theirs, summary="x" * 1_001, revision="2"), 422, *data)
    check(post(staff, f"/hub/{made}", **theirs, revision="1", about="elsewhere/criterion/X-1"), 409, *data)
    move(hub_context, who, made, "retire", "Too old")
    move(hub_context, who, made, "bring-back")
    check(get(staff, f"/hub/{made}/history"), 200, *data)


def test_what_became_of_suggestions(town: Town, hub_context: Context) -> None:
    lead, staff = town.client("lead"), town.people["staff"].account_id
    check(post(lead, "/resources/suggest", address="nowhere"), 422)
    made = [suggest(hub_context, town.people["lead"], a_guide(f"Guide {number}")) for number in range(4)]
    same = {"title": "A", "publisher": "B", "address": "https://example.org/guide-0"}
    check(post(lead, "/resources/suggest", **same), 422)
    check(get(town.client("staff"), f"/hub/{made[0]}"), 200, "Guide 0")
    move(hub_context, staff, made[1], "list")
    move(hub_context, staff, made[2], "decline", "Not yet")
    post(lead, f"/resources/suggested/{made[3]}/withdraw")
    check(get(lead, "/resources/suggested"))
    check(post(lead, f"/resources/suggested/{made[1]}/withdraw"), 409)
    titles = [f"Guide {number}" for number in range(4)]
    for resource in made:
        check(get(town.client("staff"), f"/hub/{resource}/history"), 200, *titles)


def test_what_people_say_of_criteria(town: Town) -> None:
    at = stamp(town.now() - timedelta(days=14))
    # Six of four organisations, six of one, and two who say that something is clear
    said = {
        "EDI-3": Opinion("yes", "no", "A fence", "A gate"),
        "EDI-1": Opinion("yes"),
        "EQ-1": Opinion("no"),
    }
    for number in range(6):
        who = town.account(f"crowd{number}@example.org")
        town.organisation(f"Crowd {number % 4}", **{who.account_id: "viewer"})
        with town.database.write() as c:
            for criterion in list(said)[: 3 if number < 2 else 2]:
                put_opinion(c, who.account_id, "pedri", "2025.1", criterion, said[criterion], at)
    place = town.organisation("One place")
    for number in range(6):
        who = town.account(f"one{number}@example.org")
        with town.database.write() as c:
            add_member(c, place, who.account_id, "viewer", at)
            put_opinion(c, who.account_id, "pedri", "2025.1", "EQ-2", Opinion("no", "", "A fence"), at)
    check(get(town.client("staff"), "/learning"))
    check(get(town.client("staff"), "/learning/pedri/2025.1"))
    lead = town.client("lead")
    send(lead, "/standards/pedri/2025.1/EDI-3/opinion", tap="clear:no", helps="A gate")
    check(get(lead, "/opinions"))


@pytest.fixture
def provider() -> Iterator[Provider]:
    with provider_running() as running:
        yield running


@pytest.fixture
def joined(migrated: Path, tmp_path: Path, provider: Provider) -> Town:
    """The town with single sign-on, with a language more."""
    settings = Settings(provider.issuer, CLIENT_ID, SECRET, LABEL)
    made = town_in(tmp_path / "joined.db", migrated, single_sign_on=settings)
    made.app.extensions[EXTENSION][CODE] = PSEUDO
    return made


def test_single_sign_on(joined: Town, provider: Provider) -> None:
    browser = joined.app.test_client()
    for address in ("/sign-in", "/sign-in/single"):
        check(page := get(browser, address))
        assert stretched(LABEL) in words_of(page)
    check(post(browser, "/sign-in/single"))
    check(get(joined.client("lead"), "/account"))
    check(get(browser, "/sign-in/single/return?state=none"), 400)
    check(get(joined.client("lead"), "/sign-in/single/return?state=none"), 400)
    provider.person |= {"email": "new@example.org"}
    check(go(browser), 400)
    provider.person |= {"email": LEAD}
    assert go(browser).status_code == 303
    check(get(browser, "/account"))


def test_what_changes_who_may_do_what_asks_who_is_there(joined: Town) -> None:
    browser = joined.client("lead")
    browser.set_cookie("language", CODE)
    token = csrf_token(browser)
    with joined.database.write() as c:
        c.run("UPDATE session SET proved_at = :at", at=AT)
    check(browser.post("/account/single-sign-on", data={"csrf_token": token, "go": "connect"}), 401)


def test_a_provider_that_does_not_answer(joined: Town, provider: Provider) -> None:
    provider.description_too = {"jwks_uri": 7}
    check(post(joined.app.test_client(), "/sign-in/single"), 503)


def test_letters_that_were_not_sent(town: Town) -> None:
    town.invite()
    check(get(town.app.test_client(), "/mail"))
