"""The words of a paragraph as pieces that look alike, with blanks as a browser shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..charts import FILLS, INK, LAST_PALE, PAPER
from .markup import Element

BREAK, TAB = "\n", "\t"
STRONG_TAGS, EMPHASIS_TAGS = ("b", "strong"), ("em", "i")
STRONG_CLASSES = frozenset(("report-id", "report-place", "report-point__head", "report-sure"))
KEEPS_LINES = "report-text"  # words that people wrote in lines
# What the style sheets draw, and Word does not
SYMBOLS = {
    "report-key__disc": "●", "report-key__box": "□", "report-key__diamond": "◇", "report-key__range": "▬"
}  # fmt: skip
ROWS = "report-rows"  # a list whose terms stand beside what is said of them

_LEVEL = re.compile(r"level-(\d)")
_WITHOUT_LEVEL = ("level-unanswered", "level-not-applicable")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_BLANKS_IN_LINE = re.compile(r"[ \t\r\f]+")


@dataclass(frozen=True)
class Mark:
    """How the name of a level stands out: its ground, its ink, and a frame that is whole or broken."""

    ground: str
    ink: str
    broken: bool = False


@dataclass(frozen=True)
class Look:
    """How words look and where they lead: `anchor` within the document, `href` out of it."""

    strong: bool = False
    emphasis: bool = False
    language: str = ""
    right_to_left: bool = False
    keeps_lines: bool = False
    mark: Mark | None = None
    href: str = ""
    anchor: str = ""

    def within(self, element: Element) -> Look:
        """How words look in an element."""
        classes, told = element.classes, element.attributes
        look = replace(
            self,
            strong=self.strong or element.tag in STRONG_TAGS or not STRONG_CLASSES.isdisjoint(classes),
            emphasis=self.emphasis or element.tag in EMPHASIS_TAGS,
            language=told.get("lang", self.language),
            right_to_left=told.get("dir", "rtl" if self.right_to_left else "") == "rtl",
            keeps_lines=self.keeps_lines or KEEPS_LINES in classes,
            mark=mark_of(classes) or self.mark,
        )
        address = told.get("href", "") if element.tag == "a" else ""
        if address.startswith("#"):
            return replace(look, anchor=address[1:])
        return replace(look, href=address) if address else look


@dataclass(frozen=True)
class Piece:
    """Words that look alike; a break of the line is a piece of its own, and so is a picture (its source)."""

    text: str
    look: Look
    picture: str = ""


def mark_of(classes: Iterable[str]) -> Mark | None:
    """The mark of a level, where the classes say that an element is the name of one."""
    for name in classes:
        if name in _WITHOUT_LEVEL:
            return Mark(PAPER, INK, broken=name == _WITHOUT_LEVEL[0])
        found = _LEVEL.fullmatch(name)
        if found:
            place = int(found[1])
            return Mark(FILLS[place], INK if place <= LAST_PALE else PAPER)
    return None


def pieces(content: Iterable[Element | str], look: Look) -> list[Piece]:
    """The words of what stands in one paragraph, without blanks at either end."""
    tidied: list[Piece] = []
    at_start = True
    for piece in _raw(content, look):
        text = piece.text.lstrip(" ") if at_start else piece.text
        if text == BREAK:
            _trim_end(tidied)
        if text or piece.picture:
            tidied.append(replace(piece, text=text))
            at_start = text.endswith((" ", BREAK))
    _trim_end(tidied)
    return tidied


def _trim_end(tidied: list[Piece]) -> None:
    while tidied and tidied[-1].text == " ":
        tidied.pop()
    if tidied and tidied[-1].text.endswith(" "):
        tidied[-1] = replace(tidied[-1], text=tidied[-1].text.rstrip(" "))


def _raw(content: Iterable[Element | str], look: Look) -> Iterator[Piece]:
    for item in content:
        if isinstance(item, str):
            yield from _lines(item, look)
        elif item.tag == "br":
            yield Piece(BREAK, look)
        elif item.tag == "svg":
            yield Piece("", look, item.source)
        elif symbols := [SYMBOLS[name] for name in item.classes if name in SYMBOLS]:
            yield Piece("".join(symbols), look)
        elif not item.is_hidden:
            yield from _raw(item.content, look.within(item))


def _lines(text: str, look: Look) -> Iterator[Piece]:
    if not look.keeps_lines:
        yield Piece(_BLANKS.sub(" ", text), look)
        return
    for number, line in enumerate(text.split("\n")):
        if number:
            yield Piece(BREAK, look)
        yield Piece(_BLANKS_IN_LINE.sub(" ", line), look)
