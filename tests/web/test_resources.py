"""The hub's public pages: searching, one resource, what is shown beside a criterion and at a gap."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from pedri_assess.domain.assessment import Answer
from pedri_assess.domain.resources import GONE, Check, Link
from pedri_assess.domain.said import Said
from pedri_assess.services import Context
from pedri_assess.services.answers import save_answer
from pedri_assess.services.handing_in import check, submit
from pedri_assess.services.hub_keeping import add, move
from pedri_assess.store.resources import set_check
from tests.services.hub import a_guide

from .conftest import Walk
from .pages import parsed, text_of, words_of
from .people import Town, send

Add = Callable[..., str]
ABOUT = (Link("pedri", "criterion", "EDI-3"),)


@pytest.fixture
def hub_context(town: Town) -> Context:
    made: Context = town.app.extensions["pedri-assess"].context
    return made


@pytest.fixture
def add_guide(town: Town, hub_context: Context) -> Add:
    """Adds a resource as staff do; its id."""

    def made(title: str = "A guide", **more: object) -> str:
        return add(hub_context, town.people["staff"].account_id, a_guide(title, **more))

    return made


@pytest.fixture
def visitor(town: Town) -> FlaskClient:
    return town.app.test_client()


def hits(client: FlaskClient, query: str = "") -> list[str]:
    response = client.get(f"/resources{query}")
    assert response.status_code == 200
    page = parsed(response.get_data(as_text=True))
    return [text_of(item) for item in page.iter("h3") if item.get("class") == "hit__title"]


def test_it_works(visitor: FlaskClient, add_guide: Add) -> None:
    add_guide("Payment guidance", summary="How to pay.", formats=("guidance",))
    add_guide("A film", formats=("video",))
    assert hits(visitor) == ["A film", "Payment guidance"]
    assert hits(visitor, "?q=pay") == ["Payment guidance"]
    assert hits(visitor, "?format=video") == ["A film"]
    page = words_of(visitor.get("/resources?q=pay&format=guidance"))
    assert "One resource" in page
    assert "Words: pay Remove" in page
    assert "Format: Guidance Remove" in page


def test_the_form_asks_by_address_and_keeps_what_was_chosen(visitor: FlaskClient, add_guide: Add) -> None:
    add_guide(audiences=("public",), links=ABOUT)
    page = parsed(
        visitor.get("/resources?q=guide&audience=public&criterion=pedri/EDI-3").get_data(as_text=True)
    )
    form = next(item for item in page.iter("form") if item.get("action") == "/resources")
    assert form.get("method") == "get"
    chosen = [item.get("value") for item in form.iter("option") if item.get("selected") is not None]
    assert chosen == ["pedri/EDI-3", "public"]
    assert next(item for item in form.iter("input")).get("value") == "guide"
    assert {item.get("name") for item in form.iter("select")} == {
        "standard", "criterion", "audience", "format", "language", "nation",
    }  # fmt: skip


def test_a_hub_without_anything_says_what_can_be_done(visitor: FlaskClient) -> None:
    assert "The hub is empty" in words_of(visitor.get("/resources"))


def test_nothing_found_comes_with_advice(visitor: FlaskClient, add_guide: Add) -> None:
    add_guide("Payment guidance")
    page = words_of(visitor.get("/resources?q=payment+zebra&nation=wales"))
    assert "Nothing found" in page
    assert "payment: 1 resource" in page
    assert "zebra: none" in page
    assert "remove one of your choices" in page


def test_many_are_shown_a_page_at_a_time(visitor: FlaskClient, add_guide: Add) -> None:
    for number in range(25):
        add_guide(f"Guide {number:02}")
    page = visitor.get("/resources?q=guide&page=2")
    assert len(hits(visitor, "?q=guide&page=2")) == 5
    assert "Page 2 of 2" in words_of(page)
    links = re.findall(
        r'<a [^>]*href="(/resources\?[^"]*page=[^"]*)" rel="(?:prev|next)"', page.get_data(as_text=True)
    )
    assert links == ["/resources?q=guide&amp;page=1"]


@pytest.mark.parametrize(
    "query",
    [
        "?q=%22",
        "?q=NEAR(",
        "?q=*",
        "?q=" + "x" * 5_000,
        "?q=%00",
        "?q=%ff",
        "?page=x",
        "?page=-1",
        "?page=99999999999",
        "?audience=%3Cscript%3Ealert(1)%3C/script%3E",
        "?standard=pedri",
        "?criterion=/",
        "?q=a&q=b",
        "?nothing=1",
        "?q=%3Cscript%3Ealert(1)%3C/script%3E",
        "?q={{7*7}}",
        "?nation=" + "w" * 5_000,
    ],
)
def test_whatever_is_asked_for_there_is_a_page(
    visitor: FlaskClient, add_guide: Add, query: str
) -> None:  # R34 R39
    add_guide()
    response = visitor.get(f"/resources{query}")
    assert response.status_code == 200
    assert b"<script>alert" not in response.data


def test_whatever_is_said_of_a_resource_is_shown_as_text(visitor: FlaskClient, add_guide: Add) -> None:  # R33
    nasty = "<script>alert(1)</script>{{7*7}}\"'"
    made = add_guide(nasty, address="https://example.org/x", publisher=nasty, summary=nasty, dated=nasty)
    for address in ("/resources", f"/resources/{made}"):
        html = visitor.get(address).get_data(as_text=True)
        assert "<script>alert" not in html
        assert "{{7*7}}" in html


def test_a_resource_has_a_page_that_says_where_it_leads_and_whose_words_it_has(
    visitor: FlaskClient, add_guide: Add
) -> None:
    links = (
        *(*ABOUT, Link("pedri", "standard", "MUT"), Link("pedri", "criterion", "EQ-1")),
        *(Link("pedri", "framework"), Link("gone", "standard", "X")),
    )
    made = add_guide("Payment guidance", summary="How to pay.", links=links)
    response = visitor.get(f"/resources/{made}")
    page = words_of(response)
    assert "Open it at example.org" in page
    assert "Not yet. The address is as we saw it." in page
    assert "not by the publisher" in page
    html = response.get_data(as_text=True)
    for address in (
        "/standards/pedri/2025.1/EDI-3",
        "/standards/pedri/2023.1/EQ-1",
        '"/standards/pedri/2025.1"',
    ):
        assert address in html
    link = next(
        item for item in parsed(html).iter("a") if item.get("href") == "https://example.org/payment-guidance"
    )
    assert "noopener" in link.get("rel")


def test_only_what_is_listed_or_was_is_shown(
    visitor: FlaskClient, add_guide: Add, town: Town, hub_context: Context
) -> None:
    made = add_guide()
    move(hub_context, town.people["staff"].account_id, made, "retire", "A newer one is there")
    page = words_of(visitor.get(f"/resources/{made}"))
    assert "Retired." in page
    assert "A newer one is there" in page
    assert hits(visitor) == []
    with town.database.write() as c:
        c.run("UPDATE resource SET state = 'suggested' WHERE id = :id", id=made)
    assert visitor.get(f"/resources/{made}").status_code == 404
    assert visitor.get("/resources/no-such").status_code == 404


def test_a_dead_address_is_told_and_not_shown_at_gaps(
    visitor: FlaskClient, add_guide: Add, town: Town
) -> None:
    made = add_guide(links=ABOUT)
    assert "A guide" in words_of(visitor.get("/standards/pedri/2025.1/EDI-3"))
    with town.database.write() as c:
        set_check(c, made, Check("2026-11-24T09:00:00.000000Z", GONE, "it is not there", 1), news=True)
    assert "Not found when last looked at" in words_of(visitor.get("/resources"))
    assert "it is not there" in words_of(visitor.get(f"/resources/{made}"))
    assert "A guide" not in words_of(visitor.get("/standards/pedri/2025.1/EDI-3"))


def test_what_helps_stands_beside_the_criterion_and_its_question(town: Town, add_guide: Add) -> None:
    made = add_guide("Lasting ties", links=ABOUT)
    assessment = town.assessment()
    browser = town.client("lead")
    for address in ("/standards/pedri/2025.1/EDI-3", f"/assessments/{assessment}/criteria/EDI-3"):
        response = browser.get(address)
        assert "Lasting ties" in words_of(response), address
        assert f'href="/resources/{made}"' in response.get_data(as_text=True)
    viewer = town.client("viewer").get(f"/assessments/{assessment}/criteria/EDI-3")
    assert "Lasting ties" in words_of(viewer)
    other = browser.get(f"/assessments/{assessment}/criteria/DLT-2")
    assert "Lasting ties" not in words_of(other)


def test_what_helps_stands_in_the_plan_and_at_the_gap_of_the_result(town: Town, add_guide: Add) -> None:
    add_guide("Lasting ties", links=ABOUT)
    context, lead = town.app.extensions["pedri-assess"].context, town.people["lead"].account_id
    made = town.assessment()
    save_answer(context, made, "EDI-3", lead, Said(Answer(level=0, evidence="x")), 0)
    submit(context, made, lead, 1, check(context, made).seal, leave=True)
    browser = town.client("lead")
    home = f"/assessments/{made}"
    new = {"text": "Meet monthly", "criteria": "EDI-3"}
    action = send(browser, f"{home}/plan/new", owner="", effort="", due="", **new).headers["Location"]
    for address in (f"{home}/result", f"{home}/plan/proposals", action):
        page = words_of(browser.get(address))
        assert "Resources that may help" in page, address
        assert "Lasting ties" in page, address
    result = browser.get(f"{home}/result")
    link = next(item for item in parsed(result.text).iter("a") if text_of(item) == "Lasting ties")
    assert link.get("href") == "https://example.org/lasting-ties"
    assert "noopener" in link.get("rel")


def test_a_quick_check_shows_what_helps_and_its_report_carries_it(town: Town, add_guide: Add) -> None:
    add_guide("Lasting ties", links=ABOUT)
    walk = Walk(town.app.test_client())
    walk.start("core")
    question = walk.go("EDI-3")
    assert "Lasting ties" in words_of(question)
    walk.answer("EDI-3", choice="0", evidence="x")
    assert "Lasting ties" in words_of(walk.go("answers/result"))


def test_a_welsh_page_says_what_is_in_english(visitor: FlaskClient, add_guide: Add) -> None:
    english = add_guide("Payment guidance", languages=("en",), summary="How to pay.")
    welsh = add_guide("Canllawiau talu", languages=("cy",))
    unknown = add_guide("Guide", languages=("en", "cy"))
    found: dict[str, str | None] = {}
    for made in (english, welsh, unknown):
        page = parsed(visitor.get(f"/resources/{made}?lang=cy").get_data(as_text=True))
        *_, title = page.find(".//h1").iter("bdi")
        found[text_of(title)] = title.get("lang")
    assert found == {"Payment guidance": "en", "Canllawiau talu": None, "Guide": None}
