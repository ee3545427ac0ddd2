"""What staff and what public contributors see, side by side and never averaged together."""

from __future__ import annotations

from dataclasses import dataclass

from ...domain.findings import FEWEST_PUBLIC_RATINGS, lower_median
from ...domain.standards import Level
from ..report import Report, Row
from .base import Section


@dataclass(frozen=True)
class View:
    """One rated criterion. The public's level is None while too few have rated."""

    row: Row
    staff: int
    staff_lowest: Level | None
    staff_highest: Level | None
    public: int
    public_level: Level | None

    @property
    def compared(self) -> str:
        """The public's level against the agreed one: lower, same or higher; empty where one is missing."""
        if self.public_level is None or self.row.level is None:
            return ""
        difference = self.public_level.value - self.row.level.value
        return "same" if difference == 0 else "lower" if difference < 0 else "higher"


@dataclass(frozen=True)
class StaffAndPublic(Section):
    """The two views, criterion by criterion."""

    name = "staff_and_public"
    title = "Staff and public side by side"

    views: tuple[View, ...]
    fewest_ratings: int


def staff_and_public(report: Report) -> StaffAndPublic | None:
    """Every criterion that somebody rated alone; None where nobody did."""
    rated = views(report)
    return StaffAndPublic(rated, FEWEST_PUBLIC_RATINGS) if rated else None


def views(report: Report) -> tuple[View, ...]:
    """The rated criteria in the file's order."""
    return tuple(_view(row, report) for row in report.rows if row.ratings.staff or row.ratings.public)


def _view(row: Row, report: Report) -> View:
    staff, public = row.ratings.staff, row.ratings.public
    return View(
        row=row,
        staff=len(staff),
        staff_lowest=report.level(min(staff, default=None)),
        staff_highest=report.level(max(staff, default=None)),
        public=len(public),
        public_level=report.level(lower_median(public)) if len(public) >= FEWEST_PUBLIC_RATINGS else None,
    )
