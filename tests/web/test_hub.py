"""Looking after the hub as PEDRI staff, and suggesting to it as a member."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pedri_assess.domain.resources import GONE, Check, Link
from pedri_assess.services import Context
from pedri_assess.services.hub_keeping import add, kept
from pedri_assess.services.suggesting import MOST_A_DAY
from pedri_assess.store.resources import set_check
from tests.services.hub import a_guide

from .pages import hidden, parsed, words_of
from .people import Town, send

FORM = {"title": "A guide", "publisher": "A trust", "address": "https://example.org/guide"}


@pytest.fixture
def hub_context(town: Town) -> Context:
    made: Context = town.app.extensions["pedri-assess"].context
    return made


@pytest.fixture
def staff(town: Town) -> FlaskClient:
    return town.client("staff")


@pytest.fixture
def guide(town: Town, hub_context: Context) -> str:
    """A resource; its id."""
    links = (Link("pedri", "criterion", "EDI-3"), Link("pedri", "criterion", "EQ-1"))
    said = a_guide(audiences=("public",), languages=("cy",), links=links)
    return add(hub_context, town.people["staff"].account_id, said)


def form_of(page: TestResponse, form: str = "resource") -> dict[str, list[str]]:
    """The fields of a form as a browser would send them."""
    where = parsed(page.get_data(as_text=True)).find(f".//form[@id='{form}']")
    sent: dict[str, list[str]] = {}
    for field in where.iter():
        if field.tag not in ("input", "textarea"):
            continue
        if field.get("type") == "checkbox" and field.get("checked") is None:
            continue
        value = (field.text or "") if field.tag == "textarea" else field.get("value", "")
        sent.setdefault(field.get("name"), []).append(value)
    return sent


def test_it_works(staff: FlaskClient, hub_context: Context) -> None:
    made = send(
        staff, "/hub/new", **FORM, summary="How to.", about="pedri/criterion/EDI-3", formats="guidance"
    )
    assert made.status_code == 303
    name = made.location.rsplit("/", 1)[1]
    said = kept(hub_context, name).said
    assert (said.title, said.summary, said.formats) == ("A guide", "How to.", ("guidance",))
    assert said.links == (Link("pedri", "criterion", "EDI-3"),)
    assert "A guide" in words_of(staff.get("/hub"))
    assert "A guide" in words_of(staff.get("/resources"))


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(staff: FlaskClient) -> None:
    page = send(staff, "/hub/new", title="A guide", address="http://example.org", summary="Typed & kept")
    assert page.status_code == 422
    words = words_of(page)
    assert "Say who publishes it" in words
    assert "Give its whole web address, beginning with https://" in words
    assert "Typed & kept" in words
    assert "Choose from this list" in words_of(send(staff, "/hub/new", **FORM, formats="no-such"))


def test_an_address_that_is_there_names_the_resource_that_has_it(staff: FlaskClient, guide: str) -> None:
    page = send(staff, "/hub/new", **{**FORM, "address": "https://example.org/a-guide/"})
    assert page.status_code == 422
    assert "“A guide” has this address already" in words_of(page)


def test_saving_a_page_as_it_came_changes_nothing(
    staff: FlaskClient, hub_context: Context, guide: str
) -> None:
    before = kept(hub_context, guide)
    sent = form_of(staff.get(f"/hub/{guide}"))
    assert staff.post(f"/hub/{guide}", data=sent).status_code == 303
    assert kept(hub_context, guide) == before  # also what it is about in an older version


def test_two_who_edit_at_once_see_both_texts(staff: FlaskClient, hub_context: Context, guide: str) -> None:
    mine, theirs = form_of(staff.get(f"/hub/{guide}")), form_of(staff.get(f"/hub/{guide}"))
    assert staff.post(f"/hub/{guide}", data={**theirs, "summary": "Their words"}).status_code == 303
    page = staff.post(f"/hub/{guide}", data={**mine, "summary": "My words", "audiences": ["leaders"]})
    assert page.status_code == 409
    words = words_of(page)
    for text in (
        "My words",
        "Their words",
        "Leaders",
        "Members of the public and patients",
        "Staff Person saved",
    ):
        assert text in words
    assert kept(hub_context, guide).said.summary == "Their words"
    again = form_of(page)
    assert again["summary"] == ["My words"]
    assert staff.post(f"/hub/{guide}", data=again).status_code == 303
    assert kept(hub_context, guide).said.summary == "My words"


def test_a_change_can_be_undone_and_an_earlier_text_put_back(
    staff: FlaskClient, hub_context: Context, guide: str
) -> None:
    send(staff, f"/hub/{guide}", **FORM, summary="Second", revision="1")
    page = staff.get(f"/hub/{guide}")
    assert "Undo the last change of the text" in words_of(page)
    assert send(staff, f"/hub/{guide}/undo", revision="2").status_code == 303
    assert kept(hub_context, guide).said.summary == ""
    history = staff.get(f"/hub/{guide}/history")
    numbers = re.findall(r'name="number" value="(\d+)"', history.get_data(as_text=True))
    assert len(numbers) == 1  # the others are what stands there now
    assert send(staff, f"/hub/{guide}/history", number=numbers[0], revision="3").status_code == 303
    assert kept(hub_context, guide).said.summary == "Second"
    late = send(staff, f"/hub/{guide}/undo", revision="1")
    assert late.status_code == 409
    assert "Somebody changed the text" in words_of(late)


def test_retiring_needs_a_reason_and_can_be_taken_back(
    staff: FlaskClient, hub_context: Context, guide: str
) -> None:
    without = send(staff, f"/hub/{guide}/state", move="retire")
    assert without.status_code == 422
    assert "Say in one line why it is retired" in words_of(without)
    assert send(staff, f"/hub/{guide}/state", move="retire", reason="Too old").status_code == 303
    assert (
        "Too old" in words_of(staff.get("/hub?show=retired")) or kept(hub_context, guide).reason == "Too old"
    )
    again = send(staff, f"/hub/{guide}/state", move="retire", reason="Too old")
    assert again.status_code == 409
    assert send(staff, f"/hub/{guide}/state", move="bring-back").status_code == 303
    assert kept(hub_context, guide).state == "listed"
    for name in ("withdraw", "no-such", ""):
        assert send(staff, f"/hub/{guide}/state", move=name).status_code == 404


def test_staff_see_dead_links_and_criteria_without_anything(
    staff: FlaskClient, town: Town, guide: str
) -> None:
    assert "Every address was found" in words_of(staff.get("/hub?show=dead"))
    with town.database.write() as c:
        set_check(c, guide, Check("2026-11-24T09:00:00.000000Z", GONE, "it is not there", 2), news=True)
    dead = words_of(staff.get("/hub?show=dead"))
    assert "A guide" in dead
    assert "it is not there" in dead
    missing = words_of(staff.get("/hub?show=missing"))
    assert "EDI-3:" in missing  # a dead address helps nobody
    assert "EDI-4:" in missing


def test_the_list_can_be_searched_and_has_pages(staff: FlaskClient, town: Town, hub_context: Context) -> None:
    for number in range(55):
        add(hub_context, town.people["staff"].account_id, a_guide(f"Guide {number:02}"))
    assert "Page 1 of 2" in words_of(staff.get("/hub?show=listed"))
    assert "Guide 00" in words_of(staff.get("/hub?show=listed&page=2"))
    found = words_of(staff.get("/hub?show=listed&q=guide+07"))
    assert "Guide 07" in found
    assert "Guide 08" not in found
    assert "Nothing here has these words" in words_of(staff.get("/hub?show=listed&q=zebra"))


def test_a_suggestion_waits_is_listed_and_its_maker_sees_it(
    town: Town, staff: FlaskClient, hub_context: Context
) -> None:
    member = town.client("contributor")
    page = member.get("/resources/suggest?criterion=pedri/EDI-3")
    assert re.search(r'value="pedri/criterion/EDI-3" checked', page.get_data(as_text=True))
    made = send(member, "/resources/suggest", **FORM, about="pedri/criterion/EDI-3")
    assert made.status_code == 303
    assert "Waiting" in words_of(member.get("/resources/suggested"))
    waiting = staff.get("/hub")
    assert "A guide" in words_of(waiting)
    assert "Contributor Person" in words_of(waiting)
    assert "A guide" not in words_of(member.get("/resources"))
    name = next(iter(re.findall(r'href="/hub/([^"/?]{22})"', waiting.get_data(as_text=True))))
    assert send(staff, f"/hub/{name}/state", move="list").status_code == 303
    assert "it is in the hub" in words_of(member.get("/resources/suggested"))
    assert "A guide" in words_of(member.get("/standards/pedri/2025.1/EDI-3"))
    assert "Contributor Person" not in words_of(town.app.test_client().get(f"/resources/{name}"))
    assert kept(hub_context, name).state == "listed"


def test_a_declined_suggestion_says_why_and_a_waiting_one_can_be_taken_back(
    town: Town, staff: FlaskClient
) -> None:
    member = town.client("viewer")
    send(member, "/resources/suggest", **FORM)
    name = hidden_id(member)
    assert send(staff, f"/hub/{name}/state", move="decline").status_code == 422
    send(staff, f"/hub/{name}/state", move="decline", reason="It is behind a paywall")
    assert "It is behind a paywall" in words_of(member.get("/resources/suggested"))
    send(member, "/resources/suggest", **{**FORM, "address": "https://example.org/other"})
    other = hidden_id(member)
    assert send(member, f"/resources/suggested/{other}/withdraw").status_code == 303
    assert "Taken back" in words_of(member.get("/resources/suggested"))
    assert send(member, f"/resources/suggested/{other}/withdraw").status_code == 409


def hidden_id(member: FlaskClient) -> str:
    """The id of the suggestion that waits."""
    page = member.get("/resources/suggested").get_data(as_text=True)
    found = re.search(r"/resources/suggested/([^/]+)/withdraw", page)
    assert found
    return found[1]


def test_what_is_there_already_is_not_suggested_again(town: Town, guide: str) -> None:
    page = send(
        town.client("lead"), "/resources/suggest", **{**FORM, "address": "https://example.org/a-guide"}
    )
    assert page.status_code == 422
    assert "The hub has this address already" in words_of(page)


def test_suggestions_have_a_limit_and_what_was_typed_comes_back(town: Town) -> None:
    member = town.client("lead")
    for number in range(MOST_A_DAY):
        address = f"https://example.org/{number}"
        assert send(member, "/resources/suggest", **{**FORM, "address": address}).status_code == 303
    page = send(member, "/resources/suggest", **FORM, summary="Many words that nobody wants to lose")
    assert page.status_code == 429
    assert "Many words that nobody wants to lose" in words_of(page)


def test_whoever_belongs_nowhere_cannot_suggest(town: Town) -> None:
    town.people["loner"] = town.account("loner@example.org", "Lo Ner")
    loner = town.client("loner")
    assert loner.get("/resources/suggest").status_code == 403
    assert send(loner, "/resources/suggest", **FORM).status_code == 403
    assert loner.get("/resources/suggested").status_code == 200


def test_hostile_words_of_a_suggestion_are_text_to_staff(town: Town, staff: FlaskClient) -> None:  # R33
    nasty = "<script>alert(1)</script>{{7*7}}"
    send(
        town.client("lead"),
        "/resources/suggest",
        title=nasty,
        publisher=nasty,
        address=FORM["address"],
        summary=nasty,
    )
    name = hidden_id(town.client("lead"))
    for address in ("/hub", f"/hub/{name}", f"/hub/{name}/history"):
        html = staff.get(address).get_data(as_text=True)
        assert "<script>alert" not in html
        assert "{{7*7}}" in html
    assert hidden(staff.get(f"/hub/{name}"), "revision", "resource") == "1"
