"""Steps through the quick check, as a person with a mouse takes them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Download, Locator, Page, expect

ROOT = Path(__file__).resolve().parents[2]
STANDARDS_FILE = ROOT / "standards" / "pedri" / "2025.1.json"
STANDARDS = json.loads(STANDARDS_FILE.read_text("utf-8"))
CRITERIA = [criterion for standard in STANDARDS["standards"] for criterion in standard["criteria"]]
CORE = [criterion["id"] for criterion in CRITERIA if criterion.get("core")]
EXAMPLE = ROOT / "docs" / "examples" / "answers.json"


def press(page: Page, words: str) -> None:
    """Presses the button with exactly these words."""
    page.get_by_role("button", name=words, exact=True).click()


def start_quick_check(page: Page, depth: str = "core", organisation: str = "", fresh: bool = True) -> None:
    """From the start page, opened anew if `fresh`, to the first question. `depth` is core, some or all."""
    if fresh:
        page.goto("/quick-check")
    form = page.locator("form#start")
    form.locator(f'input[name="depth"][value="{depth}"]').check()
    if organisation:
        form.get_by_text("Names for the report").click()
        form.get_by_label("Name of the organisation").fill(organisation)
    form.get_by_role("button", name="Start", exact=True).click()
    press(page, "Start answering")
    expect(page.locator("h1")).to_contain_text("Question 1 of")


def choice(page: Page, value: int | str) -> Locator:
    """The radio button of a level, `dont-know` or `not-applicable`."""
    return page.locator(f'input[name="choice"][value="{value}"]')


def field(page: Page, name: str) -> Locator:
    """A text field of the question."""
    return page.locator(f'form#question textarea[name="{name}"]')


def fill(page: Page, value: int | str | None = None, **texts: str) -> None:
    """Fills in the question on the page; `confidence` is a value too, the rest are texts by field name."""
    if value is not None:
        choice(page, value).check()
    if (confidence := texts.pop("confidence", None)) is not None:
        page.locator(f'input[name="confidence"][value="{confidence}"]').check()
    for name, text in texts.items():
        if not field(page, name).is_visible():
            page.get_by_text("More about this answer").click()
        field(page, name).fill(text)


def answer(page: Page, value: int | str, **texts: str) -> None:
    """Fills in the question and continues, to whatever comes next."""
    before = criterion(page)
    fill(page, value, **texts)
    press(page, "Continue")
    expect(page.locator(f'form#question input[name="criterion"][value="{before}"]')).to_have_count(0)


def criterion(page: Page) -> str:
    """The id of the criterion that the page asks about."""
    return page.locator('form#question input[name="criterion"]').get_attribute("value") or ""


def at_question(page: Page, number: int) -> None:
    """Waits until the page is the question with this number."""
    expect(page.locator("h1")).to_contain_text(re.compile(rf"Question {number} of "))


def at_result(page: Page) -> None:
    """Waits until the page is the result."""
    expect(page).to_have_title(re.compile("^Your result"))


def at_tasks(page: Page) -> None:
    """Waits until the page is the list of all questions."""
    expect(page).to_have_title(re.compile("^All questions"))


def download(page: Page, words: str) -> Download:
    """The file that the button with these words gives."""
    with page.expect_download() as caught:
        press(page, words)
    return caught.value


def downloaded_answers(page: Page) -> Any:
    """The answers file of the page, read."""
    words = "Answers file (JSON)" if page.locator("form#result").count() else "Download the answers file"
    return json.loads(Path(download(page, words).path()).read_text("utf-8"))


def open_file(page: Page, path: Path) -> None:
    """Opens an answers file on the start page."""
    page.goto("/quick-check")
    page.locator('form#open input[type="file"]').set_input_files(path)
    press(page, "Open the file")


def states(page: Page) -> dict[str, str]:
    """On the page with all questions: the words beside each, by criterion."""
    cells = page.locator("[id^=status-]")
    expect(cells.first).to_be_visible()
    expect(page.locator("footer")).to_be_visible()  # the last of a page: all cells are there
    return {
        (cell.get_attribute("id") or "").removeprefix("status-"): cell.inner_text().strip()
        for cell in cells.all()
    }
