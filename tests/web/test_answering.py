"""Answering one criterion in the pages: nothing typed is lost, nothing is overwritten unseen."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pedri_assess.services.handing_in import check, submit

from .pages import hidden, parsed, words_of
from .people import Town, csrf_token, send

AUTO = {"X-Autosave": "1"}


@pytest.fixture
def here(town: Town) -> str:
    made = town.assessment("all")
    return f"/assessments/{made}/criteria/EDI-1"


def numbers(page: TestResponse) -> dict[str, str]:
    """What the page's form carries of the answer that it was made from."""
    return {name: hidden(page, name) for name in ("changes", "base")}


def form(client: FlaskClient, address: str) -> dict[str, str]:
    page = client.get(address)
    assert page.status_code == 200
    return numbers(page)


def save(client: FlaskClient, address: str, sent: dict[str, str]) -> TestResponse:
    """What the page's script sends."""
    token = {"X-CSRF-Token": csrf_token(client)}
    return client.post(f"{address}/save", data=sent, headers=AUTO | token)


def evidence(client: FlaskClient, address: str) -> str:
    page = parsed(client.get(address).get_data(as_text=True))
    return next(item.text or "" for item in page.iter("textarea") if item.get("name") == "evidence").strip()


def test_continue_saves_and_goes_on_and_back_goes_back(town: Town, here: str) -> None:
    client = town.client("contributor")
    sent = form(client, here) | {"evidence": "A checklist", "choice": "1", "go": "continue"}
    onward = send(client, here, **sent)
    assert onward.status_code == 303
    assert "/criteria/" in onward.location
    assert onward.location != here
    back = send(
        client, onward.location, **form(client, onward.location), evidence="Half a thought", go="back"
    )
    assert back.location == here
    assert evidence(client, onward.location) == "Half a thought"
    assert evidence(client, here) == "A checklist"
    assert "Last saved by Contributor Person" in words_of(client.get(here))


def test_continue_from_an_incomplete_answer_saves_it_and_says_what_is_missing(town: Town, here: str) -> None:
    client = town.client("lead")
    stays = send(client, here, **form(client, here), choice="2", go="continue")
    assert stays.status_code == 422
    assert "Say in one line why you are at In place" in words_of(stays)
    again = numbers(stays)
    assert send(client, here, **again, choice="2", reason="Because", go="continue").status_code == 303
    assert "1 of 42 done" in words_of(client.get(here.partition("/criteria")[0]))


def test_what_is_typed_is_saved_by_itself(town: Town, here: str) -> None:
    client = town.client("lead")
    sent = form(client, here)
    first = save(client, here, sent | {"evidence": "One"})
    assert first.status_code == 200
    second = save(client, here, first.get_json() | {"evidence": "One two"})
    assert (first.get_json()["changes"], second.get_json()["changes"]) == (1, 2)
    assert evidence(client, here) == "One two"


def test_a_save_whose_reply_was_lost_can_be_repeated(town: Town, here: str) -> None:
    client = town.client("lead")
    sent = form(client, here) | {"evidence": "Once"}
    assert [save(client, here, sent).get_json()["changes"] for _ in range(2)] == [1, 1]


def test_two_people_at_once_see_both_texts_and_lose_neither(town: Town, here: str) -> None:
    one, two = town.client("lead"), town.client("contributor")
    mine, theirs = form(one, here), form(two, here)
    assert save(two, here, theirs | {"evidence": "Theirs", "choice": "2", "reason": "So"}).status_code == 200
    quick = save(one, here, mine | {"evidence": "Mine"})
    assert quick.status_code == 409
    assert quick.get_json() == {"conflict": True, "message": "Contributor Person changed this answer"}
    page = send(one, here, **mine, evidence="Mine", choice="1", note="Keep", go="continue")
    assert page.status_code == 409
    words = words_of(page)
    assert "Contributor Person saved this answer after you opened the page" in words
    assert "Evidence Mine Theirs" in words
    assert "Developing In place" in words
    assert evidence(two, here) == "Theirs"
    fields = parsed(page.get_data(as_text=True)).iter("textarea")
    texts = {item.get("name"): (item.text or "").strip() for item in fields}
    assert texts["evidence"] == "Mine\n\nTheirs"
    assert (texts["reason"], texts["note"]) == ("So", "Keep")
    again = numbers(page)
    done = send(one, here, **again, evidence="Both", choice="1", go="continue")
    assert done.status_code == 303
    assert evidence(two, here) == "Both"


def test_the_same_person_in_two_tabs_is_told_so(town: Town, here: str) -> None:
    client = town.client("lead")
    first, second = form(client, here), form(client, here)
    save(client, here, first | {"evidence": "In the first"})
    page = send(client, here, **second, evidence="In the second", go="tasks")
    assert page.status_code == 409
    assert "You saved this answer in another window" in words_of(page)


def test_who_typed_nothing_goes_on_whatever_somebody_else_saved(town: Town, here: str) -> None:
    one, two = town.client("lead"), town.client("contributor")
    mine = form(one, here)
    save(two, here, form(two, here) | {"evidence": "Theirs"})
    assert send(one, here, **mine, importance="2", go="tasks").status_code == 303
    assert evidence(one, here) == "Theirs"


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 30, "٣"])
def test_a_number_that_is_none_loses_nothing(town: Town, here: str, number: str) -> None:
    client = town.client("lead")
    save(client, here, form(client, here) | {"evidence": "There"})
    sent = send(client, here, changes=number, base="", evidence="New", go="tasks")
    assert sent.status_code == 409
    assert evidence(client, here) == "There"


