"""What must be said of a resource, which are shown at a gap, and what may become of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedri_assess.domain.errors import Incomplete, WrongState
from pedri_assess.domain.kinship import family
from pedri_assess.domain.moderation import MOVES, RETIRE, WITHDRAW, check_move, moves_from
from pedri_assess.domain.resources import (
    GONE,
    KINDS,
    LISTED,
    LONGEST,
    RETIRED,
    SILENT,
    SUGGESTED,
    Check,
    Described,
    Link,
    Resource,
    at_gap,
    faults,
    host,
    said_document,
    said_from,
    tidy,
)

from .frameworks import a_criterion, a_framework

AT = "2026-11-24T09:00:00.000000Z"
GOOD = Described("A guide", "A trust", "https://example.org/guide")


def a_resource(name: str = "one", links: int = 1, **more: Any) -> Resource:
    about = tuple(Link("f", "criterion", f"C-{number}") for number in range(links))
    said = replace(GOOD, title=name, links=about)
    return Resource(
        **{
            "id": name,
            "said": said,
            "state": LISTED,
            "revision": 1,
            "change": 1,
            "added_at": AT,
            "changed_at": AT,
            **more,
        }
    )


@pytest.mark.parametrize(
    "address",
    [
        "",
        "example.org",
        "http://example.org",
        "https://",
        "https:///x",
        "javascript:alert(1)",
        "data:,x",
        "https://bank.example@other.example",
        "https://example.org/a b",
        "https://example.org/<x>",
        "https://x",
        "//example.org",
        "https://example.org:0/",
        "https://[::1",
        "ftp://example.org",
        "https://example.org\\x",
        "https://example.org/\x00",
        'https://example.org/"',
    ],
)
def test_an_address_that_people_cannot_be_sent_to_is_none(address: str) -> None:
    assert host(address) == ""
    assert "address" in dict(faults(replace(GOOD, address=address)))


@pytest.mark.parametrize(
    "address", ["https://example.org", "https://Example.org:8443/a?b=c#d", "https://xn--e1a.example/ŵ"]
)
def test_a_web_address_names_its_host(address: str) -> None:
    assert host(address) in ("example.org", "xn--e1a.example")
    assert list(faults(replace(GOOD, address=address))) == []


def test_what_is_missing_or_too_long_is_named_all_at_once() -> None:
    assert dict(faults(Described("", "", ""))).keys() == {"title", "publisher", "address"}
    for name, most in LONGEST.items():
        long = "https://example.org/" + "x" * most
        assert name in dict(faults(replace(GOOD, **{name: long})))
    for name in KINDS:
        assert name in dict(faults(replace(GOOD, **{name: ("no-such",)})))
    assert "links" in dict(faults(replace(GOOD, links=(Link("f", "criterion", "x"),) * 61)))


def test_lists_are_kept_in_one_order_and_nothing_is_dropped() -> None:
    said = replace(
        GOOD,
        audiences=("leaders", "odd", "public", "leaders"),
        links=(Link("f", "standard", "B"), Link("f", "criterion", "A"), Link("f", "standard", "B")),
    )
    assert tidy(said).audiences == ("public", "leaders", "odd")
    assert tidy(said).links == (Link("f", "criterion", "A"), Link("f", "standard", "B"))
    assert tidy(tidy(said)) == tidy(said)
    assert said_from(said_document(said)) == said


def test_the_most_particular_come_first_and_three_at_most() -> None:
    about_it = [a_resource("wide", 9), a_resource("narrow", 1), a_resource("b", 2), a_resource("a", 2)]
    assert [one.id for one in at_gap(about_it, [a_resource("standard")])] == ["narrow", "a", "b"]
    few = at_gap(about_it[:1], [a_resource("standard"), about_it[0]])
    assert [one.id for one in few] == ["wide", "standard"]


def test_nobody_is_sent_where_nothing_is() -> None:
    gone = a_resource("gone", check=Check(AT, GONE, "", 1))
    silent = a_resource("silent", check=Check(AT, SILENT, "", 2))
    once = a_resource("once", check=Check(AT, SILENT, "", 1))
    retired = a_resource("retired", state=RETIRED)
    assert [one.id for one in at_gap([gone, silent, once, retired], [])] == ["once"]


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(1, 3)), max_size=8))
def test_whatever_there_is_a_gap_shows_each_once_and_never_more_than_three(
    given_: list[tuple[str, int]],
) -> None:
    resources = [a_resource(name, links) for name, links in given_]
    shown = at_gap(resources, resources)
    assert len(shown) == min(3, len({one.id for one in resources}))
    assert len({one.id for one in shown}) == len(shown)


def test_kin_are_one_link_apart_in_both_directions() -> None:
    old = a_framework([a_criterion("OLD")])
    link = {"version": "1", "id": "OLD", "link": "split"}
    new = a_framework(
        [a_criterion("NEW", **{"from": [link]})], [a_criterion("OTHER", **{"from": [link]})], version="2"
    )
    found = family([old, new])
    assert found.kin == {"OLD": {"NEW", "OTHER"}, "NEW": {"OLD"}, "OTHER": {"OLD"}}
    assert found.standards == {"OLD": {"S1"}, "NEW": {"S1"}, "OTHER": {"S2"}}


def test_a_move_needs_its_state_and_its_reason() -> None:
    with pytest.raises(WrongState):
        check_move(a_resource(state=SUGGESTED), MOVES[RETIRE], "old")
    with pytest.raises(Incomplete):
        check_move(a_resource(), MOVES[RETIRE], "")
    with pytest.raises(Incomplete):
        check_move(a_resource(), MOVES[RETIRE], "x" * 501)
    check_move(a_resource(), MOVES[RETIRE], "It is out of date")


def test_from_every_state_there_is_a_way_on_and_staff_take_nothing_back_for_others() -> None:
    for state in {SUGGESTED, LISTED, RETIRED, "declined", "withdrawn"}:
        assert moves_from(state)
        assert WITHDRAW not in moves_from(state)
