"""Links over one version and over several."""

from typing import Any

import pytest

from pedri_assess.domain.mapping import Origin, leads_to, linked_versions, origins, predecessors, whys
from pedri_assess.domain.standards import Framework

from .frameworks import a_criterion, a_framework

KINDS = ("unchanged", "reworded", "split", "merged")


def came(name: str, *links: tuple[str, str, str]) -> dict[str, Any]:
    """A criterion with links: version, id and kind."""
    sources = [
        {"version": version, "id": old, "link": kind, "note": f"{version} {old}"}
        for version, old, kind in links
    ]
    return a_criterion(name, **{"from": sources})


OLD = a_framework([a_criterion(name) for name in "ABC"], [a_criterion(name) for name in "DE"], version="2021")


def mid(*criteria: dict[str, Any], **more: Any) -> Framework:
    return a_framework(list(criteria), version="2023", **more)


def new(*criteria: dict[str, Any], **more: Any) -> Framework:
    return a_framework(list(criteria), version="2025", **more)


def kinds(found: dict[str, tuple[Origin, ...]]) -> dict[str, list[tuple[str, str]]]:
    return {name: [(origin.id, origin.kind) for origin in each] for name, each in found.items()}


def test_a_version_comes_from_itself_unchanged() -> None:
    assert kinds(origins(OLD, OLD)) == {name: [(name, "unchanged")] for name in "ABCDE"}
    assert leads_to(OLD, OLD)


def test_links_to_the_version_before_are_taken_as_they_are_in_its_order() -> None:
    newer = mid(came("M", ("2021", "B", "merged"), ("2021", "A", "split")), came("N"))
    assert kinds(origins(OLD, newer)) == {"M": [("A", "split"), ("B", "merged")], "N": []}
    assert leads_to(OLD, newer)
    assert not leads_to(newer, OLD)


@pytest.mark.parametrize("first", KINDS)
@pytest.mark.parametrize("then", KINDS)
def test_over_two_versions_the_greater_change_counts(first: str, then: str) -> None:
    between = mid(came("M", ("2021", "A", first)))
    newest = new(came("X", ("2023", "M", then)))
    (origin,) = origins(OLD, newest, [between])["X"]
    assert origin == Origin("A", max(first, then, key=KINDS.index), origin.notes)
    assert origin.notes == ("2021 A", "2023 M")
    assert kinds(origins(OLD, newest)) == {"X": []}  # the version between must be known


def test_what_was_split_and_merged_again_comes_from_one_criterion_once() -> None:
    between = mid(came("M", ("2021", "A", "split")), came("N", ("2021", "A", "split")))
    newest = new(came("X", ("2023", "N", "merged"), ("2023", "M", "merged")))
    (origin,) = origins(OLD, newest, [between])["X"]
    assert (origin.id, origin.kind) == ("A", "merged")
    assert origin.notes == ("2021 A", "2023 M", "2023 N")


def test_a_straight_link_says_more_than_a_way_around() -> None:
    between = mid(came("M", ("2021", "A", "reworded")))
    newest = new(came("X", ("2023", "M", "reworded"), ("2021", "A", "unchanged")))
    assert kinds(origins(OLD, newest, [between])) == {"X": [("A", "unchanged")]}


def test_versions_that_name_each_other_in_a_ring_end() -> None:
    between = mid(came("M", ("2025", "X", "unchanged"), ("2021", "A", "unchanged")))
    newest = new(came("X", ("2023", "M", "unchanged")))
    assert kinds(origins(OLD, newest, [between, newest])) == {"X": [("A", "unchanged")]}


def test_why_a_criterion_has_no_successor_is_said_by_any_version_on_the_way() -> None:
    between = mid(
        came("M", ("2021", "A", "unchanged")),
        came("N", ("2021", "B", "split")),
        retired=[{"version": "2021", "id": "C", "why": "A duty."}, {"version": "2021", "id": "D"}],
    )
    newest = new(came("X"), retired=[{"version": "2023", "id": "N", "why": "Too much."}])
    assert whys(OLD, newest, [between]) == {"B": ("Too much.",), "C": ("A duty.",), "D": ()}
    later = a_framework(
        [a_criterion("Z")], version="2027", retired=[{"version": "2021", "id": "A", "why": "No."}]
    )
    assert "A" not in whys(OLD, newest, [between, later])  # what comes later is no reason
    assert linked_versions(newest) == {"2023"}


def test_a_standard_takes_over_from_the_one_that_most_of_it_comes_from() -> None:
    newest = a_framework(
        [came("X", ("2021", "A", "unchanged")), came("Y", ("2021", "D", "split"), ("2021", "E", "merged"))],
        [came("Z")],
        [came("W", ("2021", "D", "split"), ("2021", "B", "merged"))],
        version="2025",
    )
    found = predecessors(OLD, newest, origins(OLD, newest))
    assert {name: [part.id for part in parts] for name, parts in found.items()} == {
        "S1": ["S2", "S1"],
        "S2": [],
        "S3": ["S1", "S2"],
    }
