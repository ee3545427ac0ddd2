"""Writes the tree of a report into a Word document: each kind of block has one way to be written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from .markup import BLOCKS, HOLDERS, Element
from .ooxml import BULLETS, bookmark, contents, keep_with_next, made, outward
from .pieces import ROWS, TAB, Look, Piece, pieces
from .runs import run
from .tables import (
    CELL_PADDING,
    Row,
    cell_properties,
    row_properties,
    span,
    table_of,
    table_properties,
    widths,
)

STANDARD = "#r-standard-"  # how links to a standard begin
INDENT, AFTER_TABLE = 340, 200  # twentieths of a point
BETWEEN = "\u2003\u2003"  # two blanks as wide as a letter is high
LABEL = 1_500  # how wide the first column of rows is, as in their style
PARAGRAPHS = ("h1", "h2", "h3", "h4", "h5", "h6", "p")
HEADINGS = {"h1": "Title", "h2": "Heading1", "h3": "Heading2", "h4": "Heading3", "h5": "Heading4"}
HAVE_SPACE = {"Caption", "Group", "StandardHeading", *HEADINGS.values()}  # above them, whatever comes before
# What a class of our templates is in Word; all other paragraphs are plain
STYLES = {
    "report-cover__organisation": "Subtitle", "report-cover__scope": "Lead", "report-lead": "Lead",
    "report-standard__title": "StandardHeading", "report-standard__definition": "Lead",
    "report-group": "Group", "report-label": "Label",
    "report-command": "Command", "report-origin": "SmallPrint", "report-identity": "SmallPrint",
    "report-address": "SmallPrint", "report-cover__notice": "SmallPrint",
}  # fmt: skip
SMALL = frozenset(("report-address", "report-origin"))
PLAIN = Look()


class Parts(Protocol):
    """What a document has besides its text."""

    def relation(self, address: str) -> str:
        """The id of the link to an address outside; empty where it must not be one."""

    def drawing(self, source: str, available: int) -> Any:
        """The run of a picture, at most so many twentieths of a point wide; None for one not to show."""

    def logo(self, name: str) -> Any:
        """The run of the logo of that name; None where it cannot be shown."""

    def numbering(self) -> int:
        """The id of a new list with numbers."""


@dataclass(frozen=True)
class Place:
    """Where blocks go: into which element, how wide it is, in what style, and in how many lists."""

    into: Any
    width: int
    style: str = "Normal"
    depth: int = 0
    look: Look = PLAIN


class Writer:
    """Writes one document. A list's mark and a new page wait for the paragraph that comes next."""

    def __init__(self, parts: Parts, root: Element) -> None:
        anchors = (item.attributes.get("id") for item in root.walk() if item.tag in PARAGRAPHS)
        # A name that begins like this is not shown among the reader's own bookmarks
        self._anchors = {anchor: f"_{anchor.replace('-', '_')}"[:40] for anchor in anchors if anchor}
        self._parts = parts
        self._bookmarks = 0
        self._number: tuple[int, int] | None = None
        self._new_page = self._after_table = False

    def blocks(self, content: Iterable[Element | str], place: Place) -> None:
        """Writes blocks, and the words between them as paragraphs of their own."""
        loose: list[Element | str] = []
        for item in content:
            if isinstance(item, str) or item.tag not in BLOCKS | HOLDERS:
                loose.append(item)
                continue
            self._paragraph(pieces(loose, place.look), place, place.style)
            loose = []
            self._block(item, replace(place, look=place.look.within(item)))
        self._paragraph(pieces(loose, place.look), place, place.style)

    def _block(self, element: Element, place: Place) -> None:
        write = {
            "dl": self._terms,
            "img": self._logo,
            "ol": self._list,
            "svg": self._picture,
            "table": self._table,
            "ul": self._list,
        }
        if element.is_hidden:
            return
        named = {"report-contents": self._contents, "report-key": self._key}
        if own := [named[name] for name in element.classes if name in named]:
            own[0](element, place)
        elif element.tag in HOLDERS:
            self.blocks(element.content, place)
        elif element.tag in write:
            write[element.tag](element, place)
        else:
            said = pieces(element.content, place.look)
            self._paragraph(said, place, _style(element, place), element.attributes.get("id", ""))

    def _paragraph(self, said: list[Piece], place: Place, style: str, anchor: str = "") -> None:
        runs = [made_of for piece in said if (made_of := self._run(piece, place)) is not None]
        if runs:
            before, after = self._bookmark(anchor)
            place.into.append(made("p", self._properties(place, style), before, *runs, after))

    def _properties(self, place: Place, style: str) -> Any:
        number, self._number = self._number, None
        page, self._new_page = self._new_page, False
        after, self._after_table = self._after_table, False
        if style == "Normal" and place.depth:
            style = (
                "ListContinue" if number is None else "ListBullet" if number[1] == BULLETS else "ListNumber"
            )
        return made(
            "pPr",
            made("pStyle", val=style),
            made("pageBreakBefore") if page else None,
            made("numPr", made("ilvl", val=number[0]), made("numId", val=number[1])) if number else None,
            made("bidi") if place.look.right_to_left else None,
            made("spacing", before=AFTER_TABLE) if after and style not in HAVE_SPACE else None,
            made("ind", left=INDENT * place.depth) if place.depth and not number else None,
        )

    def _bookmark(self, anchor: str) -> tuple[Any, Any]:
        if anchor not in self._anchors:
            return None, None
        self._bookmarks += 1
        return bookmark(self._anchors[anchor], self._bookmarks)

    def _run(self, piece: Piece, place: Place) -> Any:
        look = piece.look
        if piece.picture:
            return self._parts.drawing(piece.picture, place.width)
        if look.anchor in self._anchors:
            return made("hyperlink", run(piece, leads=True), anchor=self._anchors[look.anchor], history=1)
        relation = self._parts.relation(look.href) if look.href else ""
        return outward(relation, run(piece, leads=True)) if relation else run(piece, leads=False)

    def _list(self, element: Element, place: Place) -> None:
        number = BULLETS if element.tag == "ul" else self._parts.numbering()
        for item in element.elements:
            self._number = (place.depth, number)
            self.blocks(item.content, replace(place, depth=place.depth + 1, look=place.look.within(item)))
        self._number = None

    def _key(self, element: Element, place: Place) -> None:
        """What the colours and marks of pictures mean, in one paragraph."""
        said: list[Piece] = []
        for item in element.elements:
            between = [Piece(BETWEEN, place.look)] if said else []
            said += [*between, *pieces(item.content, place.look.within(item))]
        self._paragraph(said, place, "Key")

    def _terms(self, element: Element, place: Place) -> None:
        if ROWS in element.classes:
            self._facts(element, place)
            return
        for item in element.elements:
            if item.tag == "div":  # what holds a term and its meaning together
                self._terms(item, place)
                continue
            style = "Term" if item.tag == "dt" else "Definition"
            self.blocks(item.content, replace(place, style=style, look=place.look.within(item)))

    def _facts(self, element: Element, place: Place) -> None:
        """Rows with what each is about in front of it, in one paragraph where that can be read."""
        label: list[Piece] = []
        for item in element.elements:
            look = place.look.within(item)
            inside = replace(place, width=place.width - LABEL, look=look)
            said = pieces(item.content, look)
            if item.tag == "dt":
                self._paragraph(label, place, "Label")
                label = [replace(piece, look=replace(piece.look, strong=True)) for piece in said]
            elif label and look.right_to_left:
                self._paragraph(label, place, "Label")
                self._paragraph(said, inside, _row_style(item, is_first=False))
                label = []
            else:
                front = [*label, Piece(TAB, PLAIN)] if label else []
                self._paragraph([*front, *said], inside, _row_style(item, is_first=bool(label)))
                label = []
        self._paragraph(label, place, "Label")

    def _picture(self, element: Element, place: Place) -> None:
        style = "Picture" if place.style == "Normal" else place.style
        if style == "Picture" and len(place.into):
            keep_with_next(place.into[-1])
        self._paragraph([Piece("", place.look, element.source)], place, style)

    def _logo(self, element: Element, place: Place) -> None:
        drawing = self._parts.logo(element.attributes.get("src", ""))
        if drawing is not None:
            place.into.append(made("p", self._properties(place, "Picture"), drawing))

    def _table(self, element: Element, place: Place) -> None:
        table = table_of(element)
        if not table.columns:
            return
        if table.caption and not table.is_hidden:
            self._paragraph([Piece(table.caption, place.look)], place, "Caption")
        columns = widths(table, place.width)
        grid = made("tblGrid", *(made("gridCol", w=width) for width in columns))
        rows = [self._row(row, columns, place.look) for row in table.rows]
        place.into.append(made("tbl", table_properties(table, place.width), grid, *rows))
        self._after_table = True

    def _row(self, row: Row, columns: list[int], look: Look) -> Any:
        written, start = made("tr", row_properties(row)), 0
        for cell in row.cells:
            self._after_table = False
            end = start + span(cell)
            width, start = sum(columns[start:end]), end
            into = made("tc", cell_properties(cell, width))
            style = "TableHeading" if row.is_heading else "TableText"
            self.blocks(cell.content, Place(into, width - CELL_PADDING, style, look=look.within(cell)))
            if len(into) == 1:  # a cell must have a paragraph
                into.append(made("p", made("pPr", made("pStyle", val=style))))
            written.append(into)
        return written

    def _contents(self, element: Element, place: Place) -> None:
        """The contents, as a field that Word can bring up to date, with page numbers where it has them."""
        inside = replace(place, into=made("sdtContent"))
        for item in element.walk():
            said = pieces(item.content, place.look.within(item))
            if item.tag == "h2":
                self._paragraph(said, inside, "TOCHeading")
            elif item.tag == "a":
                deep = item.attributes.get("href", "").startswith(STANDARD)
                self._paragraph(said, inside, "TOC2" if deep else "TOC1")
        heading, *entries = inside.into
        place.into.append(contents(heading, entries) if entries else heading)
        self._new_page = True


def _row_style(element: Element, *, is_first: bool) -> str:
    small = "" if SMALL.isdisjoint(element.classes) else "Small"
    return f"{small}Row{'' if is_first else 'More'}"


def _style(element: Element, place: Place) -> str:
    named = next((STYLES[name] for name in element.classes if name in STYLES), "")
    return named or HEADINGS.get(element.tag, place.style)
