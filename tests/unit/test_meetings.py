"""Meetings: codes that are read as they are typed, and what was shown binds what is said later."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from pedri_assess.domain.assessment import PublicView
from pedri_assess.domain.meetings import LETTERS, new_code, read_code, room_view, settled, spoken_code

levels = st.lists(st.integers(0, 3), max_size=12)


def test_a_code_is_read_however_it_is_typed() -> None:
    code = new_code()
    assert len(code) == 8
    assert set(code) <= set(LETTERS)
    for typed in (code, spoken_code(code), code.lower(), f" {code[:4]} {code[4:]} "):
        assert read_code(typed) == code


@given(levels, levels)
def test_hands_and_phones_count_alike(phones: list[int], hands: list[int]) -> None:
    view = room_view(tuple(phones), Counter(hands))
    everybody = sorted(phones + hands)
    if len(everybody) < 3:
        assert view is None
    else:
        assert view == PublicView(everybody[(len(everybody) - 1) // 2], len(everybody))


@given(levels, st.lists(st.integers(0, 3), min_size=3, max_size=12), levels)
def test_no_difference_between_two_views_is_that_of_one_or_two(
    before: list[int], room: list[int], after: list[int]
) -> None:
    """Whoever sees the room's view and the panel's sees a difference of three people, or none."""
    shown = room_view(tuple(room), {})
    now = room_view((*before, *room, *after), {})
    said = settled(now, shown, cleaned=False)
    more = len(before) + len(after)
    assert said is not None
    assert said == shown if more < 3 else said.of == len(room) + more
    assert settled(None, shown, cleaned=False) == shown  # also where all of it was taken back
    assert settled(now, shown, cleaned=True) == shown  # nobody cleans away what was seen
