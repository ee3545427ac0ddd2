"""A way to a panel that is closed, on an assessment that was submitted: for its lead, and for the public."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from .journey import press
from .signed_in import FINISHED, Way, of

ENDED = "Your view, a year later"


def closed_panel(page: Page) -> None:
    """A panel that hands in a meeting answered, and that the organisation answered; made once."""
    of(FINISHED, "Asha Lead", "/panels")(page)
    if not page.get_by_role("link", name=ENDED).count():
        page.get_by_role("button", name="Plan a panel").click()
        page.get_by_label("Name of the panel").fill(ENDED)
        page.get_by_label("How many people do you expect?").fill("5")
        page.get_by_label("Last day").fill("2099-12-31")
        press(page, "Plan it")
        press(page, "Open the panel")
        page.get_by_role("link", name="Back to the panel").click()
        home = urlsplit(page.url).path
        _meet(page)
        page.goto(home)
        press(page, "Close it for good")
        page.get_by_label("Your answer, in plain words").fill("Thank you. We meet you every month now.")
        page.locator("[name=question_1]").fill("We write down what you say, and send it to you.")
        press(page, "Save the answer")
    else:
        page.get_by_role("link", name=ENDED).click()
    expect(page.locator("[name=question_1]")).to_have_value(re.compile("We write down"))


def _meet(page: Page) -> None:
    page.get_by_role("link", name="Hold a meeting").click()
    press(page, "Begin the meeting")
    press(page, "First question")
    page.get_by_text("Count hands").click()
    page.get_by_label("We do this all the time.", exact=True).fill("3")
    press(page, "Keep the hands")
    press(page, "Show what all say")


def outcome(page: Page) -> None:
    """What came of that panel, behind the link that its contributors have."""
    closed_panel(page)
    page.goto(f"{urlsplit(page.url).path}/links")
    found = re.search(r"/panel/[\w-]+", page.locator("main").inner_text())
    assert found
    page.context.clear_cookies()
    page.goto(found[0])
    expect(page.locator("main")).to_contain_text("We write down what you say")
    expect(page.locator("main")).to_contain_text("the middle of 3 answers")


PAGES: dict[str, Way] = {"closed panel": closed_panel, "what came of a panel": outcome}
