"""Three people assess together in real browsers, with letters, with scripts and without."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from .journey import CORE, choice, field, press
from .readable import faults
from .server import running
from .together import (
    accept,
    begin,
    colleagues,
    evidence,
    found_organisation,
    invite,
    lead_of,
    make_staff,
    saved,
    sign_in,
)
from .watching import Watch

Person = Callable[[], Page]


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("together") / "log"


@pytest.fixture(scope="session")
def base_url(place: Path) -> Iterator[str]:
    """A server of this module's own: its people see only each other."""
    with running(place) as address:
        make_staff(f"sqlite://{place}.db")
        yield address


def team(person: Person, name: str) -> tuple[Page, Page, Page, str]:
    """Lead, contributor and approver of a new organisation, and the assessment that the lead began."""
    staff, lead, contributor, approver = (person() for _ in range(4))
    sign_in(staff, "first@pedri.example")
    place, who = f"{name} trust", name.lower()
    found_organisation(staff, place, f"lead@{who}.example")
    accept(lead, f"lead@{who}.example", "Lena Lead")
    assessment = begin(lead, place, "Registry")
    invite(lead, assessment, f"c@{who}.example", "contributor")
    invite(lead, assessment, f"a@{who}.example", "approver")
    accept(contributor, f"c@{who}.example", "Cora Contributor")
    accept(approver, f"a@{who}.example", "Anna Approver")
    return lead, contributor, approver, assessment


def answer_all(pages: tuple[Page, Page], assessment: str) -> None:
    """Two people answer the criteria in turn."""
    for number, criterion in enumerate(CORE):
        page = pages[number % 2]
        page.goto(f"{assessment}/criteria/{criterion}")
        field(page, "evidence").fill(f"What shows it, {number}.")
        choice(page, number % 4).check()
        field(page, "reason").fill(f"Reason {number}.")
        press(page, "Continue")
        expect(page.locator("h1")).not_to_contain_text(f"Question {number + 1} of")


