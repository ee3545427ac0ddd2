"""A way to every page of those who sign in, on the data of the demonstration."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import FilePayload, Page, expect

from .journey import CORE, ROOT, choice, field, press
from .server import running

Way = Callable[[Page], None]
ROUND = "Round of 2027"
LEAD, HALF_DONE, APPROVER, STAFF, FINISHED = (
    "Eilidh Lead",
    "Linked records programme",
    "Carys Approver",
    "Pat Staff",
    "Research with patient data, 2026",
)


@cache
def _demonstration() -> bytes:
    """A database with the invented people, made once in a test process for all its servers."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "assess.db"
        environ = {**os.environ, "DATABASE_URL": f"sqlite://{file}", "PEDRI_ASSESS_DEMONSTRATION": "yes"}
        for command in ("migrate", "demonstrate"):
            program = [sys.executable, "-m", "pedri_assess.cli", command]
            subprocess.run(program, cwd=ROOT, env=environ, check=True, stdout=subprocess.DEVNULL)
        assert sorted(Path(folder).iterdir()) == [file]  # nothing is left in a journal beside it
        return file.read_bytes()


@contextmanager
def demonstrating(log: Path, **more: str) -> Iterator[str]:
    """The address of a server with the invented people."""
    settings = {"DATABASE_URL": f"sqlite://{log}.db", "PEDRI_ASSESS_DEMONSTRATION": "yes", **more}
    Path(f"{log}.db").write_bytes(_demonstration())
    with running(log, **settings) as address:
        yield address


def become(page: Page, name: str) -> None:
    """Signs in as one of the invented people."""
    page.goto("/demonstration")
    page.get_by_role("button", name=name).click()
    expect(page.locator("h1")).to_contain_text("My work")


def of(scope: str, who: str, ending: str = "") -> Way:
    """The way to a page of an assessment."""

    def go(page: Page) -> None:
        become(page, who)
        page.get_by_role("link", name=scope, exact=True).click()
        if ending:
            page.goto(urlsplit(page.url).path + ending)

    return go


def at(path: str, who: str = "") -> Way:
    """The way to a page with an address."""

    def go(page: Page) -> None:
        if who:
            become(page, who)
        page.goto(path)

    return go


def pressed(way: Way, button: str) -> Way:
    """The page after pressing a button on another."""

    def go(page: Page) -> None:
        way(page)
        press(page, button)

    return go


def linked(way: Way, link: str) -> Way:
    """The page after following a link on another."""

    def go(page: Page) -> None:
        way(page)
        before = page.url
        page.get_by_role("link", name=link).first.click()
        page.wait_for_url(lambda address: address != before)

    return go


def conflict(page: Page) -> None:
    """A question that was answered in two tabs."""
    of(HALF_DONE, LEAD, f"/criteria/{CORE[1]}")(page)
    second = page.context.new_page()
    second.goto(page.url)
    for window, text in ((second, "In the second tab"), (page, "In the first tab")):
        field(window, "evidence").fill(f"{text}, {window.evaluate('Date.now()')}.")
        choice(window, "dont-know").check()
        press(window, "Task list")
    expect(page.locator("#both")).to_be_visible()


ORGANISATION = linked(at("/organisations", LEAD), "Harbour Data Trust")
YOUR_REPORT = linked(linked(at("/organisations", "Asha Lead"), "Northfield Hospitals"), "Your report: logo")


def no_words(page: Page) -> None:
    """The page of a logo after its words were taken away."""
    pressed(YOUR_REPORT, "Change the logo")(page)
    page.get_by_label("What does it show?").fill("")
    press(page, "Save, and see it")


def planned_round(page: Page) -> None:
    """A round to which everybody is invited; made once."""
    become(page, STAFF)
    page.goto("/rounds")
    if not page.get_by_role("link", name=ROUND).count():
        page.goto("/rounds/new")
        page.get_by_label("Name of the round").fill(ROUND)
        page.get_by_label("First day").fill("2026-01-01")
        page.get_by_label("Last day").fill("2099-12-31")
        press(page, "Plan it")
        page.get_by_role("link", name="Invite organisations that are here").click()
        for place in ("Harbour Data Trust", "Northfield Hospitals"):
            page.get_by_label(place).check()
        press(page, "Invite them")
    else:
        page.get_by_role("link", name=ROUND).click()
    expect(page.locator("h1")).to_contain_text(ROUND)


