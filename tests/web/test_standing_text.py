"""The page on which PEDRI staff set what every report says, and the reports that say it."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from .conftest import Walk
from .pages import hidden, words_of
from .people import Town, send


def save(town: Town, text: str, number: str = "") -> TestResponse:
    client = town.client("staff")
    return send(
        client, "/standing-text", text=text, number=number or hidden(client.get("/standing-text"), "number")
    )


def test_staff_set_what_every_report_says(town: Town) -> None:
    assert save(town, "Ask us: <b>any</b> day").status_code == 303
    page = town.client("staff").get("/standing-text")
    assert "Now: text 1 Set by Staff Person" in words_of(page)
    assert "Ask us: <b>any</b> day" in words_of(page)
    assert b"/standing-text" in town.client("staff").get("/organisations").data
    assert b"/standing-text" not in town.client("lead").get("/organisations").data
    walk = Walk(town.app.test_client())
    walk.start("core")
    result = walk.go("answers/result")
    assert "About this service Ask us: <b>any</b> day" in words_of(result)
    save(town, "")
    assert "About this service" not in words_of(walk.go("answers/result"))


def test_two_texts_at_once_lose_no_words(town: Town) -> None:
    save(town, "The first")
    answer = save(town, "The second", "0")
    assert answer.status_code == 409
    assert "Somebody set another text since you opened the page" in words_of(answer)
    assert "The second" in answer.get_data(as_text=True)
    assert hidden(answer, "number") == "1"


@pytest.mark.parametrize("number", ["", "x", "-1", "9"])
def test_a_number_that_is_none_is_out_of_date(town: Town, number: str) -> None:
    save(town, "The first")
    assert save(town, "The second", number or "none").status_code == 409


def test_a_text_that_is_too_long_is_kept_on_the_page(town: Town) -> None:
    answer = save(town, "x" * 2_001)
    assert answer.status_code == 422
    assert "2,000 characters or fewer" in words_of(answer)
    assert "x" * 2_001 in answer.get_data(as_text=True)
