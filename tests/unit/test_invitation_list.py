"""Lists of organisations: whatever spreadsheets write is read, and every fault has its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedri_assess.domain.invitation_list import MOST_ROWS, InvitationList, Line, read_list

KINDS = {"nhs": "NHS organisation", "charity": "Charity"}
NATIONS = {"wales": "Wales", "uk": "More than one nation of the UK"}


def read(text: str) -> InvitationList:
    return read_list(text, KINDS, NATIONS)


def faults(text: str) -> list[tuple[int, str]]:
    return [(fault.number, fault.column) for fault in read(text).faults]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_list_as_spreadsheets_write_it(separator: str, end: str) -> None:
    rows = [["Organisation", "NATION", "kind", "lead"], ["Trust", "wales", "NHS organisation", "a@b.example"]]
    text = "\ufeff" + end.join(separator.join(row) for row in [*rows, ["", "", "", ""]]) + end
    assert read(text) == InvitationList((Line(2, "Trust", "nhs", "wales", "a@b.example"),), ())


def test_a_list_of_names_is_enough() -> None:
    assert read("organisation\nTrust\nOther").lines == (Line(2, "Trust"), Line(3, "Other"))


def test_a_name_with_a_comma_stands_in_quotes() -> None:
    assert read('organisation,kind\n"Trust, The",charity').lines == (Line(2, "Trust, The", "charity"),)
    assert faults("organisation\nTrust, The") == [(2, "")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(1, "organisation")]), ("name\nTrust", [(1, "organisation")]), ("organisation", [(2, "")]),
        ("organisation,size\nTrust,9", [(1, "size")]),
        ("organisation,organisation\nA,B", [(1, "organisation")]),
        ("organisation,kind\n,nhs", [(2, "organisation")]), ("organisation,kind\nTrust,zoo", [(2, "kind")]),
        ("organisation,nation\nTrust,mars", [(2, "nation")]),
        ("organisation,lead\nTrust,nobody", [(2, "lead")]),
        ("organisation\nTrust\ntrust", [(3, "organisation")]),
        (f"organisation\n{'x' * 201}", [(2, "organisation")]),
    ],
)  # fmt: skip
def test_every_fault_has_its_line(text: str, expected: list[tuple[int, str]]) -> None:
    assert faults(text) == expected


def test_a_list_has_an_end() -> None:
    rows = "\n".join(f"Trust {number}" for number in range(MOST_ROWS + 1))
    assert faults(f"organisation\n{rows}") == [(MOST_ROWS + 2, "")]


@given(st.text(max_size=300))
def test_whatever_is_sent_is_read_or_has_faults(text: str) -> None:
    found = read(text)
    assert found.lines or found.faults
    assert all(fault.words for fault in found.faults)
