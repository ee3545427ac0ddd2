"""Answering together: nothing is overwritten unseen, nothing typed is lost, and history tells it all."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from pedri_assess.domain.assessment import Answer, EvidenceLink
from pedri_assess.domain.errors import NotFound, Stale, WrongState
from pedri_assess.domain.said import Said
from pedri_assess.services.answers import question, save_answer, set_owner_of
from pedri_assess.services.assessments import overview, visited
from pedri_assess.services.comments import comment, remove, seen
from pedri_assess.services.history import of_answer, of_assessment, take_back
from pedri_assess.services.my_work import my_work
from pedri_assess.services.set_up import CORE, SetUp, change_set_up
from pedri_assess.services.taking_part import add_person, remove_person
from pedri_assess.store import Database

from .assessing import SET_UP, Place, said


@pytest.fixture
def place(database: Database) -> Place:
    return Place(database)


def test_a_save_with_an_old_number_shows_what_is_there_and_changes_nothing(place: Place) -> None:
    key = place.start()
    first = save_answer(place.context, key, "A", "ann", said(0, evidence="mine"), 0)
    assert (first.changes, first.saver) == (1, "Ann")
    for expected in (0, 2):
        with pytest.raises(Stale) as stale:
            save_answer(place.context, key, "A", "bea", said(1), expected)
        assert stale.value.current == first
    assert question(place.context, key, "A", "bea").saved == first


def test_a_repeated_save_succeeds_without_a_second_event(place: Place) -> None:
    key = place.start()
    one, again = (save_answer(place.context, key, "A", "ann", said(), 0) for _ in range(2))
    assert one == again
    assert place.events() == ["assessment-started", "answer-saved"]


def test_what_cannot_be_an_answer_is_kept_as_typed(place: Place) -> None:
    key = place.start()
    odd = Said(
        Answer(
            evidence="x",
            links=(EvidenceLink("https://example.org"), EvidenceLink("https://example.org/a", "Minutes")),
        ),
        3,
        {"links": "not a link"},
    )
    save_answer(place.context, key, "A", "ann", odd, 0)
    assert question(place.context, key, "A", "ann").saved.said == odd


def test_two_editors_of_one_answer_lose_no_save_silently(place: Place) -> None:
    key, acknowledged, failed = place.start(), [], []

    def edit(who: str, times: int) -> None:
        changes = 0
        try:
            for turn in range(times):
                try:
                    mine = said(0, evidence=f"{who} {turn}")
                    saved = save_answer(place.context, key, "A", who, mine, changes)
                    acknowledged.append((saved.changes, mine))
                    changes = saved.changes
                except Stale as stale:
                    changes = stale.current.changes  # type: ignore[attr-defined]
        except Exception as fault:
            failed.append(fault)

    editors = [threading.Thread(target=edit, args=(who, 500)) for who in ("ann", "bea")]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    assert not failed
    numbers = sorted(number for number, _ in acknowledged)
    assert numbers == list(range(1, len(acknowledged) + 1))
    last = max(acknowledged, key=lambda item: item[0])
    found = question(place.context, key, "A", "ann").saved
    assert (found.changes, found.said) == last
    assert place.events().count("answer-saved") == len(acknowledged)


def test_the_list_says_what_others_changed_since_the_last_visit(place: Place) -> None:
    key = place.start()
    add_person(place.context, key, "bea", "ann")
    visited(place.context, key, "ann")
    place.later(hours=2)
    save_answer(place.context, key, "A", "bea", said(), 0)
    save_answer(place.context, key, "B", "ann", said(), 0)
    visited(place.context, key, "bea")
    before = overview(place.context, key, "ann")
    visited(place.context, key, "ann")
    page = overview(place.context, key, "ann")
    for seen_page in (before, page):
        assert [task.news for task in seen_page.tasks] == [True, False, False]
    assert [person.called for person in page.here] == ["Bea"]
    assert ([task.status for task in page.tasks], page.settled, page.days_left) == (
        ["Answered", "Answered", "Not started"], 2, 7,
    )  # fmt: skip


def test_owners_are_those_who_can_answer_and_end_with_their_part(place: Place) -> None:
    key = place.start()
    for nobody in ("bea", "cat", "dee", "stranger"):
        with pytest.raises(NotFound):
            set_owner_of(place.context, key, "A", nobody, "ann")
    add_person(place.context, key, "bea", "ann")
    set_owner_of(place.context, key, "A", "bea", "ann")
    assert [item.criterion.id for item in my_work(place.context, "bea")[0].to_answer] == ["A"]
    remove_person(place.context, key, "bea", "ann")
    assert my_work(place.context, "bea") == ()
    assert question(place.context, key, "A", "ann").owner is None


def test_a_mention_waits_until_it_is_seen(place: Place) -> None:
    key = place.start()
    made = comment(place.context, key, "A", "ann", "Dear @CAT and @dee, see a@bea")
    assert next(mention.body for mention in my_work(place.context, "cat")[0].mentions).startswith("Dear")
    assert my_work(place.context, "dee")[0].mentions == ()
    assert [item.id for item in question(place.context, key, "A", "ann").comments] == [made]
    assert overview(place.context, key, "ann").tasks[0].comments == 1
    seen(place.context, key, "A", "cat")
    assert my_work(place.context, "cat")[0].mentions == ()
    remove(place.context, key, made, "ann")
    assert question(place.context, key, "A", "ann").comments == ()


def test_an_older_text_can_be_taken_back(place: Place) -> None:
    key = place.start()
    save_answer(place.context, key, "A", "ann", said(0, evidence="old"), 0)
    place.later(hours=1)
    save_answer(place.context, key, "A", "bea", said(1, evidence="new"), 1)
    lines = of_answer(place.context, key, "A").lines
    assert [(line.called, line.what) for line in lines] == [
        (who, "changed the answer to %(subject)s") for who in ("Bea", "Ann")
    ]
    back = take_back(place.context, key, "A", "ann", lines[1].number, 2)
    assert (back.said, back.changes) == (said(0, evidence="old"), 3)
    assert of_assessment(place.context, key).lines[-1].what == "started the assessment"
    with pytest.raises(NotFound):
        take_back(place.context, key, "B", "ann", lines[1].number, 0)


def test_a_criterion_out_of_scope_keeps_its_answer(place: Place) -> None:
    key = place.start()
    save_answer(place.context, key, "B", "ann", said(), 0)
    core = change_set_up(place.context, key, "ann", 1, SetUp(SET_UP.scope, CORE))
    assert core.criteria == ("A",)
    with pytest.raises(NotFound):
        question(place.context, key, "B", "ann")
    with pytest.raises(Stale):
        change_set_up(place.context, key, "bea", 1, SET_UP)
    change_set_up(place.context, key, "ann", core.changes, SET_UP)
    assert question(place.context, key, "B", "ann").saved.said == said()


def test_other_text_than_the_one_that_was_answered_is_refused(place: Place) -> None:
    key = place.start()
    place.framework = replace(place.framework, content_hash="sha256:1")
    with pytest.raises(WrongState):
        overview(place.context, key, "ann")
