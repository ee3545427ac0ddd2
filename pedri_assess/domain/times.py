"""Moments as they are kept: text in UTC, of one length, so that order as text is order in time."""

from __future__ import annotations

from datetime import UTC, datetime


def stamp(moment: datetime) -> str:
    """The text of a moment: `2026-11-24T09:30:00.000000Z`. Raises ValueError where it has no time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone could be any of 24")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def moment(text: str) -> datetime:
    """The moment that `stamp` made the text from. Raises ValueError."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
