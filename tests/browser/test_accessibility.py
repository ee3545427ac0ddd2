"""No page has a fault that a program can see: rules of axe, narrow and enlarged pages, forced colours, titles."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from .every_page import IN_ERROR, PAGES, SAME_TITLE
from .keyboard import Keyboard
from .watching import Watch

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW: ViewportSize = {"width": 320, "height": 640}  # a window of 1280 at 400%
PHONE: ViewportSize = {"width": 375, "height": 800}
# As WCAG 1.4.12 has it
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""
LARGE_TEXT = "html { font-size: 200% !important; }"
ADD_STYLE = """style => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets = [sheet];
}"""
# What sticks out at the right, and does not scroll in a box of its own
TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const out = [...document.querySelectorAll("body *")].filter((each) => each.getBoundingClientRect().right > room + 1);
  return ["the page scrolls sideways", ...out.map((each) => `${each.tagName}.${each.className}`)].slice(0, 8);
}"""


@pytest.fixture(params=list(PAGES))
def name(request: pytest.FixtureRequest, page: Page, watch: Watch) -> str:
    """A page's name; the browser is there."""
    watch.expect("the server responded with a status of 4")
    PAGES[request.param](page)
    return str(request.param)


def faults(page: Page) -> list[str]:
    """What axe finds: the rule and where."""
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    return [
        f"{rule['id']}: {node['target']} {node.get('failureSummary', '')}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]


def test_axe_finds_nothing_in_light_or_dark(page: Page, name: str) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = faults(page)
        assert not found, (scheme, found)


def test_it_has_one_main_heading_and_a_title_of_its_own(page: Page, name: str) -> None:
    assert page.locator("h1").count() == 1
    assert page.title().startswith("Error: ") == (name in IN_ERROR)
    assert re.search("PEDRI Assess", page.title())


def test_it_does_not_scroll_sideways(page: Page, name: str) -> None:
    page.set_viewport_size(NARROW)
    assert page.evaluate(TOO_WIDE) == []
    page.evaluate(ADD_STYLE, SPACING)
    assert page.evaluate(TOO_WIDE) == []
    page.set_viewport_size(PHONE)
    page.evaluate(ADD_STYLE, LARGE_TEXT)
    assert page.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("name", ["home", "start", "question", "question with errors", "tasks", "result"])
def test_the_focus_is_seen_in_forced_colours(page: Page, name: str) -> None:
    page.emulate_media(forced_colors="active")
    PAGES[name](page)
    page.evaluate("document.activeElement?.blur()")
    keys = Keyboard(page)
    keys.all_stops()
    assert keys.unseen == []


def test_titles_tell_pages_apart(page: Page, watch: Watch) -> None:
    watch.expect("the server responded with a status of 4")
    titles: dict[str, str] = {}
    for name, way in PAGES.items():
        if name not in SAME_TITLE:
            way(page)
            titles[name] = page.title()
            page.context.clear_cookies()
    assert len(set(titles.values())) == len(titles), sorted(titles.values())