def faulty_list(page: Page) -> None:
    """What is wrong with a list of organisations."""
    planned_round(page)
    page.get_by_role("link", name="Invite from a list").click()
    page.get_by_label("Or paste the list here").fill("organisation,kind\nHarbour,zoo\nNew place,nhs")
    press(page, "Look through the list")
    expect(page.get_by_role("alert")).to_be_visible()


def round_part(page: Page) -> None:
    """A round as an organisation sees it."""
    planned_round(page)
    become(page, LEAD)
    ORGANISATION(page)
    page.get_by_role("link", name=ROUND).click()
    expect(page.locator("h1")).to_contain_text(ROUND)


def plan(page: Page) -> None:
    """A plan with an action that somebody owns; made once."""
    of(FINISHED, "Asha Lead", "/plan")(page)
    if not page.get_by_role("link", name="Meet monthly").count():
        page.get_by_role("button", name="Pick from what is proposed").click()
        for number in range(4):
            page.locator("input[name=action]").nth(number).check()
        press(page, "Put what is ticked into the plan")
        page.get_by_role("button", name="Add an action of your own").click()
        page.get_by_label("What will be done").fill(
            "Meet monthly with the panel, and write down what was said"
        )
        page.get_by_label("Owner").select_option(label="Ben Contributor")
        page.get_by_label("Due").fill("2026-01-31")
        page.get_by_role("checkbox").first.check()
        press(page, "Add it to the plan")
        page.get_by_role("link", name="Back to the plan").click()
    expect(page.locator("h1")).to_contain_text("Plan")


BEFORE, BEGUN, MOVABLE = (
    "Records of births, 2025",
    "Records of births, schools",
    "Records of births, hospital letters",
)


def what_if_wrong(page: Page) -> None:
    """A what-if with an effort that is none."""
    of(FINISHED, "Asha Lead", "/what-if")(page)
    page.get_by_label("How much effort there is").fill("many")
    press(page, "See what would follow")
    expect(page.get_by_role("alert")).to_be_visible()


def brought(name: str, *rows: str) -> Way:
    """What comes of a table with these rows; in a file of this name."""

    def go(page: Page) -> None:
        of(HALF_DONE, LEAD, "/bring")(page)
        table = "\r\n".join(["Criterion,Level,Reason", *rows]).encode()
        file = FilePayload(name=name, mimeType="text/csv", buffer=table)
        page.get_by_label("File with answers").set_input_files(file)
        press(page, "Look through the file")

    return go


def calendar(page: Page) -> None:
    """The address of a calendar, just made."""
    at("/account", LEAD)(page)
    page.get_by_role("button", name=re.compile("Make an? (new )?address")).click()
    expect(page.get_by_label("Address of your calendar")).to_be_visible()


PANEL = "Your view of our research"


def panel(page: Page) -> None:
    """A panel that is open; made once."""
    of(HALF_DONE, LEAD, "/panels")(page)
    if not page.get_by_role("link", name=PANEL).count():
        page.get_by_role("button", name="Plan a panel").click()
        page.get_by_label("Name of the panel").fill(PANEL)
        page.get_by_label("What it is about, in plain words").fill("Tell us how it is for you.")
        page.get_by_label("How many people do you expect?").fill("12")
        page.get_by_label("Last day").fill("2099-12-31")
        press(page, "Plan it")
        press(page, "Open the panel")
        page.get_by_role("link", name="Back to the panel").click()
    else:
        page.get_by_role("link", name=PANEL).click()
    expect(page.locator("h1")).to_contain_text(PANEL)


def panel_link(ending: str = "") -> Way:
    """A page of the panel, for a public contributor."""

    def go(page: Page) -> None:
        panel(page)
        page.get_by_role("link", name="Links and codes to hand out").click()
        found = re.search(r"/panel/[\w-]+", page.locator("main").inner_text())
        assert found
        page.context.clear_cookies()
        page.goto(found[0] + ending)

    return go


