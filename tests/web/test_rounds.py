"""The pages of rounds, for PEDRI staff and for the organisations that are invited."""

from __future__ import annotations

import csv
import io

import pytest
from werkzeug.test import TestResponse

from pedri_assess.services.round_invitations import invite_all
from pedri_assess.services.rounds import board

from .pages import hidden, words_of
from .people import Town, send

PLAN = {
    "name": "Round of 2027", "about": "All partners", "standards": "pedri/2025.1", "opens_on": "2026-01-01",
    "closes_on": "2099-12-31",
}  # fmt: skip
LIST = "organisation,kind,nation,lead\nFirst trust,,,\n=New Place,charity,Wales,new@example.org"


def planned(town: Town, **changed: str) -> TestResponse:
    return send(town.client("staff"), "/rounds/new", **{**PLAN, **changed})


@pytest.fixture
def here(town: Town) -> str:
    """The address of a round to which the first organisation is invited."""
    address = planned(town).headers["Location"]
    made = address.rpartition("/")[2]
    context = town.app.extensions["pedri-assess"].context
    invite_all(context, town.people["staff"].account_id, made, [town.place])
    return address


def page(town: Town, address: str, who: str = "staff") -> TestResponse:
    return town.client(who).get(address)


def part(town: Town, here: str) -> str:
    return f"/organisations/{town.place}{here}"


