"""The structure tree as it is read from the pages: elements, and what each of them has on which page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

# Elements that hold other elements, never words: words that stand right in them get a paragraph
GROUPS = frozenset(
    (
        *("/Document", "/Part", "/Art", "/Sect", "/Div", "/BlockQuote", "/TOC", "/TOCI", "/L", "/LI"),
        *("/Table", "/THead", "/TBody", "/TFoot", "/TR"),
    )
)
KEPT_EMPTY = frozenset(("/TD", "/TH", "/LBody"))  # a table stays regular, and a list item has a body


@dataclass(slots=True, eq=False)
class Marked:
    """Something drawn: the page, from 0; the number of its marked content there; the words it shows."""

    page: int
    number: int
    words: str


@dataclass(slots=True, eq=False)
class Linked:
    """The clickable area of a link: the page, from 0, and the annotation (a dictionary of pydyf's)."""

    page: int
    annotation: Any


@dataclass(frozen=True, slots=True)
class Artefact:
    """Something drawn that is no content: the type and the subtype of the artefact, as PDF has them."""

    kind: str
    place: str = ""


@dataclass(slots=True, eq=False)
class Node:
    """One structure element. `kind` is its type as PDF writes it, `page` is where it begins, from 0.

    `language` is that of its own words. A picture has `words` and a `place`: left, bottom, right and top in
    points. A table cell has `scope`, `columns`, `rows`, `name` and `headers`; a list has its `numbering`.
    `implied` says that no HTML element asked for it.
    """

    kind: str
    language: str
    page: int
    parent: Node | None = None
    kids: list[Node | Marked | Linked] = field(default_factory=list)
    words: str = ""
    place: tuple[float, ...] = ()
    scope: str = ""
    columns: int = 1
    rows: int = 1
    name: str = ""
    headers: tuple[str, ...] = ()
    numbering: str = ""
    implied: bool = False
    in_contents: bool = False

    def add(self, kind: str, language: str, page: int, **more: Any) -> Node:
        """A new element at the end of this one."""
        made = Node(kind, language, page, parent=self, in_contents=self.in_contents, **more)
        self.kids.append(made)
        return made

    @property
    def last(self) -> Node | None:
        """The element at the end of this one, if it ends with one."""
        last = self.kids[-1] if self.kids else None
        return last if isinstance(last, Node) else None

    def takes_words(self) -> bool:
        """Whether words that follow here belong to a sentence, and are not the white space between blocks."""
        return self.kind not in GROUPS or (self.last is not None and self.last.implied)

    def holder(self, page: int) -> Node:
        """Where words that stand right in this element belong: itself, or a paragraph made for them."""
        if self.kind not in GROUPS:
            return self
        if self.last is not None and self.last.implied:
            return self.last
        return self.add("/P", self.language, page, implied=True)

    def elements(self) -> Iterator[Node]:
        """The elements right in this one."""
        return (kid for kid in self.kids if isinstance(kid, Node))

    def within(self, kind: str) -> Iterator[Node]:
        """The elements of a kind anywhere below, in reading order, but none inside of another one."""
        for kid in self.elements():
            if kid.kind == kind:
                yield kid
            else:
                yield from kid.within(kind)

    def text(self) -> str:
        """All words below, in reading order, without line breaks."""
        return " ".join("".join(self._pieces()).split())

    def _pieces(self) -> Iterator[str]:
        if self.words:
            yield self.words
            return
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid._pieces()
            elif isinstance(kid, Marked):
                yield kid.words

    def tidy(self) -> None:
        """Takes out what says nothing: empty elements, and those that only laid something out."""
        kept: list[Node | Marked | Linked] = []
        for kid in self.kids:
            if isinstance(kid, Node):
                kid.tidy()
                if kid.kind == "/Div" or (kid.kind == "/Span" and kid.language == self.language):
                    kept.extend(kid.kids)
                    continue
                if not kid.kids and kid.kind not in KEPT_EMPTY:
                    continue
            kept.append(kid)
        self.kids = kept
        for kept_node in self.elements():
            kept_node.parent = self