def hand_in(lead: Page, approver: Page, assessment: str) -> None:
    """The lead submits; the approver sends it back, then signs it off."""
    for word in ("Not good enough: say who.", ""):
        lead.goto(f"{assessment}/check")
        press(lead, "Submit for sign-off")
        expect(lead.locator("h1")).to_contain_text("Waits for sign-off")
        approver.goto("/my-work")
        approver.get_by_role("button", name="Read it and sign it off").click()
        if word:
            approver.get_by_label("What should change, and why").fill(word)
            press(approver, "Send back")
            expect(approver.locator("h1")).to_contain_text("Check and submit")
            lead.goto(assessment)
            expect(lead.locator("#sent-back")).to_contain_text(word)
    press(approver, "Sign off revision 2")
    expect(approver.locator("main")).to_contain_text("Signed off")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_three_people_assess_hand_in_and_sign_off(
    scripts: bool, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    def person() -> Page:
        return new_context(java_script_enabled=scripts).new_page()

    lead, contributor, approver, assessment = team(person, "North" if scripts else "South")
    answer_all((lead, contributor), assessment)
    lead.goto(assessment)
    expect(lead.locator("#progress")).to_contain_text(f"{len(CORE)} of {len(CORE)} done")
    hand_in(lead, approver, assessment)
    contributor.goto(f"{assessment}/result")
    expect(contributor.locator("main")).to_contain_text("Revision 2, submitted by Lena Lead")
    report = tmp_path / "report.pdf"
    with contributor.expect_download() as found:
        contributor.get_by_role("button", name="Download the report (PDF)").click()
    found.value.save_as(report)
    with pikepdf.open(report) as pdf:
        assert "Registry" in str(pdf.docinfo["/Title"]) or len(pdf.pages) > 5
    contributor.goto(f"{assessment}/history")
    expect(contributor.locator("main")).to_contain_text("Anna Approver signed off revision 2")


@pytest.fixture
def pair(
    place: Path,
    base_url: str,
    new_context: Callable[..., BrowserContext],
    request: pytest.FixtureRequest,
) -> tuple[Page, Page, str]:
    """Lead and contributor of an organisation of this test's own, at the first criterion; its address."""
    names = colleagues(f"sqlite://{place}.db", request.node.name)
    pages = []
    for key in names.keys:
        context = new_context()
        context.add_cookies([{"name": "session", "value": key, "url": base_url}])
        pages.append(context.new_page())
    for page in pages:
        page.goto(names.here)
    return pages[0], pages[1], names.here


def test_what_is_typed_is_saved_by_itself_and_says_so(pair: tuple[Page, Page, str]) -> None:
    lead, other, here = pair
    field(lead, "evidence").press_sequentially("We wrote it down", delay=20)
    saved(lead)
    other.goto(here)
    assert evidence(other) == "We wrote it down"
    lead.goto(here)  # nothing is asked on leaving, and nothing stays in this tab
    assert lead.evaluate("sessionStorage.length") == 0


def test_without_a_connection_it_waits_and_is_sent_on_return(
    pair: tuple[Page, Page, str], watch: Watch
) -> None:
    lead, other, here = pair
    watch.expect("ERR_INTERNET_DISCONNECTED")
    lead.context.set_offline(True)
    field(lead, "evidence").press_sequentially("Written in a tunnel")
    expect(lead.locator("#saving")).to_contain_text("there is no connection")
    press(lead, "Continue")
    expect(lead.locator("#saving")).to_contain_text("You are offline")
    assert evidence(lead) == "Written in a tunnel"
    lead.context.set_offline(False)
    saved(lead)
    other.goto(here)
    assert evidence(other) == "Written in a tunnel"


def test_newer_work_of_a_colleague_is_never_overwritten_from_the_tunnel(
    pair: tuple[Page, Page, str], watch: Watch
) -> None:
    lead, other, here = pair
    watch.expect("ERR_INTERNET_DISCONNECTED")
    watch.expect("409")
    lead.context.set_offline(True)
    field(lead, "evidence").press_sequentially("Mine, from the tunnel")
    field(other, "evidence").press_sequentially("Theirs, meanwhile")
    saved(other)
    lead.context.set_offline(False)
    expect(lead.locator("#saving")).to_contain_text("Cora Contributor changed this answer")
    press(lead, "Continue")
    expect(lead.locator("#both")).to_contain_text("Mine, from the tunnel")
    expect(lead.locator("#both")).to_contain_text("Theirs, meanwhile")
    assert evidence(lead) == "Mine, from the tunnel\n\nTheirs, meanwhile"
    choice(lead, "dont-know").check()
    press(lead, "Save both and continue")
    expect(lead.locator("h1")).to_contain_text("Question 2 of")
    other.goto(here)
    assert evidence(other) == "Mine, from the tunnel\n\nTheirs, meanwhile"


def not_from_questions(page: Page) -> None:
    """Lets saves fail as long as the page of a criterion is open."""

    def decide(route: Route) -> None:
        if "/criteria/" in page.url:
            route.abort()
        else:
            route.continue_()

    page.route("**/save", decide)


def test_what_another_page_could_not_save_is_sent_from_the_next(
    pair: tuple[Page, Page, str], watch: Watch
) -> None:
    lead, other, here = pair
    watch.expect("ERR_FAILED")
    lead.on("dialog", lambda dialog: dialog.accept())  # "leave without saving?"
    not_from_questions(lead)
    field(lead, "evidence").press_sequentially("From the page before")
    expect(lead.locator("#saving")).to_contain_text("there is no connection")
    lead.goto(here.partition("/criteria")[0])
    expect(lead.get_by_role("status").first).to_contain_text("had not been saved. It is saved now.")
    other.goto(here)
    assert evidence(other) == "From the page before"


def test_a_page_that_could_not_save_has_its_text_when_it_is_opened_again(
    pair: tuple[Page, Page, str], watch: Watch
) -> None:
    lead, _other, here = pair
    watch.expect("ERR_FAILED")
    lead.on("dialog", lambda dialog: dialog.accept())
    failing = [True]
    lead.route("**/save", lambda route: route.abort() if failing[0] else route.continue_())
    field(lead, "evidence").press_sequentially("Not lost")
    expect(lead.locator("#saving")).to_contain_text("there is no connection")
    lead.goto("/about")
    lead.goto(here)
    expect(field(lead, "evidence")).to_have_value("Not lost")
    failing[0] = False
    saved(lead)


def test_a_session_that_ends_while_typing_costs_nothing(
    pair: tuple[Page, Page, str], watch: Watch, request: pytest.FixtureRequest
) -> None:
    lead, other, here = pair
    watch.expect("401")
    watch.expect("400")  # the page's token is that of the session before
    lead.context.clear_cookies()
    field(lead, "evidence").press_sequentially("Typed after the session ended")
    expect(lead.locator("#saving")).to_contain_text("you are signed out")
    sign_in(lead.context.new_page(), lead_of(request.node.name))
    saved(lead)
    other.goto(here)
    assert evidence(other) == "Typed after the session ended"


def test_a_double_click_on_submit_submits_once(pair: tuple[Page, Page, str]) -> None:
    lead, _other, here = pair
    lead.goto(here.partition("/criteria")[0] + "/check")
    lead.get_by_label("Leave 7 of 7 criteria unanswered").check()
    lead.get_by_role("button", name="Submit for sign-off").dblclick()
    expect(lead.locator("h1")).to_contain_text("Waits for sign-off")


def test_the_back_button_shows_what_is_saved(pair: tuple[Page, Page, str]) -> None:
    lead, other, here = pair
    field(lead, "evidence").fill("First")
    choice(lead, "dont-know").check()
    press(lead, "Continue")
    expect(lead.locator("h1")).to_contain_text("Question 2 of")
    other.goto(here)
    field(other, "evidence").fill("Second")
    press(other, "Task list")
    expect(other.locator("h1")).to_contain_text("Task list")
    lead.go_back()
    expect(field(lead, "evidence")).to_have_value("Second")


def test_two_tabs_of_one_person(pair: tuple[Page, Page, str], watch: Watch) -> None:
    lead, _other, here = pair
    watch.expect("409")
    second = lead.context.new_page()
    second.goto(here)
    field(lead, "evidence").fill("In the first tab")
    saved(lead)
    field(second, "evidence").fill("In the second tab")
    expect(second.locator("#saving")).to_contain_text("changed this answer")
    press(second, "Task list")
    expect(second.locator("#both")).to_contain_text("You saved this answer in another window")


def test_two_rate_alone_then_agree_and_the_level_stands(pair: tuple[Page, Page, str], watch: Watch) -> None:
    """Nobody sees another's level before the lead ends it; what is agreed on is the answer."""
    watch.expect("422")  # agreeing without having discussed
    lead, other, here = pair
    assessment = here.partition("/criteria/")[0]
    lead.goto(f"{assessment}/people")
    lead.get_by_role("link", name="Rate alone first, then agree").click()
    press(lead, "Let staff rate alone first")
    for page, level, reason in ((lead, "3", "All of it."), (other, "0", "None of it.")):
        page.goto(f"{assessment}/rating/{CORE[0]}")
        expect(page.locator("main")).not_to_contain_text("All of it.")
        page.locator(f'input[name="level"][value="{level}"]').check()
        page.locator('textarea[name="reason"]').fill(reason)
        press(page, "Save and go on")
    lead.goto(f"{assessment}/rating")
    expect(lead.locator("#progress")).to_contain_text("You have rated 1 of")
    assert not faults(lead)
    press(lead, "End rating alone and show all ratings")
    expect(lead.locator("main")).to_contain_text("Discuss first")
    other.goto(f"{assessment}/rating/{CORE[0]}")
    expect(other.locator("main")).to_contain_text("All of it.")
    other.locator('input[name="level"][value="1"]').check()
    assert not faults(other)
    press(other, "Agree on this")
    expect(other.locator(".govuk-error-summary")).to_contain_text("discuss first")
    other.locator('textarea[name="discussion"]').fill("We looked at the minutes together.")
    other.get_by_label("Cora Contributor").check()
    other.get_by_label("Lena Lead").check()
    press(other, "Agree on this")
    expect(other.locator("main")).to_contain_text("Agreed: 1")
    lead.goto(assessment)
    expect(lead.locator(f"#status-{CORE[0]}")).to_contain_text("Answered")
