"""Tables: their columns, headings that are repeated, and rows that stay whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .markup import Element
from .ooxml import made
from .pieces import mark_of

# In twentieths of a point
CELL_PADDING = 140  # as in the table's style
LETTER = 124  # what a letter of a word in bold takes at most times
NARROWEST = 360
LONGEST_WORD, LONGEST_LINE = 24, 100  # letters that a column makes room for
ROOM = 110  # around the name of a level
PICTURE, PIXEL = 1_600, 15  # a picture that takes what room there is, at least; and a pixel of others
ROWS = ("tbody", "tfoot", "thead")

_WIDTH = re.compile(r'<svg\b[^>]*?\bwidth="([0-9.]+)"')


@dataclass(frozen=True)
class Row:
    """A row as the template has it; one of headings is repeated on every page."""

    cells: tuple[Element, ...]
    is_heading: bool


@dataclass(frozen=True)
class Table:
    """A table as the template has it. `is_hidden` says that its caption is for those who do not see it."""

    caption: str
    is_hidden: bool
    rows: tuple[Row, ...]

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return max((sum(span(cell) for cell in row.cells) for row in self.rows), default=0)

    @property
    def starts_with_headings(self) -> bool:
        """Whether every row below the headings begins with a heading of its own."""
        below = [row for row in self.rows if not row.is_heading]
        return bool(below) and all(row.cells and row.cells[0].tag == "th" for row in below)


def span(cell: Element) -> int:
    """Over how many columns a cell stretches."""
    given = cell.attributes.get("colspan", "")
    return int(given) if given.isdigit() and given != "0" else 1


def table_of(element: Element) -> Table:
    """The table that an element is."""
    caption = next((item for item in element.elements if item.tag == "caption"), Element("caption"))
    return Table(caption.text(), caption.is_hidden, tuple(_rows(element, is_heading=False)))


def _rows(element: Element, *, is_heading: bool) -> Iterator[Row]:
    for item in element.elements:
        if item.tag in ROWS:
            yield from _rows(item, is_heading=item.tag == "thead")
        elif item.tag == "tr":
            yield Row(tuple(cell for cell in item.elements if cell.tag in ("td", "th")), is_heading)


def widths(table: Table, available: int) -> list[int]:
    """How wide each column is, in twentieths of a point: its longest word fits, the rest is shared out."""
    least, wanted = [NARROWEST] * table.columns, [NARROWEST] * table.columns
    for row in table.rows:
        for place, cell in _placed(row.cells):
            if span(cell) == 1:
                need, want = _needs(cell)
                least[place] = max(least[place], CELL_PADDING + need)
                wanted[place] = max(wanted[place], CELL_PADDING + want)
    left = available - sum(least)
    if left < 0:
        return _shared(available, least)
    more = [want - need for want, need in zip(wanted, least, strict=True)]
    return [need + part for need, part in zip(least, _shared(left, more), strict=True)]


def _shared(whole: int, parts: list[int]) -> list[int]:
    total = sum(parts) or len(parts)
    shares = [whole * (part if sum(parts) else 1) // total for part in parts]
    shares[-1] += whole - sum(shares)
    return shares


def _placed(cells: Sequence[Element]) -> Iterator[tuple[int, Element]]:
    place = 0
    for cell in cells:
        yield place, cell
        place += span(cell)


def _needs(cell: Element) -> tuple[int, int]:
    """How wide a cell must be for its longest word and its pictures, and how wide to be one line."""
    text = cell.text()
    longest = min(max(map(len, text.split()), default=0), LONGEST_WORD) * LETTER
    if any(mark_of(item.classes) for item in cell.walk()):
        longest += ROOM
    drawn = max((_drawn_width(item.source) for item in cell.walk() if item.tag == "svg"), default=0)
    least = max(drawn, longest)
    wanted = drawn * 3 if drawn == PICTURE else drawn
    return least, max(least, wanted, min(len(text), LONGEST_LINE) * LETTER)


def _drawn_width(source: str) -> int:
    """How wide a picture is: as it says, or as wide as there is room, but never too narrow to be read."""
    said = _WIDTH.match(source)
    return round(float(said[1]) * PIXEL) if said else PICTURE


def table_properties(table: Table, available: int) -> Any:
    """What a table is as a whole; its caption is also what is read where the table is not seen."""
    look = {"firstRow": any(row.is_heading for row in table.rows), "firstColumn": table.starts_with_headings}
    flags = {name: int(value) for name, value in look.items()}
    return made(
        "tblPr",
        made("tblStyle", val="ReportTable"),
        made("tblW", w=available, type="dxa"),
        made("tblLayout", type="fixed"),
        made("tblLook", val="0000", **flags, lastRow=0, lastColumn=0, noHBand=1, noVBand=1),
        made("tblCaption", val=table.caption) if table.caption else None,
    )


def row_properties(row: Row) -> Any:
    """A row stays on one page where it can; headings come again on every page."""
    return made("trPr", made("cantSplit"), made("tblHeader") if row.is_heading else None)


def cell_properties(cell: Element, width: int) -> Any:
    """How wide a cell is, and over how many columns."""
    wide = span(cell)
    return made("tcPr", made("tcW", w=width, type="dxa"), made("gridSpan", val=wide) if wide > 1 else None)
