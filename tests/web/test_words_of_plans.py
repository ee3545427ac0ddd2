"""Pages of plans and what-ifs whose words depend on how things stand, state by state."""

from __future__ import annotations

from typing import Any

import pytest

from pedri_assess.domain.assessment import Answer
from pedri_assess.domain.said import Said
from pedri_assess.services import Context
from pedri_assess.services.answers import save_answer
from pedri_assess.services.handing_in import check as ready
from pedri_assess.services.handing_in import submit

from .in_another_language import check, get, post, town
from .pages import hidden
from .people import Town

__all__ = ["town"]

ACTION = {"text": "quokka", "criteria": "EDI-3", "owner": "", "effort": "", "due": "", "cost": "quokka"}
SCOPE = "Cancer registry"


def answered(town: Town, level: int = 0, criterion: str = "EDI-3", *, hand_in: bool = False) -> str:
    """The address of an assessment with one answer."""
    context: Context = town.app.extensions["pedri-assess"].context
    made, lead = town.assessment(), town.people["lead"].account_id
    save_answer(context, made, criterion, lead, Said(Answer(level=level, evidence="x", reason="x")), 0)
    if hand_in:
        submit(context, made, lead, 1, ready(context, made).seal, leave=True)
    return f"/assessments/{made}"


@pytest.fixture
def home(town: Town) -> str:
    """The address of the plan of a submitted assessment with one gap."""
    return f"{answered(town, hand_in=True)}/plan"


def added(town: Town, home: str, **changed: str) -> str:
    """The address of a new action."""
    return str(post(town.client("lead"), f"{home}/new", **{**ACTION, **changed}).headers["Location"])


def seen(town: Town, address: str, *who: str) -> None:
    """Checks a page as each of them sees it."""
    for name in who or ("lead", "viewer"):
        check(get(town.client(name), address), 200, SCOPE)


def refused(town: Town, address: str, status: int, who: str = "lead", /, **fields: str) -> None:
    """Checks the page that says why something did not happen."""
    check(post(town.client(who), address, **fields), status, SCOPE)


def test_before_there_is_a_plan(town: Town) -> None:
    home = f"{answered(town)}/plan"
    seen(town, home)
    seen(town, f"{home}/proposals")
    refused(town, f"{home}/proposals", 409, action="EDI-3/0")


def test_where_there_is_no_gap(town: Town) -> None:
    seen(town, f"{answered(town, 3, hand_in=True)}/plan/proposals")


def test_what_is_proposed(town: Town, home: str) -> None:
    seen(town, home)
    seen(town, f"{home}/proposals")
    refused(town, f"{home}/proposals", 422, **{"none/EDI-3": "yes", "action": "EDI-3/0"})
    post(town.client("lead"), f"{home}/proposals", **{"none/EDI-3": "yes", "why/EDI-3": "quokka"})
    post(town.client("lead"), f"{home}/proposals", action="EDI-3/0")
    seen(town, f"{home}/proposals")
    for view in ("list", "board"):
        seen(town, f"{home}?view={view}")


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""}, {"criteria": "NO-1"}, {"due": "soon"}, {"owner": "nobody"}, {"effort": "none"},
        {"text": "x" * 1_001}, {"cost": "x" * 201},
    ],
)  # fmt: skip
def test_what_is_wrong_in_an_action(town: Town, home: str, wrong: dict[str, str]) -> None:
    refused(town, f"{home}/new", 422, **{**ACTION, **wrong})
    refused(town, added(town, home), 422, **{**ACTION, **wrong})


def test_actions_on_time_and_late(town: Town, home: str) -> None:
    today = town.app.extensions["pedri-assess"].context.today().isoformat()
    owner = town.people["contributor"].account_id
    for due in ("2020-01-01", today, "2099-12-31"):
        seen(
            town,
            added(town, home, due=due, owner=owner, first_step="quokka"),
            "lead",
            "contributor",
            "viewer",
        )
        for query in ("view=list", "view=board", "when=late", "when=open", "standard=CUL", "owner=nobody"):
            seen(town, f"{home}?{query}", "lead", "contributor", "viewer")


def test_how_far_an_action_is(town: Town, home: str) -> None:
    here = added(town, home)
    for status, words in (("", ""), ("done", ""), ("dropped", ""), ("no-action", ""), ("done", "x" * 2_001)):
        refused(town, f"{here}/status", 422, status=status, words=words, changes="1")
    for changes, status in enumerate(("under-way", "done", "dropped", "no-action"), start=1):
        sent = {"status": status, "words": "quokka", "changes": str(changes)}
        assert post(town.client("lead"), f"{here}/status", **sent).status_code == 303
        seen(town, here)
        seen(town, f"{home}?view=board")
    refused(town, f"{here}/status", 409, status="done", words="quokka", changes="1")


def test_two_who_change_an_action(town: Town, home: str) -> None:
    here = added(town, home)
    owner = town.people["contributor"].account_id
    sent = {**ACTION, "changes": "1"}
    post(town.client("lead"), here, **{**sent, "owner": owner, "due": "2099-12-31", "first_step": "quokka"})
    refused(town, here, 409, **sent)


def test_a_plan_that_changes(town: Town, home: str) -> None:
    first = added(town, home)
    added(town, home)
    refused(town, f"{home}/merge", 409, action=first.rpartition("/")[2])
    seen(town, home, "approver")
    refused(town, f"{home}/agree", 409, "approver", seal="x")
    approver: Any = town.client("approver")
    post(approver, f"{home}/agree", seal=hidden(get(approver, home), "seal"))
    seen(town, home, "approver", "lead", "viewer")
    post(town.client("lead"), f"{first}/remove")
    seen(town, home, "approver", "lead", "viewer")


def test_what_ifs(town: Town) -> None:
    for here in (f"/assessments/{town.assessment()}", answered(town, 3), answered(town)):
        seen(town, f"{here}/what-if")
        for query in (
            "take=EDI-3/1",
            "take=EDI-3/1&take=EDI-3/2&take=EDI-3/3",
            "effort=0",
            "first=standards",
        ):
            seen(town, f"{here}/what-if?{query}")
        refused(town, f"{here}/what-if", 422, effort="many")
