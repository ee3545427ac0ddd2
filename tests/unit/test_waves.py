"""How criteria are followed from wave to wave, and what that hides."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pedri_assess.domain.disclosure import PARTNER, Hidden, Organisation, Shown, Wave, release
from pedri_assess.domain.standards import Framework
from pedri_assess.domain.waves import AUDIENCES, Counted, Names, levels, names, network_of, released
from pedri_assess.reports.benchmarks import WHOLE, group, moved

from .frameworks import a_criterion, a_framework, an_assessment


def came(name: str, kind: str, old: str) -> dict[str, Any]:
    return a_criterion(name, **{"from": [{"version": "1", "id": old, "link": kind}]})


OLD = a_framework([a_criterion(name) for name in "ABCD"])
NEW = a_framework(
    [
        came("K", "unchanged", "A"),
        came("L", "reworded", "B"),
        came("M", "split", "C"),
        came("D", "merged", "D"),
    ],
    version="2",
)
BOTH = (OLD, NEW)
LEVELS = st.lists(st.integers(0, 3), min_size=9, max_size=13)


def counted(framework: Framework, found: Names, among: list[int]) -> Counted:
    organisations = tuple(
        Organisation(f"o{number:02}", {}, {item.id: level for item in framework.criteria})
        for number, level in enumerate(among)
    )
    return Counted(framework, found, Wave(f"w{framework.version}", organisations))


def test_what_compares_keeps_its_name_whichever_version_was_counted_first() -> None:
    old = names(OLD, [], BOTH)
    assert old == {name: name for name in "ABCD"}
    new = names(NEW, [(OLD, old)], BOTH)
    assert new == {"K": "A", "L": "B", "M": "M", "D": "D@2"}
    assert names(OLD, [(OLD, old), (NEW, new)], BOTH) == old
    assert names(NEW, [(OLD, old), (NEW, new), (OLD, old)], BOTH) == new
    first = names(NEW, [], BOTH)
    assert names(OLD, [(NEW, first)], BOTH) == {"A": "K", "B": "L", "C": "C", "D": "D@1"}


def test_what_was_coming_is_not_counted() -> None:
    coming = a_framework([a_criterion("A"), a_criterion("B", counts_from="2026-09-01")])
    answers = {"A": 1, "B": 2}
    assert levels(coming, an_assessment(answers, date="2026-08-31")) == {"A": 1, "B": None}
    assert levels(coming, an_assessment(answers, date="2026-09-01")) == answers


def test_two_criteria_never_have_one_name() -> None:
    twice = a_framework([came("K", "reworded", "A"), came("L", "reworded", "A")], version="2")
    assert names(twice, [(OLD, names(OLD, [], BOTH))], (OLD, twice)) == {"K": "A", "L": "L"}


def test_an_older_version_does_not_open_a_way_around_a_wave() -> None:
    among = [number % 4 for number in range(12)]
    first = counted(NEW, names(NEW, [], BOTH), among)
    assert isinstance(released([], first)[PARTNER].waves[0].cells[0].criteria["K"], Shown)
    second = counted(OLD, names(OLD, [(NEW, first.names)], BOTH), among[:-1])
    figures = released([first], second)[PARTNER].waves[0].cells[0].criteria
    for name in "AB":
        figure = figures[name]
        assert isinstance(figure, Hidden)
        assert figure.reasons == ("differencing",)


def test_what_moved_is_told_of_what_is_shown_in_both_waves_under_one_name() -> None:
    first = counted(OLD, names(OLD, [], BOTH), [0, 0, 1, 1, 1, 1, 1, 1, 2, 3, 3, 3])
    second = counted(NEW, names(NEW, [(OLD, first.names)], BOTH), [2] * 5 + [3] * 4 + [0] * 3)
    was = group(released([], first)[PARTNER], OLD, WHOLE, {})
    now = group(released([first], second)[PARTNER], NEW, WHOLE, {})
    assert was
    assert now
    up, down = moved(was, now, first.names, second.names)
    assert ([row.criterion.id for row in up], down) == (["K", "L"], [])
    down, up = moved(now, was, second.names, first.names)
    assert (down, [row.criterion.id for row in up]) == ([], ["A", "B"])


@given(st.lists(st.tuples(st.sampled_from(BOTH), LEVELS), min_size=2, max_size=3), st.sampled_from(AUDIENCES))
@settings(max_examples=25, deadline=None)
def test_what_was_frozen_is_what_a_later_wave_is_decided_by(
    wanted: list[tuple[Framework, list[int]]], audience: str
) -> None:
    earlier: list[Counted] = []
    frozen = []
    for framework, among in wanted:
        known = names(framework, [(one.framework, one.names) for one in earlier], BOTH)
        made = counted(framework, known, among)
        made = replace(made, wave=replace(made.wave, id=f"w{len(earlier)}"))
        (shown,) = released(earlier, made)[audience].waves
        frozen.append({known[name]: figure for name, figure in shown.cells[0].criteria.items()})
        earlier.append(made)
    again = release(network_of(earlier[:-1], earlier[-1]), audience)
    assert [dict(wave.cells[0].criteria) for wave in again.waves] == frozen
