"""Looking after the hub: nothing is overwritten unseen, all can be undone, and every change has an event."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pedri_assess.domain.errors import Duplicate, Incomplete, NotAllowed, NotFound, Stale, WrongState
from pedri_assess.domain.resources import FOUND, GONE, Check
from pedri_assess.services.hub_keeping import add, edit, history, kept, move, take_back, undo
from pedri_assess.services.limits import TooMany
from pedri_assess.services.suggesting import MOST_A_DAY, suggest, suggested, withdraw
from pedri_assess.store import Database
from pedri_assess.store.resources import set_check

from .hub import Hub, a_guide, about


@pytest.fixture
def hub(database: Database) -> Hub:
    return Hub(database)


def kinds(hub: Hub) -> list[str]:
    return [event["kind"] for event in hub.events()]


def test_what_was_said_comes_back_as_it_was(hub: Hub) -> None:
    said = a_guide(
        "Dŵr & <b>",
        summary="A\nB",
        audiences=("public",),
        formats=("tool", "video"),
        languages=("cy", "bsl"),
        nations=("wales",),
        dated="2026",
        licence="CC BY",
        links=about("B-1", "S1", ""),
    )
    made = add(hub.context, hub.staff.account_id, said)
    found = kept(hub.context, made)
    assert replace(found.said, links=()) == replace(said, links=())
    assert set(found.said.links) == set(said.links)
    assert (found.state, found.revision, found.changer) == ("listed", 1, "Sam Staff")
    assert kinds(hub) == ["resource-added"]


def test_two_who_edit_at_once_lose_nothing(hub: Hub) -> None:
    made, staff = hub.add(), hub.staff.account_id
    edit(hub.context, staff, made, a_guide("First"), 1)
    with pytest.raises(Stale) as stale:
        edit(hub.context, staff, made, a_guide("Second"), 1)
    assert stale.value.current == kept(hub.context, made)
    assert kept(hub.context, made).said.title == "First"
    edit(hub.context, staff, made, a_guide("First"), 1)  # what stands there already is no change
    edit(hub.context, staff, made, a_guide("Second"), 2)
    assert kinds(hub) == ["resource-added", "resource-changed", "resource-changed"]


def test_an_address_is_in_the_hub_once(hub: Hub) -> None:
    made, staff = hub.add("A guide"), hub.staff.account_id
    with pytest.raises(Duplicate, match=made):
        hub.add("Other", address="https://example.org/a-guide/")
    other = hub.add("Other")
    with pytest.raises(Duplicate, match=made):
        edit(hub.context, staff, other, a_guide("Other", address="https://example.org/a-guide"), 1)
    edit(hub.context, staff, made, a_guide("A guide", summary="More"), 1)
    assert len(kinds(hub)) == 3


def test_undo_brings_the_text_before_back_and_undoes_itself(hub: Hub) -> None:
    made, staff = hub.add("First"), hub.staff.account_id
    with pytest.raises(NotFound):
        undo(hub.context, staff, made, 1)
    edit(hub.context, staff, made, a_guide("Second"), 1)
    assert undo(hub.context, staff, made, 2).said == a_guide("First")
    assert undo(hub.context, staff, made, 3).said == a_guide("Second")
    texts = [line for line in history(hub.context, made) if line.said]
    assert [line.said.title for line in texts if line.said] == ["Second", "First", "Second", "First"]
    assert take_back(hub.context, staff, made, texts[-1].number, 4).said.title == "First"
    with pytest.raises(NotFound):
        take_back(hub.context, staff, made, 999, 5)
    other = hub.add("Other")
    with pytest.raises(NotFound):
        take_back(hub.context, staff, other, texts[-1].number, 1)


def test_a_resource_is_retired_with_a_reason_and_comes_back(hub: Hub) -> None:
    made, staff = hub.add(), hub.staff.account_id
    with pytest.raises(Incomplete):
        move(hub.context, staff, made, "retire")
    assert move(hub.context, staff, made, "retire", "Too old").reason == "Too old"
    with pytest.raises(WrongState):
        move(hub.context, staff, made, "retire", "Too old")
    back = move(hub.context, staff, made, "bring-back")
    assert (back.state, back.reason) == ("listed", "")
    said = [(line.called, line.kind, line.reason) for line in history(hub.context, made)]
    assert said == [
        ("Sam Staff", "resource-brought-back", ""),
        ("Sam Staff", "resource-retired", "Too old"),
        ("Sam Staff", "resource-added", ""),
    ]


def test_a_new_address_has_not_been_looked_at(hub: Hub) -> None:
    made, staff = hub.add(), hub.staff.account_id
    with hub.database.write() as c:
        set_check(c, made, Check("2026-11-24T09:00:00.000000Z", GONE, "gone", 1), news=True)
    assert kept(hub.context, made).dead
    edit(hub.context, staff, made, a_guide(summary="Words"), 1)
    assert kept(hub.context, made).dead
    edit(hub.context, staff, made, a_guide(address="https://example.org/new"), 2)
    assert kept(hub.context, made).check is None


def test_a_suggestion_waits_and_its_maker_sees_what_became_of_it(hub: Hub) -> None:
    maker, staff = hub.account("maker@example.org", "Mo"), hub.staff.account_id
    hub.organisation(**{maker.account_id: "contributor"})
    made = suggest(hub.context, maker, a_guide())
    assert [one.state for one in suggested(hub.context, maker.account_id)] == ["suggested"]
    assert move(hub.context, staff, made, "decline", "We have it elsewhere").state == "declined"
    assert suggested(hub.context, maker.account_id)[0].reason == "We have it elsewhere"
    assert move(hub.context, staff, made, "list").state == "listed"
    with pytest.raises(WrongState):
        withdraw(hub.context, maker.account_id, made)
    assert kinds(hub) == ["resource-suggested", "resource-declined", "resource-listed"]


def test_a_suggestion_can_be_taken_back_by_whoever_made_it(hub: Hub) -> None:
    maker, other = hub.account("maker@example.org"), hub.account("other@example.org")
    hub.organisation(**{maker.account_id: "viewer", other.account_id: "lead"})
    made = suggest(hub.context, maker, a_guide())
    with pytest.raises(NotFound):
        withdraw(hub.context, other.account_id, made)
    withdraw(hub.context, maker.account_id, made)
    again = suggest(hub.context, other, a_guide())  # its address is free again
    assert again != made


def test_only_members_suggest_and_not_without_end(hub: Hub) -> None:
    stranger, member = hub.account("stranger@example.org"), hub.account("member@example.org")
    hub.organisation(**{member.account_id: "lead"})
    with pytest.raises(NotAllowed):
        suggest(hub.context, stranger, a_guide())
    for number in range(MOST_A_DAY):
        suggest(hub.context, member, a_guide(f"Guide {number}"))
    with pytest.raises(TooMany):
        suggest(hub.context, member, a_guide("One more"))
    hub.forward(days=1)
    suggest(hub.context, member, a_guide("One more"))


def test_what_is_found_again_is_no_news(hub: Hub) -> None:
    made = hub.add()
    before = kept(hub.context, made).change
    with hub.database.write() as c:
        set_check(c, made, Check("2026-11-24T09:00:00.000000Z", FOUND, "found"), news=False)
    assert kept(hub.context, made).change == before


def test_whoever_suggested_it_is_told_once_what_became_of_it(hub: Hub) -> None:
    member = hub.account("member@example.org")
    hub.organisation("Trust", **{member.account_id: "viewer"})
    said = a_guide("A guide", summary="x")
    taken, declined, own = (
        suggest(hub.context, member, replace(said, address=f"https://x.example/{n}")) for n in "abc"
    )
    move(hub.context, hub.staff.account_id, taken, "list")
    move(hub.context, hub.staff.account_id, taken, "retire", "Old")
    move(hub.context, hub.staff.account_id, declined, "decline", "It costs\nmoney")
    withdraw(hub.context, member.account_id, own)
    assert [letter.to for letter in hub.letters()] == ["member@example.org"] * 2
    bodies = [letter.body for letter in hub.letters()]
    assert any(f"/resources/{taken}" in body and "in the resource hub now" in body for body in bodies)
    assert any("They say why: It costs money\n" in body for body in bodies)
