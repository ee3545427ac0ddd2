"""No page has a fault that a program can see: rules, narrow and enlarged pages, forced colours, titles."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from .every_page import IN_ERROR, PAGES
from .keyboard import Keyboard
from .watching import Watch

# The pages that people have open side by side
TITLED = [
    *("home", "standards", "version", "older version", "search with hits", "search without hits"),
    *("criterion", "changes", "about", "accessibility", "privacy", "clear", "not found", "answers not here"),
    *("start", "question", "question with errors", "tasks", "set-up", "result"),
]
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW: ViewportSize = {"width": 320, "height": 640}  # a window of 1280 at 400%
PHONE: ViewportSize = {"width": 375, "height": 800}
# As WCAG 1.4.12 has it
SPACING = """* {
  line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
}
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
  const sticksOut = (each) => each.getBoundingClientRect().right > room + 1;
  const out = [...document.querySelectorAll("body *")].filter(sticksOut);
  return ["the page scrolls sideways", ...out.map((each) => `${each.tagName}.${each.className}`)].slice(0, 8);
}"""


def faults(page: Page) -> list[str]:
    """What axe finds: the rule and where."""
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    return [
        f"{rule['id']}: {node['target']} {node.get('failureSummary', '')}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_can_be_read_by_everyone(page: Page, watch: Watch, name: str) -> None:
    watch.expect("the server responded with a status of 4")
    PAGES[name](page)
    assert page.locator("h1").count() == 1
    assert page.title().startswith("Error: ") == (name in IN_ERROR)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = faults(page)
        assert not found, (scheme, found)
    _check_width(page)


def _check_width(page: Page) -> None:
    """Checks that the page does not scroll sideways: narrow, with spaced letters, with large text."""
    page.set_viewport_size(NARROW)
    assert page.evaluate(TOO_WIDE) == []
    page.evaluate(ADD_STYLE, SPACING)
    assert page.evaluate(TOO_WIDE) == [], "with more space"
    page.set_viewport_size(PHONE)
    page.evaluate(ADD_STYLE, LARGE_TEXT)
    assert page.evaluate(TOO_WIDE) == [], "with large text"


@pytest.mark.parametrize("name", ["home", "start", "question", "question with errors"])
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
    for name in TITLED:
        PAGES[name](page)
        titles[name] = page.title()
    assert len(set(titles.values())) == len(titles), sorted(titles.values())
