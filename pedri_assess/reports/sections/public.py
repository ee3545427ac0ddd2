"""What staff and what public contributors see, side by side and never averaged together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from ...domain.assessment import NO_RATINGS
from ...domain.findings import FEWEST_PUBLIC_RATINGS, public_view
from ...domain.standards import Level
from ..charts import two_views
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
    scale: tuple[Level, ...]

    @property
    def compared(self) -> str:
        """The public's level against the agreed one: lower, same or higher; empty where one is missing."""
        if self.public_level is None or self.row.level is None:
            return ""
        difference = self.public_level.value - self.row.level.value
        return "same" if difference == 0 else "lower" if difference < 0 else "higher"

    @property
    def staff_words(self) -> str:
        """What those of the staff who rated alone see: Developing to In place; empty where nobody did."""
        if self.staff_lowest is None or self.staff_highest is None:
            return ""
        ends = dict.fromkeys((str(self.staff_lowest.label), str(self.staff_highest.label)))
        return " to ".join(ends)

    @cached_property
    def svg(self) -> Markup:
        """Both views as a picture."""
        lowest, highest = self.staff_lowest, self.staff_highest
        said = [f"staff agreed on {self.row.level.label}" if self.row.level else "staff have no agreed level"]
        if self.staff_words:
            said.append(f"alone they see {self.staff_words}")
        said.append(f"the public see {self.public_level.label}" if self.public_level else self.hidden)
        return two_views(
            self.row.level,
            (lowest, highest) if lowest and highest else None,
            self.public_level,
            self.scale,
            f"{self.row.criterion.id}: {'; '.join(said)}.",
        )

    @property
    def hidden(self) -> str:
        """Why the public's level is not shown."""
        if self.public:
            return f"hidden: fewer than {FEWEST_PUBLIC_RATINGS} public ratings"
        return "no public ratings"


@dataclass(frozen=True)
class StaffAndPublic(Section):
    """The two views, criterion by criterion."""

    name = "staff_and_public"
    title = "Staff and public side by side"

    views: tuple[View, ...]
    fewest_ratings: int
    levels: int


def staff_and_public(report: Report) -> StaffAndPublic | None:
    """Every criterion that somebody rated alone; None where nobody did."""
    rated = views(report)
    return StaffAndPublic(rated, FEWEST_PUBLIC_RATINGS, len(report.framework.scale)) if rated else None


def views(report: Report) -> tuple[View, ...]:
    """The rated criteria in the file's order."""
    return tuple(_view(row, report) for row in report.rows if row.ratings != NO_RATINGS)


def _view(row: Row, report: Report) -> View:
    staff, public = row.ratings.staff, public_view(row.ratings)
    return View(
        row=row,
        staff=len(staff),
        staff_lowest=report.level(min(staff, default=None)),
        staff_highest=report.level(max(staff, default=None)),
        public=public.of if public else len(row.ratings.public),
        public_level=report.level(public.level) if public else None,
        scale=report.framework.scale,
    )
