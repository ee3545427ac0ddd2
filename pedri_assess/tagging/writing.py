"""Writes the tree of elements into the PDF, in the place of WeasyPrint's own."""

from __future__ import annotations

from typing import Any

import pydyf
import weasyprint.pdf
from weasyprint.pdf.fonts import build_fonts_dictionary

from .letters import correct_letters
from .nodes import Artefact, Linked, Marked, Node
from .reading import Tree, read

PRINT = 4  # the flag of an annotation that is there on paper too
# From Hebrew on, letters are drawn in another order than they are read, or joined; from arrows on, with emoji
# among them, they may be drawn as pictures. Between the two lies punctuation.
FIRST_TURNED, PUNCTUATION, FIRST_DRAWN = "\u0590", "\u2000", "\u2190"


def write_our_tags() -> None:
    """From now on every PDF of this process gets its structure tree from here."""
    weasyprint.pdf.add_tags = _add_tags
    weasyprint.pdf.build_fonts_dictionary = _build_fonts


def _build_fonts(pdf: Any, fonts: dict[Any, Any], *more: Any) -> Any:
    correct_letters(fonts.values())
    return build_fonts_dictionary(pdf, fonts, *more)


def _add_tags(pdf: Any, document: Any, _version: Any, streams: list[Any]) -> None:
    """What WeasyPrint calls. Raises ValueError for a document that would not be read out whole."""
    if not (document.metadata.title and document.metadata.lang):
        raise ValueError("a document has a title and a language")
    pages = [page._page_box for page in document.pages]
    tree = read(pages, [stream._tags for stream in streams], document.metadata.lang)
    for stream, found in zip(streams, tree.pages, strict=True):
        _mark_content(stream, found)
    _Writer(pdf, tree).write()
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


def _mark_content(stream: Any, found: dict[int, Marked | Artefact]) -> None:
    """Says in a page's content what is an artefact, and the words where what is drawn does not say them."""
    left = dict(found)
    for place, item in enumerate(stream.stream):
        if type(item) is pydyf.Dictionary and "MCID" in item:
            what = left.pop(item["MCID"])
            if isinstance(what, Artefact):
                stream.stream[place - 1] = "/Artifact"
                stream.stream[place] = _artefact(what)
            elif not _says_itself(what.words):
                item["ActualText"] = pydyf.String(what.words)
    if left:
        raise ValueError(f"{len(left)} pieces are not drawn on the page itself: opacity does that")


def _artefact(what: Artefact) -> Any:
    said = pydyf.Dictionary({"Type": what.kind})
    if what.place:
        said["Subtype"] = what.place
        said["Attached"] = "[/Top]" if what.place == "/Header" else "[/Bottom]"
    return said


def _says_itself(words: str) -> bool:
    """Whether glyphs say these words: none turned round, drawn as a picture or left out."""
    if words.isspace():
        return False
    return words.isascii() or all(
        letter < FIRST_TURNED or PUNCTUATION <= letter < FIRST_DRAWN for letter in words
    )


class _Writer:
    def __init__(self, pdf: Any, tree: Tree) -> None:
        self.pdf, self.tree = pdf, tree
        self.pages = pdf.page_references
        # For each page the element of each number of marked content, then the element of each link
        self.parents = [pydyf.Array(["null"] * (max(found, default=-1) + 1)) for found in tree.pages]
        self.links: dict[bytes, bytes] = {}
        self.names: list[tuple[str, bytes]] = []

    def write(self) -> None:
        """Adds the tree, the way from content to its element, and the names of header cells."""
        root = self._added({"Type": "/StructTreeRoot"})
        root["K"] = self._element(self.tree.root, root.reference, self.tree.root.language)
        numbers = pydyf.Array()
        for number, parent in enumerate((*self.parents, *self.links.values())):
            numbers.extend((number, parent))
        root["ParentTree"] = self._added({"Nums": numbers}).reference
        root["ParentTreeNextKey"] = len(self.parents) + len(self.links)
        if self.names:
            names = pydyf.Array()
            for name, reference in sorted(self.names):
                names.extend((pydyf.String(name), reference))
            root["IDTree"] = self._added({"Names": names}).reference
        self.pdf.catalog["StructTreeRoot"] = root.reference
        self._keep_links()

    def _added(self, values: dict[str, Any]) -> Any:
        made = pydyf.Dictionary(values)
        self.pdf.add_object(made)
        return made

    def _element(self, node: Node, parent: bytes, language: str) -> bytes:
        element = self._added({"Type": "/StructElem", "S": node.kind, "P": parent})
        reference: bytes = element.reference
        page = next((kid.page for kid in node.kids if not isinstance(kid, Node)), None)
        if page is not None:
            element["Pg"] = self.pages[page]
        if node.language != language:
            element["Lang"] = pydyf.String(node.language)
        if node.words:
            element["Alt"] = pydyf.String(node.words)
        if node.name:
            element["ID"] = pydyf.String(node.name)
            self.names.append((node.name, reference))
        if attributes := _attributes(node):
            element["A"] = attributes
        element["K"] = pydyf.Array(self._kid(kid, node, reference, page) for kid in node.kids)
        return reference

    def _kid(self, kid: Node | Marked | Linked, node: Node, reference: bytes, page: int | None) -> Any:
        if isinstance(kid, Node):
            return self._element(kid, reference, node.language)
        if isinstance(kid, Linked):
            return self._link(kid, node, reference)
        self.parents[kid.page][kid.number] = reference
        if kid.page == page:
            return kid.number
        return pydyf.Dictionary({"Type": "/MCR", "Pg": self.pages[kid.page], "MCID": kid.number})

    def _link(self, kid: Linked, node: Node, reference: bytes) -> Any:
        area = kid.annotation
        area["StructParent"] = len(self.parents) + len(self.links)
        area["F"] = PRINT
        area["Contents"] = pydyf.String(node.text())
        self.links[area.reference] = reference
        return pydyf.Dictionary({"Type": "/OBJR", "Pg": self.pages[kid.page], "Obj": area.reference})

    def _keep_links(self) -> None:
        """Takes the areas off each page that no element owns: in repeated heads, or inside of others."""
        for reference in self.pages:
            page = self.pdf.objects[int(reference.split()[0])]
            if "Annots" in page:
                page["Annots"] = pydyf.Array(area for area in page["Annots"] if area in self.links)


def _attributes(node: Node) -> Any:
    if node.place:
        return pydyf.Dictionary({"O": "/Layout", "BBox": pydyf.Array(node.place)})
    if node.numbering:
        return pydyf.Dictionary({"O": "/List", "ListNumbering": node.numbering})
    said: dict[str, Any] = {}
    if node.scope:
        said["Scope"] = node.scope
    if node.columns != 1:
        said["ColSpan"] = node.columns
    if node.rows != 1:
        said["RowSpan"] = node.rows
    if node.headers:
        said["Headers"] = pydyf.Array(pydyf.String(name) for name in node.headers)
    return pydyf.Dictionary({"O": "/Table", **said}) if said else None
