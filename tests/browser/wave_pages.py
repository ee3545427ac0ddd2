"""A way to every page of benchmark waves, on the data of the demonstration."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from .journey import press
from .signed_in import STAFF, Way, at, become, linked

APPROVES = "Quinn Staff"
WAVE = "Wave that is being prepared"


def beside_peers(who: str, place: str) -> Way:
    """The benchmark of an organisation."""
    return linked(linked(at("/organisations", who), place), "Beside your peers: the benchmark")


def fill_in(page: Page, name: str, since: str) -> None:
    """Fills in what a wave is made from, and sends it."""
    page.goto("/waves/prepare")
    page.get_by_label("Name of the wave").fill(name)
    page.get_by_label("Count what was handed in since").fill(since)
    press(page, "Prepare it")


def prepared(page: Page) -> None:
    """A wave that is being prepared; made once."""
    become(page, STAFF)
    page.goto("/waves")
    if page.get_by_role("link", name=WAVE).count():
        page.get_by_role("link", name=WAVE).click()
    else:
        fill_in(page, WAVE, "2020-01-01")
    expect(page.locator("h1")).to_contain_text(WAVE)


def without_a_name(page: Page) -> None:
    """What is wrong with a wave without a name, from tomorrow on."""
    become(page, STAFF)
    fill_in(page, "", "2999-01-01")
    expect(page.get_by_role("alert")).to_be_visible()


def in_public(page: Page) -> None:
    """The published wave, for everyone."""
    page.goto("/network")
    page.get_by_role("link", name="First wave of").click()
    expect(page.locator("h1")).to_contain_text("First wave of")


PAGES: dict[str, Way] = {
    "waves": at("/waves", STAFF),
    "prepare a wave": at("/waves/prepare", STAFF),
    "prepare a wave with errors": without_a_name,
    "wave to approve": prepared,
    "network in public": at("/network"),
    "wave in public": in_public,
    "small group in public": linked(in_public, "NHS organisation"),
    "benchmark": beside_peers("Asha Lead", "Northfield Hospitals"),
    "benchmark not counted": beside_peers("Eilidh Lead", "Harbour Data Trust"),
}
IN_ERROR = {"prepare a wave with errors"}
