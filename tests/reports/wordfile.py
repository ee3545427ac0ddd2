"""A Word document read as the XML that it is, so that nothing a library smooths over is missed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
}

# In which order ECMA-376 (part 1, chapter 17) asks for what is in an element: Word calls another order damage
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs bidi spacing ind "
    "contextualSpacing jc outlineLvl",
    "rPr": "rStyle rFonts b bCs i iCs noProof color sz szCs u bdr shd rtl lang",
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "tcPr": "tcW gridSpan tcBorders shd vAlign",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "sdt": "sdtPr sdtContent",
    "sectPr": "headerReference footerReference pgSz pgMar titlePg",
    "style": "name basedOn next link uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr tblStylePr",
    "numbering": "abstractNum num",
    "num": "abstractNumId lvlOverride",
    "lvl": "start numFmt lvlText lvlJc pPr rPr",
    "font": "altName panose1 charset family pitch",
    "settings": "zoom defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol "
    "listSeparator",
}


def name(short: str) -> str:
    """The full name of w:p and the like."""
    prefix, _, local = short.partition(":")
    return f"{{{NAMES[prefix]}}}{local}"


@dataclass(frozen=True)
class WordFile:
    """The parts of a document by name, as they are."""

    parts: dict[str, bytes]
    dates: set[tuple[int, ...]]

    def xml(self, part: str) -> Element:
        """A part as XML. Raises KeyError and ParseError."""
        return ElementTree.fromstring(self.parts[part])

    @cached_property
    def body(self) -> Element:
        """What the document says."""
        (body,) = self.xml("word/document.xml")
        return body

    @cached_property
    def paragraphs(self) -> list[Element]:
        """Every paragraph, in reading order, those in tables too."""
        return list(self.body.iter(name("w:p")))

    @property
    def tables(self) -> list[Element]:
        """Every table."""
        return list(self.body.iter(name("w:tbl")))

    @property
    def links(self) -> dict[str, str]:
        """The addresses outside that links lead to, by the ids of their relations."""
        relations = self.xml("word/_rels/document.xml.rels").iter(name("rel:Relationship"))
        return {
            item.attrib["Id"]: item.attrib["Target"]
            for item in relations
            if item.get("TargetMode") == "External"
        }

    def words(self) -> list[str]:
        """Every word, in reading order."""
        return [word for paragraph in self.paragraphs for word in text_of(paragraph).split()]

    def headings(self) -> Iterator[tuple[int, str]]:
        """Headings with their depth: 0 for the title, 1 for sections."""
        depths = {
            "Title": 0,
            "Heading1": 1,
            "Heading2": 2,
            "StandardHeading": 2,
            "Heading3": 3,
            "Heading4": 4,
        }
        for paragraph in self.paragraphs:
            if style_of(paragraph) in depths:
                yield depths[style_of(paragraph)], " ".join(text_of(paragraph).split())

    def rows(self, caption: str) -> list[list[str]]:
        """The table with this caption as words, row by row."""
        (found,) = [
            table
            for table in self.tables
            if caption in table.find("w:tblPr/w:tblCaption", NAMES).attrib[name("w:val")]
        ]
        return [
            [
                " ".join(" ".join(map(text_of, cell.iter(name("w:p")))).split())
                for cell in row.iter(name("w:tc"))
            ]
            for row in found.iter(name("w:tr"))
        ]


def out_of_order(root: Element) -> list[str]:
    """Elements whose content is not as the standard asks: each by its name and what is in it."""
    found = []
    for item in root.iter():
        kind = item.tag.rpartition("}")[2]
        if kind in ORDERS:
            inside, allowed = [each.tag.rpartition("}")[2] for each in item], ORDERS[kind].split()
            known = all(each in allowed for each in inside)
            if not known or [allowed.index(each) for each in inside] != sorted(map(allowed.index, inside)):
                found.append(f"{kind}: {' '.join(inside)}")
    return found


def opened(content: bytes) -> WordFile:
    """Reads a document; every XML part must be well-formed. Raises what zipfile and ElementTree raise."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        parts = {item: archive.read(item) for item in archive.namelist()}
        dates = {info.date_time for info in archive.infolist()}
    for item, part in parts.items():
        if item.endswith((".xml", ".rels")):
            ElementTree.fromstring(part)
    return WordFile(parts, dates)


def style_of(paragraph: Element) -> str:
    """The id of a paragraph's style."""
    style = paragraph.find("w:pPr/w:pStyle", NAMES)
    return "" if style is None else style.attrib[name("w:val")]


def text_of(paragraph: Element) -> str:
    """The text of a paragraph; a break of the line is a line feed."""
    shown = {
        name("w:t"): lambda item: item.text or "",
        name("w:br"): lambda _: "\n",
        name("w:tab"): lambda _: "\t",
    }
    return "".join(
        shown[item.tag](item) for run in paragraph.iter(name("w:r")) for item in run if item.tag in shown
    )
