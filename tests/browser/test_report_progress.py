"""From the button to the report that nobody has printed yet: with scripts and without, read by everyone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from pedri_assess.store import connect

from .journey import ROOT, press
from .readable import check
from .signed_in import APPROVER, FINISHED, demonstrating, of
from .watching import Watch

PRINTS_NOT = {"PEDRI_ASSESS_REPORT_PRINTER": "no"}


@pytest.fixture(scope="session")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server writes its log, with its database beside it."""
    return tmp_path_factory.mktemp("progress") / "log"


@pytest.fixture(scope="session")
def base_url(log: Path) -> Iterator[str]:
    """A server with the invented people that prints nothing by itself."""
    with demonstrating(log, **PRINTS_NOT) as address:
        yield address


@pytest.fixture
def print_all(log: Path, base_url: str) -> Callable[..., None]:
    """Prints what waits, as a machine of its own does."""

    def run(**settings: str) -> None:
        environ = {name: value for name, value in os.environ.items() if not name.startswith("PEDRI_ASSESS_")}
        environ |= {"DATABASE_URL": f"sqlite://{log}.db", "PORT": base_url.rpartition(":")[2], **settings}
        command = [sys.executable, "-m", "pedri_assess.cli", "print-reports", "--once"]
        subprocess.run(command, cwd=ROOT, env=environ, check=False, stdout=subprocess.DEVNULL)

    return run


@pytest.fixture(autouse=True)
def nothing_printed(log: Path, base_url: str) -> None:
    """Each test begins with reports that nobody has asked for."""
    assert base_url
    with closing(connect(f"sqlite://{log}.db")) as database, database.write() as c:
        c.run("DELETE FROM kept_report")


def ask(page: Page) -> None:
    """From the result to the page that says how far its report is."""
    of(FINISHED, APPROVER, "/result")(page)
    page.get_by_role("button", name="Download the report (PDF)").click()
    expect(page.locator("h1")).to_have_text("The report is being made")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_page_waits_and_the_report_comes_by_itself(
    scripts: bool, new_context: Callable[..., BrowserContext], print_all: Callable[..., None], tmp_path: Path
) -> None:
    page = new_context(java_script_enabled=scripts).new_page()
    ask(page)
    expect(page.get_by_role("status")).to_contain_text("It is next.")
    with page.expect_download() as found:
        print_all()
        expect(page.locator("h1")).to_have_text("The report is ready")
    found.value.save_as(tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-1.7")
    page.get_by_role("link", name="Back to the result").click()
    with page.expect_download() as again:  # now it is kept
        page.get_by_role("button", name="Download the report (PDF)").click()
    assert again.value.path().read_bytes() == (tmp_path / "report.pdf").read_bytes()


def test_a_page_that_is_told_so_does_not_look_by_itself(
    new_context: Callable[..., BrowserContext], print_all: Callable[..., None]
) -> None:
    pages = [new_context(java_script_enabled=scripts).new_page() for scripts in (True, False)]
    for page in pages:
        ask(page)
        page.get_by_role("link", name="Stop looking by itself").click()
        expect(page.locator("main")).to_contain_text("This page does not look by itself.")
    print_all()
    asked: list[str] = []
    for page in pages:
        page.on("request", lambda request: asked.append(request.url))
    pages[0].wait_for_timeout(6_500)  # longer than any page waits before it looks again
    assert asked == []
    for page in pages:
        page.get_by_role("button", name="Check now").click()
        expect(page.locator("h1")).to_have_text("The report is ready")


def test_the_script_says_what_is_news_and_stays_on_the_page(page: Page, log: Path) -> None:
    ask(page)
    with closing(connect(f"sqlite://{log}.db")) as database, database.write() as c:
        c.run("UPDATE kept_report SET reason = 'The report was not made: it took long.'")
    address = page.url
    expect(page.get_by_role("status")).to_contain_text("It is tried again soon.")
    assert page.url == address


def test_a_report_that_cannot_be_made_can_be_tried_again(page: Page, print_all: Callable[..., None]) -> None:
    ask(page)
    print_all(PEDRI_ASSESS_REPORT_MEGABYTES="128")  # too little for any report
    expect(page.locator("h1")).to_have_text("The report was not made")
    expect(page.locator("main")).to_contain_text("it grew larger than a report may be")
    check(page)
    page.reload()  # without the longer words of the check
    press(page, "Try again")
    expect(page.locator("h1")).to_have_text("The report is being made")
    with page.expect_download():
        print_all()
    expect(page.locator("h1")).to_have_text("The report is ready")


def test_whoever_was_signed_out_meanwhile_comes_back_to_the_page(page: Page, watch: Watch) -> None:
    watch.expect("the server responded with a status of 401")
    ask(page)
    page.context.clear_cookies()
    expect(page).to_have_url(re.compile("/sign-in"))


@pytest.mark.parametrize("state", ["waiting", "stopped", "ready"])
def test_every_state_can_be_read_by_everyone(page: Page, state: str, print_all: Callable[..., None]) -> None:
    ask(page)
    if state == "ready":
        print_all()
        page.goto(page.url.partition("?")[0])
        expect(page.locator("h1")).to_have_text("The report is ready")
    if state == "stopped":
        page.get_by_role("link", name="Stop looking by itself").click()
        expect(page.locator("main")).to_contain_text("This page does not look by itself.")
    check(page)
