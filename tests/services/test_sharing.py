"""What organisations share: given by leads, dated, ended at any time, and never changed unseen."""

from __future__ import annotations

import pytest

from pedri_assess.domain.errors import NotFound, Stale
from pedri_assess.domain.sharing import CHOICES, PARTNERS, PUBLIC, STAFF, change
from pedri_assess.services.sharing import Sharing, say_size, share, sharing_of
from pedri_assess.store import Database

from .people import AT, World

NOTHING: frozenset[str] = frozenset()


@pytest.fixture
def world(database: Database) -> World:
    return World(database)


def shared(found: Sharing) -> set[str]:
    return set(found.now)


def test_an_organisation_shares_nothing_at_first(world: World) -> None:
    found = sharing_of(world.context, world.organisation())
    assert (found.now, found.ended) == ({}, [])


def test_a_choice_says_since_when_and_by_whom(world: World) -> None:
    lead = world.account("lead@example.org", "Asha")
    place, other = world.organisation(), world.organisation("Other")
    share(world.context, lead.account_id, place, NOTHING, frozenset({STAFF, PARTNERS}))
    found = sharing_of(world.context, place)
    assert {name: (given.given_at, given.given_by) for name, given in found.now.items()} == {
        STAFF: (AT, "Asha"),
        PARTNERS: (AT, "Asha"),
    }
    assert sharing_of(world.context, other).now == {}
    events = world.events()
    assert [(event["kind"], event["subject"]) for event in events] == [
        ("sharing-given", STAFF),
        ("sharing-given", PARTNERS),
    ]
    assert CHOICES[STAFF].never in events[0]["after_json"]


def test_what_ended_stays_on_record_and_can_be_given_again(world: World) -> None:
    lead, second = world.account("lead@example.org"), world.account("second@example.org", "Ben")
    place = world.organisation()
    both = frozenset({STAFF, PUBLIC})
    share(world.context, lead.account_id, place, NOTHING, both)
    world.forward(days=3)
    share(world.context, second.account_id, place, both, frozenset({PUBLIC}))
    found = sharing_of(world.context, place)
    assert shared(found) == {PUBLIC}
    assert [(past.choice, past.given_by, past.ended_by) for past in found.ended] == [
        (STAFF, "lead@example.org", "Ben")
    ]
    share(world.context, lead.account_id, place, frozenset({PUBLIC}), both)
    assert shared(sharing_of(world.context, place)) == both


def test_what_somebody_else_changed_is_not_changed_unseen(world: World) -> None:
    lead, place = world.account("lead@example.org").account_id, world.organisation()
    share(world.context, lead, place, NOTHING, frozenset({STAFF}))
    with pytest.raises(Stale) as told:
        share(world.context, lead, place, NOTHING, frozenset({PUBLIC}))
    assert told.value.current == {STAFF}
    assert shared(sharing_of(world.context, place)) == {STAFF}
    share(world.context, lead, place, NOTHING, frozenset({STAFF}))  # sent twice is sent once
    assert len(world.events()) == 1


def test_nobody_shares_for_an_organisation_that_is_not_there(world: World) -> None:
    lead = world.account("lead@example.org").account_id
    with pytest.raises(NotFound):
        share(world.context, lead, "nothing", NOTHING, frozenset({STAFF}))
    with pytest.raises(ValueError, match="everything"):
        share(world.context, lead, world.organisation(), NOTHING, frozenset({"everything"}))


def test_changes_come_in_the_order_of_the_page() -> None:
    assert change(frozenset({STAFF}), frozenset({PUBLIC, PARTNERS})).given == (PARTNERS, PUBLIC)
    assert change(frozenset({STAFF}), NOTHING).ended == (STAFF,)


def test_a_lead_says_how_large_the_organisation_is(world: World) -> None:
    lead, place = world.account("lead@example.org").account_id, world.organisation()
    for _ in range(2):
        say_size(world.context, lead, place, "medium")
    assert sharing_of(world.context, place).organisation.size == "medium"
    assert [event["kind"] for event in world.events()] == ["organisation-size"]
    with pytest.raises(ValueError, match="huge"):
        say_size(world.context, lead, place, "huge")
    say_size(world.context, lead, place, "")
    assert sharing_of(world.context, place).organisation.size == ""
