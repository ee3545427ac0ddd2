"""Pages in other languages: chosen and kept, whole where they are spoken, and honest where they fall back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException, default_exceptions
from werkzeug.test import TestResponse

from pedri_assess.web import errors
from pedri_assess.web.languages import COOKIE, EXTENSION
from tests.unit.frameworks import a_criterion, a_document

from ..pseudo_language import CODE, PSEUDO, untranslated
from .conftest import Walk
from .pages import parsed, text_of, words_of
from .people import Town, send
from .test_meetings import Hall
from .test_panels import PLAN

DATA = ("PEDRI Assess", "First trust", PLAN["name"], "Cymraeg", "English", "Pseudo", "BCDF-GHJK")


def page_of(response: TestResponse) -> Any:
    return parsed(response.get_data(as_text=True))


def varies(response: TestResponse) -> set[str]:
    """What a cache must look at before it gives the response to somebody else."""
    return {name for name in response.headers.get("Vary", "").split(", ") if name}


def test_a_language_is_chosen_by_a_link_and_kept_in_a_cookie_that_says_nothing_else(
    client: FlaskClient,
) -> None:
    plain = client.get("/join")
    assert page_of(plain).get("lang") == "en"
    assert "Set-Cookie" not in plain.headers
    (link,) = page_of(plain).findall(".//nav[@class='languages']//a")
    assert (text_of(link), link.get("lang"), link.get("href")) == ("Cymraeg", "cy", "/join?lang=cy")
    chosen = client.get("/join?x=%3C&lang=cy")
    assert page_of(chosen).get("lang") == "cy"
    assert chosen.headers["Set-Cookie"].startswith(f"{COOKIE}=cy; Expires=")
    assert "HttpOnly; Path=/; SameSite=Lax" in chosen.headers["Set-Cookie"]
    assert chosen.headers["Content-Language"] == "cy"
    assert varies(chosen) == {"Accept-Language"}  # it is private: no cache that others share keeps it
    assert varies(client.get("/about")) == {"Accept-Language", "Cookie"}
    assert varies(client.get("/standards/pedri/2025.1.json")) == set()
    assert varies(client.get("/static/css/app.css")) == set()
    (back,) = page_of(chosen).findall(".//nav[@class='languages']//a")
    assert back.get("href") == "/join?x=%3C&lang=en"
    kept = client.get("/join")
    assert "Mae’r cod ar y sgrin" in words_of(kept)
    assert "Set-Cookie" not in kept.headers
    assert page_of(client.get("/join?lang=en")).get("lang") == "en"


@pytest.mark.parametrize("asked", ["xx", "", "../cy", "cy-GB", "<b>"])
def test_a_language_that_is_not_there_is_none(client: FlaskClient, asked: str) -> None:
    response = client.get("/join", query_string={"lang": asked})
    assert page_of(response).get("lang") == "en"
    assert "Set-Cookie" not in response.headers


def test_the_browsers_settings_count_until_something_is_chosen(client: FlaskClient) -> None:
    welsh = {"Accept-Language": "cy-GB,cy;q=0.9,en;q=0.5"}
    assert page_of(client.get("/join", headers=welsh)).get("lang") == "cy"
    client.get("/join?lang=en")
    assert page_of(client.get("/join", headers=welsh)).get("lang") == "en"


def test_a_page_that_people_sign_in_for_is_whole_in_english(town: Town) -> None:
    page = page_of(town.client("lead").get("/organisations?lang=cy"))
    assert page.get("lang") == "en"
    assert page.find(".//nav[@class='languages']") is None
    assert "Sign out" in text_of(page.find(".//header"))


@pytest.mark.parametrize("address", ["/", "/about", "/standards/pedri/2025.1", "/network", "/check-a-report"])
def test_a_page_that_is_open_to_all_speaks_welsh_to_those_who_have_signed_in_too(
    town: Town, address: str
) -> None:
    page = page_of(town.client("lead").get(f"{address}?lang=cy"))
    assert page.get("lang") == "cy"
    assert "Allgofnodi" in text_of(page.find(".//header"))


def test_a_message_of_a_template_is_ours_and_what_is_filled_in_is_text(app: Flask) -> None:
    page = (
        "{{ gettext('<b>%(words)s</b>', words=name) }}"
        "{% trans language=name %}{{ language }} 100%{% endtrans %}"
        "{% trans %} 50% {% endtrans %}{% trans one=name, num=2 %}{{ one }}{% pluralize num %}"
        "{{ num }}: {{ one }}{% endtrans %}"
    )
    with app.test_request_context():
        shown = render_template_string(page, name="<i>%(x)s")
    assert shown == "<b>&lt;i&gt;%(x)s</b>&lt;i&gt;%(x)s 100%50%2: &lt;i&gt;%(x)s"


def test_welsh_pages_say_that_they_are_a_draft(client: FlaskClient) -> None:
    page = page_of(client.get("/nothing?lang=cy"))
    assert page.get("lang") == "cy"
    assert "Cyfieithiad drafft" in text_of(page.find(".//p[@class='languages__draft']"))
    assert text_of(page.find(".//h1")) == "Heb ddod o hyd i’r dudalen"


@pytest.fixture
def hall(town: Town) -> Hall:
    return Hall(town)


def token_of(hall: Hall) -> str:
    page = hall.lead.get(f"{hall.panel}/links").get_data(as_text=True)
    found = re.search(r"/panel/[\w-]+", page)
    assert found
    return found[0]


def test_what_the_standards_have_in_english_only_says_so_on_a_welsh_page(hall: Hall) -> None:
    link = token_of(hall)
    page = page_of(hall.town.app.test_client().get(f"{link}/questions/1?lang=cy"))
    heading = page.find(".//h1/span[@lang]")
    assert heading.get("lang") == "en"
    assert "keep in touch with your community" in text_of(heading)
    choices = {
        label.find("span").get("lang") if label.find("span") is not None else "cy": text_of(label)
        for label in page.iter("label")
        if "radios" in label.get("class", "")
    }
    assert choices.keys() == {"en", "cy"}
    assert choices["cy"] == "Nid wyf yn gwybod"
    assert "Sut mae pethau i chi?" in text_of(page.find(".//legend"))
    assert (
        page.find(".//textarea/..").get("data-i18n.characters-under-limit.few")
        == "Mae gennych %{count} nod ar ôl"
    )


def test_numbers_and_days_are_those_of_the_language(hall: Hall) -> None:
    words = words_of(hall.town.app.test_client().get(f"{token_of(hall)}?lang=cy"))
    assert "Mae un cwestiwn. Mae’n cymryd tua un munud." in words
    assert "hyd 31 Mawrth 2099" in words


def test_a_quick_check_has_the_texts_of_its_standards_in_the_language_of_the_page(
    app_with: Callable[..., Flask],
) -> None:
    said = {"en": "We listen", "cy": "Rydym yn gwrando"}
    walk = Walk(app_with(a_document([a_criterion("A", statement=said)])).test_client(), "tiny", "1")
    walk.client.get("/quick-check?lang=cy")
    walk.start()
    page = page_of(walk.go("A"))
    assert page.get("lang") == "cy"
    assert text_of(page.find(".//h1")).endswith("Rydym yn gwrando")
    english = {text_of(span) for span in page.iter("span") if span.get("lang") == "en"}
    assert english >= {"Standard 1", "Level 0", "Level 3"}
    option = page_of(walk.go("answers/set-up")).find(".//option")
    assert (text_of(option), option.get("lang")) == ("Level 0", "en")
    result = page_of(walk.answer("A", "answers/result", choice="1", reason="Achos"))
    report = result.find(".//div[@class='report']")
    assert report.get("lang") == "en"
    assert "We listen" in text_of(report)
    assert "Rydym yn gwrando" not in text_of(report)
    assert "Newid A: Rydym yn gwrando" in text_of(result)
    assert walk.states() == {"A": "Wedi ei ateb"}
    table = walk.client.post("/quick-check/answers/result.csv", data={"token": walk.token})
    assert b"We listen" in table.data
    assert "Content-Language" not in table.headers


def public_pages(hall: Hall) -> Iterator[tuple[str, TestResponse]]:
    """Every page that a public contributor meets, in the pseudo-language, in every state."""
    browser, link = hall.town.app.test_client(), token_of(hall)
    browser.get(f"/join?lang={CODE}")
    yield "start", browser.get(link)
    yield "nothing said", browser.get(f"{link}/end")
    yield "question", browser.get(f"{link}/questions/1")
    yield "nothing chosen", browser.post(f"{link}/questions/1", data={"go": "next", "words": "x" * 1_001})
    browser.post(f"{link}/questions/1", data={"level": "1", "words": "Mine", "go": "next"})
    yield "start again", browser.get(link)
    yield "said", browser.get(f"{link}/end")
    yield "taken back", browser.post(f"{link}/withdraw")
    yield "no meeting", browser.get(f"{link}/meeting")
    yield "code", browser.get("/join")
    yield "wrong code", browser.post("/join", data={"code": "x"})
    code = hall.begin()
    yield "to join", browser.get(f"{link}/meeting")
    yield "start in a meeting", browser.get(link)
    phone = hall.phone(code)
    phone[0].get(f"/join?lang={CODE}")
    yield "joined", phone[0].get(phone[1])
    hall.go(1)
    yield "on the screen", phone[0].get(phone[1])
    yield "nothing sent", phone[0].post(f"{phone[1]}/answers", data={"criterion": "EDI-3", "words": ""})
    for each in (phone, *(hall.phone(code) for _ in range(2))):
        hall.say(each, "1")
    yield "sent", phone[0].get(phone[1])
    send(hall.lead, f"{hall.screen}/result", criterion="EDI-3")
    yield "result", phone[0].get(phone[1])
    yield (
        "too late",
        phone[0].post(f"{phone[1]}/answers", data={"criterion": "EDI-3", "level": "2", "words": ""}),
    )
    send(hall.lead, f"{hall.screen}/end")
    send(hall.lead, f"{hall.panel}/close")
    yield "outcome", browser.get(link)
    yield "gone", browser.get("/panel/nothing")


def test_every_word_of_a_panel_can_be_translated(hall: Hall) -> None:
    hall.town.app.extensions[EXTENSION][CODE] = PSEUDO
    left = {}
    for name, response in public_pages(hall):
        page = page_of(response)
        assert page.get("lang") == CODE, name
        assert len(page.findall(".//h1")) == 1
        left[name] = untranslated(page, *DATA)
    assert len(left) > 18
    assert {name: words for name, words in left.items() if words} == {}


@pytest.mark.parametrize("code", sorted(errors.WITH_A_PAGE))
def test_every_word_of_an_error_page_can_be_translated(
    app: Flask, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions[EXTENSION], CODE, PSEUDO)
    with app.test_request_context(f"/?lang={CODE}", method="POST", data={"a": "b c"}):
        error: HTTPException = default_exceptions[code]()
        page = parsed(errors.error_page(error).get_data(as_text=True))
    assert untranslated(page, *DATA) == []


def test_a_word_that_is_not_marked_is_found() -> None:
    html = (
        '<!DOCTYPE html><html lang="en-XA"><title>[À]</title><p>[Ñöţ àļļ] of it</p><img alt="Seen" src="x">'
    )
    assert untranslated(parsed(html)) == ["of it", "Seen"]
