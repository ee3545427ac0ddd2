"""The edition of a frozen revision says what happened to it, who answers for what, and what changed."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from pedri_assess.catalogue import load_schemas, read_document
from pedri_assess.config import data_dir
from pedri_assess.domain.assessment import EvidenceLink
from pedri_assess.domain.edition import Change, Edition
from pedri_assess.domain.said import Said
from pedri_assess.reports import release_document
from pedri_assess.services.answers import question, save_answer, set_owner_of
from pedri_assess.services.editions import UNNAMED, edition_of, plain_edition
from pedri_assess.services.handing_in import check, reopen, send_back, sign_off, submit
from pedri_assess.services.results import result_of
from pedri_assess.services.taking_part import add_person, remove_person
from pedri_assess.store import Database
from pedri_assess.store.results import freeze, frozen_result

from .assessing import Place, said


@pytest.fixture
def place(database: Database) -> Place:
    return Place(database)


def answer(place: Place, key: str, criterion: str, what: Said) -> None:
    number = question(place.context, key, criterion, "ann").saved.changes
    save_answer(place.context, key, criterion, "ann", what, number)


def hand_in(place: Place, key: str) -> None:
    place.later(minutes=1)
    now = check(place.context, key)
    submit(place.context, key, "ann", now.assessment.revision, now.seal, leave=True)


def edition(place: Place, key: str, revision: int | None = None) -> Edition:
    return edition_of(place.context, result_of(place.context, key, revision))


def story(edition: Edition) -> list[tuple[str, str, int, str]]:
    return [(item.who, item.what, item.revision, item.reason) for item in edition.history]


def test_it_says_what_happened_to_the_revision_and_to_those_before_it(place: Place) -> None:
    key = place.start()
    hand_in(place, key)
    waiting = edition(place, key)
    assert (waiting.revision, waiting.status, story(waiting)) == (
        1,
        "submitted",
        [("Ann", "submitted", 1, "")],
    )
    place.later(minutes=1)
    send_back(place.context, key, "cat", 1, " Say <more> ")
    assert edition(place, key, 1).status == "sent-back"
    hand_in(place, key)
    sign_off(place.context, key, "cat", 2)
    reopen(place.context, key, "ann", 2)
    hand_in(place, key)
    first = [("Ann", "submitted", 1, ""), ("Cat", "sent-back", 1, "Say <more>")]
    second = [("Ann", "submitted", 2, ""), ("Cat", "signed-off", 2, ""), ("Ann", "reopened", 2, "")]
    assert story(edition(place, key, 1)) == first
    assert (edition(place, key, 2).status, story(edition(place, key, 2))) == ("reopened", first + second)
    assert story(edition(place, key)) == [*first, *second, ("Ann", "submitted", 3, "")]
    assert [item.at for item in edition(place, key).history] == sorted(
        item.at for item in edition(place, key).history
    )


def test_owners_are_those_of_the_submission_and_never_an_address(place: Place) -> None:
    key = place.start()
    add_person(place.context, key, "bea", "ann")
    set_owner_of(place.context, key, "C", "bea", "ann")
    set_owner_of(place.context, key, "A", "ann", "ann")
    hand_in(place, key)
    assert edition(place, key).owners == {"A": "Ann", "C": "Bea"}
    send_back(place.context, key, "cat", 1, "more")
    remove_person(place.context, key, "bea", "ann")
    hand_in(place, key)
    assert edition(place, key, 1).owners == {"A": "Ann", "C": "Bea"}
    assert edition(place, key, 2).owners == {"A": "Ann"}
    with place.database.write() as c:
        c.run("UPDATE account SET name = '' WHERE id = 'bea'")
        c.run("UPDATE membership SET ended_at = '2026-11-25T09:00:00.000000Z' WHERE account_id = 'bea'")
    assert edition(place, key, 1).owners == {"A": "Ann", "C": UNNAMED}
    assert "@" not in json.dumps(release_document(edition(place, key, 1)))


def test_owners_of_criteria_out_of_scope_stay_out(place: Place) -> None:
    key = place.start()
    set_owner_of(place.context, key, "C", "ann", "ann")
    with place.database.write() as c:
        c.run("UPDATE assessment SET criteria_json = '[\"A\"]' WHERE id = :id", id=key)
    hand_in(place, key)
    assert edition(place, key).owners == {}


def test_what_changed_is_told_by_criterion(place: Place) -> None:
    key = place.start()
    answer(place, key, "A", said(1, confidence=0))
    answer(place, key, "B", said(1, evidence="We write it down"))
    hand_in(place, key)
    assert (edition(place, key).since, edition(place, key).changes) == (0, ())
    send_back(place.context, key, "cat", 1, "more")
    answer(place, key, "A", said(3, reason="Every year", confidence=1))
    answer(place, key, "B", said(1, evidence="We wrote it down", links=(EvidenceLink("https://x.org"),)))
    answer(place, key, "C", said(None, dont_know=True))
    hand_in(place, key)
    assert edition(place, key).since == 1
    assert edition(place, key).changes == (
        Change("A", 1, 3, ("confidence", "reason")),
        Change("B", 1, 1, ("evidence", "links")),
        Change("C", "unanswered", "not-known"),
    )
    assert (edition(place, key, 1).since, edition(place, key, 1).changes) == (0, ())


def test_the_same_state_gives_the_same_edition_and_a_document_that_the_schema_takes(place: Place) -> None:
    key = place.start()
    set_owner_of(place.context, key, "A", "ann", "ann")
    hand_in(place, key)
    send_back(place.context, key, "cat", 1, "more")
    answer(place, key, "A", said(1))
    hand_in(place, key)
    documents = [release_document(edition(place, key)) for _ in range(2)]
    assert documents[0] == documents[1]
    schema = load_schemas(data_dir("standards")).report
    written = json.dumps(documents[0]).encode()
    assert read_document(written, "report.json", schema) == json.loads(written)


def test_what_was_frozen_before_there_were_owners_is_read(place: Place) -> None:
    key = place.start()
    set_owner_of(place.context, key, "A", "ann", "ann")
    hand_in(place, key)
    with place.database.write() as c:
        now = frozen_result(c, key, 1)
        assert now is not None
        assert now.people["owners"] == {"A": "ann"}
        early = {name: value for name, value in now.people.items() if name != "owners"}
    other = place.start()
    with place.database.write() as c:
        freeze(c, replace(now, assessment_id=other, people=early))
    found = result_of(place.context, other, 1)
    plain = plain_edition(place.context, found.framework, found.answered)
    assert edition(place, other, 1) == replace(plain, revision=1)
