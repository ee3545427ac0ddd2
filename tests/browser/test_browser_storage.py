"""What the browser keeps: what is typed, what was answered, and nothing once it is cleared."""

from __future__ import annotations

import json
import random
import string
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from .journey import (
    CORE,
    answer,
    at_question,
    at_tasks,
    download,
    downloaded_answers,
    field,
    fill,
    open_file,
    press,
    start_quick_check,
    states,
)
from .watching import Watch

NO_STORAGE = """
Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("Access is denied", "SecurityError"); },
});
"""
FULL_STORAGE = """
Storage.prototype.setItem = () => { throw new DOMException("It is full", "QuotaExceededError"); };
"""


def wait_until_kept(page: Page, words: str) -> None:
    """Waits until the browser's storage holds these words."""
    page.wait_for_function("words => JSON.stringify(localStorage).includes(words)", arg=words)


def too_much_for_cookies() -> str:
    """Text that does not get shorter by packing, and of which two do not fit into the cookies."""
    letters = random.Random(1)
    return "".join(letters.choice(string.ascii_letters + string.digits) for _ in range(4_900))


def test_what_is_typed_and_not_sent_survives_a_reload(page: Page) -> None:
    start_quick_check(page)
    fill(page, 1, evidence="Not sent yet")
    page.reload()
    at_question(page, 1)
    expect(field(page, "evidence")).to_have_value("Not sent yet")
    expect(page.locator("#restored")).to_contain_text("had not sent it")
    press(page, "Use what was there before")
    expect(field(page, "evidence")).to_have_value("")


def test_what_is_typed_and_not_sent_survives_a_closed_tab(page: Page) -> None:
    start_quick_check(page)
    fill(page, evidence="Typed, then the tab was closed")
    wait_until_kept(page, "the tab was closed")
    page.close()
    again = page.context.new_page()
    again.goto(f"/quick-check/{CORE[0]}")
    expect(field(again, "evidence")).to_have_value("Typed, then the tab was closed")


def test_what_the_scripts_say_is_in_the_language_of_the_page(page: Page) -> None:
    page.goto("/quick-check?lang=cy")
    press(page, "Dechrau")
    press(page, "Dechrau ateb")
    expect(page.locator("#kept")).to_contain_text("Cadwyd yn y porwr hwn am ")
    fill(page, evidence="Heb ei anfon")
    wait_until_kept(page, "Heb ei anfon")
    page.reload()
    expect(page.locator("#restored")).to_contain_text("Gwnaethoch deipio yma (")
    press(page, "Defnyddio’r hyn oedd yno o’r blaen")
    page.context.clear_cookies()
    page.goto("/quick-check?lang=cy")
    kept = page.locator("#kept-list")
    expect(kept).to_contain_text("PEDRI Good Practice Standards 2025.1, newidiwyd ddiwethaf ")
    expect(kept.get_by_role("button", name="Mynd ymlaen â PEDRI Good Practice Standards")).to_be_visible()
    kept.get_by_role("button", name="Tynnu PEDRI Good Practice Standards").click()
    kept.get_by_role("button", name="Dadwneud: ei roi yn ôl").click()
    expect(kept.get_by_role("button").first).to_have_text("Mynd ymlaen")


def test_answers_survive_a_closed_browser(page: Page) -> None:
    start_quick_check(page, organisation="Invented Trust")
    answer(page, 1, evidence="Sent before the end.")
    at_question(page, 2)
    page.close()
    page.context.clear_cookies()  # as closing a browser does
    again = page.context.new_page()
    again.goto("/quick-check")
    again.get_by_role("button", name="Go on with").click()
    at_tasks(again)
    assert states(again)[CORE[0]] == "Answered"
    assert downloaded_answers(again)["organisation"] == "Invented Trust"


def test_answers_are_there_at_the_address_of_a_question_without_cookies(page: Page, watch: Watch) -> None:
    watch.expect("status of 404")  # the server has nothing to show until the script has sent the answers
    start_quick_check(page)
    answer(page, 1, evidence="Only in the storage.")
    page.context.clear_cookies()
    again = page.context.new_page()
    again.goto(f"/quick-check/{CORE[0]}")
    expect(field(again, "evidence")).to_have_value("Only in the storage.")


