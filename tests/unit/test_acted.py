"""The last plan beside what moved: every action has one outcome, and every rise is told once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedri_assess.domain.acted import GONE, MOVED, NOT_MOVED, UNCLEAR, acted, moved_by_itself
from pedri_assess.domain.moved import KINDS, UP, CriterionMoved, Moved, Then, moved_document, moved_from
from pedri_assess.domain.plan import STATUSES, PlanLine

OLD = "ABCD"


def moved(criteria: dict[str, tuple[str, str]], *lines: tuple[str, str]) -> Moved:
    """What moved: of each criterion its origin and kind; and actions with criteria and status."""
    found = tuple(
        CriterionMoved(name, kind, tuple(Then(old, 1, "Level 1") for old in came), 2, "Level 2")
        for name, (came, kind) in criteria.items()
    )
    plan = tuple(PlanLine(f"Action {n}", tuple(names), status) for n, (names, status) in enumerate(lines))
    return Moved("1", "", found, plan=plan)


@pytest.mark.parametrize(
    ("kinds", "outcome"),
    [
        ({"U": ("A", "up")}, MOVED),
        ({"U": ("A", "down"), "V": ("A", "up")}, MOVED),  # one that split into two
        ({"U": ("AB", "confirmed")}, NOT_MOVED),  # two that were merged
        ({"U": ("A", "down")}, NOT_MOVED),
        ({"U": ("A", "not-comparable")}, UNCLEAR),
        ({"U": ("B", "up")}, GONE),
        ({}, GONE),
    ],
)
def test_what_became_of_an_action(kinds: dict[str, tuple[str, str]], outcome: str) -> None:
    (found,) = acted(moved(kinds, ("A", "done")))
    assert found.outcome == outcome


def test_what_moved_without_an_action() -> None:
    found = moved({"U": ("A", "up"), "V": ("B", "up"), "W": ("", "new")}, ("A", "dropped"))
    assert moved_by_itself(found) == ("V",)
    assert acted(found)[0].up == ("U",)


criteria = st.dictionaries(
    st.sampled_from("UVWXYZ"),
    st.tuples(st.text(OLD, max_size=2), st.sampled_from(KINDS)),
)
lines = st.lists(st.tuples(st.text(OLD, min_size=1, max_size=3), st.sampled_from(list(STATUSES))), max_size=4)


@given(criteria, lines)
def test_every_action_has_its_place_and_every_rise_is_told(
    kinds: dict[str, tuple[str, str]], plan: list[tuple[str, str]]
) -> None:
    found = moved(kinds, *plan)
    told = acted(found)
    assert [item.line for item in told] == list(found.plan)
    rises = {item.criterion for item in found.criteria if item.kind == UP and item.then}
    by_action = {name for item in told for name in item.up}
    by_itself = set(moved_by_itself(found)) - {item.criterion for item in found.criteria if not item.then}
    assert by_action | by_itself == rises
    assert not by_action & by_itself
    for item in told:
        assert (item.outcome == MOVED) == bool(item.up)
        assert (item.outcome == GONE) == (not item.up and not item.others)
    assert acted(moved_from(moved_document(found))) == told
    assert acted(replace(found, plan=found.plan[::-1])) == told[::-1]
