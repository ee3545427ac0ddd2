"""A result as a spreadsheet: what it is, the profile, every criterion, and an action plan to work with."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from ..domain.plan import STATUSES
from .charts import FILLS, INK, LAST_PALE, PAPER, step
from .document import title
from .report import Report, Row
from .sections.signing_off import standing
from .tabular import HEADINGS, Value, criterion_values, plain

LONGEST = 32_767  # characters that a cell holds; the library leaves a longer text out without a word
CUT = " … (cut here: the whole text is in the answers file)"
LINE, HIGHEST = 15, 409  # points: a line of text, and what a row can be
NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)  # a workbook must have a date; this one says none
STATES = ("Not started", "Under way", "Done", "Dropped")
PLAN = (
    ("Place", 7), ("Standard", 11), ("Criterion", 11), ("Statement", 44), ("Level", 16), ("Target", 16),
    ("Importance", 12), ("Effort", 14), ("Action", 52), ("Owner", 18), ("Due", 12), ("Status", 13),
    ("Notes", 36),
)  # fmt: skip
OWN_PLAN = (
    ("Action", 52), ("Criteria", 18), ("Status", 16), ("Owner", 22), ("Due", 12), ("First step", 36),
    ("What changed, or why not", 44),
)  # fmt: skip
WIDE = {"Statement": 44, "Standard title": 30, "Reason": 36, "Evidence": 50, "Links": 36, "Findings": 44}
NO_PLAN = "No criterion is below its target. Read the Criteria sheet for what to keep."
# Text stays text: no formula, no link and no number is made of what people typed
AS_TYPED = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class _Sheet:
    """A sheet under construction, with the formats that all sheets share."""

    sheet: Any
    text: Any
    date: Any


def result_workbook(report: Report) -> bytes:
    """The workbook (Office Open XML). No clock: the same report gives the same bytes."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, **AS_TYPED}) as book:
        day = report.assessment.date
        book.set_properties(
            {
                "title": plain(title(report)),
                "author": plain(report.assessment.organisation),
                "created": datetime.fromisoformat(day).replace(tzinfo=UTC) if day else NO_DATE,
            }
        )
        _about(_sheet(book, "About"), report)
        _table(_sheet(book, "Profile"), "Profile", *_profile(report))
        _colour_levels(book, book.get_worksheet_by_name("Profile"), report)
        criteria = [criterion_values(row, report) for row in report.rows]
        widths = [(name, WIDE.get(name, 14)) for name in HEADINGS]
        _table(_sheet(book, "Criteria"), "Criteria", widths, criteria)
        _plan(_sheet(book, "Action plan"), report)
        if report.edition.plan:
            _own_plan(_sheet(book, "Our plan"), report)
    return content.getvalue()


def _sheet(book: Any, name: str) -> _Sheet:
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&R&P of &N")
    wrapped = {"text_wrap": True, "valign": "top"}
    return _Sheet(sheet, book.add_format(wrapped), book.add_format({**wrapped, "num_format": "d mmm yyyy"}))


def _about(made: _Sheet, report: Report) -> None:
    framework, assessment = report.framework, report.assessment
    lines = (
        ("Organisation", assessment.organisation),
        ("What was assessed", assessment.scope.name),
        ("Standards", f"{framework.title}, version {framework.version}"),
        ("Date", assessment.date),
        ("Revision", standing(report.edition)),
        ("Answered", f"{report.answered} of {report.applicable} criteria that are applicable"),
        ("Method", report.result.method),
        ("Hash of the standards", report.result.content_hash),
        ("Hash of the answers", report.answers_hash),
        ("Hash of the result", report.result_hash),
        ("Notice", framework.notice),
        ("How to read it", "Levels describe practice. They are not marks, and are never added up."),
        (
            "Action plan",
            "Filter it, and fill in Owner, Due, Status and Notes. The service does not read it back.",
        ),
    )
    made.sheet.set_column(0, 0, 24, made.text)
    made.sheet.set_column(1, 1, 90, made.text)
    for number, (name, value) in enumerate((name, value) for name, value in lines if value):
        _put(made, number, 0, name)
        _put(made, number, 1, str(value))


