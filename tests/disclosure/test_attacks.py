"""No attacker finds a value; `python -m tests.disclosure SECONDS` does the same for as long as one likes."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import partial

import pytest

from pedri_assess.domain.disclosure import Network, release

from .attacks import AUDIENCES, Found, any_network, look_at_everything, make_another, reckon, small_network
from .networks import BY_NATION, BY_TYPE, WHOLE, answers

MOST_WORLDS = 1_500


def one_wave(number: int, **groups: str) -> Network:
    cuts = (WHOLE, *(cut for cut in (BY_TYPE, BY_NATION) if cut.by[0] in groups))
    return Network(cuts, (answers((0, 1, 2, 3) * (number // 4) + (0,) * (number % 4), **groups),))


def with_another(network: Network, joining: int, leaving: int) -> Network:
    """One more wave, in which nobody changed a level."""
    (first,) = network.waves
    new = (replace(first.organisations[0], id=f"new{number}") for number in range(joining))
    second = replace(first, id="2027", organisations=(*first.organisations[leaving:], *new))
    return replace(network, waves=(first, second))


@pytest.mark.parametrize("number", [6, 7, 8, 11, 12, 15])
@pytest.mark.parametrize("audience", AUDIENCES)
def test_one_group_looked_at_in_every_way_by_two_partners(number: int, audience: str) -> None:
    found = Found()
    assert look_at_everything(one_wave(number), partial(release, audience=audience), found, 1_000, 2)
    assert found.counts["worlds"] >= 84
    assert found.exposed == []


@pytest.mark.parametrize(
    "network",
    [
        one_wave(12, type="a" * 6 + "b" * 6),
        one_wave(13, type="a" * 4 + "b" * 9),
        with_another(one_wave(10), 2, 0),
        with_another(one_wave(12), 0, 3),
        with_another(one_wave(7), 4, 1),
        with_another(one_wave(6), 6, 0),
    ],
    ids=["two types", "a small type", "two join", "three leave", "four join, one leaves", "twice as many"],
)
def test_groups_and_waves_looked_at_in_every_way(network: Network) -> None:
    found = Found()
    assert look_at_everything(network, partial(release, audience="partner"), found, 12_000, 1)
    assert found.exposed == []


def test_small_networks_looked_at_in_every_way() -> None:
    found, looked = Found(), 0
    for seed in range(150):
        rng = random.Random(seed)
        sees = partial(release, audience=rng.choice(AUDIENCES))
        looked += look_at_everything(small_network(rng), sees, found, MOST_WORLDS, 2)
    assert looked > 15
    assert found.counts["releases"] > looked
    assert found.exposed == []


@pytest.mark.parametrize("start", range(0, 80, 20))
def test_everybody_could_have_answered_otherwise_in_networks_of_every_size(start: int) -> None:
    found = Found()
    for seed in range(start, start + 20):
        rng = random.Random(seed)
        make_another(any_network(rng), rng, found, 8)
    assert found.counts["networks made"] > 100
    assert found.counts["figures compared"] > 1_000
    assert found.exposed == []


def test_nobody_can_be_reckoned_out() -> None:
    found = Found()
    for seed in range(1000, 1080):
        rng = random.Random(seed)
        reckon(any_network(rng), rng, found, 8)
    assert found.counts["sums"] > 100
    assert found.exposed == []
