"""No page has a fault that a program can see: rules, narrow and enlarged pages, forced colours, titles."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from .every_page import IN_ERROR, PAGES
from .keyboard import Keyboard
from .readable import check, told
from .watching import Watch

# The pages that people have open side by side
TITLED = [
    *("home", "standards", "version", "older version", "search with hits", "search without hits"),
    *("criterion", "changes", "about", "accessibility", "privacy", "clear", "not found", "answers not here"),
    *("start", "question", "question with errors", "tasks", "set-up", "result"),
]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_can_be_read_by_everyone(page: Page, watch: Watch, name: str) -> None:
    watch.expect("the server responded with a status of 4")
    PAGES[name](page)
    told(page, in_error=name in IN_ERROR)
    check(page)


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
