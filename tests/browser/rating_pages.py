"""A way to the pages on which staff rate alone, and then agree."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from .journey import CORE, press
from .signed_in import LEAD, Way, become
from .together import begin


def rating(scope: str, *, ended: bool) -> Way:
    """The page of one criterion of an assessment of this name, made once; `ended` once all may see it."""

    def go(page: Page) -> None:
        become(page, LEAD)
        there = page.get_by_role("link", name=scope, exact=True)
        if there.count():
            there.click()
            home = urlsplit(page.url).path
        else:
            home = begin(page, "Harbour Data Trust", scope)
            _rate(page, home)
            if ended:
                page.goto(f"{home}/rating")
                press(page, "End rating alone and show all ratings")
        page.goto(f"{home}/rating/{CORE[0]}")
        expect(page.locator("form#agree" if ended else "form#rating")).to_be_visible()

    return go


def _rate(page: Page, home: str) -> None:
    page.goto(f"{home}/rating")
    press(page, "Let staff rate alone first")
    page.goto(f"{home}/rating/{CORE[0]}")
    page.get_by_role("radio").nth(3).check()
    page.get_by_label("Why this level, in one line").fill("All of our studies do it.")
    press(page, "Save and go on")


PAGES: dict[str, Way] = {
    "rating alone": rating("Rated alone, still going on", ended=False),
    "agreeing on a level": rating("Rated alone, to agree on", ended=True),
}
