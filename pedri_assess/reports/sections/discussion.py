"""What people said to each other about the criteria, where the organisation wants it in the report."""

from __future__ import annotations

from dataclasses import dataclass

from ..report import Report, Row, Written
from ..wording import moment_words
from .base import Section


@dataclass(frozen=True)
class Said:
    """One comment: who, when in words, and what."""

    who: Written
    when: str
    body: Written


@dataclass(frozen=True)
class Thread:
    """The comments on one criterion, the oldest first."""

    row: Row
    comments: tuple[Said, ...]

    @property
    def anchor(self) -> str:
        """The id of its heading."""
        return f"r-discussion-{self.row.number}"


@dataclass(frozen=True)
class Discussion(Section):
    """The comments, criterion by criterion."""

    name = "discussion"
    title = "Comments"

    threads: tuple[Thread, ...]


def discussion(report: Report) -> Discussion | None:
    """Every criterion with comments, in the file's order; None where there are none to show."""
    threads = tuple(
        Thread(
            row,
            tuple(
                Said(Written(item.who), moment_words(item.at), Written(item.body.strip()))
                for item in row.remarks
            ),
        )
        for row in report.rows
        if row.remarks
    )
    return Discussion(threads) if threads else None
