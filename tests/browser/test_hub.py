"""Finding help by a search, and a suggestion on its way to the gap that it helps with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from . import hub_pages
from .journey import CORE, press
from .signed_in import FINISHED, HALF_DONE, LEAD, STAFF, become, demonstrating
from .watching import Watch

TITLE, ADDRESS = "A checklist from next door", "https://next-door.example/checklist"
CRITERION = CORE[0]


@pytest.fixture(scope="session")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the invented people."""
    with demonstrating(tmp_path_factory.mktemp("demonstration") / "log") as address:
        yield address


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_search_narrows_and_its_address_can_be_shared(
    new_context: Callable[..., BrowserContext], scripts: bool
) -> None:
    page = new_context(java_script_enabled=scripts).new_page()
    page.goto("/")
    page.get_by_role("link", name="Resources", exact=True).click()
    expect(page.locator("#found")).to_contain_text("resources")
    page.get_by_label("Words to look for").fill("payment")
    press(page, "Search")
    expect(page.locator("#found")).to_contain_text("3 resources")
    page.get_by_label("For whom").select_option("contributors")
    press(page, "Search")
    expect(page.locator("#found")).to_contain_text("One resource")
    other = new_context().new_page()
    other.goto(page.url)
    expect(other.locator("#found")).to_contain_text("One resource")
    expect(other.get_by_label("Words to look for")).to_have_value("payment")
    page.get_by_role("link", name="Remove For whom").click()
    expect(page.locator("#found")).to_contain_text("3 resources")
    page.get_by_label("Words to look for").fill("payment zebra")
    press(page, "Search")
    expect(page.locator("#found")).to_contain_text("Nothing found")
    page.get_by_role("link", name="payment", exact=True).click()
    expect(page.locator("#found")).to_contain_text("3 resources")
    page.locator(".hit__title a").first.click()
    expect(page.get_by_role("button", name="Open it at")).to_be_visible()


def test_a_suggestion_is_moderated_listed_and_shown_at_the_gap(
    new_context: Callable[..., BrowserContext],
) -> None:
    lead, staff, visitor = (new_context().new_page() for _ in range(3))
    become(lead, LEAD)
    lead.get_by_role("link", name=HALF_DONE, exact=True).click()
    lead.goto(f"{lead.url}/criteria/{CRITERION}")
    assert TITLE not in lead.content()
    lead.goto(f"/standards/pedri/2025.1/{CRITERION}")
    lead.get_by_role("link", name="Suggest a resource").click()
    suggest(lead)
    expect(lead.locator("main")).to_contain_text("Waiting")

    become(staff, STAFF)
    staff.goto("/resources")
    staff.get_by_role("link", name="Look after the hub").click()
    staff.get_by_role("link", name=TITLE).click()
    staff.get_by_label("Guidance", exact=True).check()
    press(staff, "Save the text")
    press(staff, "List it")
    expect(staff.locator("main")).to_contain_text("Listed")

    visitor.goto("/resources?q=checklist+next+door")
    expect(visitor.locator("#found")).to_contain_text("One resource")
    lead.reload()
    expect(lead.locator("main")).to_contain_text("it is in the hub")
    at_the_gap(lead)

    become(staff, "Carys Approver")
    staff.get_by_role("link", name=FINISHED, exact=True).click()
    staff.goto(f"{staff.url}/result")
    expect(staff.locator("main")).to_contain_text("Resources that may help")


def suggest(page: Page) -> None:
    """Fills in a suggestion; the criterion is chosen already."""
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Who publishes it").fill("The neighbours")
    page.get_by_label("Web address").fill(ADDRESS)
    page.get_by_label("What it is, in your own words").fill("Ten things to ask before you begin.")
    press(page, "Suggest it")


def at_the_gap(page: Page) -> None:
    """The question of the criterion shows what helps, and the link leads to its page."""
    page.goto("/my-work")
    page.get_by_role("link", name=HALF_DONE, exact=True).click()
    page.goto(f"{page.url}/criteria/{CRITERION}")
    page.get_by_text("Resources that may help").click()
    with page.expect_popup() as opened:
        page.get_by_role("link", name=TITLE).click()
    expect(opened.value.locator("h1")).to_contain_text(TITLE)


def test_two_presses_say_what_one_thinks_and_can_be_taken_back(
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    become(page, "Farid Contributor")
    page.get_by_role("link", name=HALF_DONE, exact=True).click()
    page.goto(f"{page.url}/criteria/{CORE[2]}")
    page.locator('textarea[name="evidence"]').fill("Typed before I pressed")
    for question, answer in (("Is it clear?", "No"), ("Is it relevant to your work?", "Yes")):
        group = page.get_by_role("group", name=question)
        group.get_by_role("button", name=answer, exact=True).click()
        expect(group.get_by_role("button", name=answer, pressed=True)).to_be_visible()
    expect(page.locator('textarea[name="evidence"]')).to_have_value("Typed before I pressed")
    page.goto("/opinions")
    expect(page.locator("main")).to_contain_text("Is it clear? No")
    page.get_by_role("button", name=re.compile(f"Take it back.*{CORE[2]}")).click()
    expect(page.locator("main")).not_to_contain_text(f"{CORE[2]} in")


def test_a_version_of_the_standards_goes_from_a_file_to_everyone(
    new_context: Callable[..., BrowserContext], watch: Watch
) -> None:
    watch.expect("the server responded with a status of 422")
    staff, visitor = (new_context().new_page() for _ in range(2))
    hub_pages.draft(staff)
    staff.get_by_role("link", name="See the questions as people would").click()
    expect(staff.locator("h1")).to_contain_text("The questions as people would see them")
    staff.get_by_role("link", name=CORE[0], exact=True).click()
    expect(staff.locator('textarea[name="evidence"]')).to_be_disabled()
    staff.get_by_role("link", name="The questions").click()
    staff.get_by_role("link", name="Draft", exact=True).click()
    staff.get_by_label("Type the number of the version").fill("2099")
    press(staff, "Publish it for ever")
    expect(staff.locator("#problem")).to_contain_text("Type the number")
    staff.get_by_label("Type the number of the version").fill("2099.1")
    press(staff, "Publish it for ever")
    expect(staff).to_have_url(re.compile("/standards/pedri/2099.1$"))
    visitor.wait_for_timeout(6_000)  # until every server process has asked
    visitor.goto("/standards/pedri/2099.1/" + CORE[0])
    expect(visitor.locator("h1")).to_contain_text(CORE[0])
