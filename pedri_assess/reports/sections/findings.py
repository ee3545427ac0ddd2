"""What a reader should know about the answers, what is unanswered, and what is not applicable."""

from __future__ import annotations

from dataclasses import dataclass

from ...domain.result import Finding
from ...domain.since import findings_since
from ...domain.standards import Role
from ..report import Block, Report, Row, Written
from .base import Section

# In the order in which they are told: what weakens the result first
KINDS = {
    "awaiting-evidence": (
        "Awaiting evidence",
        "The level is claimed, and the evidence so far carries a lower one.",
    ),
    "public-see-it-differently": (
        "The public see it differently",
        "Public contributors see a lower level than staff. That is worth a conversation, not an average.",
    ),
    "raters-differ": (
        "Staff who rated alone differ",
        "Their levels were two or more apart before they agreed on one.",
    ),
    "high-not-applicable": (
        "Much is not applicable",
        "So much of the standard is left out that it cannot fairly be compared.",
    ),
    "moved-down": (
        "Lower than last time",
        "These ask the same as last time, and the level is lower now.",
    ),
    "moved-up": (
        "Higher than last time",
        "These ask the same as last time, and the level is higher now.",
    ),
    "otherwise": (
        "Achieved in another way",
        "The aim is met, but not in the way the criterion describes. That is a full answer.",
    ),
}


@dataclass(frozen=True)
class Found:
    """One finding, about a criterion or about a standard."""

    finding: Finding
    row: Row | None
    block: Block | None


@dataclass(frozen=True)
class FindingGroup:
    """The findings of one kind. `tells_statement`: their text is the same for all, their criterion is not."""

    label: str
    meaning: str
    tells_statement: bool
    items: tuple[Found, ...]


@dataclass(frozen=True)
class Findings(Section):
    """Findings by kind; unanswered and not applicable have sections of their own."""

    name = "findings"
    title = "Findings"

    groups: tuple[FindingGroup, ...]


@dataclass(frozen=True)
class Open:
    """A criterion without an answer. `draft` is what was written before a level was chosen."""

    row: Row
    words: str
    role: Role | None
    draft: Written


@dataclass(frozen=True)
class Unanswered(Section):
    """The criteria without an answer."""

    name = "unanswered"
    title = "Not answered yet"

    items: tuple[Open, ...]


@dataclass(frozen=True)
class LeftOut:
    """A criterion that is not applicable, with the reason given."""

    row: Row
    reason: Written


@dataclass(frozen=True)
class NotApplicable(Section):
    """The criteria that are not applicable."""

    name = "not_applicable"
    title = "Not applicable"

    items: tuple[LeftOut, ...]


def findings(report: Report) -> Findings | None:
    """All findings by kind; None where there are none to tell here.

    What moved since last time is a finding too. What cannot fairly be compared is told in that section.
    """
    blocks = {block.standard.id: block for block in report.blocks}
    last = report.edition.last_time
    found = [
        Found(
            finding,
            report.row(finding.criterion) if finding.criterion else None,
            blocks[finding.standard] if finding.standard else None,
        )
        for finding in (*report.result.findings, *(findings_since(last) if last else ()))
    ]
    groups = tuple(
        FindingGroup(label, meaning, kind == "otherwise", items)
        for kind, (label, meaning) in KINDS.items()
        if (items := tuple(item for item in found if item.finding.kind == kind))
    )
    return Findings(groups) if groups else None


def unanswered(report: Report) -> Unanswered | None:
    """Every applicable criterion without a level; None where all are answered."""
    items = tuple(
        Open(
            row,
            "Not known yet" if row.answer.dont_know else "Not answered yet",
            row.criterion.answer_role,
            Written(row.answer.evidence.strip()),
        )
        for row in report.rows
        if row.state == "unanswered"
    )
    return Unanswered(items) if items else None


def not_applicable(report: Report) -> NotApplicable | None:
    """Every criterion that is not applicable; None where there is none."""
    items = tuple(
        LeftOut(row, Written(row.answer.not_applicable.strip()))
        for row in report.rows
        if row.state == "not-applicable"
    )
    return NotApplicable(items) if items else None
