"""Everything can be done by keyboard alone, and one always sees where one is."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .journey import CORE, EXAMPLE, at_question, at_result, at_tasks, open_file, press, start_quick_check
from .keyboard import Keyboard


def enter(keys: Keyboard, button: str) -> None:
    """Goes to the button with these words, and uses it."""
    keys.to(f"{button}")
    keys.press("Enter")


def answer_by_keys(keys: Keyboard, level: int, evidence: str) -> None:
    """Answers the question on the page and continues."""
    keys.to('textarea[name="evidence"]')
    keys.type(evidence)
    keys.to('input[name="choice"]')
    keys.press("Space")
    for _ in range(level):
        keys.press("ArrowDown")
    expect(keys.page.locator(f'input[name="choice"][value="{level}"]')).to_be_checked()
    keys.to('textarea[name="reason"]')
    keys.type("Because.")
    enter(keys, 'button[value="continue"]')


def test_home_to_report(page: Page) -> None:
    keys = Keyboard(page)
    page.goto("/")
    enter(keys, 'main a[href="/quick-check"]')
    expect(page).to_have_url("/quick-check")
    enter(keys, "form#start button")
    at_tasks(page)
    enter(keys, f'button[formaction="/quick-check/{CORE[0]}"]')
    for number in range(1, len(CORE) + 1):
        at_question(page, number)
        answer_by_keys(keys, number % 4, f"Evidence {number}")
    at_tasks(page)
    enter(keys, 'button[formaction="/quick-check/answers/result"]')
    at_result(page)
    keys.to('button[formaction="/quick-check/answers/report.pdf"]')
    with page.expect_download() as caught:
        keys.press("Enter")
    assert Path(caught.value.path()).read_bytes().startswith(b"%PDF-")
    assert keys.unseen == []


def test_the_skip_link_comes_first_and_leads_past_the_menu(page: Page) -> None:
    keys = Keyboard(page)
    page.goto("/standards")
    assert keys.tab() == "Skip to main content"
    link = page.get_by_role("link", name="Skip to main content")
    box = link.bounding_box()
    assert box is not None
    assert box["width"] > 40
    assert box["y"] >= 0
    keys.press("Enter")
    keys.tab()
    expect(page.locator("main :focus")).to_have_count(1)


def test_shift_tab_goes_the_same_way_back(page: Page) -> None:
    start_quick_check(page)
    keys = Keyboard(page)
    keys.to('textarea[name="evidence"]')
    keys.to('button[value="continue"]')
    there = len(keys.stops)
    keys.to('textarea[name="evidence"]', key="Shift+Tab")
    assert there > 2
    assert keys.unseen == []


@pytest.mark.parametrize(
    "address",
    ["/", "/about", "/quick-check", "/standards/pedri/2025.1?q=public", "/changes/pedri/2023.1/2025.1"],
)
def test_every_stop_is_seen_and_has_a_name(page: Page, address: str) -> None:
    page.goto(address)
    keys = Keyboard(page)
    stops = keys.all_stops()
    assert len(stops) > 5
    assert "nameless" not in stops
    assert keys.unseen == []


@pytest.mark.parametrize("which", ["question", "tasks", "result"])
def test_every_stop_of_the_quick_check_is_seen_and_has_a_name(page: Page, which: str) -> None:
    open_file(page, EXAMPLE)
    at_tasks(page)
    if which == "question":
        page.locator(f'button[formaction="/quick-check/{CORE[0]}"]').first.click()
        expect(page.locator("form#question")).to_be_visible()
    elif which == "result":
        page.locator('button[formaction="/quick-check/answers/result"]').first.click()
        at_result(page)
    keys = Keyboard(page)
    stops = keys.all_stops()
    assert len(stops) > 5
    assert "nameless" not in stops
    assert keys.unseen == []


def test_the_focus_goes_to_the_error_summary_and_on_to_the_field(page: Page) -> None:
    start_quick_check(page)
    press(page, "Continue")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    keys = Keyboard(page)
    keys.tab()
    keys.press("Enter")
    expect(page.locator('input[name="choice"]').first).to_be_focused()
