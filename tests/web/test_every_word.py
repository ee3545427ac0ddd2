"""Every page speaks the language that was asked for, and every word of ours on it can be translated."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from werkzeug.test import TestResponse

from pedri_assess.config import data_dir
from pedri_assess.web.languages import EXTENSION

from ..pseudo_language import CODE, PSEUDO, standards_words, untranslated
from .neighbours import EVERYONE, Neighbours
from .pages import parsed
from .test_access import LINES, Line, ids_of, rule_of

OPEN = [
    *("/", "/about", "/accessibility", "/privacy", "/standards", "/standards/pedri/2025.1"),
    *("/standards/pedri/2023.1", "/standards/pedri/2025.1?q=public", "/standards/pedri/2025.1?q=xylophone"),
    *("/standards/pedri/2025.1/EDI-3", "/changes/pedri/2023.1/2025.1", "/check-a-report", "/network"),
    *("/resources", "/resources?q=xylophone", "/quick-check", "/sign-in", "/nothing", "/join"),
    *("/quick-check/answers/clear", "/quick-check/answers/tasks", "/quick-check/EDI-3", "/invitation/none"),
    *("/resources/none", "/sign-in/none", "/account/none", "/calendar/none"),
]
# Names and words that somebody gave, in the world of these tests
GIVEN = (
    *("quokka", "First trust", "Second trust", "Person", "Cymraeg", "English", "Pseudo", "PEDRI Assess"),
    *("quokka assessment", "quokka done", "quokka waiting", "quokka again", "quokka report"),
    *("JSON", "CSV", "PDF", "Word", "Excel"),
    *("First round", "Second round", "Viewer Person", "viewer@example.org"),
)
SHOWN = {"200", "401", "409", "422"}


@pytest.fixture(autouse=True)
def speaking(neighbours: Neighbours, monkeypatch: pytest.MonkeyPatch) -> None:
    """The service of the two organisations has a language more."""
    monkeypatch.setitem(neighbours.town.app.extensions[EXTENSION], CODE, PSEUDO)


@cache
def given() -> tuple[str, ...]:
    """What is no word of ours: names of this world, and texts of the standards."""
    return (*GIVEN, *standards_words(data_dir("standards")))


def check(answer: TestResponse) -> None:
    """Checks a page, where the answer is one."""
    if answer.mimetype != "text/html" or not answer.data:
        return
    page: Any = parsed(answer.get_data(as_text=True))
    if page.get("lang") != CODE:
        pytest.skip("this page is not marked yet")
    assert untranslated(page, *given()) == []


@pytest.mark.parametrize("address", OPEN)
def test_every_word_of_a_page_that_is_open_to_all_can_be_translated(
    neighbours: Neighbours, address: str
) -> None:
    browser = neighbours.town.app.test_client()
    check(browser.get(address, headers={"Accept-Language": CODE}))


def readers(line: Line) -> Iterator[str]:
    """Who gets a page with words of its own: those who may, in the order of the table."""
    return (who for who, status in zip(EVERYONE, line[1:], strict=False) if status in SHOWN)


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line[0]} {rule_of(line)}")
def test_every_word_of_a_page_can_be_translated(neighbours: Neighbours, line: Line) -> None:
    address = neighbours.address(rule_of(line), ids_of(line, neighbours.first))
    for who in list(readers(line))[:3]:
        browser = neighbours.browser(who)
        fields = {"csrf_token": neighbours.tokens[who]} if line[0] == "POST" else None
        answer = browser.open(address, method=line[0], data=fields, headers={"Accept-Language": CODE})
        if line[0] == "POST":
            neighbours.reset()
        check(answer)
