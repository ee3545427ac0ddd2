"""Starting again, confirming, and moving a draft, on pages."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from pedri_assess.domain.assessment import Answer, Scope
from pedri_assess.domain.said import Said
from pedri_assess.services import Context
from pedri_assess.services.answers import question, save_answer
from pedri_assess.services.handing_in import check, submit
from pedri_assess.services.set_up import SetUp, start
from pedri_assess.services.starting_again import start_again
from pedri_assess.services.taking_part import add_person

from .pages import parsed, words_of
from .people import Town, send

YEAR = SetUp(Scope("programme", "Cancer registry", "All data on tumours"))
HOSTILE = "<script>alert(1)</script> {{7*7}}"


def context_of(town: Town) -> Context:
    found: Context = town.app.extensions["pedri-assess"].context
    return found


def older(town: Town, answers: dict[str, Said]) -> str:
    """A draft by the older version."""
    context, lead = context_of(town), town.people["lead"].account_id
    made = start(context, town.place, lead, "pedri", "2023.1", YEAR)
    add_person(context, made, town.people["contributor"].account_id, lead)
    for name, said in answers.items():
        save_answer(context, made, name, lead, said, 0)
    return made


def at(level: int, **more: Any) -> Said:
    return Said(Answer(level=level, evidence=f"Evidence, {HOSTILE}", reason="So", **more))


def last_year(town: Town) -> str:
    """One that was submitted by the older version."""
    answers = {"EQ-1": at(2), "EC-1": at(1), "EQ-2": at(2), "EQ-5": at(3, note="Ask Priya"), "EC-5": at(0)}
    made = older(town, answers)
    context, lead = context_of(town), town.people["lead"].account_id
    submit(context, made, lead, 1, check(context, made).seal, leave=True)
    return made


def this_year(town: Town) -> str:
    """One that was begun from it."""
    lead = town.people["lead"].account_id
    made = start_again(context_of(town), last_year(town), 1, lead, "2025.1", YEAR)
    add_person(context_of(town), made, town.people["contributor"].account_id, lead)
    return made


def fields_of(client: FlaskClient, address: str, form: str) -> dict[str, str]:
    """The fields of a form as a browser would send them back."""
    page = parsed(client.get(address).get_data(as_text=True))
    (found,) = [item for item in page.iter("form") if item.get("id") == form]
    fields = {}
    for item in found.iter():
        name, kind = item.get("name"), item.get("type", "")
        if not name or (kind in ("radio", "checkbox") and item.get("checked") is None):
            continue
        if item.tag == "textarea":
            fields[name] = item.text or ""
        elif item.tag == "select":
            fields[name] = next(
                o.get("value", "") for o in item.iter("option") if o.get("selected") is not None
            )
        elif item.tag == "input":
            fields[name] = item.get("value", "")
    return fields


def test_it_works(town: Town) -> None:
    lead, old = town.client("lead"), last_year(town)
    page = lead.get(f"/assessments/{old}/again")
    assert page.status_code == 200
    told = words_of(page)
    assert "1 to confirm, 1 to check against new wording, 40 to answer." in told
    assert "From EQ-1 (was merged): In place; EC-1 (was merged): Developing" in told
    assert "The lowest of these is Developing." in told
    assert "<script>alert" not in page.get_data(as_text=True)
    fields = fields_of(lead, f"/assessments/{old}/again", "again")
    assert (fields["scope_name"], fields["version"], fields["revision"]) == ("Cancer registry", "2025.1", "1")
    answer = send(lead, f"/assessments/{old}/again", **{**fields, "scope_name": "Cancer registry, next"})
    assert answer.status_code == 303
    told = words_of(lead.get(answer.location))
    assert "From last time: 1 to confirm, 1 to check against new wording, 40 to answer." in told
    assert "From EQ-1, EC-1." in told


def test_a_form_that_is_not_complete_is_shown_with_what_was_typed(town: Town) -> None:
    lead, old = town.client("lead"), last_year(town)
    fields = fields_of(lead, f"/assessments/{old}/again", "again")
    answer = send(lead, f"/assessments/{old}/again", **{**fields, "scope_name": "", "about": "Kept"})
    assert answer.status_code == 422
    assert "Give it a name" in words_of(answer)
    assert 'value="Kept"' in answer.get_data(as_text=True)


@pytest.mark.parametrize("version", ["2025.1", "2023.1"])
def test_the_version_can_be_chosen(town: Town, version: str) -> None:
    lead, old = town.client("lead"), last_year(town)
    fields = fields_of(lead, f"/assessments/{old}/again?version={version}", "again")
    assert fields["version"] == version
    made = send(lead, f"/assessments/{old}/again", **fields).location
    assert f" {version} Task list" in words_of(lead.get(made))
    assert lead.get(f"/assessments/{old}/again?version=9").status_code == 404


def test_nothing_is_begun_where_nothing_was_submitted(town: Town) -> None:
    assert town.client("lead").get(f"/assessments/{town.assessment()}/again").status_code == 404


def test_an_earlier_one_is_offered_where_one_starts(town: Town) -> None:
    lead = town.client("lead")
    address = f"/organisations/{town.place}/assessments/new"
    assert "Start again from an earlier one" not in words_of(lead.get(address))
    old = last_year(town)
    assert f"/assessments/{old}/again" in lead.get(address).get_data(as_text=True)
    assert f"/assessments/{old}/again" in lead.get(f"/assessments/{old}/result").get_data(as_text=True)
    viewer = town.client("viewer").get(f"/assessments/{old}/result").get_data(as_text=True)
    assert "/again" not in viewer


def test_last_year_is_in_view_beside_the_question(town: Town) -> None:
    contributor, made = town.client("contributor"), this_year(town)
    page = contributor.get(f"/assessments/{made}/criteria/EDI-2")
    told = words_of(page)
    assert "The answer below is from last time, and the wording is new." in told
    assert "EQ-2, last time" in told
    assert "We plan for inclusion and know who is missing." in told
    assert "Confirm and continue" in told
    assert "<script>alert" not in page.get_data(as_text=True)
    merged = words_of(contributor.get(f"/assessments/{made}/criteria/EDI-1"))
    assert "The lowest level before was Developing: where parts differ, start from there." in merged
    assert "Confirm and continue" not in merged
    assert "new in version 2025.1" in words_of(contributor.get(f"/assessments/{made}/criteria/EDI-7"))
    viewer = words_of(town.client("viewer").get(f"/assessments/{made}/criteria/EDI-2"))
    assert "EQ-2, last time" in viewer


def test_going_on_from_a_complete_answer_confirms_it(town: Town) -> None:
    contributor, made = town.client("contributor"), this_year(town)
    address = f"/assessments/{made}/criteria/EDI-2"
    fields = fields_of(contributor, address, "question")
    send(contributor, address, **fields, go="tasks")
    assert question(context_of(town), made, "EDI-2", "").left == "check-wording"
    changed = {**fields, "note": "Read again"}
    assert send(contributor, address, **changed, go="continue").status_code == 303
    found = question(context_of(town), made, "EDI-2", "")
    assert (found.left, found.saved.said.answer.note) == ("", "Read again")
    assert "Confirm and continue" not in words_of(contributor.get(address))


def test_confirming_what_somebody_changed_meanwhile_shows_both(town: Town) -> None:
    contributor, made = town.client("contributor"), this_year(town)
    address = f"/assessments/{made}/criteria/EDI-2"
    fields = fields_of(contributor, address, "question")
    lead = town.people["lead"].account_id
    save_answer(context_of(town), made, "EDI-2", lead, at(1, note="Theirs"), 1)
    answer = send(contributor, address, **fields, go="continue")
    assert answer.status_code == 409
    assert "Theirs" in words_of(answer)
    assert question(context_of(town), made, "EDI-2", "").left == "check-wording"


def test_an_incomplete_answer_is_not_confirmed(town: Town) -> None:
    contributor, made = town.client("contributor"), this_year(town)
    address = f"/assessments/{made}/criteria/EDI-2"
    fields = fields_of(contributor, address, "question")
    answer = send(contributor, address, **{**fields, "reason": ""}, go="continue")
    assert answer.status_code == 422
    assert question(context_of(town), made, "EDI-2", "").left == "check-wording"


def test_one_button_confirms_from_the_list(town: Town) -> None:
    contributor, made = town.client("contributor"), this_year(town)
    page = words_of(contributor.get(f"/assessments/{made}/from-before"))
    assert "1 to confirm, 1 to check against new wording, 40 to answer." in page
    assert "Then: We plan for inclusion and know who is missing." in page
    assert "EC-5: We use consistent key messages in all communication." in page  # no longer asked
    confirm = f"/assessments/{made}/from-before/EDI-5/confirm"
    assert send(contributor, confirm, changes="1").status_code == 303
    page = words_of(contributor.get(f"/assessments/{made}/from-before"))
    assert "Confirmed by Contributor Person" in page
    assert send(contributor, confirm, changes="7").status_code == 409
    assert "EDI-5 was changed since you opened the page" in words_of(send(contributor, confirm, changes="7"))
    assert send(contributor, f"/assessments/{made}/from-before/EDI-1/confirm", changes="0").status_code == 422
    viewer = town.client("viewer").get(f"/assessments/{made}/from-before").get_data(as_text=True)
    assert "/confirm" not in viewer


def test_what_is_not_confirmed_stands_in_the_way_of_submitting(town: Town) -> None:
    lead, made = town.client("lead"), this_year(town)
    page = lead.get(f"/assessments/{made}/check")
    assert "From last time, and not confirmed" in words_of(page)
    assert "Submit for sign-off" not in words_of(page)
    seal = check(context_of(town), made).seal
    answer = send(lead, f"/assessments/{made}/submit", revision="1", seal=seal, leave="yes")
    assert answer.status_code == 422
    assert 'href="#unconfirmed"' in answer.get_data(as_text=True)


def test_a_draft_moves_after_a_preview(town: Town) -> None:
    lead, made = (
        town.client("lead"),
        older(town, {"EQ-5": at(3), "EQ-2": at(2), "EQ-4": at(1), "EC-5": at(1)}),
    )
    assert f"/assessments/{made}/move" in lead.get(f"/assessments/{made}").get_data(as_text=True)
    told = words_of(lead.get(f"/assessments/{made}/move"))
    assert "Move to version 2025.1" in told
    assert "From EQ-4 (was split): Developing." in told
    fields = fields_of(lead, f"/assessments/{made}/move", "move")
    answer = send(lead, f"/assessments/{made}/move", **fields)
    assert (answer.status_code, answer.location) == (303, f"/assessments/{made}/from-before")
    told = words_of(lead.get(answer.location))
    assert "From EQ-4, before the move from version 2023.1." in told
    assert "EC-5: We use consistent key messages" in told
    page = words_of(lead.get(f"/assessments/{made}/criteria/MUT-2"))
    assert "EQ-4, before the move from version 2023.1" in page
    assert "moved the assessment to version 2025.1" in words_of(lead.get(f"/assessments/{made}/history"))
    assert f"/assessments/{made}/move" not in lead.get(f"/assessments/{made}").get_data(as_text=True)


def test_comments_stay_in_view_after_a_move(town: Town) -> None:
    lead, made = town.client("lead"), older(town, {"EQ-4": at(1)})
    send(lead, f"/assessments/{made}/criteria/EQ-4/comments", comment="Who pays the taxi?")
    send(lead, f"/assessments/{made}/move", **fields_of(lead, f"/assessments/{made}/move", "move"))
    for name in ("EDI-6", "MUT-2"):
        assert "Who pays the taxi?" in words_of(lead.get(f"/assessments/{made}/criteria/{name}"))


def test_a_stale_preview_moves_nothing(town: Town) -> None:
    lead, made = town.client("lead"), older(town, {"EQ-5": at(3)})
    fields = fields_of(lead, f"/assessments/{made}/move", "move")
    save_answer(context_of(town), made, "EQ-1", town.people["lead"].account_id, at(1), 0)
    answer = send(lead, f"/assessments/{made}/move", **fields)
    assert answer.status_code == 409
    assert "Somebody changed this assessment since you opened the page" in words_of(answer)
    assert "2023.1 Task list" in words_of(lead.get(f"/assessments/{made}"))


def test_what_cannot_move_says_why(town: Town) -> None:
    lead, made = town.client("lead"), last_year(town)
    answer = lead.get(f"/assessments/{made}/move")
    assert answer.status_code == 409
    assert "waits for sign-off" in words_of(answer)
    assert town.client("contributor").get(f"/assessments/{made}/move").status_code == 403


def test_where_nothing_came_along_there_is_no_such_page(town: Town) -> None:
    lead, made = town.client("lead"), town.assessment()
    assert lead.get(f"/assessments/{made}/from-before").status_code == 404
    assert "from-before" not in lead.get(f"/assessments/{made}").get_data(as_text=True)