def _profile(report: Report) -> tuple[list[tuple[str, int]], list[list[Value]]]:
    counted = [(f"Criteria at {level.label}", 14) for level in report.framework.scale]
    widths = [
        ("Standard", 11),
        ("Standard title", 34),
        ("Level", 8),
        ("Level label", 16),
        ("Why", 52),
        ("Target", 9),
    ]
    rows = [
        [
            block.standard.id,
            block.standard.title,
            block.level.value if block.level else None,
            block.level.label if block.level else None,
            block.result.level_reason,
            block.target.value,
            *block.result.counts,
            block.result.unanswered,
            block.result.not_applicable,
        ]
        for block in report.blocks
    ]
    return [*widths, *counted, ("Not answered", 14), ("Not applicable", 14)], rows


def _colour_levels(book: Any, sheet: Any, report: Report) -> None:
    """The colours of the printed bars behind the levels' labels."""
    top = report.framework.top
    for number, block in enumerate(report.blocks, 1):
        if block.level:
            place = step(block.level.value, top)
            colours = {"bg_color": FILLS[place], "font_color": INK if place <= LAST_PALE else PAPER}
            sheet.write_string(
                number, 3, _fitting(block.level.label), book.add_format({**colours, "valign": "top"})
            )


def _plan(made: _Sheet, report: Report) -> None:
    rows = [values for row in report.order_of_work for values in _actions(row, report)]
    if not rows:
        made.sheet.set_column(0, 0, 90, made.text)
        _put(made, 0, 0, NO_PLAN)
        return
    _table(made, "Plan", PLAN, rows)
    names = [name for name, _ in PLAN]
    status, due = names.index("Status"), names.index("Due")
    made.sheet.set_column(due, due, PLAN[due][1], made.date)
    made.sheet.data_validation(1, status, len(rows), status, {"validate": "list", "source": list(STATES)})


def _own_plan(made: _Sheet, report: Report) -> None:
    """The plan as it stood when the file was made."""
    rows: list[list[Value]] = [
        [
            *(line.text, ", ".join(line.criteria), STATUSES[line.status], line.owner or None),
            *(line.due or None, line.first_step or None, line.because or None),
        ]
        for line in report.edition.plan
    ]
    _table(made, "OurPlan", OWN_PLAN, rows)


def _actions(row: Row, report: Report) -> Iterable[list[Value]]:
    """A line for each action that the standards propose, or an empty one to write one's own in."""
    values = criterion_values(row, report)
    importance = values[HEADINGS.index("Importance")]
    level = row.level.label if row.level else None
    first: list[Value] = [row.place, row.standard.id, row.criterion.id, row.criterion.statement]
    for action in row.criterion.actions or (None,):
        effort = action.effort.label if action and action.effort else None
        text = action.text if action else None
        yield [
            *first,
            level,
            row.target.label,
            importance,
            effort,
            text,
            row.owner or None,
            None,
            STATES[0],
            None,
        ]


def _table(
    made: _Sheet, name: str, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[Value]]
) -> None:
    """A named table with a heading row that stays in view, is repeated on paper, and filters."""
    for place, (_, width) in enumerate(columns):
        made.sheet.set_column(place, place, width, made.text)
    headings = [{"header": heading} for heading, _ in columns]
    area = (0, 0, len(rows), len(columns) - 1)
    made.sheet.add_table(*area, {"name": name, "columns": headings, "style": "Table Style Light 1"})
    made.sheet.freeze_panes(1, 0)
    made.sheet.repeat_rows(0)
    for number, values in enumerate(rows, 1):
        made.sheet.set_row(number, _height(values, [width for _, width in columns]))
        for place, value in enumerate(values):
            _put(made, number, place, value)


def _height(values: Sequence[Value], widths: Sequence[int]) -> float:
    """Room for the wrapped text of a row, in points: some programs do not make it by themselves."""
    lines = max(
        sum(len(line) // width + 1 for line in str(value or "").split("\n"))
        for value, width in zip(values, widths, strict=True)
    )
    return min(lines * LINE, HIGHEST)


def _put(made: _Sheet, row: int, column: int, value: Value) -> None:
    if isinstance(value, int):
        made.sheet.write_number(row, column, value, made.text)
    elif value:
        made.sheet.write_string(row, column, _fitting(value), made.text)


def _fitting(value: str) -> str:
    text = plain(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - len(CUT)]}{CUT}"
