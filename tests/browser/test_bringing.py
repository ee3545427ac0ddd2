"""From a downloaded table, filled in wrongly by a colleague, to answers that were taken from it."""

from __future__ import annotations

import io
from collections.abc import Iterator

import openpyxl
import pytest
from playwright.sync_api import FilePayload, Page, expect

from .journey import CORE, press
from .signed_in import HALF_DONE, LEAD, demonstrating, of
from .watching import Watch

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the invented people."""
    with demonstrating(tmp_path_factory.mktemp("bringing") / "log") as address:
        yield address


def look(page: Page, book: openpyxl.Workbook) -> None:
    content = io.BytesIO()
    book.save(content)
    file = FilePayload(name="From Priya.xlsx", mimeType=KIND, buffer=content.getvalue())
    page.get_by_label("File with answers").set_input_files(file)
    press(page, "Look through the file")


def test_a_table_is_filled_in_mended_and_taken(page: Page, watch: Watch) -> None:
    watch.expect("the server responded with a status of 422")
    of(HALF_DONE, LEAD)(page)
    home = page.url
    page.get_by_role("link", name="Bring answers in from a file").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Spreadsheet (.xlsx)").click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    sheet, last = book["Answers"], len(CORE) + 1
    assert sheet.cell(last, 2).value == CORE[-1]
    sheet.cell(last, 4).value = "9"
    look(page, book)
    expect(page.locator("main")).to_contain_text(f"Row {last}, column Level: there is no level 9")
    sheet.cell(2, 4).value = sheet.cell(last, 4).value = book["Choices"]["A3"].value
    look(page, book)
    expect(page.get_by_label("Keep all our answers")).to_be_checked()
    expect(page.locator("main")).to_contain_text(CORE[0])
    press(page, "Take these answers")
    expect(page.locator(f"#status-{CORE[-1]}")).to_have_text("Answered")
    page.goto(f"{home}/history")
    taken = page.get_by_text("from a file: From Priya.xlsx")
    expect(taken.first).to_be_visible()
    assert not any(CORE[0] in words for words in taken.all_inner_texts())
