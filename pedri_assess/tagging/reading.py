"""Reads the pages that WeasyPrint has laid out, in the order of the document, into a tree of elements.

One HTML element becomes one structure element, on however many pages it stands. Running heads, page numbers
and table heads that are repeated on a further page are artefacts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from .elements import Elements
from .nodes import Artefact, Linked, Marked, Node
from .tables import head_tables

REPEATED = frozenset(("/THead", "/TFoot"))
ADORNMENT = Artefact("/Layout")
REPETITION = Artefact("/Pagination")
EDGES = {"@top": Artefact("/Pagination", "/Header"), "@bottom": Artefact("/Pagination", "/Footer")}


@dataclass(frozen=True)
class Tree:
    """The document's element, and for each page what each number of marked content is."""

    root: Node
    pages: list[dict[int, Marked | Artefact]] = field(default_factory=list)


def read(pages: list[Any], marks: list[dict[Any, dict[str, Any]]], language: str) -> Tree:
    """The tree of a document's page boxes; `marks` has for each page the marked content of each box.

    Raises ValueError where something is drawn that would not be said.
    """
    tree = Tree(Node("/Document", language, 0))
    elements = Elements()
    for number, (page, marked) in enumerate(zip(pages, marks, strict=True)):
        elements.page = number
        tree.pages.append(_Page(elements, page, dict(marked)).read(tree.root))
    tree.root.tidy()
    head_tables(tree.root)
    return tree


class _Page:
    def __init__(self, elements: Elements, box: Any, marks: dict[Any, dict[str, Any]]) -> None:
        self.elements, self.box = elements, box
        self.height = box.margin_height()
        self.marks = marks
        self.found: dict[int, Marked | Artefact] = {}
        self.last: Marked | None = None
        self.area: list[float] | None = None  # of the link that is being read

    def read(self, root: Node) -> dict[int, Marked | Artefact]:
        """What each number of marked content is; the elements are added below `root`."""
        self._read(self.box, root)
        if self.marks:
            raise ValueError(
                f"{len(self.marks)} pieces are drawn on page {self.elements.page + 1}, but not in it"
            )
        return self.found

    def _read(self, box: Any, node: Node) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.MarginBox):
            edge = box.at_keyword.partition("-")[0]
            self._outside(box, EDGES.get(edge, REPETITION))
        elif isinstance(box, boxes.TextBox):
            self._words(box, node)
        elif isinstance(box, boxes.ReplacedBox):
            self._picture(box, node)
        else:
            self._parts(box, self.elements.of(box, node))

    def _parts(self, box: Any, node: Node) -> None:
        if node.kind in REPEATED and node.page != self.elements.page:
            self._outside(box, REPETITION)
            return
        around = self.area
        self._link(box, node)
        for child in box.children:
            self._read(child, node)
        self.area = around
        if self.last and isinstance(box, boxes.LineBox | boxes.AtomicInlineLevelBox):
            self.last.words += " "  # a word ends here, whether or not a blank is drawn

    def _link(self, box: Any, node: Node) -> None:
        """Keeps the area of a link; one inside of a wider one would be a second stop for the tab key."""
        if box.link_annotation and node.kind == "/Link":
            area = box.link_annotation["Rect"]
            if not (self.area and _inside(area, self.area)):
                node.kids.append(Linked(self.elements.page, box.link_annotation))
                self.area = area

    def _words(self, box: Any, node: Node) -> None:
        if box not in self.marks:  # it is drawn nowhere
            return
        if not box.text.strip() and not node.takes_words():
            self._outside(box, ADORNMENT)
        else:
            self.last = self._mark(box, node.holder(self.elements.page), box.text)

    def _picture(self, box: Any, node: Node) -> None:
        figure = self.elements.picture(box, node, self.height) if box in self.marks else None
        if figure is None:
            self._outside(box, ADORNMENT)
        else:
            self._mark(box, figure, "")
            self.last = None

    def _mark(self, box: Any, node: Node, words: str) -> Marked:
        number = self.marks.pop(box)["mcid"]
        marked = Marked(self.elements.page, number, words)
        node.kids.append(marked)
        self.found[number] = marked
        return marked

    def _outside(self, box: Any, why: Artefact) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if box in self.marks:
            self.found[self.marks.pop(box)["mcid"]] = why
        for child in box.children:
            self._outside(child, why)


def _inside(area: list[float], wider: list[float]) -> bool:
    """Whether a link's area lies in another one, from its left to its right and on the same line."""
    left, one, right, other = area
    wider_left, first, wider_right, second = wider
    across = wider_left - 1 <= left and right <= wider_right + 1
    return across and min(first, second) < max(one, other) and min(one, other) < max(first, second)
