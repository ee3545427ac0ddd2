"""The HTML of our own templates as a tree; what people typed is escaped in it, and becomes words again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

BLOCKS = frozenset(("dl", "h1", "h2", "h3", "h4", "h5", "h6", "img", "ol", "p", "svg", "table", "ul"))
HOLDERS = frozenset(
    ("article", "aside", "blockquote", "body", "div", "figcaption", "figure", "nav", "section")
)
INLINE = frozenset(("a", "abbr", "b", "bdi", "br", "code", "em", "i", "small", "span", "strong", "time"))
PARTS = frozenset(
    ("caption", "col", "colgroup", "dd", "dt", "li", "tbody", "td", "tfoot", "th", "thead", "tr")
)
HEAD = frozenset(("head", "html", "link", "meta", "style", "title"))
KNOWN = BLOCKS | HOLDERS | INLINE | PARTS | HEAD

_VOID = frozenset(("br", "col", "hr", "img", "input", "link", "meta", "wbr"))
_PICTURE = re.compile(r"(<svg\b.*?</svg>)", re.DOTALL)


@dataclass
class Element:
    """An element with its attributes and what is in it; that of a picture (svg) is its source, unread."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    content: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        """The classes, in the order in which they are given."""
        return self.attributes.get("class", "").split()

    @property
    def elements(self) -> Iterator[Element]:
        """The elements directly in this one."""
        return (item for item in self.content if isinstance(item, Element))

    @property
    def is_hidden(self) -> bool:
        """Whether it is only for those to whom a page is read out."""
        return "report-hidden" in self.classes

    @property
    def source(self) -> str:
        """The source of a picture."""
        return "".join(map(str, self.content))

    def walk(self) -> Iterator[Element]:
        """This element and all in it, in reading order."""
        yield self
        for item in self.elements:
            yield from item.walk()

    def text(self) -> str:
        """All words that are seen in it, with single spaces; a picture has none."""
        return " ".join("".join(self._words()).split())

    def _words(self) -> Iterator[str]:
        for item in self.content:
            if isinstance(item, str):
                yield item if self.tag != "svg" else ""
            elif not item.is_hidden:
                yield from item._words()


def read(html: str) -> Element:
    """The root of the tree of a whole document."""
    reader = _Reader()
    for number, part in enumerate(_PICTURE.split(html)):
        if number % 2:
            reader.open[-1].content.append(Element("svg", {}, [part]))
        else:
            reader.feed(part)
    reader.close()
    return reader.root


class _Reader(HTMLParser):
    """Builds the tree. Our templates close what they open, and a test keeps them to it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("html")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].content.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].content.append(data)
