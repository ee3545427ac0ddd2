"""Starting again from a submission: what comes along, what is to do, and what moved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pedri_assess.domain.assessment import Answer, Scope
from pedri_assess.domain.carrying import CHECK_WORDING
from pedri_assess.domain.errors import Incomplete, NotFound, Stale, WrongState
from pedri_assess.domain.said import Said
from pedri_assess.services.answers import confirm_answer, question, save_answer, set_owner_of
from pedri_assess.services.assessments import overview
from pedri_assess.services.editions import edition_of
from pedri_assess.services.handing_in import archive, check, submit
from pedri_assess.services.history import of_answer, of_assessment
from pedri_assess.services.my_work import my_work
from pedri_assess.services.results import result_of
from pedri_assess.services.set_up import CORE, SOME, SetUp
from pedri_assess.services.starting_again import again, start_again, versions_to_go_to
from pedri_assess.store import Database

from .assessing import SET_UP, Place, said
from .versions import FIRST, SECOND, THIRD, place, submitted

LEVELS = {"A": 2, "B": 1, "C": 3, "D": 2, "E": 1, "F": 0}
NEXT = SetUp(Scope("programme", "Linked data", "One line"))


def begun(made: Place, version: str = "2") -> tuple[str, str]:
    """A submitted assessment, and one that was started again from it."""
    old = submitted(made, LEVELS)
    made.later(days=300)
    return old, start_again(made.context, old, 1, "ann", version, NEXT)


def statuses(made: Place, key: str) -> dict[str, str]:
    return {task.criterion.id: task.status for task in overview(made.context, key, "ann").tasks}


def test_the_preview_writes_nothing_and_names_what_comes_along(database: Database) -> None:
    made = place(database, FIRST, SECOND)
    old = submitted(made, LEVELS)
    before = made.events()
    found = again(made.context, old)
    assert (found.revision, found.over.new, found.begun.version) == (1, SECOND, "2")
    assert found.over.counts() == {"confirm": 1, "check-wording": 1, "answer": 4}
    assert [item.criterion for item in found.over.history] == ["F"]
    assert made.events() == before


def test_versions_are_those_that_the_answers_lead_to(database: Database) -> None:
    made = place(database, FIRST, SECOND, THIRD)
    old = submitted(made, LEVELS)
    assert [each.version for each in versions_to_go_to(made.context, "tiny", "1")] == ["3", "2", "1"]
    assert [each.version for each in versions_to_go_to(made.context, "tiny", "3")] == ["3"]
    assert again(made.context, old).over.new is THIRD
    assert again(made.context, old, "1").over.counts() == {"confirm": 6, "check-wording": 0, "answer": 0}
    with pytest.raises(NotFound):
        again(made.context, old, "9")
    with pytest.raises(NotFound):
        again(made.context, made.start())  # nothing was submitted


def test_what_comes_along_is_filled_in_to_be_confirmed_and_names_its_origin(database: Database) -> None:
    made = place(database, FIRST, SECOND)
    old, new = begun(made)
    assert statuses(made, new) == {
        "U": "Confirm", "R": "Check wording", "S": "Answer", "T": "Answer", "M": "Answer", "N": "Answer"
    }  # fmt: skip
    filled = question(made.context, new, "R", "ann")
    assert filled.saved.said.answer.note == "Next time B."
    assert filled.left == CHECK_WORDING
    assert filled.carried is not None
    (earlier,) = filled.carried.brought.earlier
    assert (earlier.whence.assessment_id, earlier.whence.revision, earlier.whence.version) == (old, 1, "1")
    assert (earlier.criterion, earlier.link, earlier.notes) == ("B", "reworded", ("About B.",))
    assert earlier.said == filled.saved.said
    merged = question(made.context, new, "M", "ann")
    assert merged.saved.changes == 0
    assert merged.carried is not None
    assert merged.carried.brought.suggested == 1
    assert [item.said.answer.evidence for item in merged.carried.brought.earlier] == ["About D.", "About E."]
    kinds = made.events()[-4:]
    assert kinds == ["assessment-started", "answer-carried", "answer-carried", "carried-over"]
    assert of_assessment(made.context, new).lines[0].what.startswith("carried over the answers of")
    (line,) = of_answer(made.context, new, "R").lines
    assert line.said == filled.saved.said


def test_the_old_assessment_stays_as_it_is(database: Database) -> None:
    made = place(database, FIRST, SECOND)
    old, _new = begun(made)
    assert overview(made.context, old, "ann").assessment.status == "signed-off"
    assert result_of(made.context, old).reproduced


def test_confirming_is_one_act_of_its_own(database: Database) -> None:
    made = place(database, FIRST, SECOND)
    _old, new = begun(made)
    confirm_answer(made.context, new, "U", "ann", 1)
    assert statuses(made, new)["U"] == "Answered"
    assert made.events()[-1] == "answer-confirmed"
    count = len(made.events())
    confirm_answer(made.context, new, "U", "ann", 1)  # a reply that was lost: once more changes nothing
    assert len(made.events()) == count
    found = question(made.context, new, "U", "ann")
    assert found.carried is not None
    assert (found.left, found.carried.settler) == ("", "Ann")


def test_typing_does_not_confirm_but_going_on_does(database: Database) -> None:
    made = place(database, FIRST, SECOND)
    _old, new = begun(made)
    changed = said(1, evidence="Newer.", reason="So.")
    save_answer(made.context, new, "R", "bea", changed, 1)
    assert statuses(made, new)["R"] == "Check wording"
    save_answer(made.context, new, "R", "bea", changed, 2, confirm=True)
    assert statuses(made, new)["R"] == "Answered"
    assert made.events()[-2:] == ["answer-saved", "answer-confirmed"]


def test_what_is_to_be_answered_is_taken_up_by_the_first_word(database: Database) -> None:
    made = place(database, FIRST, SECOND)
    _old, new = begun(made)
    save_answer(made.context, new, "S", "bea", Said(Answer(evidence="So far")), 0)
    assert statuses(made, new)["S"] == "In progress"


def test_a_stale_or_incomplete_answer_is_not_confirmed(database: Database) -> None:
    made = place(database, FIRST, SECOND)
    _old, new = begun(made)
    save_answer(made.context, new, "U", "bea", said(3), 1)  # a reason is missing now
    with pytest.raises(Stale):
        confirm_answer(made.context, new, "U", "ann", 1)
    with pytest.raises(Incomplete):
        confirm_answer(made.context, new, "U", "ann", 2)
    with pytest.raises(Stale):
        save_answer(made.context, new, "U", "ann", said(2, reason="Old"), 1, confirm=True)
    assert statuses(made, new)["U"] == "Needs a reason"


def test_nothing_is_submitted_before_it_is_confirmed(database: Database) -> None:
    made = place(database, FIRST, SECOND)
    _old, new = begun(made)
    found = check(made.context, new)
    assert found.missing.unconfirmed == ("U", "R")
    assert found.missing.unanswered == ("S", "T", "M", "N")
    with pytest.raises(Incomplete):
        submit(made.context, new, "ann", 1, found.seal, leave=True)
    for name in ("U", "R"):
        confirm_answer(made.context, new, name, "ann", 1)
    submit(made.context, new, "ann", 1, check(made.context, new).seal, leave=True)


def test_nothing_is_confirmed_in_the_archive(database: Database) -> None:
    made = place(database, FIRST, SECOND)
    _old, new = begun(made)
    archive(made.context, new, "ann")
    with pytest.raises(WrongState):
        confirm_answer(made.context, new, "U", "ann", 1)
    assert statuses(made, new)["U"] == "Confirm"


def test_what_is_to_be_confirmed_waits_for_its_owner(database: Database) -> None:
    made = place(database, FIRST, SECOND)
    _old, new = begun(made)
    set_owner_of(made.context, new, "U", "ann", "ann")
    (work,) = [work for work in my_work(made.context, "ann") if work.assessment.id == new]
    assert [(item.criterion.id, item.status) for item in work.to_answer] == [("U", "Confirm")]
    confirm_answer(made.context, new, "U", "ann", 1)
    (work,) = [work for work in my_work(made.context, "ann") if work.assessment.id == new]
    assert work.to_answer == ()


def test_what_moved_is_in_the_edition_of_the_next_result(database: Database) -> None:
    made = place(database, FIRST, SECOND)
    _old, new = begun(made)
    save_answer(made.context, new, "U", "ann", said(3, reason="Better"), 1, confirm=True)
    confirm_answer(made.context, new, "R", "ann", 1)
    for name in "ST":
        save_answer(made.context, new, name, "ann", said(1), 0)
    submit(made.context, new, "ann", 1, check(made.context, new).seal, leave=True)
    found = edition_of(made.context, result_of(made.context, new)).last_time
    assert found is not None
    assert {item.criterion: item.kind for item in found.criteria} == {
        "U": "up", "R": "confirmed", "S": "not-comparable", "T": "not-comparable",
        "M": "not-comparable", "N": "new",
    }  # fmt: skip
    assert (found.version, found.revision, found.date) == ("1", 1, "2026-11-24")
    assert [item.criterion for item in found.past] == ["F"]


def test_who_begins_blank_is_compared_with_the_last_of_the_same_scope(database: Database) -> None:
    made = place(database, FIRST, SECOND)
    submitted(made, {"A": 0})
    made.later(days=100)
    submitted(made, {"A": 1})
    made.later(days=100)
    other = replace(SET_UP, scope=Scope("project", "Another"))
    assert (
        edition_of(made.context, result_of(made.context, submitted(made, {"A": 3}, set_up=other))).last_time
        is None
    )
    made.later(days=100)
    key = submitted(made, {"A": 2})
    made.later(days=100)
    submitted(made, {"A": 3})
    found = edition_of(made.context, result_of(made.context, key)).last_time
    assert found is not None
    assert [(item.kind, item.then[0].level) for item in found.criteria if item.criterion == "A"] == [
        ("up", 1)
    ]


def test_how_much_is_answered_follows_the_standards(database: Database) -> None:
    made = place(database, FIRST, SECOND)
    some = submitted(made, {"D": 1}, set_up=replace(SET_UP, depth=SOME, standards=("S2",)))
    found = again(made.context, some)
    assert (found.depth, found.standards) == ("some", ("S2",))
    core = submitted(made, {"A": 1}, set_up=replace(SET_UP, depth=CORE))
    assert again(made.context, core).depth == "core"


def test_what_is_to_do_is_kept_for_every_criterion(database: Database) -> None:
    made = place(database, FIRST, SECOND)
    begun(made)
    with database.read() as c:
        rows = c.rows("SELECT criterion, to_do, settled_at FROM carried ORDER BY criterion")
    assert [(row["criterion"], row["to_do"]) for row in rows] == [
        ("M", "answer"), ("N", "answer"), ("R", "check-wording"), ("S", "answer"), ("T", "answer"),
        ("U", "confirm"),
    ]  # fmt: skip
