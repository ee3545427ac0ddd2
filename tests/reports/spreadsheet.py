"""A workbook read as the XML that it is, so that nothing a library smooths over is missed."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REFERENCE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Cells = dict[tuple[int, int], str | float]


@dataclass(frozen=True)
class Workbook:
    """Sheets by name, each as its cells by row and column from 0; and every part as text."""

    sheets: dict[str, Cells]
    parts: dict[str, str]

    def records(self, name: str) -> list[dict[str | float, str | float]]:
        """The rows of a table by its headings; empty cells are left out."""
        cells = self.sheets[name]
        headings = {column: value for (row, column), value in cells.items() if row == 0}
        last = max(row for row, _ in cells)
        return [
            {heading: cells[row, column] for column, heading in headings.items() if (row, column) in cells}
            for row in range(1, last + 1)
        ]


def opened(content: bytes) -> Workbook:
    """Reads a workbook. Raises what zipfile and ElementTree raise."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    texts = ["".join(item.itertext()) for item in _xml(parts, "xl/sharedStrings.xml").iter(f"{_MAIN}si")]
    targets = {item.get("Id"): item.get("Target") for item in _xml(parts, "xl/_rels/workbook.xml.rels")}
    sheets = {
        item.attrib["name"]: _cells(_xml(parts, f"xl/{targets[item.get(_REFERENCE)]}"), texts)
        for item in _xml(parts, "xl/workbook.xml").iter(f"{_MAIN}sheet")
    }
    return Workbook(sheets, parts)


def _xml(parts: dict[str, str], name: str) -> ElementTree.Element:
    return ElementTree.fromstring(parts[name])


def _cells(sheet: ElementTree.Element, texts: list[str]) -> Cells:
    found: Cells = {}
    for cell in sheet.iter(f"{_MAIN}c"):
        value = cell.findtext(f"{_MAIN}v")
        if value is not None:
            found[_place(cell.attrib["r"])] = texts[int(value)] if cell.get("t") == "s" else float(value)
    return found


def _place(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(reference[len(letters) :]) - 1, column - 1
