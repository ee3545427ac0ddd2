"""Rounds: a time in which PEDRI asks organisations to assess themselves against one version of a framework.

Days are ISO dates, so that their order as text is their order in time.
"""

from __future__ import annotations

from datetime import date

from .languages import to_translate

PLANNED, OPEN, CLOSED = "planned", "open", "closed"
STATES = {PLANNED: to_translate("Not open yet"), OPEN: to_translate("Open"), CLOSED: to_translate("Closed")}

DECLINED, INVITED, STARTED, SUBMITTED, SIGNED_OFF = (
    "declined", "invited", "started", "submitted", "signed-off"
)  # fmt: skip
# How an organisation stands in a round: its state only, nothing of its answers
STANDINGS = {
    INVITED: to_translate("Not started"),
    STARTED: to_translate("Started"),
    SUBMITTED: to_translate("Submitted"),
    SIGNED_OFF: to_translate("Signed off"),
    DECLINED: to_translate("Does not take part"),
}
WAITED_FOR = frozenset({INVITED, STARTED})
REMIND_BEFORE = 7  # days before an organisation's last day


def state(opens_on: str, closes_on: str, closed: bool, today: str) -> str:
    """planned, open or closed. A round is open on its first and on its last day."""
    if closed or today > closes_on:
        return CLOSED
    return OPEN if today >= opens_on else PLANNED


def last_day(closes_on: str, until: str | None) -> str:
    """The day by which an organisation hands in: that of its extension, where it has one."""
    return max(closes_on, until or "")


def standing(assessment_status: str | None, revision: int, declined: bool) -> str:
    """How an organisation stands. An assessment that was opened again still has its earlier submission."""
    if declined:
        return DECLINED
    if assessment_status is None:
        return INVITED
    if assessment_status == "draft":
        return SUBMITTED if revision > 1 else STARTED
    return SIGNED_OFF if assessment_status == "signed-off" else SUBMITTED


def needs_reminder(how: str, day: str, today: str, reminded_on: str | None) -> bool:
    """Whether a reminder is due by itself: once, in the week before the organisation's last day."""
    if how not in WAITED_FOR or today > day:
        return False
    left = (date.fromisoformat(day) - date.fromisoformat(today)).days
    begins = date.fromisoformat(day).toordinal() - REMIND_BEFORE
    already = reminded_on is not None and date.fromisoformat(reminded_on).toordinal() >= begins
    return left <= REMIND_BEFORE and not already


def takes(opens_on: str, day: str, closed: bool, today: str) -> bool:
    """Whether an organisation whose last day is `day` can choose now what it hands in."""
    return not closed and opens_on <= today <= day