def panel_answers(page: Page) -> None:
    """What a public contributor said."""
    panel_link()(page)
    press(page, "Start")
    page.get_by_role("radio").nth(1).check()
    page.get_by_label("Anything you want to add?").fill("The letters are hard to read.")
    press(page, "Save and stop")
    expect(page.locator("h1")).to_contain_text("Thank you")


def meeting(position: int) -> Way:
    """The screen of a meeting of the panel, at a question; 0 where people join."""

    def go(page: Page) -> None:
        panel(page)
        page.get_by_role("link", name="Hold a meeting").click()
        if page.get_by_role("button", name="Begin the meeting").count():
            press(page, "Begin the meeting")
        for button in ("Back to", *["First question", "Next question"][:position]):
            while page.get_by_role("button", name=button).count() == 1:
                press(page, page.get_by_role("button", name=button).inner_text())
                if button != "Back to":
                    break

    return go


def no_meeting(page: Page) -> None:
    """Before a meeting begins."""
    meeting(0)(page)
    press(page, "End the meeting")
    page.get_by_role("link", name="Hold a meeting").click()


def wrong_hands(page: Page) -> None:
    """A count of hands that is none."""
    meeting(1)(page)
    page.get_by_text("Count hands").click()
    page.get_by_label("We have not started this yet.").fill("two")
    press(page, "Keep the hands")
    expect(page.get_by_role("alert")).to_be_visible()


def shown_result(page: Page) -> None:
    """What a room sees of the second question, shown once."""
    meeting(2)(page)
    if page.get_by_role("button", name="Show what all say").count():
        page.get_by_text("Count hands").click()
        page.get_by_label("We do this all the time.", exact=True).fill("3")
        press(page, "Keep the hands")
        press(page, "Show what all say")
    expect(page.locator("main")).to_contain_text("You together")


def on_phone(screen: Way) -> Way:
    """What a phone shows that joins."""

    def go(page: Page) -> None:
        screen(page)
        code = page.locator(".screen__code").inner_text()
        page.context.clear_cookies()
        page.goto(f"/join/{code}")
        press(page, "Join the meeting")

    return go


def paper_with(ending: str, *typed: str, go: str = "Look through it") -> Way:
    """The table for sheets of paper, with letters in its first row."""

    def way(page: Page) -> None:
        panel(page)
        page.goto(f"{urlsplit(page.url).path}/paper{ending}")
        for number, letter in enumerate(typed, 1):
            page.locator(f"#cell-1-{number}").fill(letter)
        if typed:
            press(page, go)

    return way


