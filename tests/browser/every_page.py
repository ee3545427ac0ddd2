"""A way to every page that there is."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache

from playwright.sync_api import FilePayload, Page, expect

from pedri_assess.catalogue import Shelf, load_schemas, read_assessment
from pedri_assess.config import data_dir
from pedri_assess.reports import Renderer
from pedri_assess.services.reports import improvement_report

from .journey import (
    CORE,
    CRITERIA,
    EXAMPLE,
    answer,
    at_result,
    at_tasks,
    fill,
    open_file,
    press,
    start_quick_check,
)

Way = Callable[[Page], None]
VERSION = "/standards/pedri/2025.1"
MAY_BE_LEFT_OUT = next(item["id"] for item in CRITERIA if item.get("not_applicable", {}).get("allowed"))
TOO_LARGE = 6 * 1024 * 1024


def address(path: str) -> Way:
    """The way to a page that has an address."""

    def go(page: Page) -> None:
        page.goto(path)

    return go


def question(page: Page) -> None:
    """The first question, not answered."""
    start_quick_check(page)


def question_with_not_applicable(page: Page) -> None:
    """A question that may be answered with not applicable, so answered, with everything unfolded."""
    open_file(page, EXAMPLE)
    page.locator(f'button[formaction="/quick-check/{MAY_BE_LEFT_OUT}"]').first.click()
    fill(page, "not-applicable", not_applicable="We do not do this.", note="Ask again.")


def question_with_errors(page: Page) -> None:
    """A question that was left with much to put right."""
    start_quick_check(page)
    fill(page, 3, evidence="Kept.", links="no address")
    press(page, "Continue")
    expect(page.get_by_role("alert")).to_be_visible()


def unchecked(page: Page) -> None:
    """What a check of no report says."""
    page.goto("/check-a-report")
    press(page, "Check the report")
    expect(page.get_by_role("alert")).to_be_visible()


@cache
def example_report() -> bytes:
    """The report of the example answers."""
    schemas, renderer = (
        load_schemas(data_dir("standards")),
        Renderer(data_dir("templates"), data_dir("static")),
    )
    framework = Shelf.load([data_dir("standards")], schemas).current("pedri")
    assessment = read_assessment(EXAMPLE.read_bytes(), "the example", schemas, framework)
    return improvement_report(renderer, framework, assessment)


def checked(page: Page) -> None:
    """What came of checking a report."""
    page.goto("/check-a-report")
    report = FilePayload(name="report.pdf", mimeType="application/pdf", buffer=example_report())
    page.get_by_label("Improvement report").set_input_files(report)
    press(page, "Check the report")
    expect(page.get_by_role("heading", name="What came of the check")).to_be_visible()


def replaced(page: Page) -> None:
    """A question that says which words of another tab were replaced."""
    start_quick_check(page)
    second = page.context.new_page()
    second.goto(f"/quick-check/{CORE[0]}")
    answer(second, 1, evidence="From another tab.")
    second.close()
    answer(page, 1, evidence="From this one.")
    expect(page.locator("#replaced")).to_be_visible()


def restored(page: Page) -> None:
    """A question that has words back that were typed and not sent."""
    start_quick_check(page)
    fill(page, 1, evidence="Not sent.")
    page.reload()
    expect(page.locator("#restored")).to_be_visible()


def tasks(page: Page) -> None:
    """All questions, answered in many ways."""
    open_file(page, EXAMPLE)
    at_tasks(page)


def set_up(page: Page) -> None:
    """Names, questions and targets of a quick check under way."""
    tasks(page)
    press(page, "Change names, questions or targets")
    expect(page.locator("form#set-up")).to_be_visible()


def result(page: Page) -> None:
    """The result of a whole assessment."""
    tasks(page)
    page.locator('button[formaction="/quick-check/answers/result"]').first.click()
    at_result(page)


def empty_result(page: Page) -> None:
    """The result where nothing is answered."""
    start_quick_check(page)
    press(page, "See the result")
    at_result(page)


def easy_read(page: Page) -> None:
    """The easy-to-read report of a whole assessment."""
    result(page)
    press(page, "Easy-to-read version")
    expect(page.locator("h1")).to_contain_text("Easy-to-read report")


def start_with_one_under_way(page: Page) -> None:
    """The start page where this browser keeps a quick check."""
    start_quick_check(page, organisation="Invented Trust")
    page.goto("/quick-check")
    expect(page.get_by_role("button", name="Go on").first).to_be_visible()


def start_with_errors(page: Page) -> None:
    """The start page where no standard was chosen."""
    page.goto("/quick-check")
    page.locator('form#start input[name="depth"][value="some"]').check()
    page.locator("form#start").get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()


def _upload(page: Page, content: bytes) -> None:
    page.goto("/quick-check")
    file: FilePayload = {"name": "answers.json", "mimeType": "application/json", "buffer": content}
    page.locator('form#open input[type="file"]').set_input_files(file)
    press(page, "Open the file")


def file_with_faults(page: Page) -> None:
    """The start page after a file that has many faults."""
    faulty = {"framework": "pedri", "version": "2025.1", "anwsers": {}, "targets": {"XX": 9}}
    _upload(page, json.dumps(faulty).encode())
    expect(page.locator("#faults li").first).to_be_visible()


def too_large(page: Page) -> None:
    """The page after a file that is too large."""
    _upload(page, b" " * TOO_LARGE)


def damaged(page: Page) -> None:
    """The page after a broken seal."""
    question(page)
    fill(page, 1, evidence="Typed when it broke.")
    page.evaluate("document.forms.question.elements.token.value = 'broken'")
    press(page, "Continue")


def bad_request(page: Page) -> None:
    """The page after a request that no page of ours sends."""
    question(page)
    page.evaluate("document.forms.question.elements.criterion.value = 'nothing'")
    press(page, "Continue")


def cleared(page: Page) -> None:
    """The page after clearing the answers."""
    page.goto("/quick-check/answers/clear")
    press(page, "Clear my answers")
    expect(page.locator("#cleared")).to_be_visible()


PAGES: dict[str, Way] = {
    "home": address("/"),
    "standards": address("/standards"),
    "version": address(VERSION),
    "older version": address("/standards/pedri/2023.1"),
    "search with hits": address(f"{VERSION}?q=public"),
    "search without hits": address(f"{VERSION}?q=xylophone"),
    "criterion": address(f"{VERSION}/{CORE[0]}"),
    "changes": address("/changes/pedri/2023.1/2025.1"),
    "about": address("/about"),
    "accessibility": address("/accessibility"),
    "privacy": address("/privacy"),
    "check a report": address("/check-a-report"),
    "check without a report": unchecked,
    "checked report": checked,
    "hub without resources": address("/resources"),
    "start": address("/quick-check"),
    "start with one under way": start_with_one_under_way,
    "start with errors": start_with_errors,
    "file with faults": file_with_faults,
    "question": question,
    "question with not applicable": question_with_not_applicable,
    "question with errors": question_with_errors,
    "question with words replaced": replaced,
    "question with words restored": restored,
    "tasks": tasks,
    "set-up": set_up,
    "result": result,
    "empty result": empty_result,
    "easy read": easy_read,
    "clear": address("/quick-check/answers/clear"),
    "cleared": cleared,
    "not found": address("/nothing"),
    "answers not here": address("/quick-check/answers/tasks"),
    "wrong method": address("/quick-check/answers/report.pdf"),
    "bad request": bad_request,
    "broken seal": damaged,
    "too large": too_large,
}
IN_ERROR = {"check without a report", "start with errors", "file with faults", "question with errors"}
