"""Two years in a life: assess by an older version, start again by the newer one, and see what moved."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from .journey import choice, field, press
from .signed_in import become, demonstrating

LEAD, PLACE = "Eilidh Lead", "Harbour Data Trust"
FIRST, NEXT = "Two years, the first", "Two years, the second"
# By the links of the newer version: the levels of the first year
ACTION = "Let the panel read letters before they go out"
ANSWERS = {"EQ-1": 2, "EC-1": 1, "EQ-2": 1, "EQ-4": 1, "EQ-5": 1, "MB-3": 0}


@pytest.fixture(scope="module")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the invented people."""
    with demonstrating(tmp_path_factory.mktemp("years") / "log") as address:
        yield address


def begin(page: Page) -> str:
    """The address of an assessment of everything, by the older version."""
    become(page, LEAD)
    page.goto("/organisations")
    page.get_by_role("link", name=PLACE).first.click()
    page.get_by_role("button", name="Start an assessment").click()
    page.get_by_role("link", name=re.compile("Use version 2023.1")).click()
    page.get_by_label("Project", exact=True).check()
    page.locator("input[name=scope_name]").fill(FIRST)
    page.get_by_label("Everything").check()
    press(page, "Start")
    expect(page.locator("h1")).to_contain_text("Task list")
    return page.url.removesuffix("/")


def answer(page: Page, address: str, name: str, level: int, evidence: str) -> None:
    page.goto(f"{address}/criteria/{name}")
    field(page, "evidence").fill(evidence)
    choice(page, str(level)).check()
    field(page, "reason").fill("It is so")
    press(page, "Continue")
    expect(page.locator("h1")).not_to_contain_text("Error")


def hand_in(page: Page, address: str) -> None:
    page.goto(f"{address}/check")
    page.get_by_label(re.compile("Leave .* unanswered")).check()
    press(page, "Submit for sign-off")
    expect(page.locator("h1")).to_contain_text("Waits for sign-off")


def plan_and_do(page: Page, address: str, name: str) -> None:
    """An action of one's own for a criterion, planned, and later done."""
    page.goto(f"{address}/plan/new")
    page.get_by_label("What will be done").fill(ACTION)
    page.locator(f'input[name=criteria][value="{name}"]').check()
    press(page, "Add it to the plan")
    page.goto(f"{address}/plan")
    page.get_by_role("link", name=ACTION).first.click()
    page.get_by_label("Done", exact=True).check()
    page.get_by_label("Note", exact=True).fill("The panel reads every letter first")
    press(page, "Save how far it is")
    expect(page.locator("main")).to_contain_text("The panel reads every letter first")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_two_years_in_a_life(page: Page, plain_page: Page, scripts: bool) -> None:
    window = page if scripts else plain_page
    first = begin(window)
    for name, level in ANSWERS.items():
        answer(window, first, name, level, f"The first year, {name}.")
    hand_in(window, first)
    plan_and_do(window, first, "EQ-2")
    window.goto(f"{first}/check")

    # The next year: what would come along, and beginning it
    window.get_by_role("button", name="Start again from this").click()
    expect(window.locator("#counts")).to_have_text(
        "1 to confirm, 1 to check against new wording, 40 to answer."
    )
    window.locator("input[name=scope_name]").fill(NEXT)
    press(window, "Start with these answers")
    expect(window.locator("h1")).to_contain_text("Task list")
    second = window.url.removesuffix("/")
    for name, words in (
        ("EDI-5", "Confirm"),
        ("EDI-2", "Check wording"),
        ("EDI-1", "Answer"),
        ("MUT-2", "Answer"),
    ):
        expect(window.locator(f"#status-{name}")).to_have_text(words)

    # Two merges meet, and a split meets a merge: blank, beside all that was said
    for name, sources in (("EDI-1", ("EQ-1", "EC-1")), ("EDI-6", ("EQ-4",)), ("MUT-2", ("EQ-4", "MB-3"))):
        window.goto(f"{second}/criteria/{name}")
        for source in sources:
            expect(window.get_by_text(f"The first year, {source}.")).to_be_visible()
        expect(field(window, "evidence")).to_have_value("")
        assert window.locator('input[name="choice"]:checked').count() == 0

    # Confirm one with one button, read another again and raise it, answer the merged one
    window.goto(f"{second}/from-before")
    window.locator("#criterion-EDI-5").get_by_role("button", name=re.compile("^Confirm")).click()
    expect(window.locator("#criterion-EDI-5")).to_contain_text("Confirmed by Eilidh Lead")
    window.goto(f"{second}/criteria/EDI-2")
    expect(field(window, "evidence")).to_have_value("The first year, EQ-2.")
    choice(window, "2").check()
    press(window, "Confirm and continue")
    expect(window.locator("h1")).to_contain_text("Question 3")
    answer(window, second, "EDI-1", 2, "The second year.")
    window.goto(second)
    for name in ("EDI-1", "EDI-2", "EDI-5"):
        expect(window.locator(f"#status-{name}")).to_have_text("Answered")
    hand_in(window, second)

    window.goto(f"{second}/result")
    told = window.locator(".report-last")
    expect(told).to_contain_text("Change since last time")
    expect(told).to_contain_text("1 moved up, 1 is as it was")
    expect(told).to_contain_text(
        "It was put together from EQ-1 and EC-1. Then: EQ-1 In place and EC-1 Developing."
    )
    expect(told).to_contain_text("It was put together from EQ-4 and MB-3.")
    expect(told).to_contain_text("It is one part of EQ-4, which was split.")
    expect(told).to_contain_text(
        "Of 1 action of the last plan, 1 done, and what it was for is at a higher level."
    )
    expect(told.locator(".report-acted tbody tr")).to_contain_text(
        re.compile(r"EQ-2\s+Done\s+Higher now: EDI-2")
    )