def test_too_long_a_text_is_given_back_whole(town: Town, here: str) -> None:
    client = town.client("lead")
    long = "word " * 5_000
    sent = form(client, here) | {"evidence": long}
    refused = save(client, here, sent)
    assert refused.status_code == 422
    assert "characters or fewer" in refused.get_json()["message"]
    page = send(client, here, **sent, go="tasks")
    assert page.status_code == 422
    assert long.strip() in page.get_data(as_text=True)
    assert b"data-unsaved" in page.data
    assert b"data-unsaved" not in client.get(here).data


def test_signed_out_while_typing_the_text_is_still_there(town: Town, here: str) -> None:
    client = town.client("lead")
    sent = form(client, here) | {"evidence": "A long thought about it"}
    client.delete_cookie("session")
    assert client.post(f"{here}/save", data=sent, headers=AUTO).status_code == 401
    page = client.post(here, data=sent)
    assert page.status_code == 401
    assert "A long thought about it" in page.get_data(as_text=True)


def closed(town: Town, address: str) -> None:
    context, made = town.app.extensions["pedri-assess"].context, address.split("/")[2]
    lead = town.people["lead"].account_id
    submit(context, made, lead, 1, check(context, made).seal, leave=True)


def test_what_is_typed_while_somebody_submits_is_given_back(town: Town, here: str) -> None:
    client = town.client("contributor")
    sent = form(client, here) | {"evidence": "Too late for this"}
    closed(town, here)
    assert save(client, here, sent).status_code == 409
    page = send(client, here, **sent, go="continue")
    assert page.status_code == 409
    assert "was submitted and waits for sign-off" in words_of(page)
    assert "Too late for this" in page.get_data(as_text=True)
    assert b'name="evidence"' not in client.get(here).data


@pytest.mark.parametrize(("who", "may_comment"), [("approver", True), ("viewer", False)])
def test_who_does_not_answer_reads(town: Town, here: str, who: str, may_comment: bool) -> None:
    save(
        town.client("lead"),
        here,
        form(town.client("lead"), here) | {"evidence": "<b>Ours</b>", "choice": "1"},
    )
    client = town.client(who)
    page = client.get(here)
    assert "<b>Ours</b>" in words_of(page)
    assert "Developing" in words_of(page)
    assert b'name="evidence"' not in page.data
    assert send(client, here, changes="1", evidence="Mine").status_code == 403
    assert (b'name="comment"' in page.data) == may_comment
    status = send(client, f"{here}/comments", comment="I wonder").status_code
    assert status == (303 if may_comment else 403)


def test_links_can_be_followed_by_who_reads(town: Town, here: str) -> None:
    lead = town.client("lead")
    addresses = {"https://example.org/minutes?a=1&b=2", "https://example.org/survey"}
    links = "Minutes <b>of</b> June https://example.org/minutes?a=1&b=2\nhttps://example.org/survey"
    save(lead, here, form(lead, here) | {"links": links, "choice": "1"})
    answer = town.client("viewer").get(here)
    page = parsed(answer.get_data(as_text=True))
    assert addresses <= {item.get("href") for item in page.iter("a")}
    assert "Minutes <b>of</b> June: https://example.org/minutes?a=1&b=2" in words_of(answer)


def test_a_comment_saves_the_answer_too_and_tells_who_is_named(town: Town, here: str) -> None:
    client = town.client("lead")
    sent = form(client, here) | {"evidence": "Not saved before"}
    told = send(client, f"{here}/comments", comment="@Contributor Person, is this so?", **sent)
    assert told.status_code == 303
    assert evidence(client, here) == "Not saved before"
    other = town.client("contributor")
    assert "is this so?" in words_of(other.get(here))
    empty = send(client, f"{here}/comments", comment=" ", **form(client, here), evidence="Not saved before")
    assert empty.status_code == 422
    assert "Write a comment" in words_of(empty)


def remove_buttons(page: TestResponse) -> list[Any]:
    found = parsed(page.get_data(as_text=True)).iter("button")
    return [item.get("formaction") for item in found if (item.get("formaction") or "").endswith("/remove")]


def test_one_takes_away_ones_own_comment_only(town: Town, here: str) -> None:
    client = town.client("lead")
    send(client, f"{here}/comments", comment="A slip")
    (address,) = remove_buttons(client.get(here))
    other = town.client("contributor")
    assert remove_buttons(other.get(here)) == []
    assert send(other, address).status_code == 403
    assert send(client, address).status_code == 303
    assert "A slip" not in words_of(client.get(here))


def test_a_comment_is_not_lost_where_the_answer_is_in_conflict(town: Town, here: str) -> None:
    one, two = town.client("lead"), town.client("contributor")
    mine = form(one, here)
    save(two, here, form(two, here) | {"evidence": "Theirs"})
    page = send(one, f"{here}/comments", **mine, evidence="Mine", comment="And a remark")
    assert page.status_code == 409
    assert "And a remark" in page.get_data(as_text=True)


def test_only_who_answers_can_be_made_the_owner(town: Town, here: str) -> None:
    client = town.client("lead")
    for nobody in (town.people["viewer"].account_id, town.people["stranger"].account_id, "x"):
        refused = send(client, f"{here}/owner", owner=nobody, **form(client, here))
        assert refused.status_code == 422
        assert "Choose somebody who answers" in words_of(refused)


def test_criteria_that_are_not_there_are_not_found(town: Town, here: str) -> None:
    core = f"/assessments/{town.assessment()}/criteria"
    for address in (here.replace("EDI-1", "EDI-99"), here.replace("EDI-1", "<script>"), f"{core}/EDI-1"):
        assert town.client("lead").get(address).status_code == 404
