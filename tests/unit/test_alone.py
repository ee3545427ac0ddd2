"""What levels say together, and when people discuss first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedri_assess.domain.alone import RATE, check_as_usual, spread
from pedri_assess.domain.errors import WrongState


@given(st.lists(st.integers(0, 3), min_size=1, max_size=9))
def test_the_median_is_somebodys_level_and_half_are_not_below_it(levels: list[int]) -> None:
    found = spread(levels)
    assert found is not None
    assert found.median in levels
    assert sum(level <= found.median for level in levels) * 2 >= len(levels)
    assert sum(level < found.median for level in levels) * 2 < len(levels)
    assert found.differ == any(abs(one - other) >= 2 for one in levels for other in levels)


def test_of_two_the_lower_one_is_the_median_and_nothing_says_nothing() -> None:
    assert spread([3, 1]).median == 1  # type: ignore[union-attr]
    assert spread([]) is None


def test_an_answer_waits_for_what_comes_first() -> None:
    check_as_usual("")
    with pytest.raises(WrongState, match="alone first"):
        check_as_usual(RATE)