def test_clearing_leaves_nothing_behind(page: Page) -> None:
    start_quick_check(page, organisation="Invented Trust")
    answer(page, 1, evidence="Please forget this.")
    fill(page, evidence="And this draft.")
    wait_until_kept(page, "And this draft.")
    press(page, "All questions")
    page.get_by_role("link", name="Clear my answers from this browser").click()
    press(page, "Clear my answers")
    expect(page.locator("h1")).to_have_text("Your answers were cleared from this browser")
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "token" not in kept
    assert "draft" not in kept
    assert "Invented" not in kept
    assert page.context.cookies() == []
    page.goto("/quick-check")
    expect(page.get_by_role("button", name="Go on")).to_have_count(0)


def test_back_does_not_bring_cleared_answers_back(page: Page) -> None:
    start_quick_check(page)
    answer(page, 1, evidence="Please forget this.")
    press(page, "All questions")
    page.goto("/quick-check/answers/clear")
    press(page, "Clear my answers")
    expect(page.locator("#cleared")).to_be_visible()
    page.go_back()  # to the question whether to clear them
    with suppress(Error):  # the browser keeps no copy of the page with the answers, and says so
        page.go_back()
    expect(page.get_by_text(CORE[0])).to_have_count(0)
    again = page.context.new_page()
    again.goto("/quick-check")
    expect(again.get_by_role("button", name="Go on")).to_have_count(0)
    assert "token" not in again.evaluate("JSON.stringify(localStorage)")


def test_a_saved_file_opened_in_another_browser_gives_the_same(
    page: Page, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    start_quick_check(page, organisation="Invented Trust")
    answer(page, 1, evidence="Über alles: 中文, العربية, 🙂 <b>&amp;</b>", links="https://example.org/a")
    answer(page, "dont-know", note="Ask the panel.")
    press(page, "All questions")
    file = tmp_path / "answers.json"
    download(page, "Download the answers file").save_as(file)
    other = new_context().new_page()
    open_file(other, file)
    at_tasks(other)
    assert states(other) == states(page)
    assert downloaded_answers(other) == json.loads(file.read_text("utf-8"))


def test_two_tabs_lose_nothing_that_does_not_fit_into_cookies(page: Page) -> None:
    start_quick_check(page)
    much = too_much_for_cookies()
    answer(page, 1, evidence=much)
    second = page.context.new_page()
    second.goto(f"/quick-check/{CORE[4]}")
    answer(page, 1, evidence=much[::-1])
    answer(second, 0, evidence="In the second tab.")
    answer(page, 1, evidence="Again in the first.")
    press(page, "All questions")
    answers = downloaded_answers(page)["answers"]
    assert {name: said["evidence"] for name, said in answers.items()} == {
        CORE[0]: much,
        CORE[1]: much[::-1],
        CORE[4]: "In the second tab.",
        CORE[2]: "Again in the first.",
    }


def test_two_tabs_at_the_same_question_lose_no_words(page: Page) -> None:
    start_quick_check(page)
    second = page.context.new_page()
    second.goto(f"/quick-check/{CORE[0]}")
    answer(page, 1, evidence="Written in the first tab.")
    answer(second, 1, evidence="Written in the second tab.")
    expect(second.locator("#replaced")).to_contain_text("Written in the first tab.")


@pytest.mark.parametrize("trouble", [NO_STORAGE, FULL_STORAGE], ids=["forbidden", "full"])
def test_without_storage_it_says_so_and_goes_on(page: Page, trouble: str) -> None:
    page.add_init_script(trouble)
    start_quick_check(page)
    expect(page.locator("#kept")).to_contain_text("does not let us keep a copy")
    for number in range(1, len(CORE) + 1):
        at_question(page, number)
        answer(page, 1, evidence=f"Evidence {number}.")
    at_tasks(page)
    assert set(states(page).values()) == {"Answered"}


def test_a_broken_seal_is_told_with_what_was_typed_and_a_way_on(page: Page, watch: Watch) -> None:
    watch.expect("status of 400")
    start_quick_check(page)
    answer(page, 1, evidence="Sent before it broke.")
    fill(page, 1, evidence="Typed when it broke.")
    page.evaluate("document.forms.question.elements.token.value = 'x' + 'y'.repeat(300)")
    press(page, "Continue")
    expect(page.locator("h1")).to_have_text("The answers in the page were changed on their way")
    expect(page.get_by_text("Typed when it broke.")).to_be_visible()
    press(page, "Go on with the kept copy")
    at_tasks(page)
    assert states(page)[CORE[0]] == "Answered"
