"""The history of an assessment and of an answer, and my work, in the pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from pedri_assess.domain.assessment import Answer
from pedri_assess.domain.said import Said
from pedri_assess.services.answers import question, save_answer, set_owner_of

from .pages import hidden, words_of
from .people import Town, send


@pytest.fixture
def made(town: Town) -> str:
    return town.assessment("all")


def write(town: Town, made: str, who: str, text: str) -> None:
    context, account = town.app.extensions["pedri-assess"].context, town.people[who].account_id
    number = question(context, made, "EDI-1", account).saved.changes
    save_answer(context, made, "EDI-1", account, Said(Answer(evidence=text)), number)


def test_the_history_says_who_did_what(town: Town, made: str) -> None:
    write(town, made, "contributor", "First")
    page = words_of(town.client("viewer").get(f"/assessments/{made}/history"))
    assert "Contributor Person changed the answer to EDI-1" in page
    assert "Lead Person started the assessment" in page


def test_an_older_text_is_read_and_taken_back(town: Town, made: str) -> None:
    here = f"/assessments/{made}/criteria/EDI-1"
    write(town, made, "contributor", "The first <text>")
    write(town, made, "lead", "The second")
    client = town.client("contributor")
    page = client.get(f"{here}/history")
    assert "The first <text>" in words_of(page)
    carried = {name: hidden(page, name) for name in ("number", "expected")}
    write(town, made, "lead", "A third")
    stale = send(client, f"{here}/history", **carried)
    assert stale.status_code == 409
    assert "Somebody changed this answer" in words_of(stale)
    again = carried | {"expected": hidden(stale, "expected")}
    assert send(client, f"{here}/history", **again).location == here
    assert "The first <text>" in client.get(here).get_data(as_text=True).replace("&lt;", "<").replace(
        "&gt;", ">"
    )
    assert "A third" in words_of(client.get(f"{here}/history"))


@pytest.mark.parametrize("number", ["", "x", "999999", "0"])
def test_a_text_that_is_none_is_not_found(town: Town, made: str, number: str) -> None:
    write(town, made, "lead", "One")
    sent = send(
        town.client("lead"), f"/assessments/{made}/criteria/EDI-1/history", number=number, expected="1"
    )
    assert sent.status_code == 404


def test_a_viewer_reads_earlier_texts_and_takes_none_back(town: Town, made: str) -> None:
    write(town, made, "lead", "One")
    write(town, made, "contributor", "Two")
    here = f"/assessments/{made}/criteria/EDI-1/history"
    page = town.client("viewer").get(here)
    assert b"Take this text back" not in page.data
    assert send(town.client("viewer"), here, number="1", expected="2").status_code == 403


def test_a_long_history_has_older_pages(town: Town, made: str) -> None:
    for number in range(101):
        write(town, made, "lead", f"Text {number}")
        write(town, made, "contributor", f"Other text {number}")
    page = town.client("lead").get(f"/assessments/{made}/history")
    assert b"Older" in page.data
    address = f"/assessments/{made}/history?before=5"
    assert "started the assessment" in words_of(town.client("lead").get(address))
    assert town.client("lead").get(f"/assessments/{made}/history?before=x").status_code == 200


def test_my_work_lists_what_is_mine_and_who_asks_me(town: Town, made: str) -> None:
    context = town.app.extensions["pedri-assess"].context
    me = town.people["contributor"].account_id
    set_owner_of(context, made, "EDI-2", me, town.people["lead"].account_id)
    comments = f"/assessments/{made}/criteria/EDI-3/comments"
    send(town.client("lead"), comments, comment="Do you know this?", mention=me)
    page = words_of(town.client("contributor").get("/my-work"))
    assert "You are a contributor." in page
    assert "Yours to answer EDI-2:" in page
    assert "about EDI-3 Do you know this?" in page
    town.client("contributor").get(f"/assessments/{made}/criteria/EDI-3")
    assert "Do you know this?" not in words_of(town.client("contributor").get("/my-work"))
    assert "Do you know this?" not in words_of(town.client("lead").get("/my-work"))


def test_my_work_is_helpful_where_there_is_none(town: Town) -> None:
    assert "You take part in no assessment yet" in words_of(town.client("stranger").get("/my-work"))


@pytest.mark.parametrize(
    ("days", "words"),
    [(2, "2 days left"), (1, "One day left"), (0, "To be finished today"), (-3, "Was to be finished by")],
)
def test_my_work_says_how_long_there_is(town: Town, days: int, words: str) -> None:
    context = town.app.extensions["pedri-assess"].context
    until = (context.today() + timedelta(days=days)).isoformat()
    town.assessment(finish_by=until)
    with time_machine.travel(context.now()):
        assert words in words_of(town.client("lead").get("/my-work"))
