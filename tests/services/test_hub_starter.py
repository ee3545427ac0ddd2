"""Taking a set of resources in: once, again, and never over what somebody changed."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from pedri_assess.domain.errors import InvalidDocument
from pedri_assess.services.hub_keeping import edit, history, kept, move
from pedri_assess.services.hub_starter import Seeded, seed
from pedri_assess.store import Database

from .hub import Hub, a_guide

SET: dict[str, Any] = {
    "title": "A set",
    "notice": "Invented.",
    "resources": [
        {
            "id": name,
            "title": name.capitalize(),
            "publisher": "A trust",
            "address": f"https://example.org/{name}",
            "audiences": ["leaders", "public"],
            "about": [{"framework": "tiny", "criterion": "B-1"}, {"framework": "elsewhere", "standard": "X"}],
        }
        for name in ("first", "second", "third")
    ],
}


@pytest.fixture
def hub(database: Database) -> Hub:
    return Hub(database)


def test_a_set_is_taken_in_once(hub: Hub) -> None:
    assert seed(hub.context, SET, "set") == Seeded(added=3)
    assert seed(hub.context, SET, "set") == Seeded(left=3)
    found = kept(hub.context, "first")
    assert (found.state, found.said.audiences, len(found.said.links)) == ("listed", ("public", "leaders"), 2)
    assert [line.called for line in history(hub.context, "first")] == [""]
    assert len(hub.events()) == 3


def test_what_nobody_touched_is_renewed_and_the_rest_stays(hub: Hub) -> None:
    seed(hub.context, SET, "set")
    staff = hub.staff.account_id
    edit(hub.context, staff, "first", a_guide("Ours"), 1)
    move(hub.context, staff, "second", "retire", "Too old")
    newer = copy.deepcopy(SET)
    for item in newer["resources"]:
        item["summary"] = "New words"
    assert seed(hub.context, newer, "set") == Seeded(renewed=1, left=2)
    assert kept(hub.context, "first").said.title == "Ours"
    assert (kept(hub.context, "second").state, kept(hub.context, "second").said.summary) == ("retired", "")
    assert kept(hub.context, "third").said.summary == "New words"


def test_what_staff_listed_before_is_not_listed_twice(hub: Hub) -> None:
    hub.add("First", address="https://example.org/first")
    assert seed(hub.context, SET, "set") == Seeded(added=2, elsewhere=1)


def test_every_fault_is_named_and_nothing_is_taken_in(hub: Hub) -> None:
    faulty = copy.deepcopy(SET)
    first, second, third = faulty["resources"]
    second["id"] = "first"
    third["address"] = first["address"]
    third["about"] = [{"framework": "tiny", "criterion": "Z-9"}, {"framework": "tiny", "standard": "S9"}]
    first["address"] = "https://bank@example.org"
    with pytest.raises(InvalidDocument) as error:
        seed(hub.context, faulty, "set")
    said = error.value.lines()
    assert [line.split(": ")[1] for line in said] == [
        "$.resources[0].address",
        "$.resources[1].id",
        "$.resources[2].about[0]",
        "$.resources[2].about[1]",
    ]
    assert hub.events() == []
