"""A PDF as it is read out: what its pages draw, and the structure tree with the words of its elements."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pikepdf

PAINTING = {"TJ", "Tj", "'", '"', "Do", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "INLINE IMAGE"}


@dataclass
class Piece:
    """One stretch of marked content: its tag, its number (None for an artefact), properties, words and place.

    `words` are the actual text where the PDF gives one, `glyphs` what the glyphs stand for; `bottom` is the
    height of the first line above the foot of the page, in points. `within` is the tag of the stretch around.
    """

    tag: str
    number: int | None
    properties: dict[str, Any]
    within: str | None
    glyphs: str = ""
    bottom: float | None = None

    @property
    def words(self) -> str:
        """What is said for it."""
        return str(self.properties.get("/ActualText", self.glyphs))


@dataclass
class Drawn:
    """What a page draws: stretches of marked content, how much outside of them, unknown glyphs."""

    pieces: list[Piece] = field(default_factory=list)
    loose: int = 0
    unknown: int = 0

    @property
    def numbered(self) -> dict[int, Piece]:
        """The stretches that are content, by number."""
        return {piece.number: piece for piece in self.pieces if piece.number is not None}


@dataclass
class Element:
    """One structure element; `language` is the one in force, `links` refer to clickable areas."""

    kind: str
    language: str
    parent: Element | None
    dictionary: Any
    stands_for: str | None  # words in the place of a picture
    kids: list[Element | tuple[int, Piece]] = field(default_factory=list)
    links: list[Any] = field(default_factory=list)

    @property
    def elements(self) -> list[Element]:
        """The elements right in it."""
        return [kid for kid in self.kids if isinstance(kid, Element)]

    @property
    def kinds(self) -> list[str]:
        """The types of the elements right in it."""
        return [kid.kind for kid in self.elements]

    def below(self) -> Iterator[Element]:
        """Itself and all elements below, in reading order."""
        yield self
        for kid in self.elements:
            yield from kid.below()

    def pieces(self) -> Iterator[tuple[int, Piece]]:
        """All content below, with its page from 0, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.pieces()
            else:
                yield kid

    @property
    def words(self) -> str:
        """What is said for it, line by line; a picture's words for a picture."""
        if self.stands_for is not None:
            return self.stands_for
        said = (kid.words if isinstance(kid, Element) else kid[1].words for kid in self.kids)
        return " ".join("\n".join(said).split())

    @property
    def attributes(self) -> dict[str, Any]:
        """Its attributes, without their owner."""
        found = self.dictionary.get("/A", {})
        return {str(key): value for key, value in found.items()}


class Spoken:
    """A PDF, opened."""

    def __init__(self, content: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(content))
        self._numbers = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages)}
        self._letters: dict[Any, dict[int, str]] = {}

    @cached_property
    def pages(self) -> list[Drawn]:
        """What each page draws."""
        return [self._drawn(page) for page in self.pdf.pages]

    @cached_property
    def root(self) -> Element:
        """The structure tree's one element at the top."""
        return self._element(self.pdf.Root.StructTreeRoot.K, str(self.pdf.Root.Lang), None)

    def all(self, *kinds: str) -> list[Element]:
        """All elements of these types, in reading order."""
        return [element for element in self.root.below() if element.kind in kinds]

    def page_of(self, reference: Any) -> int:
        """The number of a page object, from 0. Raises KeyError for what is no page."""
        return self._numbers[reference.objgen]

    def _element(self, node: Any, language: str, parent: Element | None) -> Element:
        alternative = str(node.Alt) if "/Alt" in node else None
        element = Element(str(node.S), str(node.get("/Lang", language)), parent, node, alternative)
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                element.kids.append(self._piece(node.Pg, kid))
            elif kid.get("/Type") == "/MCR":
                element.kids.append(self._piece(kid.Pg, int(kid.MCID)))
            elif kid.get("/Type") == "/OBJR":
                element.links.append(kid)
            else:
                element.kids.append(self._element(kid, element.language, element))
        return element

    def _piece(self, page: Any, number: int) -> tuple[int, Piece]:
        place = self.page_of(page)
        return place, self.pages[place].numbered[number]

    def _drawn(self, page: pikepdf.Page) -> Drawn:
        drawn, around = Drawn(), list[Piece]()
        letters: dict[int, str] = {}
        scale, foot = 1.0, 0.0
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BDC", "BMC"):
                around.append(_opened(operands, around))
                drawn.pieces.append(around[-1])
            elif name == "EMC":
                around.pop()
            elif name == "cm" and not around:
                scale, foot = scale * float(operands[3]), foot + scale * float(operands[5])
            elif name == "Tf":
                letters = self._of_font(page.Resources.Font[str(operands[0])])
            elif around:
                _draw(drawn, around[-1], name, operands, (scale, foot, letters))
            elif name in PAINTING:
                drawn.loose += 1
        return drawn

    def _of_font(self, font: Any) -> dict[int, str]:
        """What each glyph of a font stands for."""
        if font.objgen not in self._letters:
            table = font.ToUnicode.read_bytes().decode("latin-1") if "/ToUnicode" in font else ""
            self._letters[font.objgen] = dict(_letters(table))
        return self._letters[font.objgen]


def _draw(drawn: Drawn, piece: Piece, name: str, operands: Any, state: tuple[float, float, Any]) -> None:
    scale, foot, letters = state
    if name == "Tm" and piece.bottom is None:
        piece.bottom = foot + scale * float(operands[5])
    elif name == "TJ":
        shown = list(_shown(operands[0], letters))
        piece.glyphs += "".join(letter or "" for letter in shown)
        drawn.unknown += shown.count(None)


def _opened(operands: Any, around: list[Piece]) -> Piece:
    properties = dict(operands[1].items()) if len(operands) > 1 else {}
    number = int(properties["/MCID"]) if "/MCID" in properties else None
    return Piece(str(operands[0]), number, properties, around[-1].tag if around else None)


def _shown(items: Any, letters: dict[int, str]) -> Iterator[str | None]:
    for item in items:
        if isinstance(item, pikepdf.String):
            codes = bytes(item)
            for place in range(0, len(codes), 2):
                yield letters.get(int.from_bytes(codes[place : place + 2], "big"))


def _letters(table: str) -> Iterator[tuple[int, str]]:
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, letters in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            yield int(code, 16), bytes.fromhex(letters).decode("utf-16-be")
