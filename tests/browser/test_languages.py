"""Pages at the length that words have in other languages, on a phone; and Welsh pages, read by everyone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from ..pseudo_language import CODE
from .readable import CUT, LENGTHEN, PHONE, TOO_WIDE, check
from .signed_in import demonstrating, meeting, on_phone, panel_answers
from .watching import Watch

WIDTHS = (390, 320)


@pytest.fixture(scope="session")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the invented people that speaks one language more."""
    log: Path = tmp_path_factory.mktemp("speaking") / "log"
    with demonstrating(log, app="tests.browser.speaking:make()") as address:
        yield address


def holds(page: Page, where: str) -> None:
    """Checks that nothing of the page is cut or sticks out at the width of a phone."""
    assert page.locator("html").get_attribute("lang") == CODE, where
    for width in WIDTHS:
        page.set_viewport_size(ViewportSize(width=width, height=800))
        assert page.evaluate(TOO_WIDE) == [], (where, width)
        assert page.evaluate(CUT) == [], (where, width)


def test_pages_of_a_panel_hold_longer_words_and_welsh_ones_are_read_by_everyone(
    page: Page, watch: Watch
) -> None:
    watch.expect("the server responded with a status of 4")
    panel_answers(page)
    link = page.url.removesuffix("/end")
    page.goto(f"{link}?lang={CODE}")
    holds(page, "start")
    for ending in ("/end", "/questions/1", "/questions/2", "/meeting", "/nothing"):
        page.goto(link + ending)
        holds(page, ending)
    page.goto(f"{link}/questions/2")
    page.get_by_role("button").first.click()
    expect(page.get_by_role("alert")).to_be_visible()
    holds(page, "errors")
    page.goto(f"{link}?lang=en")  # a host signs in, and finds pages by their English words
    on_phone(meeting(1))(page)
    expect(page.locator("#rating")).to_be_visible()
    room = page.url
    for address in ("/join", room):
        page.goto(f"{address}?lang={CODE}")
        holds(page, address)
    page.goto(f"{room}?lang=cy")
    page.get_by_role("radio").first.check()
    expect(page.locator("#told")).to_contain_text("Mae eich ateb wedi dod i law")
    page.goto(f"{link}/questions/1")
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    expect(page.locator("h1 span[lang=en]")).to_be_visible()
    expect(page.locator("legend")).to_contain_text("Sut mae pethau i chi?")
    check(page)
    page.goto(link)
    expect(page.get_by_role("button", name="Mynd ymlaen")).to_be_visible()
    check(page)


def test_words_that_break_a_page_when_they_are_longer_are_found(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.set_content("""<button style="width: 6em; overflow: hidden; white-space: nowrap">Sign me in</button>
        <p style="white-space: nowrap">What organisations of the network share here</p>""")
    assert (page.evaluate(CUT), page.evaluate(TOO_WIDE)) == ([], [])
    page.evaluate(LENGTHEN)
    assert [each.partition(":")[0] for each in page.evaluate(CUT)] == ["BUTTON.", "P."]
    assert page.evaluate(TOO_WIDE) != []
