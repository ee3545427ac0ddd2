"""The same attackers win against a release that only asks whether a group is large enough."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import pytest

from pedri_assess.domain.disclosure import Network, Release

from .attacks import Found, look_at_everything
from .linear import Bounds, Sum, in_the_span
from .naive import Group, Variable, counts, groups, naive_release
from .networks import CUTS, FIRST_ROUND, WHOLE, Course, answers, random_network

MIXED = (0, 2, 1, 3, 2, 0, 3, 1, 2, 1)

Unknown = tuple[Variable, int]  # whether an organisation's level is this one


def sums_of(tables: Sequence[Group]) -> list[Sum[Unknown]]:
    """Every number of every table as a sum of unknowns."""
    return [
        Sum(frozenset((name, level) for name in table.levels), number, number)
        for table in tables
        for level in range(4)
        for number in [counts(table)[level]]
    ]


def reckoned(network: Network, looking: Sequence[str] = ()) -> dict[Unknown, int]:
    """The levels that follow from naive tables and from what some know of themselves."""
    tables = list(groups(network, "C0"))
    truth: Mapping[Variable, int] = {name: level for table in tables for name, level in table.levels.items()}
    own = {
        (name, level): int(truth[name] == level) for name in truth if name[0] in looking for level in range(4)
    }
    found = {name: int(value) for name, value in in_the_span(sums_of(tables), own).items()}
    found |= Bounds(sums_of(tables), dict(own)).found()
    assert all(int(truth[name] == level) == value for (name, level), value in found.items())
    return {(name, level): value for (name, level), value in found.items() if name[0] not in looking}


def another_wave(network: Network, *, joining: int = 0, leaving: int = 0) -> Network:
    (first,) = network.waves
    new = (replace(first.organisations[0], id=f"new{number}", levels={"C0": 3}) for number in range(joining))
    return replace(
        network,
        waves=(first, replace(first, id="2027", organisations=(*first.organisations[leaving:], *new))),
    )


def test_one_that_joins_is_the_difference_of_two_waves() -> None:
    found = reckoned(another_wave(Network((WHOLE,), (answers(MIXED),)), joining=1))
    assert found[("new0", 0), 3] == 1


def test_so_is_one_that_leaves() -> None:
    found = reckoned(another_wave(Network((WHOLE,), (answers(MIXED),)), leaving=1))
    assert found[("o000", 0), 0] == 1


def test_who_is_not_in_the_other_groups_is_what_is_left_of_the_whole() -> None:
    network = Network(CUTS[:2], (answers((*MIXED, 3), type="a" * 10 + "b"),))
    assert reckoned(network)[("o010", 0), 3] == 1


def test_of_two_the_one_finds_the_other() -> None:
    network = another_wave(Network((WHOLE,), (answers(MIXED),)), joining=2)
    assert reckoned(network).get((("new0", 0), 2)) == 0
    assert reckoned(network, ["new1"])[("new0", 0), 3] == 1


def test_in_a_first_series_of_rounds_naive_tables_give_away_nearly_everything() -> None:
    given_away = total = 0
    for seed in range(40):
        rng = random.Random(seed)
        course = Course(waves=3, joining=0.15, leaving=0.1, changing=0.2)
        network = random_network(rng, 15, FIRST_ROUND, course)
        given_away += sum(reckoned(network).values())
        total += len({name for table in groups(network, "C0") for name in table.levels})
    assert given_away > total / 5


@pytest.mark.parametrize(
    ("network", "what"),
    [
        (Network((WHOLE,), (answers(MIXED[:6]),)), "class"),
        (another_wave(Network((WHOLE,), (answers(MIXED[:7]),)), joining=1), "differencing"),
        (Network(CUTS[:2], (answers(MIXED[:9], type="a" * 7 + "bb"),)), "complementary"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_bands_alone_do_not_help_against_one_who_looks_at_everything(network: Network, what: str) -> None:
    def sees(seen: Network) -> Release:
        return naive_release(seen, "partner")

    found = Found()
    assert look_at_everything(network, sees, found, 8_000, 1)
    assert any(where.startswith("level") for where in found.exposed), what


def test_what_is_hidden_because_all_are_alike_tells_each_of_them_the_level_of_all() -> None:
    found = Found()
    network = Network((WHOLE,), (answers((2,) * 8),))
    assert look_at_everything(network, partial(naive_release, audience="partner"), found, 8_000, 1)
    assert any("class-disclosure" in where and where.startswith("level") for where in found.exposed)
