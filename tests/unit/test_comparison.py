"""What changed between versions follows from the links, many to many."""

from typing import Any

from pedri_assess.domain.comparison import KINDS, compare

from .frameworks import a_criterion, a_framework

OLD = a_framework([a_criterion(name) for name in "PQRSTU"], version="0")


def came(name: str, *links: tuple[str, str]) -> dict[str, Any]:
    sources = [{"version": "0", "id": old, "link": kind, "note": f"{old} {kind}"} for old, kind in links]
    return a_criterion(name, **{"from": sources})


NEW = a_framework(
    [
        came("A", ("P", "unchanged")),
        came("B", ("Q", "reworded")),
        came("C", ("R", "split")),
        came("D", ("R", "split"), ("S", "merged"), ("T", "merged")),
        came("E"),
    ],
    retired=[{"version": "0", "id": "U", "why": "A legal duty."}],
)


def test_each_old_criterion_has_one_change_and_each_new_one_without_a_source_is_new() -> None:
    told = [
        (change.kind, change.old.id if change.old else None, [criterion.id for criterion in change.new])
        for change in compare(OLD, NEW).changes
    ]
    assert told == [
        ("unchanged", "P", ["A"]),
        ("reworded", "Q", ["B"]),
        ("split", "R", ["C", "D"]),
        ("merged", "S", ["D"]),
        ("merged", "T", ["D"]),
        ("retired", "U", []),
        ("new", None, ["E"]),
    ]


def test_counts_and_notes() -> None:
    comparison = compare(OLD, NEW)
    assert comparison.counts() == dict(zip(KINDS, (1, 1, 2, 1, 1, 1), strict=True))
    assert comparison.of_kind("retired")[0].notes == ("A legal duty.",)
    assert comparison.of_kind("split")[0].notes == ("R split",)


def test_versions_that_do_not_know_each_other() -> None:
    assert compare(OLD, NEW).linked()
    assert not compare(NEW, OLD).linked()
