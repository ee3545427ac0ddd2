"""The table in which answers are collected outside the service, and brought in: as a workbook and as CSV."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import xlsxwriter

from ..domain.assessment import IMPORTANCES
from ..domain.standards import Criterion, Framework
from ..domain.taking import COLUMNS, NO, YES, choice
from .tabular import Value, plain, table_csv
from .workbook import AS_TYPED, NO_DATE

WIDTHS = {"Statement": 60, "Reason": 40, "Evidence": 50, "Links": 40, "Note": 40, "Why not applicable": 30}
WRITTEN = ("Standard", "Criterion", "Statement")  # by us, and protected
HOW = (
    "Answer on the sheet Answers, a row for each criterion. The grey cells say what is asked, and stay.",
    "Level: choose from the list. Leave the row empty where you have not answered yet.",
    "Why not applicable: write the reason, and leave Level empty. A grey cell says that it is not allowed.",
    "Don't know yet: choose Yes, and leave Level empty.",
    "Links: one on each line of the cell, a title if you like, then an address that begins with https://.",
    "Then open the assessment, choose “Bring answers in from a file”, and choose this one.",
    "You see what would be taken, and what cannot be, before anything is changed.",
)


def answer_workbook(framework: Framework, criteria: Sequence[Criterion]) -> bytes:
    """The workbook: answers to be filled in, with lists to choose from, and how to. No clock in it."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, **AS_TYPED}) as book:
        book.set_properties(
            {"title": plain(f"Answers to {framework.title} {framework.version}"), "created": NO_DATE}
        )
        sheet, lists, how = (book.add_worksheet(name) for name in ("Answers", "Choices", "How to"))
        places = _choices(lists, framework)
        _fill(book, sheet, framework, criteria)
        for column, place in places.items():
            number = list(COLUMNS).index(column)
            rule = {"validate": "list", "source": f"=Choices!{place}", "error_title": "Choose from the list"}
            sheet.data_validation(1, number, len(criteria), number, rule)
        how.set_column(0, 0, 110, book.add_format({"text_wrap": True, "valign": "top"}))
        told = (f"{framework.title}, version {framework.version}", framework.notice, *HOW)
        for number, words in enumerate(filter(None, told)):
            how.write_string(number, 0, plain(words))
        for each in (lists, how):
            each.protect()
    return content.getvalue()


def answer_csv(framework: Framework, criteria: Sequence[Criterion]) -> bytes:
    """The same columns as CSV."""
    rows = ([*cells, *[""] * (len(COLUMNS) - len(WRITTEN))] for cells in _written(framework, criteria))
    return table_csv([list(COLUMNS), *rows])


def _written(framework: Framework, criteria: Sequence[Criterion]) -> Iterator[list[Value]]:
    for item in criteria:
        yield [framework.standard_of(item.id).title, item.id, item.statement]


def _fill(book: Any, sheet: Any, framework: Framework, criteria: Sequence[Criterion]) -> None:
    wrapped = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#b1b4b6"}
    ours = book.add_format({**wrapped, "bg_color": "#f3f2f1"})
    theirs = book.add_format({**wrapped, "locked": False, "num_format": "@"})
    head = book.add_format({**wrapped, "bg_color": "#f3f2f1", "bold": True})
    for place, name in enumerate(COLUMNS):
        sheet.set_column(place, place, WIDTHS.get(name, 18))
        sheet.write_string(0, place, name, head)
    not_applicable = list(COLUMNS).index("Why not applicable")
    for number, (item, cells) in enumerate(zip(criteria, _written(framework, criteria), strict=True), 1):
        for place in range(len(COLUMNS)):
            locked = place == not_applicable and not item.not_applicable.allowed
            if place < len(WRITTEN):
                sheet.write_string(number, place, plain(str(cells[place])), ours)
            else:
                sheet.write_blank(number, place, None, ours if locked else theirs)
    sheet.freeze_panes(1, len(WRITTEN) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True})


def _choices(sheet: Any, framework: Framework) -> dict[str, str]:
    """Writes the lists to choose from; where each is, by the column that uses it."""
    lists: dict[str, list[tuple[str, str]]] = {
        "Level": [(choice(level.value, level.label), level.meaning) for level in framework.scale],
        "Confidence": [(choice(step.value, step.label), step.meaning) for step in framework.confidence],
        "Importance": [(choice(value, words), "") for value, words in IMPORTANCES.items()],
        "Don't know yet": [(YES, ""), (NO, "")],
    }
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 90)
    places, row = {}, 0
    for name, items in lists.items():
        sheet.write_string(row, 0, name)
        for number, (words, meaning) in enumerate(items, row + 1):
            sheet.write_string(number, 0, plain(words))
            sheet.write_string(number, 1, plain(meaning))
        places[name] = f"$A${row + 2}:$A${row + 1 + len(items)}"
        row += len(items) + 2
    places["In another way"] = places["Don't know yet"]
    return places
