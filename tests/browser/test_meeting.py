"""A meeting of twelve: a screen and twelve phones, one without scripts, one that loses its connection."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from .journey import press
from .server import running
from .together import colleagues
from .watching import Watch

PHONES = 12
LOST, WITHOUT_SCRIPTS = 3, 7
EASY_WORDS = (
    "We have not started this yet.",
    "We do this some of the time.",
    "We do this all the time.",
    "We do this all the time. People tell us how to make it better, and we do.",
    "I do not know",
)
NewContext = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("meeting") / "log"


@pytest.fixture(scope="session")
def base_url(place: Path) -> Iterator[str]:
    """A server of this module's own."""
    with running(place) as address:
        yield address


@pytest.fixture
def screen(new_context: NewContext, base_url: str, place: Path) -> Page:
    """The screen of a meeting that has just begun."""
    names = colleagues(f"sqlite://{place}.db", "meeting")
    context = new_context()
    context.add_cookies([{"name": "session", "value": names.keys[0], "url": base_url}])
    page = context.new_page()
    page.goto(names.here.partition("/criteria")[0] + "/panels/new")
    page.get_by_label("Name of the panel").fill("Your view of our research")
    page.get_by_label("How many people do you expect?").fill(str(PHONES))
    page.get_by_label("Last day").fill("2099-12-31")
    press(page, "Plan it")
    press(page, "Open the panel")
    page.get_by_role("link", name="Back to the panel").click()
    page.get_by_role("link", name="Hold a meeting").click()
    press(page, "Begin the meeting")
    return page


def phone(new_context: NewContext, code: str, *, scripts: bool) -> Page:
    """A phone that has joined."""
    context = new_context(viewport={"width": 390, "height": 844}, has_touch=True, java_script_enabled=scripts)
    page = context.new_page()
    if scripts:
        page.goto(f"/join/{code}")  # as the picture has it
    else:
        page.goto("/join")
        page.get_by_label("Code").fill(code)
        press(page, "Join")
    press(page, "Join the meeting")
    expect(page.locator("h1")).to_contain_text("You are in")
    return page


def answers(page: Page) -> Locator:
    """The choices of the question on a phone."""
    return page.get_by_role("group", name="How is it for you?").get_by_role("radio")


def say(page: Page, number: int, *, scripts: bool = True) -> None:
    """Chooses an answer; with scripts that is enough."""
    answers(page).nth(number).check()
    if not scripts:
        press(page, "Send my answer")
    expect(page.locator("#told")).to_contain_text("Your answer is in")


def follow(pages: list[Page], words: str) -> None:
    """Waits until every phone shows what is on the screen; the one without scripts follows its link."""
    pages[WITHOUT_SCRIPTS].get_by_role("link", name="See what is on the screen now").click()
    for page in pages:
        expect(page.locator("main")).to_contain_text(words)


def lose(page: Page, number: int) -> None:
    """Answers after the connection was lost."""
    page.context.set_offline(True)
    answers(page).nth(number).check()
    expect(page.locator("#told")).to_contain_text("There is no connection. Your answer is kept")


def names_are_said(page: Page) -> None:
    """Checks the choices as a screen reader says them: in the order of the scale, under one question."""
    expect(answers(page)).to_have_count(len(EASY_WORDS))
    for number, words in enumerate(EASY_WORDS):
        expect(answers(page).nth(number)).to_have_accessible_name(words)


def test_a_meeting_of_twelve(new_context: NewContext, screen: Page, watch: Watch) -> None:
    watch.expect("ERR_INTERNET_DISCONNECTED")
    code = screen.locator(".screen__code").inner_text()
    pages = [phone(new_context, code, scripts=number != WITHOUT_SCRIPTS) for number in range(PHONES)]
    expect(screen.locator(".screen__count")).to_contain_text(f"Phones that are in: {PHONES}")

    press(screen, "First question")
    follow(pages, "Question 1 of 7")
    names_are_said(pages[0])
    lose(pages[LOST], 3)
    for number, page in enumerate(pages):
        if number != LOST:
            say(page, number % 3, scripts=number != WITHOUT_SCRIPTS)
    pages[LOST].context.set_offline(False)
    expect(pages[LOST].locator("#told")).to_contain_text("Your answer is in")
    expect(screen.locator(".screen__count")).to_contain_text(f"{PHONES} of {PHONES}")
    assert not any("You together" in page.locator("main").inner_text() for page in (screen, *pages))

    press(screen, "Show what all say")
    follow(pages, f"the middle of {PHONES} answers")
    results = {page.locator(".together__level--here").text_content() for page in (screen, *pages)}
    assert results == {f"The middle: {EASY_WORDS[1]}"}

    pages[LOST].context.set_offline(True)
    press(screen, "Next question")
    rest = [page for page in pages if page is not pages[LOST]]
    pages[WITHOUT_SCRIPTS].get_by_role("link", name="See what is on the screen now").click()
    for page in rest:
        expect(page.locator("main")).to_contain_text("Question 2 of 7")
    pages[LOST].context.set_offline(False)
    expect(pages[LOST].locator("main")).to_contain_text("Question 2 of 7")  # it finds its place

    lose(pages[LOST], 3)
    for page in rest[:3]:
        say(page, 0)
    press(screen, "Show what all say")
    expect(rest[0].locator("main")).to_contain_text("the middle of 3 answers")
    pages[LOST].context.set_offline(False)
    expect(pages[LOST].locator("main")).to_contain_text(f"You said: {EASY_WORDS[3]}")  # late, and not lost
    expect(pages[LOST].locator("main")).to_contain_text("the middle of 3 answers")

    press(screen, "End the meeting")
    follow(pages, "There is no meeting just now")
    for page in pages:
        if page is not pages[WITHOUT_SCRIPTS]:
            assert page.evaluate("sessionStorage.length + localStorage.length") == 0

    pages[0].goto(f"{urlsplit(pages[0].url).path.removesuffix('meeting')}questions/3")
    names_are_said(pages[0])  # the same behind the panel's link
