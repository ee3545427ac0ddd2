"""Submitting, signing off, sending back, reopening and the archive, in the pages."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pedri_assess.domain.assessment import Answer
from pedri_assess.domain.said import Said
from pedri_assess.services.answers import question, save_answer

from .pages import hidden, words_of
from .people import Town, send


def answer(town: Town, made: str, criterion: str, said: Said) -> None:
    context, who = town.app.extensions["pedri-assess"].context, town.people["contributor"].account_id
    number = question(context, made, criterion, who).saved.changes
    save_answer(context, made, criterion, who, said, number)


@pytest.fixture
def made(town: Town) -> str:
    """An assessment with one criterion answered."""
    made = town.assessment()
    shelf = town.app.extensions["pedri-assess"].context.shelf
    first = shelf.get("pedri", "2025.1").core_criteria[0].id
    answer(town, made, first, Said(Answer(level=1, evidence="A <b>checklist</b>")))
    return made


def submit(client: FlaskClient, made: str, **more: str) -> TestResponse:
    """Presses the button of the check page."""
    page = client.get(f"/assessments/{made}/check")
    carried = {name: hidden(page, name, "submit") for name in ("revision", "seal")}
    return send(client, f"/assessments/{made}/submit", **carried | {"leave": "yes"} | more)


def test_the_check_page_lists_what_is_missing(town: Town, made: str) -> None:
    page = town.client("lead").get(f"/assessments/{made}/check")
    words = words_of(page)
    assert "Leave 6 of 7 criteria unanswered" in words
    assert "Approver Person. Nobody signs off what they submitted themselves." in words
    assert page.data.count(f"/assessments/{made}/criteria/".encode()) >= 6
    other = words_of(town.client("contributor").get(f"/assessments/{made}/check"))
    assert "A lead submits the assessment." in other


def test_what_was_begun_must_be_finished_first(town: Town, made: str) -> None:
    shelf = town.app.extensions["pedri-assess"].context.shelf
    second = shelf.get("pedri", "2025.1").core_criteria[1].id
    old = town.client("lead").get(f"/assessments/{made}/check")
    answer(town, made, second, Said(Answer(level=3)))  # without the reason that it needs
    page = town.client("lead").get(f"/assessments/{made}/check")
    assert "Begun, and not complete" in words_of(page)
    assert b"/submit" not in page.data
    carried = {name: hidden(old, name, "submit") for name in ("revision", "seal")}
    stale = send(town.client("lead"), f"/assessments/{made}/submit", **carried, leave="yes")
    assert stale.status_code == 409
    assert "Somebody changed this assessment" in words_of(stale)


def test_unanswered_criteria_are_left_only_on_purpose(town: Town, made: str) -> None:
    refused = submit(town.client("lead"), made, leave="")
    assert refused.status_code == 422
    assert "tick that they are left unanswered" in words_of(refused)
    assert submit(town.client("lead"), made).status_code == 303


def test_a_double_click_submits_once(town: Town, made: str) -> None:
    client = town.client("lead")
    page = client.get(f"/assessments/{made}/check")
    carried = {name: hidden(page, name, "submit") for name in ("revision", "seal")}
    for _ in range(2):
        sent = send(client, f"/assessments/{made}/submit", **carried, leave="yes")
        assert sent.status_code == 303
    with town.database.read() as c:
        assert len(c.rows("SELECT revision FROM result ORDER BY revision")) == 1
    assert "Waits for sign-off" in words_of(client.get(f"/assessments/{made}/check"))


def test_only_a_lead_submits_and_only_an_approver_signs_off(town: Town, made: str) -> None:
    for who in ("contributor", "approver", "viewer"):
        assert send(town.client(who), f"/assessments/{made}/submit").status_code == 403
    submit(town.client("lead"), made)
    for who in ("contributor", "lead", "viewer"):
        assert town.client(who).get(f"/assessments/{made}/sign-off").status_code == 403
    assert send(town.client("stranger"), f"/assessments/{made}/sign-off").status_code == 404
    page = town.client("approver").get(f"/assessments/{made}/sign-off")
    assert "Lead Person submitted revision 1" in words_of(page)
    assert "Answered by Contributor Person" in words_of(page)
    done = send(town.client("approver"), f"/assessments/{made}/sign-off", revision="1")
    assert done.location == f"/assessments/{made}/result"
    assert "Signed off on 2" in words_of(town.client("viewer").get(done.location))


def test_sending_back_needs_a_reason_that_everyone_reads(town: Town, made: str) -> None:
    submit(town.client("lead"), made)
    approver = town.client("approver")
    empty = send(approver, f"/assessments/{made}/send-back", revision="1", reason="  ")
    assert empty.status_code == 422
    assert "Say why you send it back" in words_of(empty)
    long = send(approver, f"/assessments/{made}/send-back", revision="1", reason="x" * 5001)
    assert (long.status_code, b"x" * 5001 in long.data) == (422, True)
    sent = send(approver, f"/assessments/{made}/send-back", revision="1", reason="Say more <i>please</i>")
    assert sent.status_code == 303
    for address in ("", "/check"):
        page = words_of(town.client("contributor").get(f"/assessments/{made}{address}"))
        assert "Approver Person sent this back" in page
        assert "Say more <i>please</i>" in page


def test_an_old_page_signs_off_nothing_new(town: Town, made: str) -> None:
    submit(town.client("lead"), made)
    send(town.client("approver"), f"/assessments/{made}/send-back", revision="1", reason="Again")
    submit(town.client("lead"), made)
    for action, more in (("sign-off", {}), ("send-back", {"reason": "Because"})):
        old = send(town.client("approver"), f"/assessments/{made}/{action}", revision="1", **more)
        assert old.status_code == 409
        assert "This is how it stands now" in words_of(old)


def test_a_signed_off_assessment_opens_as_a_new_revision_and_the_old_result_stays(
    town: Town, made: str
) -> None:
    lead = town.client("lead")
    submit(lead, made)
    send(town.client("approver"), f"/assessments/{made}/sign-off", revision="1")
    before = lead.get(f"/assessments/{made}/result/1/result.json").data
    assert send(lead, f"/assessments/{made}/reopen", revision="1").status_code == 303
    first = json.loads(lead.get(f"/assessments/{made}/result/1/answers.json").data)["answers"]
    answer(town, made, next(iter(first)), Said(Answer(level=0)))
    submit(lead, made)
    page = words_of(lead.get(f"/assessments/{made}/result"))
    assert "Revision 2, submitted by Lead Person" in page
    assert "Revisions: 2, 1" in page
    assert lead.get(f"/assessments/{made}/result/1/result.json").data == before
    assert lead.get(f"/assessments/{made}/result/result.json").data != before
    assert lead.get(f"/assessments/{made}/result/3").status_code == 404


def test_the_archive_takes_it_out_of_the_work_and_back(town: Town, made: str) -> None:
    lead = town.client("lead")
    assert send(lead, f"/assessments/{made}/archive").status_code == 303
    assert "Cancer registry" not in words_of(lead.get("/my-work"))
    assert "Archived" in words_of(lead.get(f"/organisations/{town.place}"))
    assert b'name="evidence"' not in lead.get(f"/assessments/{made}").data
    assert send(lead, f"/assessments/{made}/unarchive").status_code == 303
    assert "Cancer registry" in words_of(lead.get("/my-work"))


def test_an_organisation_without_approver_is_told(town: Town, made: str) -> None:
    lead, who = town.client("lead"), town.membership("approver")
    send(lead, f"/organisations/{town.place}/members/{who}", role="viewer")
    assert "has no approver yet" in words_of(lead.get(f"/assessments/{made}/check"))


def test_there_is_a_page_before_there_is_a_result(town: Town, made: str) -> None:
    assert "No result yet" in words_of(town.client("viewer").get(f"/assessments/{made}/result"))
    for name in ("report.pdf", "result.json", "answers.json", "result.csv", "1"):
        assert town.client("viewer").get(f"/assessments/{made}/result/{name}").status_code == 404


def test_the_files_of_a_result(town: Town, made: str) -> None:
    submit(town.client("lead"), made)
    client = town.client("viewer")
    answers = json.loads(client.get(f"/assessments/{made}/result/answers.json").data)
    assert answers["scope"]["name"] == "Cancer registry"
    assert b"A <b>checklist</b>" in client.get(f"/assessments/{made}/result/result.csv").data
    pdf = town.printed(client, f"/assessments/{made}/result/report.pdf")
    assert pdf.data.startswith(b"%PDF-1.7")
    assert "attachment" in pdf.headers["Content-Disposition"]
    assert pdf.headers["Cache-Control"] == "private, no-store"
    assert "A <b>checklist</b>" in words_of(client.get(f"/assessments/{made}/result"))
