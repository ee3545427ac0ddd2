"""Sheets of paper: letters beside the answers, read back as they were typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedri_assess.domain.paper import batch_name, batch_number, letters, read_cell, read_sheet


@given(st.integers(1, 9), st.data())
def test_every_letter_of_the_form_is_read_back(top: int, data: st.DataObject) -> None:
    known = letters(top)
    assert len(known) == top + 2
    levels = data.draw(st.lists(st.none() | st.integers(0, top), max_size=8))
    typed = [known[-1] if level is None else known[level] for level in levels]
    assert [read_cell(letter.upper() + " ", top) for letter in typed] == [(True, each) for each in levels]


def test_what_is_no_letter_of_the_form_is_an_error_and_nothing_is_no_answer() -> None:
    assert read_cell(" ", 3) == (False, None)
    assert read_cell("?", 3) == (True, None)
    for typed in ("f", "aa", "1", "é"):
        with pytest.raises(ValueError, match="from a to e"):
            read_cell(typed, 3)


def test_a_sheet_has_only_what_is_answered() -> None:
    cells = [(True, 2), (False, None), (True, None)]
    assert read_sheet(cells, ["A", "B", "C"]) == {"A": 2, "C": None}


def test_lots_of_paper_are_told_from_those_that_came_by_link() -> None:
    assert [batch_name(number) for number in (3, batch_number(1), batch_number(12))] == [
        ("Batch %(number)s", 3),
        ("Paper %(number)s", 1),
        ("Paper %(number)s", 12),
    ]
