"""From a draft of the standards to a published version that everyone reads and answers, by staff alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.services.drafts import Document, as_file, next_version

from .journey import CORE, press
from .signed_in import STAFF, become, demonstrating
from .watching import Watch

VERSION = "2099.1"


@pytest.fixture(scope="module")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the invented people."""
    with demonstrating(tmp_path_factory.mktemp("publishing") / "log") as address:
        yield address


def bring(page: Page, document: Document) -> None:
    file: FilePayload = {"name": "draft.json", "mimeType": "application/json", "buffer": as_file(document)}
    page.get_by_label("File of the version (JSON)").set_input_files(file)
    press(page, "Look at this file")


def with_one_coming() -> Document:
    """The next version, whose second criterion counts from a later day."""
    document = next_version(VERSION)
    document["standards"][0]["criteria"][1]["counts_from"] = "2199-01-01"
    return document


def test_from_a_draft_to_a_version_that_people_answer(page: Page, watch: Watch) -> None:
    watch.expect("the server responded with a status of 422")
    become(page, STAFF)
    page.goto("/organisations")
    page.get_by_role("link", name="Publish a version of the standards").click()
    bring(page, next_version(VERSION, standrads=[]))
    expect(page.locator("#faults")).to_contain_text("standrads")
    coming = with_one_coming()
    bring(page, coming)
    name = coming["standards"][0]["criteria"][1]["id"]
    expect(page.locator("main")).to_contain_text(f"{name} from 1 January 2199")
    expect(page.locator("main")).to_contain_text("From 2025.1")
    draft = page.url
    page.get_by_role("link", name="See the questions as people would").click()
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.locator("main")).to_contain_text("Counts from 1 January 2199.")
    page.goto(draft)
    press(page, "Publish it for ever")
    expect(page.get_by_role("alert")).to_contain_text("Type the number of the version")
    page.get_by_label(re.compile("Type the number")).fill(VERSION)
    press(page, "Publish it for ever")
    expect(page.locator("h1")).to_contain_text(VERSION)
    page.context.clear_cookies()
    page.goto(f"/standards/pedri/{VERSION}/{name}")
    expect(page.locator("main")).to_contain_text("Counts from 1 January 2199")
    page.goto(f"/quick-check?standards=pedri/{VERSION}")
    page.get_by_label("Everything").check()
    press(page, "Start")
    expect(page.locator("main")).to_contain_text("0 of 41 done")
    expect(page.get_by_role("button", name=CORE[0])).to_be_visible()
