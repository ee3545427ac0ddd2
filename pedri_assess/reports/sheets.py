"""A table that somebody sends, as a workbook or as CSV: the texts of its cells."""

from __future__ import annotations

import csv
import io
import json
import logging
from pathlib import Path

from .bounded import Limits, run_bounded

LOG = logging.getLogger(__name__)

PROGRAM = Path(__file__).with_name("sheet_reading.py")
MEGABYTE = 1024 * 1024
LIMITS = Limits(seconds=20, clock=20, memory=512 * MEGABYTE, largest=40 * MEGABYTE)
SEPARATORS = ",;\t"


class NotATable(ValueError):
    """A file that cannot be read as a table; the message says why."""


def workbook_rows(content: bytes) -> list[list[str]]:
    """The first sheet of a workbook. Raises NotATable, also for a file that is made to do harm."""
    try:
        ran = run_bounded(PROGRAM, content, LIMITS)
    except OSError as error:
        LOG.error("a spreadsheet could not be opened: %s", error.strerror)
        raise NotATable("this machine has no room to open it just now") from None
    if ran.status != 0 or ran.ended:
        LOG.warning("a spreadsheet was not opened: status %s; ended: %s; %s", ran.status, ran.ended, ran.told)
        raise NotATable("it is not a spreadsheet (.xlsx) that can be opened")
    found: list[list[str]] = json.loads(ran.written)
    return found


def csv_rows(content: bytes) -> list[list[str]]:
    """The rows of a CSV file in UTF-8, divided by commas, semicolons or tabs. Raises NotATable."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotATable("it is not text in UTF-8. Save it as “CSV UTF-8”, and choose it again") from None
    first = text.partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise NotATable(f"it cannot be read as a table: {error}") from None
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return rows
