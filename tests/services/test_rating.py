"""Rating alone first: who sees what when, and what is agreed on is the answer."""

from __future__ import annotations

import pytest

from pedri_assess.domain.assessment import Ratings
from pedri_assess.domain.errors import Stale, WrongState
from pedri_assess.services.answers import question, save_answer
from pedri_assess.services.handing_in import check, submit
from pedri_assess.services.history import of_answer
from pedri_assess.services.rating import agree, close_rating, open_rating, rate, rating, ratings_of
from pedri_assess.services.taking_part import add_person
from pedri_assess.store import Database
from pedri_assess.store.rating import Agreement, Rated

from .assessing import Place, said


@pytest.fixture
def place(database: Database) -> Place:
    return Place(database)


def begun(place: Place) -> str:
    key = place.start()
    add_person(place.context, key, "bea", "ann")
    save_answer(place.context, key, "B", "ann", said(1), 0)
    open_rating(place.context, key, "ann")
    rate(place.context, key, Rated("A", "ann", "", 0, "low", "minutes"), 0)
    rate(place.context, key, Rated("A", "bea", "", 2, "high"), 0)
    return key


def test_while_it_lasts_nobody_reads_another_and_nothing_is_answered(place: Place) -> None:
    key = begun(place)
    found = rating(place.context, key, "bea")
    row = found.row("A")
    assert row.mine is not None
    assert (row.mine.level, row.rated, row.public) == (2, (), None)
    assert found.counts == {"ann": 1, "bea": 1}
    assert [each.criterion.id for each in found.left] == ["C"]
    with place.database.read() as c:
        assert ratings_of(c, key) == {}
        told = c.rows("SELECT before_json, after_json FROM event WHERE kind = 'rated-alone'")
    assert [tuple(row.values()) if isinstance(row, dict) else tuple(row) for row in told] == [
        (None, None),
        (None, None),
    ]
    with pytest.raises(WrongState, match="alone first"):
        save_answer(place.context, key, "A", "ann", said(1), 0)
    save_answer(place.context, key, "B", "ann", said(0), 1)  # what was answered before is answered as usual
    now = check(place.context, key)
    with pytest.raises(WrongState, match="still rating"):
        submit(place.context, key, "ann", 1, now.seal, leave=True)


def test_an_old_rating_does_not_replace_a_newer_one(place: Place) -> None:
    key = begun(place)
    with pytest.raises(Stale) as stale:
        rate(place.context, key, Rated("A", "ann", "", 1, "other"), 0)
    assert getattr(stale.value.current, "reason", "") == "low"
    rate(place.context, key, Rated("A", "ann", "", None), 1)
    rate(place.context, key, Rated("A", "ann", "", None), 1)  # a save whose reply was lost, repeated


def test_what_is_agreed_on_is_the_answer_and_the_ratings_go_into_the_result(place: Place) -> None:
    key = begun(place)
    close_rating(place.context, key, "ann")
    found = rating(place.context, key, "bea")
    assert [(row.criterion.id, row.differ) for row in found.to_agree] == [("A", True)]
    with pytest.raises(WrongState, match="Agree on it first"):
        save_answer(place.context, key, "A", "ann", said(1), 0)
    save_answer(place.context, key, "C", "ann", said(1), 0)  # nobody rated it
    agreed = Agreement("A", 1, ("ann", "bea"), "Bea sees more", "We talked", "")
    agree(place.context, key, agreed, "bea", "", "minutes")
    with pytest.raises(WrongState, match="nothing to agree"):
        agree(place.context, key, agreed, "ann", "", "")
    answer = question(place.context, key, "A", "ann").saved
    assert (answer.said.answer.level, answer.changes, answer.saver) == (1, 1, "Bea")
    assert len(of_answer(place.context, key, "A").lines) == 1
    now = check(place.context, key)
    assert now.answered.ratings["A"] == Ratings((0, 2))
    assert "raters-differ" in {finding.kind for finding in now.findings}
    kept = rating(place.context, key, "ann").row("A").agreement
    assert kept is not None
    assert (kept.who, kept.minority, kept.discussion) == (("ann", "bea"), "Bea sees more", "We talked")


def test_without_an_agreed_level_it_is_answered_as_usual(place: Place) -> None:
    key = begun(place)
    close_rating(place.context, key, "ann")
    agree(place.context, key, Agreement("A", None, ("ann",), "", "Not ours", ""), "ann", "", "")
    assert question(place.context, key, "A", "ann").alone == ""
    save_answer(place.context, key, "A", "ann", said(0), 0)
    with pytest.raises(WrongState, match="already"):
        open_rating(place.context, key, "ann")
