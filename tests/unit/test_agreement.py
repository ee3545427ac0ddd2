"""Agreement of those who rate alone: Krippendorff's alpha beside its definition, and when it stays hidden."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedri_assess.domain.agreement import (
    LEAST_CRITERIA,
    LEAST_RATERS,
    NO_VARIATION,
    TOO_FEW_CRITERIA,
    TOO_FEW_RATERS,
    agreement,
    ordinal_alpha,
)

Units = list[list[int]]
UNITS = st.lists(st.lists(st.integers(0, 3), max_size=4), max_size=6)

# The example of Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): four people, twelve things
PEOPLE = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
KNOWN = [
    [int(level) for level in said if level != "."]
    for said in zip(*(line.split() for line in PEOPLE), strict=True)
]


def by_definition(units: Units) -> Fraction | None:
    """Alpha as it is defined: a table of coincidences, and the ordinal metric summed level by level."""
    levels = sorted({level for unit in units for level in unit})
    table = {(one, other): Fraction() for one in levels for other in levels}
    for unit in units:
        for one, other in permutations(unit, 2):
            table[one, other] += Fraction(1, len(unit) - 1)
    sums = {level: sum(table[level, other] for other in levels) for level in levels}

    def metric(one: int, other: int) -> Fraction:
        low, high = sorted((one, other))
        between = sum((sums[level] for level in levels if low <= level <= high), Fraction())
        return (between - (sums[low] + sums[high]) / 2) ** 2

    total = sum(sums.values())
    expected = sum(
        sums[one] * sums[other] * metric(one, other) for one in levels for other in levels if one != other
    )
    if not expected:
        return None
    observed = sum(table[pair] * metric(*pair) for pair in table)
    return 1 - (total - 1) * observed / expected


@given(UNITS)
def test_it_is_what_the_definition_gives(units: Units) -> None:
    assert ordinal_alpha(units) == by_definition(units)


def test_it_is_what_its_author_gives() -> None:
    found = ordinal_alpha(KNOWN)
    assert found is not None
    assert round(float(found), 3) == 0.815


@given(UNITS)
def test_neither_order_nor_the_names_of_levels_matter(units: Units) -> None:
    shuffled = [sorted(unit, key=lambda level: -level) for unit in reversed(units)]
    stretched = [[level * level * 7 for level in unit] for unit in units]
    turned = [[3 - level for level in unit] for unit in units]
    assert (
        ordinal_alpha(units) == ordinal_alpha(shuffled) == ordinal_alpha(stretched) == ordinal_alpha(turned)
    )


@given(UNITS)
def test_it_is_one_just_where_all_agree_and_never_more(units: Units) -> None:
    found = ordinal_alpha(units)
    if found is not None:
        assert found <= 1
        assert (found == 1) == all(len(set(unit)) <= 1 for unit in units)


def places(raters: int, criteria: int, *, same: bool = False) -> list[dict[str, list[int]]]:
    """One place where so many people rated so many criteria."""
    return [
        {f"C{n}": [1 if same else (n + rater // 2) % 4 for rater in range(raters)] for n in range(criteria)}
    ]


@pytest.mark.parametrize(
    ("rated", "why"),
    [
        (places(LEAST_RATERS, LEAST_CRITERIA), ""),
        (places(LEAST_RATERS - 1, LEAST_CRITERIA), TOO_FEW_RATERS),
        (places(LEAST_RATERS, LEAST_CRITERIA - 1), TOO_FEW_CRITERIA),
        (places(LEAST_RATERS, LEAST_CRITERIA, same=True), NO_VARIATION),
        (places(2, LEAST_CRITERIA) + places(2, 1), ""),
        (places(1, LEAST_CRITERIA) * 9, TOO_FEW_RATERS),
        ([], TOO_FEW_RATERS),
    ],
)
def test_it_is_hidden_where_it_would_mislead(rated: list[dict[str, list[int]]], why: str) -> None:
    found = agreement(rated)
    assert found.hidden == why
    assert (found.alpha is None) == bool(why)


def test_what_is_hidden_says_how_many_there_must_be() -> None:
    assert f"fewer than {LEAST_RATERS} " in TOO_FEW_RATERS
    assert f"fewer than {LEAST_CRITERIA} " in TOO_FEW_CRITERIA
