"""The file: a package made from templates/word, with properties, links and pictures; the same every time."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import docx
from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.shape import CT_Inline
from docx.shared import Emu

from ... import __version__
from ...domain.edition import Logo
from ..document import document
from ..printable import printable
from ..report import LANGUAGE, Report
from .addresses import target
from .markup import Element, read
from .ooxml import made, numbering, words
from .pictures import logo_png, picture
from .writer import Place, Writer

NAMES = {
    "content_types.xml": "[Content_Types].xml",
    "package_links.xml": "_rels/.rels",
    "document_links.xml": "word/_rels/document.xml.rels",
}
NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)  # a file must have a date; this one says none
ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # what Word itself writes
LONGEST_PROPERTY = 255  # characters
PER_PIXEL, PER_TWENTIETH = 9525, 635  # units of a drawing in 1/96 inch, and in 1/20 of a point
LOGO_WIDE, LOGO_HIGH = 2_160_000, 864_000  # of a drawing: 60 and 24 millimetres
FIRST_LIST = 2  # the ids of lists with numbers begin here


def made_of(report: Report, templates: Path, fonts: Path) -> bytes:
    """The file of a report. Raises what the templates raise."""
    root = read(document(report, templates, medium="word"))
    file = docx.Document(io.BytesIO(_template(templates / "word")))
    told = next(item for item in root.walk() if item.tag == "body")
    _write_properties(file, root, report)
    _write_margins(file, told)
    body, width = file.element.body, _text_width(file)
    page = body[-1]  # what pages are like; it must come last
    body.remove(page)
    Writer(_Parts(file, fonts, report.edition.logo), root).blocks(told.content, Place(body, width))
    body.append(page)
    return _packed(file)


def _template(folder: Path) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        for path in sorted(folder.glob("*.xml")):
            package.write(path, NAMES.get(path.name, f"word/{path.name}"))
    return content.getvalue()


def _write_properties(file: Any, root: Element, report: Report) -> None:
    day = report.assessment.date
    when = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else NO_DATE
    heads = {item.attributes.get("name", ""): item.attributes.get("content", "") for item in root.walk()}
    title = next(item for item in root.walk() if item.tag == "title").text()
    properties = file.core_properties
    properties.title = _property(title)
    properties.author = properties.last_modified_by = _property(heads["author"])
    properties.subject = _property(heads["description"])
    properties.comments = f"Made with PEDRI Assess {__version__}"
    properties.language = f"{LANGUAGE}-GB"
    properties.revision = 1
    properties.created = properties.modified = when


def _property(text: str) -> str:
    return printable(text)[:LONGEST_PROPERTY]


def _write_margins(file: Any, body: Element) -> None:
    """The title above each page but the first, and the framework beside its number."""
    (section,) = file.sections
    (above,), (below,) = section.header.paragraphs, section.footer.paragraphs
    above._p.append(made("r", words(body.attributes["data-title"])))
    below._p.extend([made("r", made("tab")), made("r", words(body.attributes["data-framework"]))])


def _text_width(file: Any) -> int:
    (section,) = file.sections
    width = section.page_width - section.left_margin - section.right_margin
    return int(width) // PER_TWENTIETH


class _Parts:
    """The parts of a package besides its text."""

    def __init__(self, file: Any, fonts: Path, logo: Logo | None) -> None:
        self._part = file.part
        self._logo = logo
        self._fonts = fonts
        self._lists = FIRST_LIST
        self._pictures = 0

    def relation(self, address: str) -> str:
        """The id of the link to an address outside; empty where it must not be one."""
        safe = target(address)
        return str(self._part.relate_to(safe, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)) if safe else ""

    def drawing(self, source: str, available: int) -> Any:
        """The run of a chart; None for one that cannot be drawn, or does not say what it shows."""
        try:
            drawn = picture(source, available * PER_TWENTIETH / PER_PIXEL, self._fonts)
        except (ParseError, ValueError):
            return None
        if not drawn.words:
            return None
        width, height = Emu(int(drawn.width * PER_PIXEL)), Emu(int(drawn.height * PER_PIXEL))
        relation, _ = self._part.get_or_add_image(io.BytesIO(drawn.png))
        return self._shown(relation, drawn.words, width, height)

    def logo(self, name: str) -> Any:
        """The run of the logo of that name; None where it cannot be shown."""
        content = logo_png(self._logo, self._fonts) if self._logo and self._logo.name == name else None
        if not self._logo or content is None:
            return None
        try:
            relation, image = self._part.get_or_add_image(io.BytesIO(content))
        except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError):
            return None
        scale = min(LOGO_WIDE / image.px_width, LOGO_HIGH / image.px_height)
        return self._shown(
            relation, self._logo.words, Emu(int(image.px_width * scale)), Emu(int(image.px_height * scale))
        )

    def _shown(self, relation: str, said: str, width: Emu, height: Emu) -> Any:
        self._pictures += 1
        name = f"picture-{self._pictures}"
        inline = CT_Inline.new_pic_inline(self._pictures, relation, name, width, height)
        inline.docPr.set("descr", printable(said))
        for side in ("distT", "distB", "distL", "distR"):  # else some programs leave an eighth of an inch
            inline.set(side, "0")
        return made("r", made("drawing", inline))

    def numbering(self) -> int:
        """The id of a new list with numbers."""
        self._part.numbering_part.element.append(numbering(self._lists))
        self._lists += 1
        return self._lists - 1


def _packed(file: Any) -> bytes:
    """The package with fixed dates: python-docx writes those of the clock."""
    written, content = io.BytesIO(), io.BytesIO()
    file.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(content, "w") as package:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, ZIP_DATE)
            package.writestr(info, old.read(name), zipfile.ZIP_DEFLATED)
    return content.getvalue()
