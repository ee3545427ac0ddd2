"""Moving a draft to a newer version half way: nothing typed is lost, overwritten or asked for twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pedri_assess.domain.assessment import Answer
from pedri_assess.domain.errors import NotFound, Stale, WrongState
from pedri_assess.domain.said import Said
from pedri_assess.services.answers import confirm_answer, question, save_answer, set_owner_of
from pedri_assess.services.assessments import overview
from pedri_assess.services.handing_in import check, reopen, submit
from pedri_assess.services.new_version import move, move_preview, newer_versions
from pedri_assess.services.results import result_of
from pedri_assess.services.set_up import CORE, SOME, SetUp
from pedri_assess.services.starting_again import start_again
from pedri_assess.services.taking_part import add_person
from pedri_assess.store import Database
from pedri_assess.store.answers import answers
from pedri_assess.store.assessments import Kept, assessment
from pedri_assess.store.carried import versions_before
from tests.unit.frameworks import a_criterion, a_framework

from .assessing import SET_UP, Place, said
from .versions import FIRST, SECOND, THIRD, came, place, submitted

TYPED = Said(Answer(evidence="Half a sentence"), None, {"links": "not yet an address"})


def draft(made: Place) -> str:
    """Half done: one complete answer, one half typed, one to be split and one to be merged."""
    key = made.start(replace(SET_UP, targets={"S1": 3}))
    add_person(made.context, key, "bea", "ann")
    save_answer(made.context, key, "A", "bea", said(2, reason="So.", note="Mine."), 0)
    save_answer(made.context, key, "B", "bea", TYPED, 0)
    save_answer(made.context, key, "C", "ann", said(1, evidence="About C."), 0)
    save_answer(made.context, key, "D", "ann", said(1, evidence="About D."), 0)
    save_answer(made.context, key, "F", "ann", said(1, evidence="About F."), 0)
    return key


def moved(made: Place, key: str, version: str = "2") -> Kept:
    return move(made.context, key, "ann", version, move_preview(made.context, key, version).seal)


def statuses(made: Place, key: str) -> dict[str, str]:
    return {task.criterion.id: task.status for task in overview(made.context, key, "ann").tasks}


def test_the_preview_writes_nothing(database: Database) -> None:
    made = place(database, FIRST, SECOND)
    key = draft(made)
    before = made.events()
    found = move_preview(made.context, key)
    assert (found.moved.version, found.moved.content_hash) == ("2", SECOND.content_hash)
    assert found.moved.targets == {"S1": 3, "S2": 2}
    assert set(found.said) == {"U", "R"}
    assert made.events() == before


def test_every_word_is_there_afterwards(database: Database) -> None:
    made = place(database, FIRST, SECOND)
    key = draft(made)
    with database.read() as c:
        before = answers(c, key)
    after = moved(made, key)
    assert (after.id, after.version, after.status) == (key, "2", "draft")
    with database.read() as c:
        kept = answers(c, key)
        assert [item.version for item in versions_before(c, key)] == ["1"]
    assert {name: kept[name] for name in before} == before
    assert kept["U"].said == before["A"].said
    assert kept["R"].said == TYPED
    split = question(made.context, key, "S", "ann")
    assert split.carried is not None
    (earlier,) = split.carried.brought.earlier
    assert (earlier.whence.assessment_id, earlier.whence.revision, earlier.whence.version) == (key, 0, "1")
    assert earlier.said.answer.evidence == "About C."
    merged = question(made.context, key, "M", "ann").carried
    assert merged is not None
    assert [(item.criterion, item.said.answer.level) for item in merged.brought.earlier] == [("D", 1)]
    assert merged.brought.suggested is None  # E has no level, and it could be lower


def test_what_was_answered_this_year_and_asks_the_same_is_not_asked_again(database: Database) -> None:
    made = place(database, FIRST, SECOND)
    key = draft(made)
    moved(made, key)
    assert statuses(made, key) == {
        "U": "Answered", "R": "Answer", "S": "Answer", "T": "Answer", "M": "Answer", "N": "Answer"
    }  # fmt: skip
    assert check(made.context, key).missing.unconfirmed == ()


def test_a_reworded_answer_is_to_be_checked(database: Database) -> None:
    made = place(database, FIRST, SECOND)
    key = draft(made)
    save_answer(made.context, key, "B", "bea", said(1), 1)
    moved(made, key)
    assert statuses(made, key)["R"] == "Check wording"


def test_a_move_is_one_event_with_before_and_after_and_its_answers(database: Database) -> None:
    made = place(database, FIRST, SECOND)
    key = draft(made)
    count = len(made.events())
    moved(made, key)
    assert made.events()[count:] == ["answer-carried", "answer-carried", "assessment-moved"]
    with database.read() as c:
        row = c.rows("SELECT before_json, after_json FROM event ORDER BY number DESC LIMIT 1")[0]
    assert '"version": "1"' in row["before_json"]
    assert '"version": "2"' in row["after_json"]


def test_a_change_since_the_preview_is_seen_and_nothing_is_written(database: Database) -> None:
    made = place(database, FIRST, SECOND)
    key = draft(made)
    seal = move_preview(made.context, key, "2").seal
    save_answer(made.context, key, "C", "bea", said(2, reason="Since then"), 1)
    before = made.events()
    with pytest.raises(Stale):
        move(made.context, key, "ann", "2", seal)
    set_owner_of(made.context, key, "A", "bea", "ann")
    with pytest.raises(Stale):
        move(made.context, key, "ann", "2", move_preview(made.context, key, "2").seal + "x")
    assert made.events() == [*before, "owner-set"]
    with database.read() as c:
        assert assessment(c, key).version == "1"


def test_owners_follow_where_they_are_one(database: Database) -> None:
    made = place(database, FIRST, SECOND)
    key = draft(made)
    for name, who in (("A", "bea"), ("C", "ann"), ("D", "ann"), ("E", "bea")):
        set_owner_of(made.context, key, name, who, "ann")
    moved(made, key)
    owners = {
        task.criterion.id: task.owner.account_id
        for task in overview(made.context, key, "ann").tasks
        if task.owner
    }
    assert owners == {"U": "bea", "S": "ann", "T": "ann"}


def test_a_draft_that_was_begun_from_last_year_keeps_last_year_in_view(database: Database) -> None:
    made = place(database, FIRST, SECOND, THIRD)
    old = submitted(made, {"A": 2, "B": 1, "C": 3, "D": 2, "E": 1})
    key = start_again(made.context, old, 1, "ann", "2", SetUp(SET_UP.scope))
    confirm_answer(made.context, key, "U", "ann", 1)
    save_answer(made.context, key, "S", "ann", said(1), 0)
    moved(made, key, "3")
    assert statuses(made, key) == {
        "U3": "Answered", "R3": "Confirm", "S3": "Answered", "T3": "Answer", "M3": "Answer", "N3": "Answer"
    }  # fmt: skip
    for name, earlier in (
        ("U3", [(key, 0, "U", "unchanged"), (old, 1, "A", "unchanged")]),
        ("S3", [(key, 0, "S", "unchanged"), (old, 1, "C", "split")]),
        ("M3", [(old, 1, "D", "merged"), (old, 1, "E", "merged")]),
    ):
        carried = question(made.context, key, name, "ann").carried
        assert carried is not None
        assert [
            (item.whence.assessment_id, item.whence.revision, item.criterion, item.link)
            for item in carried.brought.earlier
        ] == earlier


def test_an_id_that_stays_keeps_its_answer(database: Database) -> None:
    patch = a_framework(
        [
            came("A", "1", ("A", "unchanged")),
            came("B", "1", ("C", "unchanged")),
            came("C", "1", ("B", "reworded")),
        ],
        version="1.1",
    )
    made = place(database, FIRST, patch)
    key = draft(made)
    moved(made, key, "1.1")
    with database.read() as c:
        kept = answers(c, key)
    assert (kept["A"].said.answer.note, kept["A"].changes) == ("Mine.", 1)
    assert kept["B"].said.answer.evidence == "About C."
    assert kept["C"].said == TYPED
    carried = question(made.context, key, "C", "ann").carried
    assert carried is not None
    assert carried.brought.earlier[0].said == TYPED


def test_only_a_draft_moves_and_only_forwards(database: Database) -> None:
    made = place(database, FIRST, SECOND)
    done = submitted(made, {"A": 1})
    with pytest.raises(WrongState):
        move_preview(made.context, done)
    reopen(made.context, done, "ann", 1)
    with pytest.raises(WrongState, match="Start again"):
        move_preview(made.context, done)
    with database.read() as c:
        assert newer_versions(made.context, assessment(c, done)) == ()
    key = draft(made)
    with pytest.raises(NotFound):
        move_preview(made.context, key, "9")
    moved(made, key)
    with pytest.raises(NotFound):
        move_preview(made.context, key)  # it is at the newest


def test_a_moved_draft_is_submitted_by_its_new_version(database: Database) -> None:
    made = place(database, FIRST, SECOND)
    key = draft(made)
    moved(made, key)
    save_answer(made.context, key, "R", "ann", said(1), 1)
    submit(made.context, key, "ann", 1, check(made.context, key).seal, leave=True)
    found = result_of(made.context, key)
    assert (found.answered.version, found.reproduced) == ("2", True)
    assert set(found.answered.answers) == {"U", "R"}


@pytest.mark.parametrize(
    ("set_up", "depth", "criteria"),
    [
        (replace(SET_UP, depth=CORE), "core", ("U",)),
        (replace(SET_UP, depth=SOME, standards=("S2",)), "some", ("M", "N")),
        (SET_UP, "all", ()),
    ],
)
def test_how_much_is_answered_follows(
    database: Database, set_up: SetUp, depth: str, criteria: tuple[str, ...]
) -> None:
    made = place(database, FIRST, SECOND)
    key = made.start(set_up)
    after = moved(made, key)
    assert (after.depth, after.criteria) == (depth, criteria)


def test_an_assessment_of_a_round_stays_with_its_version(database: Database) -> None:
    made = place(database, FIRST, SECOND)
    key = draft(made)
    with database.write() as c:
        c.run(
            "INSERT INTO round (id, name, about, framework, version, opens_on, closes_on, changes,"
            " created_at, created_by)"
            " VALUES ('r', 'Spring', '', 'tiny', '1', '2026-11-01', '2026-12-31', 1, :at, 'ann')",
            at="2026-11-01T00:00:00.000000Z",
        )
        c.run(
            "INSERT INTO round_place (id, round_id, organisation_id, invited_at, invited_by, assessment_id,"
            " declined_because, extended_because) VALUES ('p', 'r', 'o', :at, 'ann', :key, '', '')",
            at="2026-11-01T00:00:00.000000Z",
            key=key,
        )
    with pytest.raises(WrongState, match="round Spring, which asks for version 1"):
        move_preview(made.context, key)


def test_a_framework_without_a_way_there_offers_none(database: Database) -> None:
    other = a_framework([a_criterion("Z")], version="2")
    made = place(database, FIRST, other)
    key = draft(made)
    with database.read() as c:
        assert newer_versions(made.context, assessment(c, key)) == ()