def test_staff_plan_a_round_and_see_it(town: Town) -> None:
    assert "There is no round yet" in words_of(page(town, "/rounds"))
    answer = planned(town)
    assert answer.status_code == 303
    assert "Nobody is invited yet" in words_of(page(town, answer.headers["Location"]))
    assert "Round of 2027" in words_of(page(town, "/rounds"))


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", " ", "Give the round a name"), ("standards", "pedri/1", "Choose the standards"),
        ("opens_on", "1 May", "Give the day as"),
        ("closes_on", "2020-01-01", "The last day must not be before"),
        ("about", "x" * 2_001, "2,000 characters or fewer"), ("name", "x" * 201, "200 characters or fewer"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_plan_is_said_and_what_was_typed_stays(
    town: Town, field: str, value: str, words: str
) -> None:
    answer = planned(town, **{field: value})
    assert answer.status_code == 422
    assert words in words_of(answer)
    assert b"All partners" in answer.data or field == "about"


def test_two_rounds_cannot_have_one_name(town: Town, here: str) -> None:
    answer = planned(town)
    assert answer.status_code == 422
    assert "There is a round of this name" in words_of(answer)


def test_a_change_by_somebody_else_is_said(town: Town, here: str) -> None:
    form = {**PLAN, "changes": hidden(page(town, f"{here}/change"), "changes")}
    assert send(town.client("staff"), f"{here}/change", **{**form, "about": "Mine"}).status_code == 303
    answer = send(town.client("staff"), f"{here}/change", **{**form, "about": "Theirs"})
    assert answer.status_code == 409
    assert "Somebody changed the round" in words_of(answer)
    assert b"Theirs" in answer.data
    form["changes"] = hidden(answer, "changes")
    assert send(town.client("staff"), f"{here}/change", **form).status_code == 303


def test_a_list_is_looked_through_before_it_is_taken(town: Town, here: str) -> None:
    staff = town.client("staff")
    preview = send(staff, f"{here}/list", text=LIST)
    for words in ("First trust Nothing: it is invited already", "=New Place Added, its first lead invited"):
        assert words in words_of(preview)
    assert "New Place" not in words_of(page(town, here))
    assert send(staff, f"{here}/list/take", text=LIST).status_code == 303
    assert "=New Place" in words_of(page(town, here))


def test_a_list_with_faults_says_all_of_them_with_their_lines(town: Town, here: str) -> None:
    staff = town.client("staff")
    answer = send(staff, f"{here}/list", text=LIST.replace("charity", "zoo").replace("new@", "new"))
    assert answer.status_code == 422
    for words in ("Line 3, kind", "Line 3, lead"):
        assert words in words_of(answer)
    assert send(staff, f"{here}/list/take", text="organisation\nNobody knows").status_code == 422


def test_a_file_that_is_no_text_is_refused(town: Town, here: str) -> None:
    staff = town.client("staff")
    token = hidden(staff.get(f"{here}/list"), "csrf_token")
    data = {"csrf_token": token, "file": (io.BytesIO(b"\xff\xfe\x00"), "list.csv")}
    answer = staff.post(f"{here}/list", data=data, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "This file is not text in UTF-8" in words_of(answer)
    data = {"csrf_token": token, "file": (io.BytesIO(LIST.encode()), "list.csv")}
    assert staff.post(f"{here}/list", data=data, content_type="multipart/form-data").status_code == 200


def test_a_lead_chooses_and_staff_see_how_far_it_is_and_no_more(town: Town, here: str) -> None:
    chosen = town.assessment()
    answer = send(town.client("lead"), f"{part(town, here)}/assessment", chosen=chosen)
    assert answer.status_code == 303
    shown = words_of(page(town, here))
    assert "First trust Started" in shown
    assert "Cancer registry" not in shown
    assert chosen.encode() not in page(town, here).data
    assert "Started" in words_of(page(town, f"/organisations/{town.place}", "viewer"))


def test_a_lead_declines_and_takes_part_after_all(town: Town, here: str) -> None:
    lead = town.client("lead")
    assert send(lead, f"{part(town, here)}/decline", because="No time <b>now</b>").status_code == 303
    assert "Does not take part No time <b>now</b>" in words_of(page(town, here))
    assert send(lead, f"{part(town, here)}/take-part").status_code == 303
    assert "Not started" in words_of(page(town, part(town, here), "lead"))


def test_a_closed_round_takes_nothing(town: Town, here: str) -> None:
    chosen = town.assessment()
    changes = hidden(page(town, here), "changes")
    assert send(town.client("staff"), f"{here}/close", changes=changes).status_code == 303
    answer = send(town.client("lead"), f"{part(town, here)}/assessment", chosen=chosen)
    assert answer.status_code == 422
    assert "does not take assessments now" in words_of(answer)
    assert send(town.client("staff"), f"{here}/open-again", changes=changes).status_code == 409


def test_those_who_are_not_invited_find_nothing(town: Town, here: str) -> None:
    theirs = f"/organisations/{town.other_place}{here}"
    assert page(town, theirs, "stranger").status_code == 404
    assert page(town, part(town, here), "stranger").status_code == 404


def test_an_extension_needs_a_day_and_a_reason_that_the_organisation_reads(town: Town, here: str) -> None:
    context = town.app.extensions["pedri-assess"].context
    place = board(context, here.rpartition("/")[2]).standings[0].place.id
    address = f"{here}/places/{place}/extend"
    answer = send(town.client("staff"), address, until="soon")
    assert answer.status_code == 422
    for words in ("Give the day as", "Say why"):
        assert words in words_of(answer)
    assert send(town.client("staff"), address, until="2100-02-01", because="Illness").status_code == 303
    assert "Extended by PEDRI: Illness" in words_of(page(town, part(town, here), "viewer"))


def test_reminders_are_told_of(town: Town, here: str) -> None:
    answer = send(town.client("staff"), f"{here}/remind")
    assert "Reminders are on their way to one organisation" in words_of(answer)
    assert "Nobody needed a reminder" in words_of(send(town.client("staff"), f"{here}/remind"))


def test_the_table_of_standings_is_safe_in_a_spreadsheet(town: Town, here: str) -> None:
    send(town.client("staff"), f"{here}/list/take", text=LIST)
    answer = page(town, f"{here}/standings.csv")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row[:2] for row in rows] == [
        ["Organisation", "Standing"], ["'=New Place", "Not started"], ["First trust", "Not started"],
    ]  # fmt: skip
