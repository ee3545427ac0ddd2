"""The pages of a plan: who picks, changes and agrees, and what happens when two do at once."""

from __future__ import annotations

import csv
import io
import re

import pytest
from werkzeug.test import TestResponse

from pedri_assess.domain.assessment import Answer
from pedri_assess.domain.said import Said
from pedri_assess.services.answers import save_answer
from pedri_assess.services.handing_in import check, submit
from pedri_assess.services.plans import plan_of
from pedri_assess.store.plans import PlanAction

from .pages import hidden, parsed, words_of
from .people import Town, send

ACTION = {"text": "Meet monthly", "criteria": "EDI-3", "owner": "", "effort": "", "due": "2099-03-31"}


@pytest.fixture
def home(town: Town) -> str:
    """The address of the plan of a submitted assessment with one gap."""
    context, lead = town.app.extensions["pedri-assess"].context, town.people["lead"].account_id
    made = town.assessment()
    save_answer(context, made, "EDI-3", lead, Said(Answer(level=0, evidence="x")), 0)
    submit(context, made, lead, 1, check(context, made).seal, leave=True)
    return f"/assessments/{made}/plan"


def page(town: Town, address: str, who: str = "lead") -> TestResponse:
    return town.client(who).get(address)


def added(town: Town, home: str, **changed: str) -> str:
    """The address of a new action."""
    answer = send(town.client("lead"), f"{home}/new", **{**ACTION, **changed})
    assert answer.status_code == 303
    return answer.headers["Location"]


def action(town: Town, home: str) -> PlanAction:
    return plan_of(town.app.extensions["pedri-assess"].context, home.split("/")[2]).actions[0]


def test_an_assessment_without_a_result_has_no_plan_yet(town: Town) -> None:
    home = f"/assessments/{town.assessment()}/plan"
    assert "A plan follows from a result" in words_of(page(town, home))
    assert "Nothing was submitted yet" in words_of(page(town, f"{home}/proposals"))
    assert send(town.client("lead"), f"{home}/proposals", action="EDI-3/0").status_code == 409


def test_a_lead_picks_and_everyone_sees_the_plan(town: Town, home: str) -> None:
    proposals = page(town, f"{home}/proposals")
    assert "target In place" in words_of(proposals)
    keys = [box.get("value") for box in parsed(proposals.text).iter("input") if box.get("name") == "action"]
    assert len(keys) == 3
    assert send(town.client("lead"), f"{home}/proposals", action=keys[0]).status_code == 303
    for who in ("lead", "viewer", "contributor"):
        assert "1 of 1 action" in words_of(page(town, home, who))
    assert "In the plan" in words_of(page(town, f"{home}/proposals"))


