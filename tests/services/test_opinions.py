"""Saying what one thinks of a criterion, on both engines: changed, taken back for good, seen only of many."""

from __future__ import annotations

import json

import pytest

from pedri_assess.domain.errors import Incomplete, NotAllowed, NotFound
from pedri_assess.domain.ids import new_id
from pedri_assess.domain.opinions import Opinion
from pedri_assess.domain.policies import Actor
from pedri_assess.services.limits import TooMany
from pedri_assess.services.opinions import (
    MOST_AN_HOUR,
    Learnt,
    learnt,
    own_opinion,
    own_opinions,
    say,
    withdraw,
)
from pedri_assess.store import Database

from .hub import Hub, shelf

WHERE = ("tiny", "2", "B-1")


class Crowd(Hub):
    """Members of several organisations."""

    def members(self, *sizes: int) -> list[Actor]:
        """One organisation for each size, with as many members."""
        people = []
        for size in sizes:
            mine = [self.account(f"{new_id()}@example.org") for _ in range(size)]
            self.organisation(new_id(), **{one.account_id: "viewer" for one in mine})
            people += mine
        return people

    def next_week(self) -> None:
        self.forward(days=7)

    def learnt(self, criterion: str = "B-1") -> Learnt:
        found = learnt(self.context, shelf().get("tiny", "2"))
        return next(item for item in found if item.criterion.id == criterion)


@pytest.fixture
def crowd(database: Database) -> Crowd:
    return Crowd(database)


def test_two_presses_and_a_text_are_one_opinion(crowd: Crowd) -> None:
    (me,) = crowd.members(1)
    say(crowd.context, me, *WHERE, {"clear": "no"})
    say(crowd.context, me, *WHERE, {"relevant": "yes", "nonsense": "yes", "helps": "An example"})
    say(crowd.context, me, *WHERE, {"clear": "perhaps"})
    assert own_opinion(crowd.context, me, *WHERE) == Opinion("no", "yes", "", "An example")
    say(crowd.context, me, *WHERE, {"clear": "partly"})
    assert [item.opinion.clear for item in own_opinions(crowd.context, me.account_id)] == ["partly"]
    assert own_opinion(crowd.context, me, "tiny", "1", "A-1") == Opinion()


def test_what_is_taken_back_is_gone_from_everywhere(crowd: Crowd) -> None:
    (me,) = crowd.members(1)
    say(crowd.context, me, *WHERE, {"clear": "no", "hinders": "Zanzibar"})
    withdraw(crowd.context, me, *WHERE)
    withdraw(crowd.context, me, *WHERE)
    assert own_opinions(crowd.context, me.account_id) == []
    events = crowd.events()
    assert [event["kind"] for event in events] == ["opinion-given", "opinion-withdrawn"]
    assert "Zanzibar" not in json.dumps(events)
    with crowd.database.read() as c:
        assert c.rows("SELECT * FROM opinion") == []


def test_saying_the_same_again_is_no_change(crowd: Crowd) -> None:
    (me,) = crowd.members(1)
    for _ in range(3):
        say(crowd.context, me, *WHERE, {"clear": "no"})
    assert len(crowd.events()) == 1


def test_only_members_are_asked_and_only_of_what_there_is(crowd: Crowd) -> None:
    stranger = crowd.account("stranger@example.org")
    (me,) = crowd.members(1)
    assert own_opinion(crowd.context, stranger, *WHERE) is None
    with pytest.raises(NotAllowed):
        say(crowd.context, stranger, *WHERE, {"clear": "no"})
    for where in (("tiny", "2", "Z"), ("tiny", "9", "B-1"), ("none", "2", "B-1")):
        with pytest.raises(NotFound):
            say(crowd.context, me, *where, {"clear": "no"})
    with pytest.raises(Incomplete):
        say(crowd.context, me, *WHERE, {"helps": "x" * 501})
    assert own_opinion(crowd.context, me, *WHERE) == Opinion()


def test_there_is_a_limit_for_programs(crowd: Crowd) -> None:
    (me,) = crowd.members(1)
    for number in range(MOST_AN_HOUR):
        say(crowd.context, me, *WHERE, {"helps": f"Text {number}"})
    with pytest.raises(TooMany):
        say(crowd.context, me, *WHERE, {"helps": "One more"})


def test_staff_see_only_many_from_several_places(crowd: Crowd) -> None:
    people = crowd.members(2, 2)
    for number, person in enumerate(people):
        say(crowd.context, person, *WHERE, {"clear": "no", "hinders": f"Text {number}"})
    crowd.next_week()
    assert crowd.learnt().shown.people is None
    (fifth,) = crowd.members(1)
    say(crowd.context, fifth, *WHERE, {"clear": "yes", "hinders": "Alpha"})
    assert crowd.learnt().shown.people is None  # not before Monday
    crowd.next_week()
    seen = crowd.learnt()
    assert seen.shown.people == 5
    assert seen.shown.counts["clear"] == {"yes": 0, "partly": 0, "no": 5}
    assert seen.shown.hidden.keys() == {"relevant"}
    assert seen.texts["hinders"] == ("Alpha", "Text 0", "Text 1", "Text 2", "Text 3")
    assert crowd.learnt("B-2").shown.people is None


def test_many_of_one_place_are_counted_and_their_words_not_shown(crowd: Crowd) -> None:
    for person in crowd.members(6, 1):
        say(crowd.context, person, *WHERE, {"clear": "no", "helps": "Our words"})
    crowd.next_week()
    seen = crowd.learnt()
    assert seen.shown.people == 5
    assert "fewer than 3 organisations" in seen.shown.texts_hidden
    assert seen.texts == {"hinders": (), "helps": ()}


def test_somebody_in_several_organisations_stands_for_one(crowd: Crowd) -> None:
    people = crowd.members(5)
    crowd.organisation("Second", **{people[0].account_id: "lead"})
    crowd.organisation("Third", **{people[0].account_id: "lead"})
    for person in people:
        say(crowd.context, person, *WHERE, {"clear": "no", "helps": "Our words"})
    crowd.next_week()
    assert "organisations" in crowd.learnt().shown.texts_hidden


def test_what_is_taken_back_counts_no_more_at_once(crowd: Crowd) -> None:
    people = crowd.members(2, 2, 1)
    for person in people:
        say(crowd.context, person, *WHERE, {"clear": "no", "helps": "Words"})
    crowd.next_week()
    assert crowd.learnt().shown.people == 5
    withdraw(crowd.context, people[0], *WHERE)
    assert crowd.learnt().shown.people is None
    assert crowd.learnt().texts["helps"] == ()
