"""Counting by tags gives what counting one by one gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pedri_assess.domain.facets import Facets, indices_of, places_of

VALUES = st.sampled_from(["a", "b", "c"])
THINGS = st.lists(st.fixed_dictionaries({"x": st.sets(VALUES), "y": st.sets(VALUES)}), max_size=12)
CHOSEN = st.fixed_dictionaries({"x": VALUES | st.just(""), "y": VALUES | st.just("")})


def has_all(tags: dict[str, set[str]], chosen: dict[str, str]) -> bool:
    return all(not value or value in tags[facet] for facet, value in chosen.items())


@given(st.sets(st.integers(0, 300)))
def test_a_set_is_what_was_put_in(indices: set[int]) -> None:
    assert list(indices_of(places_of(indices))) == sorted(indices)


@given(THINGS, CHOSEN, st.data())
def test_counts_are_those_of_counting_one_by_one(
    things: list[dict[str, set[str]]], chosen: dict[str, str], data: st.DataObject
) -> None:
    among = data.draw(st.sets(st.sampled_from(range(len(things))))) if things else set()
    facets = Facets(things)
    left = facets.having(chosen, places_of(among))
    assert list(indices_of(left)) == [i for i in sorted(among) if has_all(things[i], chosen)]
    for facet, counts in facets.counts(chosen, places_of(among)).items():
        for value, count in counts.items():
            wanted = {**chosen, facet: value}
            assert count == sum(has_all(things[i], wanted) for i in among)


def test_what_nothing_has_finds_nothing() -> None:
    facets = Facets([{"x": ["a"]}])
    assert facets.having({"x": "never"}, facets.all) == 0
    assert facets.having({"no such": "a"}, facets.all) == 0
    assert facets.having({"x": ""}, facets.all) == 1
