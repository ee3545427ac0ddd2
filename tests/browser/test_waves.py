"""From the opening of a round to a published wave that everyone can read, by the people who do it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .journey import press
from .signed_in import STAFF, become, demonstrating
from .wave_pages import APPROVES, fill_in

ROUND, WAVE = "Round for the wave", "Wave of the round"


@pytest.fixture(scope="module")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the invented people, for this journey alone."""
    with demonstrating(tmp_path_factory.mktemp("demonstration") / "log") as address:
        yield address


def test_from_a_round_to_a_published_wave(new_context: Callable[..., BrowserContext]) -> None:
    staff, lead, second, anyone = (new_context().new_page() for _ in range(4))
    become(staff, STAFF)
    open_round(staff)
    hand_in(lead)
    agree(lead)
    staff.goto("/rounds")
    staff.get_by_role("link", name=ROUND).click()
    expect(staff.locator("main")).to_contain_text("Signed off: 1")
    fill_in(staff, WAVE, "2020-01-01")
    counted = staff.locator(".govuk-summary-list").first
    expect(counted).to_contain_text("18 organisations among partners")
    staff.get_by_role("link", name="The public", exact=True).click()
    expect(staff.locator("main")).to_contain_text("criteria shown")
    become(second, APPROVES)
    second.goto("/waves")
    second.get_by_role("link", name=WAVE).click()
    press(second, "Approve this wave")
    staff.reload()
    press(staff, "Publish this wave for ever")
    expect(counted).to_contain_text("It never changes")
    read(anyone)


def open_round(page: Page) -> None:
    """Staff plan a round and invite an organisation."""
    page.goto("/rounds/new")
    page.get_by_label("Name of the round").fill(ROUND)
    page.get_by_label("First day").fill("2026-01-01")
    page.get_by_label("Last day").fill("2099-12-31")
    press(page, "Plan it")
    page.get_by_role("link", name="Invite organisations that are here").click()
    page.get_by_label("Harbour Data Trust").check()
    press(page, "Invite them")


def hand_in(page: Page) -> None:
    """A lead chooses what the organisation hands in."""
    become(page, "Eilidh Lead")
    page.goto("/organisations")
    page.get_by_role("link", name="Harbour Data Trust").click()
    page.get_by_role("link", name=ROUND).click()
    page.get_by_label("Records of births, 2026").check()
    press(page, "Choose it")
    expect(page.locator(".govuk-summary-list").first).to_contain_text("Signed off")


def agree(page: Page) -> None:
    """The lead agrees that the organisation is counted, everywhere."""
    page.get_by_role("link", name="agree to share").click()
    page.get_by_label("Be counted in the benchmarks for partner organisations").check()
    page.get_by_label("Be counted in the public picture of the network").check()
    press(page, "Save these choices")
    expect(page.locator(".govuk-summary-list").first).to_contain_text("Eilidh Lead")


def read(page: Page) -> None:
    """Anybody reads the wave, and takes its data."""
    page.goto("/")
    page.get_by_role("link", name="The network").click()
    page.get_by_role("link", name=WAVE).click()
    expect(page.locator("main")).to_contain_text("organisations are counted")
    expect(page.locator("#b-trend")).to_be_visible()
    with page.expect_download() as got:
        page.get_by_role("link", name="as a table (CSV)").click()
    assert got.value.suggested_filename.endswith(".csv")
