"""The pages of panels: a lead plans and closes, public contributors rate without a name."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pedri_assess.domain.assessment import Answer
from pedri_assess.domain.said import Said
from pedri_assess.services import panel_taking
from pedri_assess.services.answers import question, save_answer
from pedri_assess.services.handing_in import check, submit
from pedri_assess.services.panels import look

from .pages import hidden, words_of
from .people import Town, send

PLAN = {
    "name": "Your view", "intro": "We <b>ask</b> you", "criteria": "EDI-3", "kind": "group", "expected": "5",
    "closes_on": "2099-03-31", "payment": "10 pounds", "contact": "Ring us",
}  # fmt: skip
QUESTION = "Does this organisation keep in touch with your community"


@pytest.fixture
def made(town: Town) -> str:
    return town.assessment()


def planned(town: Town, made: str, **changed: str) -> TestResponse:
    return send(town.client("lead"), f"/assessments/{made}/panels/new", **{**PLAN, **changed})


@pytest.fixture
def here(town: Town, made: str) -> str:
    """The address of an open panel, as the organisation sees it."""
    address = planned(town, made).headers["Location"]
    send(town.client("lead"), f"{address}/open")
    return address


@pytest.fixture
def link(town: Town, here: str) -> str:
    """The address of the same panel, as public contributors see it."""
    context = town.app.extensions["pedri-assess"].context
    _empty, _assessments, assessment, _panels, panel = here.split("/")
    return f"/panel/{look(context, assessment, panel).panel.token}"


def rate(town: Town, link: str, level: str, words: str = "") -> FlaskClient:
    """A contributor with a browser of their own."""
    browser = town.app.test_client()
    browser.post(link)
    browser.post(f"{link}/questions/1", data={"level": level, "words": words, "go": "next"})
    return browser


def test_a_lead_plans_opens_and_gets_a_link_with_a_code(town: Town, made: str) -> None:
    answer = planned(town, made)
    assert answer.status_code == 303
    here = answer.headers["Location"]
    assert "Nobody can answer yet" in words_of(town.client("lead").get(here))
    opened = send(town.client("lead"), f"{here}/open")
    assert opened.headers["Location"].endswith("/links")
    page = town.client("lead").get(f"{here}/links")
    assert "https://assess.example.org/panel/" in words_of(page)
    assert b"<svg" in page.data


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Give the panel a name"), ("criteria", "NO-1", "Choose at least one question"),
        ("kind", "x", "Choose how people come in"), ("expected", "0", "Give a number from 1"),
        ("expected", "many", "Give a number from 1"), ("closes_on", "2020-01-01", "Give a day from today on"),
        ("intro", "x" * 2_001, "2,000 characters or fewer"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_plan_is_said(town: Town, made: str, field: str, value: str, words: str) -> None:
    answer = planned(town, made, **{field: value})
    assert answer.status_code == 422
    assert words in words_of(answer)


def test_anybody_with_the_link_reads_what_it_is_about_and_answers(town: Town, link: str) -> None:
    browser = town.app.test_client()
    page = words_of(browser.get(link))
    for words in (
        "We <b>ask</b> you",
        "one question",
        "10 pounds",
        "Ring us",
        "Nobody sees what one person said",
    ):
        assert words in page
    assert browser.post(link).headers["Location"] == f"{link}/questions/1"
    assert QUESTION in words_of(browser.get(f"{link}/questions/1"))
    answer = browser.post(f"{link}/questions/1", data={"go": "next"})
    assert answer.status_code == 422
    assert "Choose an answer, or press Skip" in words_of(answer)
    assert (
        browser.post(f"{link}/questions/1", data={"level": "1", "words": "Hello", "go": "next"}).status_code
        == 303
    )
    assert "Hello" in words_of(browser.get(f"{link}/end"))
    assert "Go on" in words_of(browser.get(link))
    assert "Hello" not in words_of(town.app.test_client().get(f"{link}/end"))


def test_skipping_and_taking_back_leave_nothing(town: Town, link: str) -> None:
    browser = rate(town, link, "1", "Hello")
    assert "Your answers are gone" in words_of(browser.post(f"{link}/withdraw"))
    assert "You have not answered yet" in words_of(browser.get(f"{link}/end"))
    assert browser.post(f"{link}/questions/1", data={"go": "skip", "words": "x" * 5_000}).status_code == 303
    assert "You have not answered yet" in words_of(browser.get(f"{link}/end"))


def test_the_next_person_on_a_device_sees_nothing_of_the_last(town: Town, link: str) -> None:
    browser = rate(town, link, "1", "Hello")
    browser.post(f"{link}/next-person")
    assert "Hello" not in words_of(browser.get(f"{link}/end"))
    browser.post(f"{link}/questions/1", data={"level": "2", "words": "", "go": "next"})
    context = town.app.extensions["pedri-assess"].context
    assert panel_taking.visit(context, link.rpartition("/")[2], "other").said == {}


def test_a_panel_is_seen_only_closed_and_from_three_ratings(town: Town, here: str, link: str) -> None:
    for level in ("0", "1"):
        rate(town, link, level, "Ring 020 7946 0958")
    open_page = words_of(town.client("lead").get(here))
    assert "2 of 5 expected have answered" in open_page
    assert "020 7946" not in open_page
    rate(town, link, "3")
    assert send(town.client("lead"), f"{here}/close").status_code == 303
    closed = words_of(town.client("lead").get(here))
    assert "Developing (the middle of 3)" in closed
    assert "020 7946 0958 (telephone number)" in closed
    viewer = words_of(town.client("viewer").get(here))
    assert "Developing (the middle of 3)" in viewer
    assert "020 7946" not in viewer


def test_batches_are_left_out_by_their_numbers(town: Town, here: str, link: str) -> None:
    for number in range(24):
        rate(town, link, "0" if number < 10 else "3")
    page = words_of(town.client("lead").get(here))
    assert "Batch 1 to Batch 2: each with 10 people" in page
    for first, last in (("2", ""), ("x", "3"), ("3", "2")):
        wrong = send(town.client("lead"), f"{here}/close", first=first, last=last)
        assert wrong.status_code == 422
        assert "Give the first and the last batch" in words_of(wrong)
    send(town.client("lead"), f"{here}/close", left_out="2-3")
    closed = words_of(town.client("lead").get(here))
    assert "2 batches were left out" in closed
    assert "Not yet started (the middle of 10)" in closed


def test_after_the_end_the_same_link_says_what_came_of_it(town: Town, here: str, link: str) -> None:
    for level in ("0", "1", "2"):
        rate(town, link, level, "Words to release")
    lead = town.client("lead")
    send(lead, f"{here}/close")
    page = lead.get(here)
    comment = re.search(rb"/comments/([\w-]+)", page.data)
    assert comment
    send(lead, f"{here}/comments/{comment[1].decode()}", reading="released")
    changes = hidden(page, "changes")
    assert send(lead, f"{here}/response", response="We changed it", changes=changes).status_code == 303
    assert send(lead, f"{here}/response", response="Again", changes=changes).status_code == 409
    came = words_of(town.app.test_client().get(link))
    for words in (
        "We changed it",
        "the middle of 3 answers",
        "Words to release",
        "not handed in their answer yet",
    ):
        assert words in came
    assert came.count("Words to release") == 1
    answer = town.app.test_client().post(f"{link}/questions/1", data={"level": "1", "go": "next"})
    assert answer.status_code == 404


def closed(town: Town, here: str, link: str) -> FlaskClient:
    """The panel with three answers, and closed; its lead."""
    for level in ("0", "1", "2"):
        rate(town, link, level)
    send(town.client("lead"), f"{here}/close")
    return town.client("lead")


def test_a_question_has_an_answer_of_its_own(town: Town, here: str, link: str) -> None:
    lead = closed(town, here, link)
    page = lead.get(here)
    assert "They see: Developing (the middle of 3)." in words_of(page)
    changes = hidden(page, "changes")
    sent = send(lead, f"{here}/response", response="", question_1="We ring <b>you</b>", changes=changes)
    assert sent.status_code == 303
    assert ">We ring &lt;b&gt;you&lt;/b&gt;</textarea>" in lead.get(here).get_data(as_text=True)
    for reader in (town.app.test_client().get(link), town.client("viewer").get(here)):
        assert "We ring <b>you</b>" in words_of(reader)
        assert "has not written its answer yet" not in words_of(reader)


def test_an_answer_that_cannot_be_kept_stays_on_the_page(town: Town, here: str, link: str) -> None:
    lead = closed(town, here, link)
    changes = hidden(lead.get(here), "changes")
    long = {"response": "x" * 5_001, "question_1": "y" * 1_001}
    wrong = send(lead, f"{here}/response", **long, changes=changes)
    assert wrong.status_code == 422
    for words in ("5,000 characters or fewer", "1,000 characters or fewer", "x" * 5_001, "y" * 1_001):
        assert words in words_of(wrong)
    send(lead, f"{here}/response", question_1="Theirs", response="", changes=changes)
    stale = send(lead, f"{here}/response", question_1="Mine", response="", changes=changes)
    assert stale.status_code == 409
    assert "Save again to replace what they changed" in words_of(stale)
    assert "Mine</textarea>" in stale.get_data(as_text=True)
    assert "What is saved: Theirs" in words_of(stale)  # to be put into one's own words before it is replaced
    assert "What is saved: Theirs" not in words_of(lead.get(here))
    again = send(lead, f"{here}/response", question_1="Mine", response="", changes=hidden(stale, "changes"))
    assert again.status_code == 303


MARK = "A panel that asked the public about this is closed"
SUGGESTED = "A closed panel sees at least the level that you say"


def answer(town: Town, made: str, level: int, confidence: int) -> None:
    context, by = town.app.extensions["pedri-assess"].context, town.people["lead"].account_id
    now = question(context, made, "EDI-3", by).saved.changes
    said = Said(Answer(level=level, confidence=confidence, reason="We do", evidence="Minutes"))
    save_answer(context, made, "EDI-3", by, said, now)


def test_staff_are_told_that_a_panel_may_confirm_their_evidence(
    town: Town, made: str, here: str, link: str
) -> None:
    lead, page = town.client("lead"), f"/assessments/{made}/criteria/EDI-3"
    for level in ("1", "2", "3"):
        assert MARK not in words_of(lead.get(page))
        rate(town, link, level)
    assert MARK not in words_of(lead.get(page))  # it is open
    send(lead, f"{here}/close")
    shown = lead.get(page)
    assert "supports your level, you can now mark your evidence as “Confirmed”." in words_of(shown)
    assert f'href="{here}#views"' in shown.get_data(as_text=True)
    assert MARK not in words_of(town.client("viewer").get(page))
    assert MARK not in words_of(lead.get(f"/assessments/{made}/criteria/EDI-2"))
    answer(town, made, 2, 2)
    assert MARK in words_of(lead.get(page))
    answer(town, made, 2, 3)
    assert MARK not in words_of(lead.get(page))


def test_what_a_panel_sees_too_is_suggested_before_submitting_and_stops_nothing(
    town: Town, made: str, here: str, link: str
) -> None:
    lead, check_page = town.client("lead"), f"/assessments/{made}/check"
    for level in ("1", "2", "3"):
        rate(town, link, level)
    answer(town, made, 2, 2)
    assert SUGGESTED not in words_of(lead.get(check_page))
    send(lead, f"{here}/close")
    assert SUGGESTED in words_of(lead.get(check_page))
    assert "Submit for sign-off" in words_of(lead.get(check_page))
    answer(town, made, 3, 2)  # more than the panel sees: that is a finding
    assert SUGGESTED not in words_of(lead.get(check_page))
    answer(town, made, 2, 3)
    assert SUGGESTED not in words_of(lead.get(check_page))


def test_two_of_a_panel_are_too_few_to_be_spoken_of(town: Town, made: str, here: str, link: str) -> None:
    for level in ("1", "2"):
        rate(town, link, level)
    send(town.client("lead"), f"{here}/close")
    assert MARK not in words_of(town.client("lead").get(f"/assessments/{made}/criteria/EDI-3"))


def test_a_lead_is_asked_to_tell_contributors_what_changes(
    town: Town, made: str, here: str, link: str
) -> None:
    rate(town, link, "1", "Words")
    lead, context = town.client("lead"), town.app.extensions["pedri-assess"].context
    send(lead, f"{here}/close")
    submit(context, made, town.people["lead"].account_id, 1, check(context, made).seal, leave=True)
    result, asked = f"/assessments/{made}/result", "nobody has told them yet what changes because of them"
    assert asked in words_of(lead.get(result))
    assert asked not in words_of(town.client("approver").get(result))
    changes = hidden(lead.get(here), "changes")
    send(lead, f"{here}/response", response="We changed it", changes=changes)
    assert asked not in words_of(lead.get(result))


def test_links_of_ones_own_are_shown_once(town: Town, made: str) -> None:
    here = planned(town, made, kind="single").headers["Location"]
    send(town.client("lead"), f"{here}/open")
    page = words_of(send(town.client("lead"), f"{here}/links", number="3"))
    links = sorted(set(re.findall(r"https://assess\.example\.org(/panel/[\w-]{22})", page)))
    assert len(links) == 3
    assert "3 links are made" in words_of(town.client("lead").get(f"{here}/links"))
    assert links[0] not in words_of(town.client("lead").get(f"{here}/links"))
    rate(town, links[0], "2", "Mine")
    assert "Mine" in words_of(town.app.test_client().get(f"{links[0]}/end"))
    assert send(town.client("lead"), f"{here}/links", number="9999").status_code == 409


def test_a_link_that_leads_nowhere_is_not_found(town: Town, made: str) -> None:
    for address in ("/panel/nothing", "/panel/nothing/end", "/panel/nothing/questions/1"):
        assert town.app.test_client().get(address).status_code == 404


def test_what_is_sent_is_not_in_the_log(town: Town, link: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "pedri_assess")
    rate(town, link, "1", "zanzibar")
    told = repr([(record.getMessage(), vars(record)) for record in caplog.records])
    assert "/panel/<token>" in told
    assert link.rpartition("/")[2] not in told
    assert "zanzibar" not in told
    assert "127.0.0.1" not in told
