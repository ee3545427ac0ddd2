"""Everything of an organisation downloaded by its lead, and then deleted for good."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .journey import press
from .signed_in import HALF_DONE, LEAD, demonstrating, of
from .watching import Watch


@pytest.fixture(scope="module")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the invented people."""
    with demonstrating(tmp_path_factory.mktemp("taking") / "log") as address:
        yield address


def test_everything_goes_out_in_one_file_and_is_deleted(page: Page, watch: Watch, tmp_path: Path) -> None:
    watch.expect("the server responded with a status of 4")
    of(HALF_DONE, LEAD)(page)
    page.locator(".govuk-back-link").click()
    place, organisation = page.url, page.locator("h1").inner_text()
    page.get_by_role("link", name="Everything in one file, and deleting").click()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download everything").click()
    file = tmp_path / "organisation.zip"
    coming.value.save_as(file)
    with zipfile.ZipFile(file) as everything:
        assert HALF_DONE.encode() in everything.read("tables/assessment.json")
    page.get_by_role("link", name="Delete this organisation for good").click()
    press(page, "Delete for good")
    expect(page.get_by_role("alert")).to_contain_text("Type the name as it is written here")
    page.get_by_label("Type the name of the organisation").fill(organisation)
    press(page, "Delete for good")
    expect(page.get_by_role("status")).to_contain_text("The organisation is deleted for good.")
    expect(page.locator("main")).not_to_contain_text(organisation)
    gone = page.goto(place)
    assert gone is not None
    assert gone.status == 404
