"""Saying what one thinks of a criterion on its page and beside its question; what staff see and take away."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from pedri_assess.domain.opinions import Opinion
from pedri_assess.domain.times import stamp
from pedri_assess.services.opinions import own_opinion
from pedri_assess.store.opinions import put_opinion

from .pages import parsed, text_of, words_of
from .people import Town, send

CRITERION = "/standards/pedri/2025.1/EDI-3"
LEARNING = "/learning/pedri/2025.1"
WHERE = ("pedri", "2025.1", "EDI-3")


def pressed(client: FlaskClient, address: str) -> list[str]:
    """What is said: the words of the buttons that are pressed."""
    page = parsed(client.get(address).text)
    return [text_of(item) for item in page.iter("button") if item.get("aria-pressed") == "true"]


@pytest.fixture
def many(town: Town) -> Town:
    """A town in which six people of four organisations said something two weeks ago."""
    at = stamp(town.now() - timedelta(days=14))
    with town.database.write() as c:
        pass
    for number in range(6):
        who = town.account(f"crowd{number}@example.org")
        town.organisation(f"Crowd {number % 4}", **{who.account_id: "viewer"})
        text = "=HYPERLINK(1)" if number == 0 else f"<script>alert({number})</script>"
        with town.database.write() as c:
            put_opinion(c, who.account_id, *WHERE, Opinion("no", "yes", text, ""), at)
    return town


def test_it_works(town: Town) -> None:
    member = town.client("viewer")
    assert pressed(member, CRITERION) == []
    made = send(member, f"{CRITERION}/opinion", tap="clear:no")
    assert made.status_code == 303
    assert made.location == f"{CRITERION}#opinion"
    send(member, f"{CRITERION}/opinion", tap="relevant:yes", helps="A worked example", hinders="")
    assert pressed(member, CRITERION) == ["No", "Yes"]
    assert "A worked example" in words_of(member.get(CRITERION))
    assert "A worked example" in words_of(member.get("/opinions"))
    send(member, f"{CRITERION}/opinion", withdraw="yes", back="mine")
    assert "Nothing yet" in words_of(member.get("/opinions"))
    assert pressed(member, CRITERION) == []


def test_visitors_and_those_without_an_organisation_are_not_asked(town: Town) -> None:
    assert "What do you think" not in words_of(town.app.test_client().get(CRITERION))
    assert "What do you think" not in words_of(town.client("staff").get(CRITERION))
    assert send(town.client("staff"), f"{CRITERION}/opinion", tap="clear:no").status_code == 403
    assert (
        send(town.client("lead"), "/standards/pedri/2025.1/NO-1/opinion", tap="clear:no").status_code == 404
    )


def test_a_press_that_is_none_changes_nothing(town: Town) -> None:
    member = town.client("lead")
    for tap in ("", "clear", "clear:maybe", "hinders:yes", "clear:yes:no", "x" * 5_000):
        assert send(member, f"{CRITERION}/opinion", tap=tap).status_code == 303
    assert pressed(member, CRITERION) == []


def test_a_text_that_is_too_long_comes_back(town: Town) -> None:
    page = send(town.client("lead"), f"{CRITERION}/opinion", helps="x" * 600, hinders="Kept too")
    assert page.status_code == 422
    assert "100 too many" in words_of(page)
    assert "x" * 600 in page.text
    assert "Kept too" in page.text


def test_a_press_beside_a_question_saves_the_answer_first(town: Town) -> None:
    assessment = town.assessment()
    address = f"/assessments/{assessment}/criteria/EDI-3"
    lead = town.client("lead")
    sent = {"changes": "0", "base": "", "choice": "1", "evidence": "Typed before", "importance": "2"}
    assert send(lead, f"{address}/opinion", tap="clear:partly", **sent).status_code == 303
    assert pressed(lead, address) == ["Partly"]
    assert "Typed before" in lead.get(address).text
    assert pressed(town.client("viewer"), address) == []
    assert send(town.client("viewer"), f"{address}/opinion", tap="relevant:no").status_code == 303
    assert pressed(town.client("viewer"), address) == ["No"]


def test_a_comment_that_is_begun_stays_in_its_field(town: Town) -> None:
    address = f"/assessments/{town.assessment()}/criteria/EDI-3"
    page = send(town.client("approver"), f"{address}/opinion", tap="clear:no", comment="Half a thought")
    assert page.status_code == 200
    assert "Half a thought" in words_of(page)
    assert "Half a thought" not in words_of(town.client("approver").get(address))
    who = town.people["approver"]
    assert own_opinion(town.app.extensions["pedri-assess"].context, who, *WHERE) == Opinion("no")


def test_staff_see_what_many_say_and_nothing_of_few(many: Town) -> None:
    staff = many.client("staff")
    page = staff.get(LEARNING)
    words = words_of(page)
    assert "About 5 people." in words
    assert "Is it clear? Yes: about 0, Partly: about 0, No: about 5." in words
    assert "Hidden: fewer than 5 people." in words
    assert "=HYPERLINK(1)" in words
    assert "<script>alert" not in page.text
    assert "crowd" not in page.text.lower()
    assert "6" not in text_of(next(item for item in parsed(page.text).iter("p") if "About" in text_of(item)))


def test_tables_are_safe_to_open_and_say_no_more_than_the_page(many: Town) -> None:
    staff = many.client("staff")
    counts = rows(staff.get(f"{LEARNING}/counts.csv").data)
    mine = next(row for row in counts if row["Criterion"] == "EDI-3")
    assert (mine["People, to the nearest 5"], mine["Is it clear? No"], mine["Hidden"]) == ("5", "5", "")
    others = [row for row in counts if row["Criterion"] != "EDI-3"]
    assert len(others) == 41
    assert {row["Is it clear? No"] for row in others} == {""}
    texts = rows(staff.get(f"{LEARNING}/texts.csv").data)
    assert len(texts) == 6
    assert texts[-1]["Text"] == "'=HYPERLINK(1)"
    assert texts[0].keys() == {"Standard", "Criterion", "Question", "Text"}


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_every_version_has_its_page(town: Town) -> None:
    staff = town.client("staff")
    page = staff.get("/learning").text
    assert 'href="/learning/pedri/2023.1"' in page
    assert staff.get("/learning/pedri/2023.1").status_code == 200
    assert staff.get("/learning/pedri/9").status_code == 404