def test_doing_nothing_needs_a_reason_and_what_was_ticked_stays(town: Town, home: str) -> None:
    answer = send(
        town.client("lead"),
        f"{home}/proposals",
        **{"none/EDI-3": "yes", "why/EDI-3": "", "action": "EDI-3/0"},
    )
    assert answer.status_code == 422
    assert "Say why nothing is done" in words_of(answer)
    boxes = [box for box in parsed(answer.text).iter("input") if box.get("type") == "checkbox"]
    ticked = {box.get("name"): box.get("value") for box in boxes if box.get("checked") is not None}
    assert ticked == {"action": "EDI-3/0", "none/EDI-3": "yes"}
    assert "There is nothing in the plan yet" in words_of(page(town, home))


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("text", " ", "Say what will be done"), ("criteria", "NO-1", "Choose at least one criterion"),
        ("due", "soon", "Give the day as"), ("owner", "nobody", "Choose one of these"),
        ("effort", "none", "Choose one of these"), ("text", "x" * 1_001, "1,000 characters or fewer"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_an_action_is_said(
    town: Town, home: str, field: str, value: str, words: str
) -> None:
    answer = send(town.client("lead"), f"{home}/new", **{**ACTION, field: value})
    assert answer.status_code == 422
    assert words in words_of(answer)


def test_two_who_change_an_action_see_both_texts(town: Town, home: str) -> None:
    here = added(town, home)
    changes = hidden(page(town, here), "changes", "edit")
    assert (
        send(town.client("lead"), here, **{**ACTION, "text": "Theirs", "changes": changes}).status_code == 303
    )
    answer = send(town.client("lead"), here, **{**ACTION, "text": "Mine", "changes": changes})
    assert answer.status_code == 409
    assert "As it stands now: Theirs" in words_of(answer)
    assert b"Mine" in answer.data
    again = {**ACTION, "text": "Both", "changes": hidden(answer, "changes", "edit")}
    assert send(town.client("lead"), here, **again).status_code == 303
    assert action(town, home).text == "Both"


def test_how_far_it_is_needs_words_at_its_end(town: Town, home: str) -> None:
    here = added(town, home)
    sent = {"status": "done", "changes": hidden(page(town, here), "changes", "far")}
    answer = send(town.client("lead"), f"{here}/status", **sent)
    assert answer.status_code == 422
    assert "Say in a few words what changed" in words_of(answer)
    assert send(town.client("lead"), f"{here}/status", **sent, words="All ask now").status_code == 303
    assert "All ask now" in words_of(page(town, here, "viewer"))
    assert send(town.client("lead"), f"{here}/status", **sent, words="Again").status_code == 409


def test_contributors_change_what_is_theirs(town: Town, home: str) -> None:
    mine = added(town, home, owner=town.people["contributor"].account_id)
    other = added(town, home)
    assert "How far it is" in words_of(page(town, mine, "contributor"))
    assert "How far it is" not in words_of(page(town, other, "contributor"))
    sent = {"status": "under-way", "changes": "1"}
    assert send(town.client("contributor"), f"{mine}/status", **sent).status_code == 303
    assert send(town.client("contributor"), f"{other}/status", **sent).status_code == 403


def test_the_board_moves_an_action_along(town: Town, home: str) -> None:
    here = added(town, home)
    board = page(town, f"{home}?view=board")
    assert "Planned (1)" in words_of(board)
    changes = re.search(rb'name="changes" value="(\d+)"', board.data)
    assert changes
    sent = {"from": "board", "status": "under-way", "words": "", "changes": changes[1].decode()}
    answer = send(town.client("lead"), f"{here}/status", **sent)
    assert answer.headers["Location"].endswith("?view=board")
    assert "Under way (1)" in words_of(page(town, f"{home}?view=board"))


def test_filters_show_what_is_asked_for(town: Town, home: str) -> None:
    added(town, home, text="Old", due="2020-01-01")
    added(town, home, text="New", owner=town.people["viewer"].account_id)
    for query, there, away in (
        ("when=late", "Old", "New"), ("owner=nobody", "Old", "New"),
        (f"owner={town.people['viewer'].account_id}", "New", "Old"), ("standard=CUL", "", "Old"),
    ):  # fmt: skip
        shown = words_of(page(town, f"{home}?{query}"))
        assert there in shown
        assert f"{away} Planned" not in shown
    assert "1 action is late" in words_of(page(town, home))
    assert "2 of 2 actions" in words_of(page(town, f"{home}?when=nonsense&owner=x&standard=y&view=z"))


def test_actions_are_merged_taken_out_and_put_back(town: Town, home: str) -> None:
    first, second = added(town, home), added(town, home, text="Meet often")
    ids = [address.rpartition("/")[2] for address in (first, second)]
    lead = town.client("lead")
    assert send(lead, f"{home}/merge", action=ids[0]).status_code == 409
    token = hidden(page(town, home), "csrf_token")
    assert lead.post(f"{home}/merge", data={"csrf_token": token, "action": ids}).status_code in (303, 400)
    assert send(lead, f"{first}/remove").status_code == 303
    assert "Taken out of the plan" in words_of(page(town, home))
    assert send(lead, f"{first}/put-back").status_code == 303
    assert "Taken out of the plan" not in words_of(page(town, home))


def test_an_approver_agrees_to_what_they_read(town: Town, home: str) -> None:
    added(town, home)
    seal = hidden(page(town, home, "approver"), "seal")
    added(town, home, text="One more")
    answer = send(town.client("approver"), f"{home}/agree", seal=seal)
    assert answer.status_code == 409
    assert "The plan changed since you opened the page" in words_of(answer)
    assert send(town.client("approver"), f"{home}/agree", seal=hidden(answer, "seal")).status_code == 303
    assert "Approver Person agreed to this plan" in words_of(page(town, home, "viewer"))


def test_the_table_is_safe_in_a_spreadsheet(town: Town, home: str) -> None:
    added(town, home, text="=HYPERLINK(1)", cost="+1")
    rows = list(csv.reader(io.StringIO(page(town, f"{home}/plan.csv", "viewer").data.decode("utf-8-sig"))))
    assert rows[1][0] == "'=HYPERLINK(1)"
    assert rows[1][-1] == "'+1"
    assert rows[1][1:5] == ["EDI-3", "", "2099-03-31", "Planned"]
