"""Without scripts nothing is lost either: going back, reloading, in a second tab."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from .journey import (
    CORE,
    CRITERIA,
    STANDARDS,
    answer,
    at_question,
    at_result,
    at_tasks,
    choice,
    criterion,
    download,
    downloaded_answers,
    field,
    fill,
    press,
    start_quick_check,
    states,
)
from .watching import Watch

MAY_BE_LEFT_OUT = [item["id"] for item in CRITERIA if item.get("not_applicable", {}).get("allowed")]


def test_home_to_report(plain_page: Page) -> None:
    page = plain_page
    page.goto("/")
    page.get_by_role("button", name="Start the quick check").click()
    start_quick_check(page)
    for number in range(1, len(CORE) + 1):
        at_question(page, number)
        answer(page, 1, evidence=f"Evidence {number}.")
    at_tasks(page)
    assert set(states(page).values()) == {"Answered"}
    press(page, "See the result")
    at_result(page)
    content = Path(download(page, "Download the report (PDF)").path()).read_bytes()
    assert content.startswith(b"%PDF-")


def test_the_buttons_back_and_all_questions_keep_what_was_typed(plain_page: Page) -> None:
    page = plain_page
    start_quick_check(page)
    answer(page, 1, evidence="First.")
    fill(page, evidence="Half a thought")
    press(page, "Back")
    at_question(page, 1)
    expect(field(page, "evidence")).to_have_value("First.")
    press(page, "Continue")
    expect(field(page, "evidence")).to_have_value("Half a thought")
    fill(page, evidence="Half a thought, and more")
    press(page, "All questions")
    at_tasks(page)
    assert states(page)[CORE[1]] == "In progress"
    press(page, f"Go on with {CORE[1]}")
    expect(field(page, "evidence")).to_have_value("Half a thought, and more")


def test_an_answer_changed_after_the_browsers_own_back_takes_nothing_away(plain_page: Page) -> None:
    page = plain_page
    start_quick_check(page)
    for number in (1, 2, 3):
        answer(page, 1, evidence=f"Evidence {number}.")
    page.go_back()
    page.go_back()
    page.go_back()
    at_question(page, 1)
    fill(page, 0, evidence="Changed my mind.")
    press(page, "All questions")
    at_tasks(page)
    answers = downloaded_answers(page)["answers"]
    assert answers[CORE[0]]["evidence"] == "Changed my mind."
    assert answers[CORE[0]]["level"] == 0
    assert [answers[name]["evidence"] for name in CORE[1:3]] == ["Evidence 2.", "Evidence 3."]


def test_back_and_forward_of_the_browser_show_the_pages_again(plain_page: Page) -> None:
    page = plain_page
    start_quick_check(page)
    answer(page, 1, evidence="First.")
    answer(page, 1, evidence="Second.")
    page.go_back()
    at_question(page, 2)
    page.go_back()
    at_question(page, 1)
    page.go_forward()
    page.go_forward()
    at_question(page, 3)
    press(page, "All questions")
    answers = downloaded_answers(page)["answers"]
    assert [answers[name]["evidence"] for name in CORE[:2]] == ["First.", "Second."]


def test_an_error_keeps_what_was_typed_and_says_what_to_do(plain_page: Page) -> None:
    page = plain_page
    start_quick_check(page)
    fill(page, evidence="Long and careful.", links="no address", note="Next year: ask again.")
    press(page, "Continue")
    at_question(page, 1)
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    assert page.title().startswith("Error: ")
    expect(field(page, "evidence")).to_have_value("Long and careful.")
    expect(field(page, "links")).to_have_value("no address")
    expect(field(page, "note")).to_have_value("Next year: ask again.")
    fill(page, 1, links="https://example.org/minutes")
    press(page, "Continue")
    at_question(page, 2)


def test_the_upper_half_of_the_scale_needs_a_reason(plain_page: Page) -> None:
    page = plain_page
    start_quick_check(page)
    fill(page, 3)
    press(page, "Continue")
    expect(page.get_by_role("alert")).to_contain_text("Say in one line why")
    expect(choice(page, 3)).to_be_checked()
    answer(page, 3, reason="The panel says so.")
    at_question(page, 2)


def test_we_do_not_know_is_an_answer(plain_page: Page) -> None:
    page = plain_page
    start_quick_check(page)
    answer(page, "dont-know")
    press(page, "All questions")
    assert states(page)[CORE[0]] == "Don't know yet"
    assert downloaded_answers(page)["answers"][CORE[0]] == {"dont_know": True}


def test_not_applicable_is_an_answer_with_a_reason_only(plain_page: Page) -> None:
    page = plain_page
    name = MAY_BE_LEFT_OUT[0]
    start_quick_check(page, depth="all")
    press(page, "All questions")
    page.get_by_role("button", name=f"{name}:").click()
    fill(page, "not-applicable")
    press(page, "Continue")
    assert criterion(page) == name
    expect(page.get_by_role("alert")).to_contain_text("Say why this is not applicable to you")
    expect(choice(page, "not-applicable")).to_be_checked()
    answer(page, "not-applicable", not_applicable="We do not do this kind of work.")
    press(page, "All questions")
    assert states(page)[name] == "Not applicable"
    answers = downloaded_answers(page)["answers"]
    assert answers == {name: {"not_applicable": "We do not do this kind of work."}}


def test_not_applicable_is_offered_only_where_the_file_allows_it(plain_page: Page) -> None:
    page = plain_page
    start_quick_check(page)
    may_not = next(name for name in CORE if name not in MAY_BE_LEFT_OUT)
    press(page, "All questions")
    page.get_by_role("button", name=f"{may_not}:").click()
    expect(choice(page, "dont-know")).to_have_count(1)
    expect(choice(page, "not-applicable")).to_have_count(0)


def test_a_reload_loses_nothing_that_was_sent(plain_page: Page) -> None:
    page = plain_page
    start_quick_check(page)
    answer(page, 1, evidence="Sent.")
    page.reload()
    at_question(page, 2)
    press(page, "Back")
    expect(field(page, "evidence")).to_have_value("Sent.")


def test_a_second_tab_at_the_address_of_a_question_has_the_answers(plain_page: Page) -> None:
    start_quick_check(plain_page)
    answer(plain_page, 1, evidence="From the first tab.")
    second = plain_page.context.new_page()
    second.goto(f"/quick-check/{CORE[0]}")
    expect(field(second, "evidence")).to_have_value("From the first tab.")


def test_two_tabs_that_answer_different_questions_lose_none(plain_page: Page) -> None:
    first = plain_page
    start_quick_check(first)
    second = first.context.new_page()
    second.goto(f"/quick-check/{CORE[4]}")
    answer(first, 1, evidence="In the first tab.")
    answer(second, 0, evidence="In the second tab.")
    answer(first, 1, evidence="Again in the first.")
    press(first, "All questions")
    answers = downloaded_answers(first)["answers"]
    assert {name: said["evidence"] for name, said in answers.items()} == {
        CORE[0]: "In the first tab.",
        CORE[4]: "In the second tab.",
        CORE[1]: "Again in the first.",
    }


def test_another_browser_is_told_that_the_answers_are_not_there(plain_page: Page, watch: Watch) -> None:
    watch.expect("status of 404")
    answered = plain_page.goto(f"/quick-check/{CORE[0]}")
    assert answered is not None
    assert answered.status == 404
    expect(plain_page.locator("h1")).to_have_text("Your answers are not here")
    plain_page.get_by_role("link", name="start again").click()
    expect(plain_page).to_have_url("/quick-check")


def test_one_whole_standard_can_be_answered(plain_page: Page) -> None:
    page = plain_page
    standard = STANDARDS["standards"][1]
    page.goto("/quick-check")
    page.locator(f'form#start input[name="standards"][value="{standard["id"]}"]').check()
    start_quick_check(page, depth="some", fresh=False)
    for _ in standard["criteria"]:
        answer(page, 1)
    at_tasks(page)
    assert states(page) == {item["id"]: "Answered" for item in standard["criteria"]}
