"""Evidence given for other standards is offered to those who may see it, and copied by nobody but them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pedri_assess.config import data_dir
from pedri_assess.domain.assessment import Answer, Scope
from pedri_assess.domain.said import Said
from pedri_assess.services import Context
from pedri_assess.services.answers import question, save_answer
from pedri_assess.services.set_up import ALL, SetUp, start
from pedri_assess.services.taking_part import add_person
from pedri_assess.store import connect
from tests.unit.frameworks import a_criterion, a_document

from .pages import an_app, hidden, parsed, words_of
from .people import BASE, Town, send

EVIDENCE = "Minutes <b>of May</b>\n=1+1"


@pytest.fixture
def walked(tmp_path: Path, migrated: Path, town: Town) -> Iterator[tuple[Town, str, str]]:
    """A town that has a second framework and a crosswalk, with evidence given there; both assessments."""
    folder = tmp_path / "more"
    (folder / "tiny").mkdir(parents=True)
    (folder / "tiny" / "1.json").write_text(json.dumps(a_document([a_criterion("A"), a_criterion("B")])))
    walk = {
        "title": "Tiny and PEDRI",
        "between": [{"framework": "tiny", "version": "1"}, {"framework": "pedri", "version": "2025.1"}],
        "links": [{"first": "A", "second": "EDI-3", "note": "There it is about letters only"}],
    }
    (folder / "tiny.crosswalk.json").write_text(json.dumps(walk))
    town.app = an_app(folder, database_url=f"sqlite://{tmp_path / 'assess.db'}", base_url=BASE)
    context: Context = town.app.extensions["pedri-assess"].context
    lead = town.people["lead"].account_id
    there = start(context, town.place, lead, "tiny", "1", SetUp(Scope("programme", "Letters", ""), ALL))
    save_answer(context, there, "A", lead, Said(Answer(level=1, evidence=EVIDENCE)), 0)
    yield town, there, town.assessment()
    connect(f"sqlite://{tmp_path / 'assess.db'}").close()


def test_it_is_offered_and_taken_by_a_button(walked: tuple[Town, str, str]) -> None:
    town, there, here = walked
    lead, address = town.client("lead"), f"/assessments/{here}/criteria/EDI-3"
    page = lead.get(address)
    told = words_of(page)
    assert "Given before, for other standards" in told
    assert "To mind: There it is about letters only" in told
    assert "Minutes <b>of May</b>" in told
    assert parsed(page.get_data(as_text=True)).find(".//textarea[@name='evidence']").text in (None, "")
    sent = {"changes": hidden(page, "changes"), "base": hidden(page, "base"), "evidence": "Mine"}
    taken = send(lead, f"{address}/offered", offer=f"{there}/A", **sent)
    field = parsed(taken.get_data(as_text=True)).find(".//textarea[@name='evidence']").text
    assert field.strip().startswith(f"Mine\n\n{EVIDENCE}\n(Given before for A tiny framework 1, A, Letters, ")
    context: Context = town.app.extensions["pedri-assess"].context
    assert (
        question(context, here, "EDI-3", town.people["lead"].account_id).saved.changes == 0
    )  # not saved yet
    assert "Given before" not in words_of(lead.get(f"/assessments/{here}/criteria/EDI-4"))


def test_taking_it_overwrites_nobody_and_enter_goes_on(walked: tuple[Town, str, str]) -> None:
    town, there, here = walked
    lead, address = town.client("lead"), f"/assessments/{here}/criteria/EDI-3"
    page = lead.get(address)
    buttons = parsed(page.get_data(as_text=True)).findall(".//form[@id='question']//button[@type='submit']")
    assert (buttons[0].get("formaction"), buttons[0].get("value")) == (None, "continue")  # what Enter presses
    context: Context = town.app.extensions["pedri-assess"].context
    answer = Said(Answer(level=1, evidence="Quicker"))
    save_answer(context, here, "EDI-3", town.people["approver"].account_id, answer, 0)
    sent = {"changes": hidden(page, "changes"), "base": hidden(page, "base"), "evidence": "Mine"}
    taken = send(lead, f"{address}/offered", offer=f"{there}/A", **sent)
    field = parsed(taken.get_data(as_text=True)).find(".//textarea[@name='evidence']").text
    assert taken.status_code == 409
    assert all(words in field for words in ("Mine", "Quicker", "(Given before for "))


def test_only_who_may_see_it_there_is_offered_it_here(walked: tuple[Town, str, str]) -> None:
    town, there, here = walked
    address = f"/assessments/{here}/criteria/EDI-3"
    contributor = town.client("contributor")
    assert "Given before" not in words_of(contributor.get(address))
    assert send(contributor, f"{address}/offered", offer=f"{there}/A").status_code == 404
    context: Context = town.app.extensions["pedri-assess"].context
    people = town.people
    add_person(context, there, people["contributor"].account_id, people["lead"].account_id)
    assert "Given before" in words_of(contributor.get(address))
    assert "Put it into the evidence field" not in words_of(town.client("viewer").get(address))


def test_evidence_of_another_organisation_is_never_offered(walked: tuple[Town, str, str]) -> None:
    town, there, _here = walked
    context: Context = town.app.extensions["pedri-assess"].context
    stranger = town.people["stranger"].account_id
    set_up = SetUp(Scope("programme", "Theirs", ""), ALL)
    theirs = start(context, town.other_place, stranger, "pedri", "2025.1", set_up)
    page = town.client("stranger").get(f"/assessments/{theirs}/criteria/EDI-3")
    assert "Given before" not in words_of(page)
    address = f"/assessments/{theirs}/criteria/EDI-3/offered"
    assert send(town.client("stranger"), address, offer=f"{there}/A").status_code == 404


def test_a_crosswalk_with_faults_stops_the_start(tmp_path: Path) -> None:
    wrong = {
        "title": "Wrong",
        "between": [{"framework": "pedri", "version": "2023.1"}, {"framework": "none", "version": "1"}],
        "links": [{"first": "EQ-99", "second": "X"}],
    }
    (tmp_path / "wrong.crosswalk.json").write_text(json.dumps(wrong))
    with pytest.raises(SystemExit) as stopped:
        an_app(tmp_path)
    assert 'wrong.crosswalk.json: $.links[0].first: there is no criterion "EQ-99"' in str(stopped.value)
    assert 'there is no version "1" of "none" here' in str(stopped.value)
    assert (data_dir("standards") / "crosswalk.schema.json").is_file()
