"""Where a printed report's words stand, as poppler finds them, and what is wrong with that."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import html5lib
from PIL import Image

MM = 72 / 25.4
LEFT, RIGHT = 18 * MM, (210 - 18) * MM
TOP, FOOT = 25 * MM, (297 - 20) * MM  # of the words of a page, without what runs above and below them
LONGEST_WHOLE = 20  # letters; a longer word may be broken where its column is narrow
SLACK = 0.6  # points
_HTML = "{http://www.w3.org/1999/xhtml}"
_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Word:
    """A word and its box, in points from the top left corner of its page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: Word) -> bool:
        """Whether the two are drawn over each other; lines may be set as tight as their letters."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide > SLACK and high > 0.4 * min(self.bottom - self.top, other.bottom - other.top)


@dataclass(frozen=True)
class Page:
    """One page: its number from 1, and its words by block and line."""

    number: int
    width: float
    blocks: tuple[tuple[tuple[Word, ...], ...], ...]

    @property
    def words(self) -> list[Word]:
        """All words, from the top of the page to its foot."""
        return sorted((word for block in self.blocks for line in block for word in line), key=_height)

    @property
    def body(self) -> list[Word]:
        """The words between what runs above and below them."""
        return [word for word in self.words if word.top >= TOP - SLACK and word.bottom <= FOOT + 4]


def _height(word: Word) -> tuple[float, float]:
    return word.top, word.left


class Layout:
    """A printed report, read by poppler; `folder` is an empty one of its own."""

    def __init__(self, pdf: bytes, folder: Path) -> None:
        self.path = folder / "report.pdf"
        self.path.write_bytes(pdf)

    @cached_property
    def pages(self) -> list[Page]:
        """Every page."""
        command = ["pdftotext", "-bbox-layout", self.path, "-"]
        ran = subprocess.run(command, capture_output=True, check=True, text=True)
        # What may stand in a PDF and may not in XML
        told = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", ran.stdout)
        pages = ElementTree.fromstring(told).iter(f"{_HTML}page")
        return [_page(number, page) for number, page in enumerate(pages, 1)]

    def overlaps(self) -> Iterator[str]:
        """Words that are drawn over each other."""
        for page in self.pages:
            words = page.words
            for place, one in enumerate(words):
                for other in words[place + 1 :]:
                    if other.top >= one.bottom:
                        break
                    if one.covers(other):
                        yield f"page {page.number}: {one.text!r} and {other.text!r}"

    def outside(self) -> Iterator[str]:
        """Words beyond the margins; the cover has no margins but its edges."""
        for page in self.pages:
            left, right = (0.0, page.width) if page.number == 1 else (LEFT, RIGHT)
            for word in page.words:
                if word.left < left - SLACK or word.right > right + SLACK:
                    yield f"page {page.number}: {word.text!r} from {word.left:.0f} to {word.right:.0f}"

    def marks_outside(self, folder: Path) -> Iterator[str]:
        """Pages, but for the cover, on which anything is drawn beyond the margins."""
        command = ["pdftoppm", "-r", "36", "-f", "2", "-gray", self.path, folder / "page"]
        subprocess.run(command, check=True)
        for path in sorted(folder.glob("page*.pgm")):
            with Image.open(path) as image:
                edge = int(LEFT / 2) - 2
                for box in ((0, 0, edge, image.height), (image.width - edge, 0, image.width, image.height)):
                    if image.crop(box).getextrema()[0] < 250:
                        yield path.name

    def bare(self) -> Iterator[str]:
        """Pages with hardly a word; the last may end anywhere."""
        for page in self.pages:
            if len({round(word.bottom) for word in page.body}) < (1 if page is self.pages[-1] else 3):
                yield f"page {page.number}"

    def cut(self, html: str) -> dict[str, int]:
        """Words of the HTML that are nowhere whole, and how often."""
        printed = Counter(word for page in self.pages for each in page.words for word in words(each.text))
        wanted = Counter(word for word in words(said(html)) if len(word) <= LONGEST_WHOLE)
        return dict(wanted - printed)

    def lonely(self) -> Iterator[str]:
        """Lines of one word before others of the same paragraph, where the next word had room beside it."""
        for page in self.pages:
            for block in page.blocks:
                widest = max(line[-1].right for line in block)
                for line, after in pairwise(block):
                    room = widest - line[-1].right
                    need = after[0].right - after[0].left + 0.3 * (line[0].bottom - line[0].top)
                    alone = len(line) == 1 and line[0].text[-1:].isalpha() and len(after) > 3
                    alone = alone and len(line[0].text) <= LONGEST_WHOLE  # else it is a part of a long word
                    if alone and room > need and abs(line[0].left - after[0].left) < SLACK:
                        yield f"page {page.number}: {line[0].text!r} before {after[0].text!r}"


def _page(number: int, page: ElementTree.Element) -> Page:
    blocks = tuple(
        tuple(tuple(_word(word) for word in line.iter(f"{_HTML}word")) for line in block.iter(f"{_HTML}line"))
        for block in page.iter(f"{_HTML}block")
    )
    return Page(number, float(page.get("width", "0")), blocks)


def _word(word: ElementTree.Element) -> Word:
    edges = (float(word.get(name, "0")) for name in ("xMin", "yMin", "xMax", "yMax"))
    return Word("".join(word.itertext()), *edges)


def words(text: str) -> list[str]:
    """The words of a text, without marks on letters and with letters in their plain form."""
    plain = unicodedata.normalize("NFKD", text)
    return _WORDS.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))


def said(html: str) -> str:
    """What the body of a page says, without pictures and what is hidden."""
    body = html5lib.parse(html, namespaceHTMLElements=False).find("body")
    return " ".join(_said(body))


def _said(element: ElementTree.Element) -> Iterator[str]:
    hidden = "report-hidden" in element.get("class", "").split() or element.tag.endswith("svg")
    if not hidden:
        yield element.text or ""
        for child in element:
            yield from _said(child)
    yield element.tail or ""
