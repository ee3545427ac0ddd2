"""A result as a table: one row for each criterion, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from ..domain.assessment import IMPORTANCES
from .report import Report, Row

HEADINGS = (
    "Standard",
    "Standard title",
    "Criterion",
    "Statement",
    "State",
    "Level",
    "Level label",
    "Target",
    "Gap",
    "Importance",
    "Smallest effort",
    "Confidence",
    "Evidenced level",
    "Place in the order of work",
    "Quick win",
    "Reason",
    "Evidence",
    "Links",
    "Findings",
    "Owner",
)
STATES = {"answered": "Answered", "unanswered": "Not answered", "not-applicable": "Not applicable"}

Value = str | int | None  # of a cell

# A cell that begins like this is a formula to a spreadsheet, in narrow or full-width letters, and some skip
# blanks before they look
_FORMULA = re.compile(r"[\s\ufeff\u200b-\u200f]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212|%]")
_STARTS = ("\t", "\r", "\n")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def result_csv(report: Report) -> bytes:
    """The result as CSV, a row for each criterion."""
    return table_csv([HEADINGS, *(criterion_values(row, report) for row in report.rows)])


def table_csv(rows: Iterable[Iterable[Value]]) -> bytes:
    """A table as CSV (RFC 4180): UTF-8 with a byte-order mark, so that spreadsheets read it as such."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def plain(text: str) -> str:
    """A text without the control characters that no cell can hold."""
    return _CONTROL.sub("", text)


def cell(value: Value) -> str | int:
    """A value that a spreadsheet takes as it is: text starts no formula and has no control characters."""
    if value is None:
        return ""
    if isinstance(value, int):
        return value
    text = plain(value)
    return f"'{text}" if text.startswith(_STARTS) or _FORMULA.match(text) else text


def criterion_values(row: Row, report: Report) -> tuple[Value, ...]:
    """One criterion's cells, in the order of HEADINGS."""
    answer, gap = row.answer, row.gap
    effort = row.criterion.smallest_effort
    confidence = report.framework.confidence[answer.confidence or 0 : (answer.confidence or 0) + 1]
    return (
        row.standard.id,
        row.standard.title,
        row.criterion.id,
        row.criterion.statement,
        STATES[row.state],
        row.level.value if row.level else None,
        row.level.label if row.level else None,
        row.target.value,
        gap.gap if gap else (0 if row.level else None),
        IMPORTANCES[report.assessment.importance_of(row.criterion)],
        effort.label if effort else None,
        confidence[0].label if confidence and row.level else None,
        row.evidenced.value if row.evidenced else None,
        row.place,
        "Yes" if row.criterion.id in report.quick_wins else "No",
        answer.not_applicable or answer.reason,
        answer.evidence,
        "; ".join(link.line for link in answer.links),
        " ".join(finding.text for finding in row.findings),
        row.owner or None,
    )
