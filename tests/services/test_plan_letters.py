"""Letters about one's actions, and the private address of a calendar."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pedri_assess.domain.errors import NotFound
from pedri_assess.services import calendars, plan_letters
from pedri_assess.services.organisations import end
from pedri_assess.services.plans import change, report
from pedri_assess.store import Database
from pedri_assess.store.mail import Mail

from .test_plans import Planning


@pytest.fixture
def world(database: Database) -> Planning:
    """A contributor owns two actions: one is due in ten days, one much later."""
    made = Planning(database)
    made.submitted()
    for item, due in zip(made.pick(0, 1), ("2026-12-04", "2027-06-30"), strict=True):
        change(
            made.context, made.lead, made.made, replace(item, owner_id=made.contributor.account_id, due=due)
        )
    return made


def letters(world: Planning) -> list[Mail]:
    return [letter for letter in world.letters() if "of yours in PEDRI Assess" in letter.subject]


def test_a_letter_a_week_tells_what_is_near_and_no_more(world: Planning) -> None:
    assert [plan_letters.write_due(world.context) for _ in range(2)] == [1, 0]
    (letter,) = letters(world)
    assert (letter.to, letter.subject) == ("contributor@example.org", "One action of yours in PEDRI Assess")
    assert "due 4 December 2026 (Trust, Registry)" in letter.body
    assert "30 June 2027" not in letter.body
    world.forward(days=6)
    assert plan_letters.write_due(world.context) == 0
    world.forward(days=6)
    assert plan_letters.write_due(world.context) == 1
    assert any("was due 4 December 2026" in letter.body for letter in letters(world))


def test_what_is_done_is_not_told(world: Planning) -> None:
    near = next(item for item in world.plan() if item.due == "2026-12-04")
    report(world.context, world.lead, world.made, near.id, near.changes, "done", "Done well")
    assert plan_letters.write_due(world.context) == 0


def test_the_link_in_the_letter_stops_them_until_they_are_wanted_again(world: Planning) -> None:
    plan_letters.write_due(world.context)
    found = re.search(r"/letters/(\S+)", letters(world)[0].body)
    assert found
    plan_letters.check_token(world.context, found[1])
    plan_letters.stop(world.context, found[1])
    assert not plan_letters.wants(world.context, world.contributor.account_id)
    world.forward(days=8)
    assert plan_letters.write_due(world.context) == 0
    plan_letters.choose(world.context, world.contributor.account_id, True)
    assert plan_letters.write_due(world.context) == 1
    for wrong in ("nothing", found[1]):  # a newer letter has a newer link
        with pytest.raises(NotFound):
            plan_letters.stop(world.context, wrong)


def test_a_calendar_has_an_address_that_can_end(world: Planning) -> None:
    me = world.contributor.account_id
    assert calendars.since(world.context, me) is None
    token = calendars.new_address(world.context, me).rpartition("/")[2].removesuffix(".ics")
    assert [entry.action.due for entry in calendars.entries(world.context, token)] == [
        "2026-12-04", "2027-06-30",
    ]  # fmt: skip
    newer = calendars.new_address(world.context, me).rpartition("/")[2].removesuffix(".ics")
    with pytest.raises(NotFound):
        calendars.entries(world.context, token)
    calendars.end_address(world.context, me)
    with pytest.raises(NotFound):
        calendars.entries(world.context, newer)
    with world.database.read() as c:
        rows = str(c.rows("SELECT * FROM calendar ORDER BY token_hash"))
    rows += str(world.events())
    assert token not in rows
    assert newer not in rows


def test_who_left_an_organisation_hears_no_more_of_it(world: Planning) -> None:
    me = world.contributor.account_id
    token = calendars.new_address(world.context, me).rpartition("/")[2].removesuffix(".ics")
    with world.database.read() as c:
        member = c.rows("SELECT id FROM membership WHERE account_id = :me ORDER BY id", me=me)[0]["id"]
    end(world.context, world.lead.account_id, world.place, member)
    assert calendars.entries(world.context, token) == []
    assert plan_letters.write_due(world.context) == 0
