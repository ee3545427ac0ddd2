"""The page of what an organisation shares."""

from __future__ import annotations

from werkzeug.test import TestResponse

from pedri_assess.domain.sharing import CHOICES, STAFF

from .pages import hidden, words_of
from .people import Town, send


def page(town: Town, who: str = "lead") -> TestResponse:
    return town.client(who).get(f"/organisations/{town.place}/sharing")


def save(town: Town, expected: str = "", **fields: str) -> TestResponse:
    return send(town.client("lead"), f"/organisations/{town.place}/sharing", expected=expected, **fields)


def test_a_lead_agrees_and_every_member_sees_it(town: Town) -> None:
    assert save(town, chosen=STAFF).status_code == 303
    shown = words_of(page(town, "viewer"))
    assert f"{CHOICES[STAFF].title} Yes, since" in shown
    assert "by Lead Person" in shown
    assert shown.count(" No ") == 2
    assert "The leads of your organisation decide this" in shown
    assert b"<form" not in page(town, "viewer").data.split(b"<main")[1]


def test_a_lead_ends_it_again(town: Town) -> None:
    save(town, chosen=STAFF)
    assert hidden(page(town), "expected") == STAFF
    assert save(town, STAFF).status_code == 303
    assert "What was agreed once" in words_of(page(town))


def test_a_page_that_is_out_of_date_changes_nothing_and_says_so(town: Town) -> None:
    save(town, chosen=STAFF)
    answer = save(town, chosen="public")
    assert answer.status_code == 409
    assert "Somebody else changed this in the meantime" in words_of(answer)
    assert hidden(answer, "expected") == STAFF
    assert "public" not in hidden(page(town), "expected")


def test_what_no_page_sends_is_refused(town: Town) -> None:
    for fields in ({"chosen": "everything"}, {"expected": "x y"}):
        assert save(town, **fields).status_code == 422
    assert hidden(page(town), "expected") == ""


def test_a_lead_may_say_how_large_the_organisation_is(town: Town) -> None:
    lead, here = town.client("lead"), f"/organisations/{town.place}/sharing"
    assert send(lead, f"{here}/size", size="medium").status_code == 303
    assert "250 to 4,999 people." in words_of(town.client("viewer").get(here))
    wrong = send(lead, f"{here}/size", size="huge")
    assert (wrong.status_code, "Choose from what is on this page" in words_of(wrong)) == (422, True)
    send(lead, f"{here}/size", size="")
    assert "Not said." in words_of(town.client("viewer").get(here))
