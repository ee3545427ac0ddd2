"""When a round is open, how organisations stand in it, and when a reminder is due."""

from __future__ import annotations

import pytest

from pedri_assess.domain.rounds import (
    CLOSED,
    DECLINED,
    INVITED,
    OPEN,
    PLANNED,
    SIGNED_OFF,
    STARTED,
    SUBMITTED,
    last_day,
    needs_reminder,
    standing,
    state,
    takes,
)

FIRST, LAST = "2027-03-01", "2027-03-31"


@pytest.mark.parametrize(
    ("today", "closed", "expected"),
    [
        ("2027-02-28", False, PLANNED), (FIRST, False, OPEN), (LAST, False, OPEN),
        ("2027-04-01", False, CLOSED),
        ("2027-03-10", True, CLOSED), ("2027-02-28", True, CLOSED),
    ],
)  # fmt: skip
def test_a_round_is_open_from_its_first_to_its_last_day(today: str, closed: bool, expected: str) -> None:
    assert state(FIRST, LAST, closed, today) == expected


def test_an_extension_moves_the_last_day_and_never_back() -> None:
    assert last_day(LAST, None) == LAST
    assert last_day(LAST, "2027-04-09") == "2027-04-09"
    assert last_day("2027-05-01", "2027-04-09") == "2027-05-01"  # the round itself was made longer since
    assert takes(FIRST, "2027-04-09", False, "2027-04-09")
    assert not takes(FIRST, "2027-04-09", False, "2027-04-10")
    assert not takes(FIRST, "2027-04-09", True, "2027-03-02")
    assert not takes(FIRST, LAST, False, "2027-02-28")


@pytest.mark.parametrize(
    ("status", "revision", "declined", "expected"),
    [
        (None, 1, False, INVITED), ("draft", 1, False, STARTED), ("draft", 2, False, SUBMITTED),
        ("submitted", 1, False, SUBMITTED), ("signed-off", 3, False, SIGNED_OFF), (None, 1, True, DECLINED),
    ],
)  # fmt: skip
def test_how_an_organisation_stands(status: str | None, revision: int, declined: bool, expected: str) -> None:
    assert standing(status, revision, declined) == expected


@pytest.mark.parametrize(
    ("how", "today", "reminded", "expected"),
    [
        (INVITED, "2027-03-23", None, False), (INVITED, "2027-03-24", None, True),
        (STARTED, LAST, None, True),
        (INVITED, "2027-04-01", None, False), (SUBMITTED, LAST, None, False), (DECLINED, LAST, None, False),
        (STARTED, "2027-03-30", "2027-03-24", False), (STARTED, "2027-03-30", "2027-03-10", True),
    ],
)  # fmt: skip
def test_a_reminder_comes_once_in_the_last_week(
    how: str, today: str, reminded: str | None, expected: bool
) -> None:
    assert needs_reminder(how, LAST, today, reminded) is expected
