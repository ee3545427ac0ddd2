"""Pages for when something goes wrong on our side can be read by everyone too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from pedri_assess.web.tokens import Seal

from .every_page import Way, address, question, result
from .failing import WRONGS
from .journey import fill, press
from .readable import check
from .server import running
from .watching import Watch

KEY = "a key for tests only: 41d0 9c3e 77f2 ab15 6e08"
TYPED = "Typed when it went wrong."


@pytest.fixture(scope="session")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that goes wrong where it is asked to, and has too little memory for any report."""
    log = tmp_path_factory.mktemp("failing") / "log"
    settings = {"PEDRI_ASSESS_SECRET_KEY": KEY, "PEDRI_ASSESS_REPORT_MEGABYTES": "128"}
    with running(log, app="tests.browser.failing:make()", **settings) as address:
        yield address


def sent_to(path: str) -> Way:
    """The way to a page that answers a form with words in it."""

    def go(page: Page) -> None:
        question(page)
        fill(page, 1, evidence=TYPED)
        page.evaluate(
            "path => { const form = document.forms.question; form.action = path; form.submit(); }", path
        )
        expect(page.locator("form#question")).to_have_count(0)

    return go


def report_not_made(page: Page) -> None:
    """The page that says why there is no report."""
    result(page)
    page.locator('button[formaction="/quick-check/answers/report.pdf"]').first.click()
    expect(page.locator("form#not-made")).to_be_visible()


def standards_changed(page: Page) -> None:
    """The page after the version that was answered has gone."""
    question(page)
    seal = Seal([KEY], most=1_000_000)
    journey = seal.open(page.locator('form#question input[name="token"]').input_value())
    older = replace(journey, set_up=replace(journey.set_up, version="2019.1"))
    page.evaluate("token => { document.forms.question.elements.token.value = token; }", seal.seal(older))
    press(page, "Continue")
    expect(page.locator("h1")).to_have_text("The standards you answered have changed")


PAGES: dict[str, Way] = {
    **{status: address(f"/fails/{status}") for status in WRONGS},
    **{f"{status} after typing": sent_to(f"/fails/{status}") for status in WRONGS},
    "report not made": report_not_made,
    "standards changed": standards_changed,
}
STATUSES = {"report not made": 503, "standards changed": 409}


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_what_went_wrong_can_be_read_by_everyone(page: Page, watch: Watch, name: str) -> None:
    watch.expect("the server responded with a status of")
    answers: list[int] = []
    page.on("response", lambda response: answers.append(response.status))
    PAGES[name](page)
    assert max(answers) == (STATUSES.get(name) or int(name[:3]))
    assert page.locator("main a, main button").count()
    check(page)
