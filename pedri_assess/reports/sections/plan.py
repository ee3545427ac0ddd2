"""What is done about the gaps: each action with who does it, by when, and what came of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ...domain.plan import DONE, OPEN, STATUSES
from ..report import Report, Row, Written
from ..wording import counted, day
from .base import Section


@dataclass(frozen=True)
class Planned:
    """One action with the criteria that it is for; what is not said is empty."""

    text: Written
    rows: tuple[Row, ...]
    status: str
    owner: Written
    due: str
    first_step: Written
    because: Written


@dataclass(frozen=True)
class Plan(Section):
    """The plan as it was when the report was made."""

    name = "plan"
    title = "Plan"

    told: str
    items: tuple[Planned, ...]


def plan(report: Report) -> Plan | None:
    """The actions of the plan; None where there is none."""
    lines = report.edition.plan
    if not lines:
        return None
    counts = Counter(line.status for line in lines)
    open_ones = sum(counts[status] for status in OPEN)
    told = f"The plan has {counted(len(lines), 'action')}: {counts[DONE]} done, {open_ones} still open."
    return Plan(
        told,
        tuple(
            Planned(
                Written(line.text),
                tuple(report.row(name) for name in line.criteria),
                STATUSES[line.status],
                Written(line.owner),
                day(line.due),
                Written(line.first_step),
                Written(line.because),
            )
            for line in lines
        ),
    )
