"""A way to every page of PEDRI staff: the hub, what people say, drafts, the network; on the demonstration."""

from __future__ import annotations

from playwright.sync_api import FilePayload, Page, expect

from tests.services.drafts import as_file, next_version

from .journey import CORE, press
from .signed_in import LEAD, STAFF, Way, at, become, linked, pressed

RESOURCE = "nihr-payment-for-researchers"
VERSION = "/standards/pedri/2025.1"
SUGGESTED = "How our board hears from the public"


def two_texts(page: Page) -> None:
    """A resource that was edited in two windows."""
    become(page, STAFF)
    page.goto(f"/hub/{RESOURCE}")
    second = page.context.new_page()
    second.goto(page.url)
    for window, text in ((second, "In the second window"), (page, "In the first window")):
        window.get_by_label("What it is, in your own words").fill(f"{text}, {window.evaluate('Date.now()')}.")
        press(window, "Save the text")
    expect(page.locator("#both")).to_be_visible()


def retired(page: Page) -> None:
    """A resource that is listed no more, as everyone sees it."""
    become(page, STAFF)
    page.goto("/hub/edge")
    if page.get_by_text("Retire it").count():
        page.get_by_text("Retire it").first.click()
        page.get_by_label("Why it is retired").fill("A newer one is there")
        press(page, "Retire it")
    page.goto("/resources/edge")
    expect(page.locator("#retired")).to_be_visible()


def suggested(page: Page) -> None:
    """One's own suggestions."""
    become(page, "Farid Contributor")
    page.goto("/resources/suggested")
    expect(page.locator("main")).to_contain_text(SUGGESTED)


def said(page: Page) -> None:
    """A criterion of which something was said, with a text."""
    become(page, LEAD)
    page.goto(f"{VERSION}/{CORE[1]}")
    page.get_by_label("What helps?").fill("A worked example")
    page.get_by_role("group", name="Is it clear?").get_by_role("button", name="Partly").click()
    pressed_button = page.get_by_role("button", name="Partly", pressed=True)
    expect(pressed_button).to_be_visible()


def unfolded(page: Page) -> None:
    """What many say of the criteria, with what they wrote."""
    become(page, STAFF)
    page.goto("/learning/pedri/2025.1")
    page.get_by_text("What stands in the way? (").click()
    expect(page.get_by_text("What is a lasting tie?").first).to_be_visible()


def draft(page: Page) -> None:
    """A draft of standards, with everything to look at unfolded."""
    become(page, STAFF)
    page.goto("/publishing")
    document = next_version("2099.1")
    for item in document["standards"][0]["criteria"]:
        if item["id"] == CORE[0]:
            item["counts_from"] = "2199-01-01"
    file: FilePayload = {"name": "draft.json", "mimeType": "application/json", "buffer": as_file(document)}
    page.get_by_label("File of the version (JSON)").set_input_files(file)
    press(page, "Look at this file")
    page.get_by_text("Every criterion that is not the same").first.click()
    page.get_by_text("All of them").click()


def faulty_draft(page: Page) -> None:
    """What is wrong with a draft."""
    become(page, STAFF)
    page.goto("/publishing")
    content = as_file(next_version("2099.1", standrads=[]))
    file: FilePayload = {"name": "draft.json", "mimeType": "application/json", "buffer": content}
    page.get_by_label("File of the version (JSON)").set_input_files(file)
    press(page, "Look at this file")
    expect(page.locator("#faults")).to_be_visible()


def shared(page: Page) -> None:
    """The result of one organisation, as PEDRI staff see it."""
    become(page, STAFF)
    page.goto("/network-view/pedri/organisations")
    page.get_by_role("link", name="Open and note: All our studies").click()
    expect(page.locator("main")).to_contain_text("That you looked is noted")


PAGES: dict[str, Way] = {
    "network, every version": at("/network-view", STAFF),
    "network": at("/network-view/pedri/2025.1", STAFF),
    "network of too few": at("/network-view/pedri/2023.1", STAFF),
    "organisations that share": at("/network-view/pedri/organisations", STAFF),
    "result that is shared": shared,
    "draft of standards": draft,
    "draft with faults": faulty_draft,
    "questions of a draft": linked(draft, "See the questions as people would"),
    "question of a draft": linked(linked(draft, "See the questions as people would"), CORE[0]),
    "drafts": at("/publishing", STAFF),
    "opinion of a criterion": said,
    "own opinions": at("/opinions", LEAD),
    "opinions, every version": at("/learning", STAFF),
    "opinions of many": unfolded,
    "resources": at("/resources"),
    "resources narrowed": at("/resources?q=payment&audience=contributors"),
    "no resources found": at("/resources?q=payment+zebra&nation=wales"),
    "resource": at(f"/resources/{RESOURCE}"),
    "retired resource": retired,
    "criterion with resources": at(f"{VERSION}/{CORE[0]}", LEAD),
    "suggest": at(f"/resources/suggest?criterion=pedri/{CORE[0]}", LEAD),
    "suggest with errors": pressed(at("/resources/suggest", LEAD), "Suggest it"),
    "suggestions": suggested,
    "hub": at("/hub?show=listed", STAFF),
    "hub: waiting": at("/hub?show=waiting", STAFF),
    "hub: missing": at("/hub?show=missing", STAFF),
    "hub: new with errors": pressed(at("/hub/new", STAFF), "Add it"),
    "hub: suggestion": linked(at("/hub?show=waiting", STAFF), SUGGESTED),
    "hub: two texts": two_texts,
    "hub: history": at(f"/hub/{RESOURCE}/history", STAFF),
}
IN_ERROR = {"draft with faults", "suggest with errors", "hub: new with errors", "hub: two texts"}
PICTURES = ("hub", "network")  # of the manual
