"""The pictures of the result: reached by keyboard, said in words, tables for those who hear them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from .every_page import PAGES
from .readable import PHONE

# The question that each picture answers, and how many rows it has
QUESTIONS = {
    "Where does each standard stand?": 7,
    "How many criteria of each standard are at each level?": 7,
    "Where does each standard stand, where should it be, and why?": 7,
    "Where do staff and public contributors see different levels?": 3,
}


def table(page: Page, question: str) -> Locator:
    """The table that answers a question."""
    return page.get_by_role("table", name=question, exact=True)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("width", [1280, PHONE["width"]])
def test_each_row_is_reached_by_tab_and_says_what_its_picture_shows(
    page: Page, question: str, width: int
) -> None:
    PAGES["result"](page)
    page.set_viewport_size({"width": width, "height": 800})
    rows = table(page, question).get_by_role("row").filter(has=page.get_by_role("img"))
    assert rows.count() == QUESTIONS[question]
    first = rows.first.get_by_role("link")
    first.focus()
    for row in rows.all():
        link, picture = row.get_by_role("link"), row.get_by_role("img").first
        expect(link).to_be_focused()
        said = picture.locator("title").text_content()
        assert said
        expect(picture).to_have_accessible_name(said)
        expect(link).to_have_accessible_description(said)
        assert page.evaluate("link => getComputedStyle(link).outlineStyle", link.element_handle()) != "none"
        page.keyboard.press("Tab")


@pytest.mark.parametrize("width", [1280, PHONE["width"]])
def test_a_strips_words_and_numbers_are_those_of_its_row(page: Page, width: int) -> None:
    PAGES["result"](page)
    page.set_viewport_size({"width": width, "height": 800})
    numbers = table(page, "How many criteria of each standard are at each level?")
    heads = [" ".join(head.split()) for head in numbers.get_by_role("columnheader").all_text_contents()]
    names = [re.sub(r"^\d+ ", "", head) for head in heads[2:]]
    for row in numbers.get_by_role("row").filter(has=page.get_by_role("img")).all():
        cells = row.get_by_role("cell").all_text_contents()[1:]
        counts = {name: int(cell) for name, cell in zip(names, cells, strict=True)}
        assert counts.pop("All") == sum(counts.values())
        shown = {name: count for name, count in counts.items() if count}
        picture = row.get_by_role("img")
        assert list(map(int, picture.locator("text").all_text_contents())) == list(shown.values())
        said = (picture.locator("title").text_content() or "").casefold()
        assert all(f"{count} {name}".casefold() in said for name, count in shown.items())


def test_colours_of_levels_stay_where_the_reader_chooses_colours(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    PAGES["result"](page)
    parts = page.locator(".report-numbers .report-bar").first.locator("rect").all()
    colours = [page.evaluate("part => getComputedStyle(part).fill", part.element_handle()) for part in parts]
    assert len(set(colours)) == len(colours) > 2
