"""Every page speaks the language that was asked for, and every word of ours on it can be translated."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from unittest.mock import Mock

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from pedri_assess.domain.assessment import Assessment
from pedri_assess.reports import Renderer, ReportBusy, ReportFailed, renderer
from pedri_assess.services.quick_check import Journey
from pedri_assess.web.languages import EXTENSION
from pedri_assess.web.site import site

from ..pseudo_language import CODE, PSEUDO
from .conftest import Walk
from .in_another_language import left_in
from .neighbours import EVERYONE, Neighbours
from .pages import an_app, parsed
from .test_access import LINES, Line, ids_of, rule_of
from .test_quick_check import CORE, CRITERIA, SOMETIMES

OPEN = [
    *("/", "/about", "/accessibility", "/privacy", "/standards", "/standards/pedri/2025.1"),
    *("/standards/pedri/2023.1", "/standards/pedri/2025.1?q=public", "/standards/pedri/2025.1?q=xylophone"),
    *("/standards/pedri/2025.1/EDI-3", "/changes/pedri/2023.1/2025.1", "/check-a-report", "/network"),
    *("/resources", "/resources?q=xylophone", "/quick-check", "/sign-in", "/nothing", "/join"),
    *("/quick-check/answers/clear", "/quick-check/answers/tasks", "/quick-check/EDI-3", "/invitation/none"),
    *("/resources/none", "/sign-in/none", "/account/none", "/calendar/none"),
]
SHOWN = {"200", "401", "409", "422"}


@pytest.fixture(autouse=True)
def speaking(neighbours: Neighbours, monkeypatch: pytest.MonkeyPatch) -> None:
    """The service of the two organisations has a language more."""
    monkeypatch.setitem(neighbours.town.app.extensions[EXTENSION], CODE, PSEUDO)


def check(answer: TestResponse) -> None:
    """Checks a page, where the answer is one."""
    if answer.mimetype != "text/html" or not answer.data:
        return
    page: Any = parsed(answer.get_data(as_text=True))
    assert page.get("lang") == CODE
    assert left_in(page) == []


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
    for who in list(readers(line))[: 3 if line[0] == "GET" else 1]:
        browser = neighbours.browser(who)
        fields = {"csrf_token": neighbours.tokens[who]} if line[0] == "POST" else None
        answer = browser.open(address, method=line[0], data=fields, headers={"Accept-Language": CODE})
        if line[0] == "POST":
            neighbours.reset()
        check(answer)


def quick_check_pages(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, TestResponse]]:
    """Every page of a quick check, in every state."""
    browser = app.test_client()
    yield "start", browser.get(f"/quick-check?lang={CODE}")
    yield "another version", browser.get("/quick-check?standards=pedri/2023.1")
    start = {"framework": "pedri", "version": "2025.1", "organisation": "quokka" * 50}
    yield "start with errors", browser.post("/quick-check", data=start)
    yield "some of nothing", browser.post("/quick-check", data={**start, "depth": "some"})
    yield "no file", browser.post("/quick-check", data={"from": "open"})
    yield "a file with faults", browser.post("/quick-check", data={"from": "open", "file": a_file("[]")})
    walk = Walk(browser)
    yield "all questions", walk.start("core", organisation="quokka", scope_kind="project")
    yield "all questions again", browser.get("/quick-check/answers/tasks")
    yield "go on", browser.get("/quick-check")
    yield from question_pages(walk)
    yield "set up", walk.go("answers/set-up")
    wrong = {"from": "set-up", "depth": "some", "about": "quokka" * 100, "scope_name": "quokka" * 100}
    yield "set up with errors", walk.go("answers/tasks", **wrong)
    yield "result", walk.go("answers/result")
    yield "easy read", walk.go("answers/easy-read")
    yield from report_pages(walk, monkeypatch)
    for depth in ("all", "core"):
        yield "set up again", walk.go("answers/tasks", **targets(walk.go("answers/set-up")), depth=depth)
    yield from lost_pages(app, walk)


def question_pages(walk: Walk) -> Iterator[tuple[str, TestResponse]]:
    """A question, with each fault that an answer can have, and outside what was chosen."""
    first, last = CORE[0], CORE[-1]
    opened = walk.token
    yield "question", walk.go(first)
    yield "nothing chosen", walk.answer(first, last)
    yield "no reason", walk.answer(first, last, choice="2", links="quokka", confidence="7")
    yield "other answer", walk.answer(SOMETIMES, last, choice="dont-know", not_applicable="quokka")
    yield "not applicable", walk.answer(SOMETIMES, last, choice="not-applicable")
    links = "\n".join(f"https://example.org/{number}" for number in range(999))
    yield "too many links", walk.answer(first, last, choice="2", reason="quokka", links=links)
    title = f"{'quokka ' * 40}https://example.org/quokka"
    yield "long title", walk.answer(first, last, choice="2", reason="quokka", links=title)
    yield "too long", walk.answer(first, last, go="tasks", choice="2", reason="quokka " * 2_000)
    walk.answer(first, choice="2", reason="quokka", evidence="quokka", confidence="2")
    walk.answer(last, choice="dont-know", note="quokka")
    walk.answer(first, choice="2", reason="quokka", token=opened, note="quokka", links="https://example.org")
    yield "replaced", walk.answer(first, choice="2", reason="quoll", token=opened)
    yield "outside", walk.go(next(item["id"] for item in CRITERIA if item["id"] not in CORE))
    yield "needs a reason", walk.answer(first, go="tasks", choice="2", reason="")


def report_pages(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, TestResponse]]:
    """Reports that are not made."""
    for error in (
        ReportBusy(renderer.BUSY),
        *(ReportFailed(words) for words in (renderer.NO_ROOM, renderer.TOO_LARGE, renderer.BROKE_OFF)),
        *(ReportFailed(words) for words in (renderer.STOPPED, renderer.DOES_NOT_START)),
        ReportFailed(renderer.TOO_LATE, seconds=30),
    ):
        monkeypatch.setattr(Renderer, "render", Mock(side_effect=error))
        yield f"not made: {error}", walk.go("answers/report.pdf")
    yield "easy read not made", walk.go("answers/easy-read.pdf")


def lost_pages(app: Flask, walk: Walk) -> Iterator[tuple[str, TestResponse]]:
    """Answers that are damaged, for standards that are gone, cleared and not here."""
    typed = {"evidence": "quokka", "organisation": "quokka", "reason": "quokka"}
    yield "damaged", walk.client.post("/quick-check/answers/tasks", data={"token": "no", **typed})
    with app.app_context():
        gone = site().seal.seal(Journey("12345678", "none", Assessment("quokka", "1")))
    yield "gone", walk.client.post("/quick-check/answers/tasks", data={"token": gone})
    yield "go on elsewhere", walk.client.post("/quick-check", data={"from": "open", "kept": gone})
    yield "to clear", walk.client.get("/quick-check/answers/clear")
    yield "cleared", walk.client.post("/quick-check/answers/clear")
    yield "not here", walk.client.get("/quick-check/answers/result")
    yield "nothing sent", walk.client.post("/quick-check/answers/result")


def a_file(text: str) -> tuple[BytesIO, str]:
    return BytesIO(text.encode()), "answers.json"


def targets(page: TestResponse) -> dict[str, str]:
    """What the page with the set-up sends, where nothing is changed."""
    tree: Any = parsed(page.get_data(as_text=True))
    chosen = {select.get("name"): select.find("option[@selected]") for select in tree.iter("select")}
    return {"from": "set-up", **{name: option.get("value") for name, option in chosen.items()}}


def test_every_word_of_a_quick_check_can_be_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    app = an_app()
    app.extensions[EXTENSION][CODE] = PSEUDO
    left = {}
    for name, answer in quick_check_pages(app, monkeypatch):
        page: Any = parsed(answer.get_data(as_text=True))
        assert page.get("lang") == CODE, name
        left[name] = left_in(page, "quoll")
    assert {name: words for name, words in left.items() if words} == {}
