"""The what-if page: actions that succeed, beside how it is now; nothing of it is kept."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flask.testing import FlaskClient

from pedri_assess.domain.actions import candidates
from pedri_assess.domain.assessment import Answer
from pedri_assess.domain.best import Aim
from pedri_assess.domain.said import Said
from pedri_assess.domain.smallest import in_words
from pedri_assess.domain.whatif import best_in_words, what_if
from pedri_assess.services import Context
from pedri_assess.services.answers import save_answer
from pedri_assess.services.handing_in import check, submit
from pedri_assess.services.plans import add
from pedri_assess.store.plans import PlanAction
from pedri_assess.store.schema import TABLES
from pedri_assess.web.whatif_words import best_words, smallest_words

from .pages import parsed, words_of
from .people import Town, send


def answered(town: Town) -> str:
    """The core criteria of everything, each one level below its target."""
    context: Context = town.app.extensions["pedri-assess"].context
    made, lead = town.assessment(), town.people["lead"].account_id
    for criterion in context.shelf.current("pedri").core_criteria:
        said = Said(Answer(level=1, evidence="<script>alert(1)</script>"))
        save_answer(context, made, criterion.id, lead, said, 0)
    return made


def ticked(client: FlaskClient, address: str) -> list[str]:
    page = parsed(client.get(address).get_data(as_text=True))
    return [
        str(item.get("value"))
        for item in page.iter("input")
        if item.get("name") == "take" and item.get("checked") is not None
    ]


def test_it_works(town: Town) -> None:
    viewer, made = town.client("viewer"), answered(town)
    told = words_of(viewer.get(f"/assessments/{made}/what-if"))
    assert "This is not the result, and nothing of it is kept." in told
    assert "The framework does not say how far its actions carry." in told
    assert "Nothing is ticked, so this is how it is now: 7 levels of gap." in told
    assert "EDI-3 alone would do." in told
    assert "These 7 actions would close 7 of 7 levels of gap" in told
    assert "<script>alert" not in viewer.get(f"/assessments/{made}/what-if").get_data(as_text=True)


def test_ticked_actions_show_what_would_follow(town: Town) -> None:
    lead, made = town.client("lead"), answered(town)
    answer = send(lead, f"/assessments/{made}/what-if", take="EDI-3/1", effort="", first="gaps")
    told = words_of(answer)
    assert answer.status_code == 200
    assert "1 action ticked: 7 levels of gap now, 6 then." in told
    assert "Equity, diversity and inclusion would come to its target." in told
    assert "If they succeed: 1 In place." in told
    address = f"/assessments/{made}/what-if?take=EDI-3/1&take=no-such&take=<b>"
    assert ticked(lead, address) == ["EDI-3/1"]
    assert "1 action ticked" in words_of(lead.get(address))


def test_the_best_for_some_effort(town: Town) -> None:
    lead, made = town.client("lead"), answered(town)
    told = words_of(lead.get(f"/assessments/{made}/what-if?effort=3&first=standards"))
    assert "These 3 actions would close 3 of 7 levels of gap" in told
    assert "for an effort of 3." in told
    assert "No action within these limits" in words_of(lead.get(f"/assessments/{made}/what-if?effort=0"))


@pytest.mark.parametrize("effort", ["many", "-1", "10001", "1" * 5000, "2.5", "<b>"])
def test_an_effort_that_is_none_says_so(town: Town, effort: str) -> None:
    lead, made = town.client("lead"), answered(town)
    answer = send(lead, f"/assessments/{made}/what-if", effort=effort)
    assert answer.status_code == 422
    assert "Give the effort as a whole number from 0 to 10,000" in words_of(answer)


def test_nothing_of_it_is_kept(town: Town) -> None:
    lead, made = town.client("lead"), answered(town)

    def content() -> list[object]:
        with town.database.read() as c:
            return [c.rows(f"SELECT * FROM {name}") for name in TABLES if name not in ("session", "visit")]

    before = content()
    send(lead, f"/assessments/{made}/what-if", take="EDI-3/1", effort="4")
    assert content() == before


def test_actions_of_ones_own_plan_can_be_tried_too(town: Town) -> None:
    lead, made = town.client("lead"), answered(town)
    context: Context = town.app.extensions["pedri-assess"].context
    who = town.people["lead"].account_id
    submit(context, made, who, 1, check(context, made).seal, leave=True)
    mine = PlanAction("", "", ("EDI-3",), "Ask the <panel>", effort="quick-win")
    planned = add(context, who, made, mine)
    page = lead.get(f"/assessments/{made}/what-if")
    assert "Ask the <panel> From your plan" in words_of(page)
    answer = send(lead, f"/assessments/{made}/what-if", take=f"{planned}/EDI-3", effort="", first="gaps")
    assert "1 action ticked: 7 levels of gap now, 6 then." in words_of(answer)


def test_where_there_is_nothing_to_try(town: Town) -> None:
    lead, made = town.client("lead"), town.assessment()
    assert "Nothing is answered yet" in words_of(lead.get(f"/assessments/{made}/what-if"))
    context: Context = town.app.extensions["pedri-assess"].context
    said = Said(Answer(level=3, reason="So"))
    save_answer(context, made, "EDI-3", town.people["lead"].account_id, said, 0)
    assert "there is nothing to try" in words_of(lead.get(f"/assessments/{made}/what-if"))


@pytest.mark.parametrize("most", [0, 1, 3, 5])
@pytest.mark.parametrize("effort", [None, 0, 1, 3, 9])
def test_a_page_says_what_the_command_says(town: Town, most: int, effort: int | None) -> None:
    found = check(town.app.extensions["pedri-assess"].context, answered(town))
    actions = candidates(found.framework, found.answered)[: most * 3]
    amount = None if effort is None else Fraction(effort)
    for standards_first in (True, False):
        aim = Aim(most, amount, standards_first)
        outcome = what_if(found.framework, found.answered, actions, (), aim)
        assert best_words(outcome) == best_in_words(outcome)
        assert list(map(smallest_words, outcome.smallest)) == list(map(in_words, outcome.smallest))
