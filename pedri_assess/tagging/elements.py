"""Which structure element an HTML element becomes. Raises ValueError for what cannot be said in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weasyprint.formatting_structure import boxes

from .nodes import Node

SVG = "{http://www.w3.org/2000/svg}"
POINTS = 0.75  # in one pixel of CSS

KINDS = {
    "p": "/P", "pre": "/P", "h1": "/H1", "h2": "/H2", "h3": "/H3", "h4": "/H4", "h5": "/H5", "h6": "/H6",
    "section": "/Sect", "nav": "/Sect", "article": "/Art", "main": "/Part", "blockquote": "/BlockQuote",
    "div": "/Div", "figure": "/Div", "figcaption": "/P", "caption": "/Caption", "table": "/Table",
    "thead": "/THead", "tbody": "/TBody", "tfoot": "/TFoot", "tr": "/TR", "th": "/TH", "td": "/TD",
    "q": "/Quote", "code": "/Code",
}  # fmt: skip
INLINE = frozenset(("/Span", "/Link", "/Quote", "/Code"))
SCOPES = {"row": "/Row", "rowgroup": "/Row", "col": "/Column", "colgroup": "/Column"}
NUMBERINGS = {
    "none": "/None", "disc": "/Disc", "circle": "/Circle", "square": "/Square", "decimal": "/Decimal",
    "lower-roman": "/LowerRoman", "upper-roman": "/UpperRoman", "lower-alpha": "/LowerAlpha",
    "upper-alpha": "/UpperAlpha", "lower-latin": "/LowerAlpha", "upper-latin": "/UpperAlpha",
}  # fmt: skip


class Elements:
    """The elements that have been met, by their HTML element: further boxes of one belong to the same."""

    def __init__(self) -> None:
        self.page = 0
        self._met: dict[tuple[Any, str], Node] = {}
        self._special: dict[str, Callable[[Any, Node], Node]] = {
            "ul": self._list, "ol": self._list, "dl": self._terms, "li": self._item, "dt": self._term,
            "dd": self._meaning, "a": self._anchor, "th": self._cell, "td": self._cell,
            "nav": self._navigation,
        }  # fmt: skip

    def of(self, box: Any, node: Node) -> Node:
        """The element for what is in a box that stands in `node`; `node` itself for a box without meaning."""
        tag, _, pseudo = (box.element_tag or "html").partition("::")
        if tag in ("html", "body") or pseudo not in ("", "marker"):
            return node
        key = (box.element, pseudo)
        if key not in self._met:
            make = self._label if pseudo else self._special.get(tag, self._plain)
            self._met[key] = make(box, node)
        return self._met[key]

    def picture(self, box: Any, node: Node, page_height: float) -> Node | None:
        """The figure for a picture; None for one that only adorns."""
        words = "" if "::" in box.element_tag else _words_for(box.element)
        if not words:
            return None
        left, top = box.content_box_x(), box.content_box_y()
        place = (left, page_height - top - box.height, left + box.width, page_height - top)
        holder = node.holder(self.page) if isinstance(box, boxes.InlineLevelBox) else node
        return self._add("/Figure", box, holder, words=words, place=tuple(POINTS * each for each in place))

    def _add(self, kind: str, box: Any, node: Node, **more: Any) -> Node:
        parent = node.holder(self.page) if kind in INLINE else node
        return parent.add(kind, box.style["lang"] or node.language, self.page, **more)

    def _plain(self, box: Any, node: Node) -> Node:
        inline = isinstance(box, boxes.InlineLevelBox)
        return self._add(KINDS.get(box.element.tag, "/Span" if inline else "/Div"), box, node)

    def _navigation(self, box: Any, node: Node) -> Node:
        made = self._plain(box, node)
        made.in_contents = box.element.get("role") == "doc-toc"
        return made

    def _list(self, box: Any, node: Node) -> Node:
        if node.in_contents:
            return self._add("/TOC", box, node)
        return self._add("/L", box, node, numbering=NUMBERINGS.get(box.style["list_style_type"], ""))

    def _terms(self, box: Any, node: Node) -> Node:
        return self._add("/L", box, node)

    def _item(self, box: Any, node: Node) -> Node:
        if node.in_contents:
            return self._add("/TOCI", box, node)
        return self._add("/LBody", box, self._add("/LI", box, node))

    def _label(self, box: Any, node: Node) -> Node:
        if node.kind == "/TOCI":
            return self._add("/Lbl", box, node)
        if node.kind != "/LBody" or node.parent is None:
            return node
        label = self._add("/Lbl", box, node.parent)
        node.parent.kids.reverse()  # it is said before the body
        return label

    def _term(self, box: Any, node: Node) -> Node:
        item = node.last
        if item is None or any(kid.kind == "/LBody" for kid in item.elements()):
            item = self._add("/LI", box, node)
        return self._add("/Lbl", box, item)

    def _meaning(self, box: Any, node: Node) -> Node:
        return self._add("/LBody", box, node.last or self._add("/LI", box, node))

    def _anchor(self, box: Any, node: Node) -> Node:
        if not box.link_annotation:
            return self._add("/Span", box, node)
        if node.kind == "/TOCI":
            node = self._add("/Reference", box, node)
        return self._add("/Link", box, node)

    def _cell(self, box: Any, node: Node) -> Node:
        kind = KINDS[box.element.tag]
        scope = SCOPES.get(box.element.get("scope", ""), "") if kind == "/TH" else ""
        return self._add(kind, box, node, scope=scope, columns=box.colspan, rows=box.rowspan)


def _words_for(element: Any) -> str:
    """The words for a picture, empty for one that only adorns. Raises ValueError where they are missing."""
    if element.get("aria-hidden") == "true" or element.get("role") in ("presentation", "none"):
        return ""
    words: str | None = (
        element.findtext(f"{SVG}title") or element.get("aria-label")
        if element.tag == f"{SVG}svg"
        else element.get("alt")
    )
    if words is None:
        raise ValueError("a picture without words")
    return " ".join(words.split())
