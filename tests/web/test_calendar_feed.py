"""The calendar of one's actions, read back by a calendar program's own library, and stopping letters."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from icalendar import Calendar

from pedri_assess.services import plan_letters

from .pages import parsed, words_of
from .people import Town, send
from .test_plans import added, home

__all__ = ["home"]

HOSTILE = "Meet; the, panel \\n\r\nEND:VEVENT"


@pytest.fixture
def address(town: Town, home: str) -> str:
    """The path of the contributor's calendar."""
    added(town, home, owner=town.people["contributor"].account_id, text=HOSTILE, due="2026-01-31")
    page = parsed(send(town.client("contributor"), "/account/calendar").text)
    return urlsplit(next(box.get("value") for box in page.iter("input") if box.get("id") == "address")).path


def test_a_calendar_program_reads_the_actions_without_signing_in(town: Town, address: str) -> None:
    answer = town.app.test_client().get(address)
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Cache-Control"] == "private, no-store"
    (event,) = Calendar.from_ical(answer.data).walk("VEVENT")
    assert event.decoded("dtstart") == date(2026, 1, 31)
    assert str(event["summary"]) == "Meet; the, panel \\n END:VEVENT"
    assert "/plan/actions/" in str(event["url"])


def test_an_address_that_ended_or_never_was_leads_nowhere(town: Town, address: str) -> None:
    assert "has had a private address since" in words_of(town.client("contributor").get("/account"))
    assert send(town.client("contributor"), "/account/calendar/end").status_code == 303
    for path in (address, "/calendar/x.ics"):
        assert town.app.test_client().get(path).status_code == 404


def test_letters_are_stopped_by_pressing_a_button_and_not_by_looking(town: Town, address: str) -> None:
    plan_letters.write_due(town.app.extensions["pedri-assess"].context)
    found = re.search(r"/letters/\S+", town.letters()[0].body)
    assert found
    anyone = town.app.test_client()
    assert "Stop these letters?" in words_of(anyone.get(found[0]))
    assert "Stop them" in words_of(town.client("contributor").get("/account"))
    assert "Letters are stopped" in words_of(anyone.post(found[0]))
    assert "Let them come again" in words_of(town.client("contributor").get("/account"))
    assert send(town.client("contributor"), "/account/plan-letters", wanted="yes").status_code == 303
    assert "Stop them" in words_of(town.client("contributor").get("/account"))
    assert anyone.get("/letters/nothing").status_code == 404
