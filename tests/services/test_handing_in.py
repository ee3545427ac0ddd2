"""From check to sign-off: once, by two people, frozen for ever and reproducible."""

from __future__ import annotations

import threading

import pytest

from pedri_assess.domain.errors import Incomplete, Stale, WrongState
from pedri_assess.services.answers import save_answer
from pedri_assess.services.handing_in import archive, check, reopen, send_back, sign_off, submit, unarchive
from pedri_assess.services.my_work import my_work
from pedri_assess.services.results import result_of, revisions
from pedri_assess.store import Database

from .assessing import Place, said


@pytest.fixture
def place(database: Database) -> Place:
    return Place(database)


def hand_in(place: Place, key: str) -> None:
    now = check(place.context, key)
    submit(place.context, key, "ann", now.assessment.revision, now.seal, leave=True)


def test_what_is_unanswered_is_left_only_on_purpose_and_what_is_begun_never(place: Place) -> None:
    key = place.start()
    save_answer(place.context, key, "A", "ann", said(3), 0)
    now = check(place.context, key)
    assert (now.missing.incomplete, now.missing.unanswered) == (("A",), ("B", "C"))
    with pytest.raises(Incomplete) as begun:
        submit(place.context, key, "ann", 1, now.seal, leave=True)
    assert begun.value.missing == ("A",)
    save_answer(place.context, key, "A", "ann", said(3, reason="x"), 1)
    with pytest.raises(Stale):
        submit(place.context, key, "ann", 1, now.seal, leave=True)
    with pytest.raises(Incomplete) as left:
        submit(place.context, key, "ann", 1, check(place.context, key).seal, leave=False)
    assert left.value.missing == ("B", "C")


def test_submitting_twice_at_once_is_one_submission(place: Place) -> None:
    key = place.start()
    seal, faults = check(place.context, key).seal, []

    def press() -> None:
        try:
            submit(place.context, key, "ann", 1, seal, leave=True)
        except Exception as fault:
            faults.append(fault)

    hands = [threading.Thread(target=press) for _ in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert not faults
    assert place.events().count("submitted") == len(revisions(place.context, key)) == 1


def test_the_frozen_result_follows_from_the_stored_answers(place: Place) -> None:
    key = place.start()
    save_answer(place.context, key, "A", "ann", said(3, reason="x", confidence=1), 0)
    hand_in(place, key)
    found = result_of(place.context, key)
    assert found.reproduced
    assert found.frozen.people["answered"] == ["Ann"]
    assert found.answered.answer("A").level == 3


def test_a_second_person_signs_off_and_a_new_revision_leaves_the_old_one(place: Place) -> None:
    key = place.start()
    hand_in(place, key)
    with pytest.raises(WrongState):
        save_answer(place.context, key, "A", "ann", said(), 0)
    with pytest.raises(WrongState):
        sign_off(place.context, key, "ann", 1)
    assert my_work(place.context, "cat")[0].waits_for_me
    with pytest.raises(Incomplete):
        send_back(place.context, key, "cat", 1, " ")
    assert send_back(place.context, key, "cat", 1, "more evidence").revision == 2
    save_answer(place.context, key, "A", "ann", said(0), 0)
    hand_in(place, key)
    with pytest.raises(Stale):
        sign_off(place.context, key, "cat", 1)
    signed = [sign_off(place.context, key, "cat", 2) for _ in range(2)]
    assert signed[0] == signed[1]
    assert reopen(place.context, key, "ann", 2).revision == 3
    assert [item.revision for item in revisions(place.context, key)] == [2, 1]
    assert result_of(place.context, key, 1).answered.answers == {}
    kinds = ["submitted", "sent-back", "answer-saved", "submitted", "signed-off", "reopened"]
    assert place.events()[1:] == kinds


def test_the_archive_is_read_only_and_can_be_left(place: Place) -> None:
    key = place.start()
    archive(place.context, key, "ann")
    with pytest.raises(WrongState):
        save_answer(place.context, key, "A", "ann", said(), 0)
    assert my_work(place.context, "ann") == ()
    unarchive(place.context, key, "ann")
    assert save_answer(place.context, key, "A", "ann", said(), 0).changes == 1
