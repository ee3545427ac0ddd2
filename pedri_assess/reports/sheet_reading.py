"""The process that opens spreadsheets: a workbook in, the texts of its first sheet's cells out.

The file may come from anyone. It runs as a program of its own (see sheets.py) and is the only module that
opens a workbook. Exit status 3 says that the file is no workbook that can be read.
"""

from __future__ import annotations

import json
import os
import sys
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

# Python's own reader of XML, which fetches nothing: lxml can be told to
os.environ["OPENPYXL_LXML"] = "False"
from openpyxl import load_workbook

NO_WORKBOOK = 3
MOST_PARTS, MOST_UNPACKED = 200, 60_000_000
MOST_ROWS, MOST_COLUMNS = 5_002, 40


def main() -> int:
    """Reads standard input; prints a JSON list of rows, each a list of texts."""
    content = sys.stdin.buffer.read()
    try:
        check(ZipFile(BytesIO(content)))
        rows = texts(content)
    except (
        BadZipFile,
        ValueError,
        KeyError,
        AttributeError,
        TypeError,
        IndexError,
        SyntaxError,
        OSError,
    ) as error:
        print(type(error).__name__, file=sys.stderr)
        return NO_WORKBOOK
    json.dump(rows, sys.stdout)
    return 0


def check(packed: ZipFile) -> None:
    """Raises ValueError for what unpacks to too much, or declares a document type, as no workbook does."""
    parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise ValueError("too much in it")
    if any(_declares(packed, part) for part in parts):
        raise ValueError("a document type")


def _declares(packed: ZipFile, part: ZipInfo) -> bool:
    content = packed.read(part)
    return b"<!DOCTYPE" in content or b"<!ENTITY" in content


def texts(content: bytes) -> list[list[str]]:
    """The first sheet. A formula gives the value that was worked out last."""
    book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    rows = book.worksheets[0].iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
    found = [[text(value) for value in row] for row in rows]
    while found and not any(found[-1]):
        found.pop()
    return found


def text(value: object) -> str:
    """A cell as people see it: 2, not 2.0; nothing for an empty one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


if __name__ == "__main__":
    raise SystemExit(main())