PAGES: dict[str, Way] = {
    "sign in as": at("/demonstration"),
    "sign in": at("/sign-in"),
    "my work": at("/my-work", "Farid Contributor"),
    "account": at("/account", LEAD),
    "calendar": calendar,
    "organisations": at("/organisations", LEAD),
    "organisation": ORGANISATION,
    "everything": linked(ORGANISATION, "Everything in one file, and deleting"),
    "delete": linked(
        linked(ORGANISATION, "Everything in one file, and deleting"), "Delete this organisation for good"
    ),
    "sharing": linked(ORGANISATION, "What we share with PEDRI and others"),
    "rounds": at("/rounds", STAFF),
    "plan a round": at("/rounds/new", STAFF),
    "round": planned_round,
    "list with faults": faulty_list,
    "invite to a round": linked(planned_round, "Invite organisations that are here"),
    "extension": linked(planned_round, "Extend"),
    "round of an organisation": round_part,
    "your report": YOUR_REPORT,
    "logo": pressed(YOUR_REPORT, "Change the logo"),
    "logo with errors": no_words,
    "preview": linked(YOUR_REPORT, "See what a report looks like now"),
    "staff": at("/organisations", STAFF),
    "standing text": at("/standing-text", STAFF),
    "new organisation": at("/organisations/new", STAFF),
    "mail": at("/mail", STAFF),
    "task list": of(HALF_DONE, LEAD),
    "people": of(HALF_DONE, LEAD, "/people"),
    "rate alone": of(HALF_DONE, LEAD, "/rating"),
    "people with errors": pressed(of(HALF_DONE, LEAD, "/people"), "Send the invitation"),
    "set-up": of(HALF_DONE, LEAD, "/set-up"),
    "question": of(HALF_DONE, LEAD, f"/criteria/{CORE[0]}"),
    "question with errors": pressed(of(HALF_DONE, LEAD, f"/criteria/{CORE[-1]}"), "Continue"),
    "question to read": of(FINISHED, APPROVER, f"/criteria/{CORE[0]}"),
    "two answers": conflict,
    "earlier texts": of(HALF_DONE, LEAD, f"/criteria/{CORE[0]}/history"),
    "check": of(HALF_DONE, LEAD, "/check"),
    "result": of(FINISHED, APPROVER, "/result"),
    "easy read": of(FINISHED, APPROVER, "/result/easy-read"),
    "no result": of(HALF_DONE, LEAD, "/result"),
    "signed off": of(FINISHED, "Asha Lead", "/check"),
    "sign off": of("Asthma and air quality", APPROVER, "/sign-off"),
    "history": of(HALF_DONE, LEAD, "/history"),
    "panels": of(HALF_DONE, LEAD, "/panels"),
    "new panel": of(HALF_DONE, LEAD, "/panels/new"),
    "panel": panel,
    "panel links": linked(panel, "Links and codes to hand out"),
    "panel start": panel_link(),
    "panel question": panel_link("/questions/1"),
    "panel answers": panel_answers,
    "meeting to begin": no_meeting,
    "meeting to join": meeting(0),
    "meeting": meeting(1),
    "meeting with wrong hands": wrong_hands,
    "result of a meeting": shown_result,
    "question on a phone": on_phone(meeting(1)),
    "result on a phone": on_phone(shown_result),
    "code of a meeting": at("/join"),
    "panel on paper": paper_with(""),
    "sheets of paper": paper_with("/sheets"),
    "sheets with errors": paper_with("/sheets", "a", "x", "c"),
    "sheets to look through": paper_with("/sheets", "a", "b", "?", "D"),
    "no plan yet": of(HALF_DONE, LEAD, "/plan"),
    "plan": plan,
    "plan as a board": linked(plan, "Show as a board"),
    "plan to agree to": of(FINISHED, APPROVER, "/plan"),
    "proposals": of(FINISHED, "Asha Lead", "/plan/proposals"),
    "action": linked(plan, "Meet monthly"),
    "new action": of(FINISHED, "Asha Lead", "/plan/new"),
    "start again": of(BEFORE, LEAD, "/again"),
    "from before": of(BEGUN, LEAD, "/from-before"),
    "question from before": of(BEGUN, LEAD, f"/criteria/{CORE[0]}"),
    "check with unconfirmed": of(BEGUN, LEAD, "/check"),
    "move to a newer version": of(MOVABLE, LEAD, "/move"),
    "bring answers in": of(HALF_DONE, LEAD, "/bring"),
    "answers to take": brought(
        "ours.csv", *(f"{name}.,1," for name in CORE[:1]), "", *(f"{name},1,So" for name in CORE)
    ),
    "answers that cannot be taken": brought("none.csv", "Ask in March,9,"),
    "cannot move": of(BEFORE, LEAD, "/move"),
    "result with last time": of("Records of births, 2026", LEAD, "/result"),
    "what if": of(FINISHED, "Asha Lead", "/what-if"),
    "what if with errors": what_if_wrong,
}

# The pictures of the manual, docs/manual/: what each shows
PICTURES = (
    *("my work", "task list", "question", "two answers", "people", "check", "sign off", "result", "history"),
    *("start", "organisation", "earlier texts", "your report", "start again", "from before"),
    *("panel", "panel question", "meeting", "sheets of paper", "plan", "round", "round of an organisation"),
)


def start(page: Page) -> None:
    """The page where an assessment is started."""
    PAGES["organisation"](page)
    page.get_by_role("button", name="Start an assessment").click()
    expect(page.locator("h1")).to_contain_text("Start an assessment")


PAGES["start"] = start
