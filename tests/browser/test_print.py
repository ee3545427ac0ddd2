"""The result on paper: the words and the numbers, without what only works on a screen."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from .every_page import PAGES


def test_the_printed_result_has_no_navigation_and_no_buttons(page: Page) -> None:
    PAGES["result"](page)
    expect(page.locator(".site-nav")).to_be_visible()
    page.emulate_media(media="print")
    for selector in ("nav", "button", "input:not([type=hidden])", ".govuk-skip-link", ".screen-only"):
        shown = [each for each in page.locator(selector).all() if each.is_visible()]
        assert shown == [], selector
    expect(page.locator("h1").first).to_be_visible()


def test_the_printed_result_has_the_numbers_of_the_charts(page: Page) -> None:
    PAGES["result"](page)
    page.emulate_media(media="print")
    profile = page.locator(".report-profile")
    expect(profile).to_be_visible()
    bars = profile.locator(".report-bar")
    assert bars.count() == profile.locator(".report-scale").count() == 7
    for bar in bars.all():
        expect(bar).to_be_visible()
        assert any(text.strip().isdigit() for text in bar.locator("text").all_text_contents())
    rows = profile.locator(".report-numbers tbody tr")
    assert rows.count() == 7
    for row in rows.all():
        counts = [int(cell) for cell in row.locator(".report-count").all_inner_texts()]
        assert sum(counts[:-1]) == counts[-1] > 0


def test_what_is_folded_away_on_the_screen_is_printed(page: Page) -> None:
    page.goto("/quick-check")
    hidden = page.locator("details .govuk-details__text").first
    expect(hidden).not_to_be_visible()
    page.emulate_media(media="print")
    expect(hidden).to_be_visible()


def test_the_printed_easy_to_read_page_is_large_and_has_its_pictures_and_lines_to_write_on(
    page: Page,
) -> None:
    PAGES["easy read"](page)
    line = page.locator(".easy-line").first
    expect(line).not_to_be_visible()
    page.emulate_media(media="print")
    expect(line).to_be_visible()
    for selector in ("nav", "button", "input:not([type=hidden])", ".screen-only"):
        assert [each for each in page.locator(selector).all() if each.is_visible()] == [], selector
    sizes = page.locator(".easy p, .easy li").evaluate_all(
        "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 16 * 96 / 72
    assert page.locator(".easy-steps").count() == 7
