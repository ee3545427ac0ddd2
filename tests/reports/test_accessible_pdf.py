"""PDF/UA-1, rule by rule, read back from printed reports. The numbers are checkpoints of Matterhorn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import html5lib
import pikepdf
import pytest

from .gallery import REPORTS, Shown, shown
from .spoken import Element, Piece, Spoken

# The standard types of ISO 32000-1 that we use, and where each may stand; Document stands at the top
BLOCKS = {"/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/L", "/Table", "/Figure", "/TOC", "/Sect"}
PARENTS = {
    "/Sect": {"/Document", "/Sect"},
    "/TOC": {"/Sect", "/TOCI"},
    "/TOCI": {"/TOC"},
    "/Reference": {"/TOCI"},
    "/LI": {"/L"},
    "/Lbl": {"/LI"},
    "/LBody": {"/LI"},
    "/Caption": {"/Table"},
    "/THead": {"/Table"},
    "/TBody": {"/Table"},
    "/TR": {"/THead", "/TBody"},
    "/TH": {"/TR"},
    "/TD": {"/TR"},
}
KIDS = {
    "/Document": {"/Sect"},
    "/TOC": {"/TOCI"},
    "/TOCI": {"/Reference"},
    "/L": {"/LI"},
    "/LI": {"/Lbl", "/LBody"},
    "/Table": {"/Caption", "/THead", "/TBody"},
    "/THead": {"/TR"},
    "/TBody": {"/TR"},
    "/TR": {"/TH", "/TD"},
}
HEADING = re.compile("/H([1-6])")


@pytest.fixture(scope="module", params=REPORTS)
def printed(request: pytest.FixtureRequest) -> Shown:
    """Each report in turn."""
    return shown(request.param)


@pytest.fixture
def spoken(printed: Shown) -> Spoken:
    """The report, opened."""
    return printed.spoken


def pieces(spoken: Spoken) -> Iterator[Piece]:
    for page in spoken.pages:
        yield from page.pieces


def artefacts(spoken: Spoken) -> list[Piece]:
    return [piece for piece in pieces(spoken) if piece.number is None]


# 01 Real content is tagged


def test_01_005_nothing_is_drawn_outside_of_content_and_artefacts(spoken: Spoken) -> None:
    assert [number for number, page in enumerate(spoken.pages, 1) if page.loose] == []
    assert any(page.pieces for page in spoken.pages)


def test_01_003_and_004_content_and_artefacts_are_not_inside_each_other(spoken: Spoken) -> None:
    assert [piece for piece in pieces(spoken) if piece.within is not None] == []
    assert {piece.tag for piece in artefacts(spoken)} == {"/Artifact"}
    assert {piece.tag for piece in pieces(spoken) if piece.number is not None} == {"/Span", "/Figure"}


def test_01_006_all_numbered_content_is_in_the_tree_once(spoken: Spoken) -> None:
    said = [(page, piece.number) for page, piece in spoken.root.pieces()]
    drawn = [(page, number) for page, each in enumerate(spoken.pages) for number in each.numbered]
    assert len(said) == len(set(said))
    assert set(said) == set(drawn)


def test_the_way_back_from_content_leads_to_the_element_that_has_it(spoken: Spoken) -> None:
    parents = pikepdf.NumberTree(spoken.pdf.Root.StructTreeRoot.ParentTree)
    for element in spoken.root.below():
        for kid in element.kids:
            if not isinstance(kid, Element):
                page, piece = kid
                of_page = parents[int(spoken.pdf.pages[page].StructParents)]
                assert of_page[piece.number].objgen == element.dictionary.objgen
    assert int(spoken.pdf.Root.StructTreeRoot.ParentTreeNextKey) > max(parents)


def test_every_element_knows_its_parent_and_says_something(spoken: Spoken) -> None:
    root = spoken.pdf.Root.StructTreeRoot
    for element in spoken.root.below():
        parent = element.parent.dictionary if element.parent else root
        assert element.dictionary.P.objgen == parent.objgen
        assert element.kids or element.kind == "/TD", element.kind


def test_words_that_are_artefacts_are_running_heads_and_repeated_table_heads(spoken: Spoken) -> None:
    heads = {cell.words for cell in spoken.all("/TH")}
    said = [piece for piece in artefacts(spoken) if piece.words.strip()]
    for piece in said:
        assert str(piece.properties["/Type"]) == "/Pagination"
        if "/Subtype" not in piece.properties:
            assert any(piece.words.strip() in head for head in heads), piece.words
    assert len(said) >= len(spoken.pages) - 1


# 02 Types


def test_02_001_only_standard_types_are_used_so_none_needs_a_role(spoken: Spoken) -> None:
    ours = {*PARENTS, *KIDS, *BLOCKS, "/Document", "/Link", "/Span"}
    assert {element.kind for element in spoken.root.below()} <= ours
    assert "/RoleMap" not in spoken.pdf.Root.StructTreeRoot


# 05 to 07 Document


def test_06_and_07_it_has_a_title_that_is_shown_and_says_what_it_follows(printed: Shown) -> None:
    pdf = printed.spoken.pdf
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == str(pdf.docinfo["/Title"])
    assert 20 < len(str(pdf.docinfo["/Title"])) <= 150
    assert pdf.Root.MarkInfo.Marked
    assert "/Suspects" not in pdf.Root.MarkInfo


# 09 Structure


def test_09_004_to_006_tables_lists_and_contents_have_only_what_belongs_there(spoken: Spoken) -> None:
    for element in spoken.root.below():
        if element.kind in PARENTS:
            assert element.parent is not None
            assert element.parent.kind in PARENTS[element.kind], element.kind
        if element.kind in KIDS:
            assert set(element.kinds) <= KIDS[element.kind], element.kind
            assert len(element.kinds) == len(element.kids), f"words right in {element.kind}"
        if element.kind in ("/P", *(f"/H{level}" for level in range(1, 7))):
            assert not set(element.kinds) & BLOCKS - {"/Figure"}, element.kind


def test_words_stand_in_elements_that_hold_words(spoken: Spoken) -> None:
    for element in spoken.all("/Document", "/Sect"):
        assert len(element.kinds) == len(element.kids)


# 10 and 31 Characters and fonts


def test_10_001_every_glyph_stands_for_a_character(spoken: Spoken) -> None:
    assert sum(page.unknown for page in spoken.pages) == 0
    assert len(spoken.root.words) > 1_000


def test_31_every_font_is_in_the_file(spoken: Spoken) -> None:
    described = [thing for thing in spoken.pdf.objects if is_a(thing, "/FontDescriptor")]
    assert described
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys()) for font in described)
    for font in (thing for thing in spoken.pdf.objects if is_a(thing, "/Font")):
        assert "/ToUnicode" in font or str(font.Subtype).startswith("/CIDFont")


def is_a(thing: Any, kind: str) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == kind


# 11 Language


def own_language(printed: Shown) -> str:
    return "cy" if printed is shown("panel on paper in Welsh") else "en"


def test_11_001_the_document_says_its_language(printed: Shown) -> None:
    assert str(printed.spoken.pdf.Root.Lang) == own_language(printed)


def test_11_parts_in_another_language_say_so(printed: Shown) -> None:
    def language(element: Any, around: str) -> Iterator[tuple[str, str]]:
        mine = element.get("lang", around)
        yield mine, element.text or ""
        for child in element:
            yield from language(child, mine)
            yield mine, child.tail or ""

    def said(element: Element) -> Iterator[tuple[str, str]]:
        for kid in element.kids:
            if isinstance(kid, Element):
                yield from said(kid)
            else:
                yield element.language, kid[1].words.replace("•", "")  # a list's marks are not in the HTML

    own = own_language(printed)
    written = "".join(text for mine, text in language(body_of(printed), own) if mine != own)
    foreign = "".join(text for mine, text in said(printed.spoken.root) if mine != own)
    assert letters(foreign) == letters(written)
    assert bool(foreign) == (printed in (shown("Welsh"), shown("panel on paper in Welsh")))


# 13 Pictures


def test_13_004_every_picture_has_words_and_its_place(spoken: Spoken) -> None:
    figures = spoken.all("/Figure")
    assert figures
    for figure in figures:
        assert str(figure.dictionary.Alt).strip()
        ((page, _),) = figure.pieces()
        left, bottom, right, top = (float(value) for value in figure.attributes["/BBox"])
        _, _, width, height = (float(value) for value in spoken.pdf.pages[page].MediaBox)
        assert 0 <= left < right <= width
        assert 0 <= bottom < top <= height


# 14 Headings, 27 bookmarks


def levels(spoken: Spoken) -> list[int]:
    return [int(match[1]) for each in spoken.root.below() if (match := HEADING.fullmatch(each.kind))]


def test_14_002_and_003_headings_begin_with_one_h1_and_skip_no_level(spoken: Spoken) -> None:
    found = levels(spoken)
    assert found[0] == 1
    assert found.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(found))


def test_27_bookmarks_are_the_headings_by_words_level_and_place(spoken: Spoken) -> None:
    headings = [each for each in spoken.root.below() if HEADING.fullmatch(each.kind)]
    with spoken.pdf.open_outline() as outline:
        marks = list(flat(outline.root, 1))
    assert [level for _, level in marks] == levels(spoken)
    for (mark, _), heading in zip(marks, headings, strict=True):
        page, first = next(heading.pieces())
        assert letters(str(mark.title)) == letters(heading.words)
        assert spoken.page_of(mark.destination[0]) == page
        assert first.bottom is not None
        assert 0 <= float(mark.destination[3]) - first.bottom < 50  # points from the baseline up to the mark


def flat(items: Any, level: int) -> Iterator[tuple[Any, int]]:
    for item in items:
        yield item, level
        yield from flat(item.children, level + 1)


# 15 Tables


def test_15_003_every_header_cell_has_a_scope(spoken: Spoken) -> None:
    for table in spoken.all("/Table"):
        for cell in (each for each in table.below() if each.kind == "/TH"):
            assert cell.parent is not None
            assert cell.parent.parent is not None
            in_head = cell.parent.parent.kind == "/THead"
            assert str(cell.attributes["/Scope"]) == ("/Column" if in_head else "/Row")


def test_15_every_row_of_a_table_has_as_many_cells(spoken: Spoken) -> None:
    for table in spoken.all("/Table"):
        assert table.kinds[0] == "/Caption" or table.parent is spoken.root.elements[0]
        assert len({len(row.kids) for row in table.below() if row.kind == "/TR"}) == 1
        assert any(cell.kind == "/TD" for cell in table.below())


# 16 Lists


def test_16_list_items_have_a_body_and_numbered_ones_say_how(spoken: Spoken) -> None:
    for item in spoken.all("/LI"):
        assert item.kinds[-1] == "/LBody"
    for element in spoken.all("/L"):
        labelled = any("/Lbl" in item.kinds for item in element.elements)
        if labelled and "/ListNumbering" in element.attributes:
            assert str(element.attributes["/ListNumbering"]) != "/None"


# 18 Running heads


def test_18_001_and_002_running_heads_and_page_numbers_are_artefacts(printed: Shown) -> None:
    spoken = printed.spoken
    for number, page in enumerate(spoken.pages[1:], 2):
        heads = [piece for piece in page.pieces if piece.properties.get("/Subtype") == "/Header"]
        feet = [piece for piece in page.pieces if piece.properties.get("/Subtype") == "/Footer"]
        assert bool(heads) == (printed.job.sheet == "report.css")
        foot = "Tudalen {} o {}" if own_language(printed) == "cy" else "Page {} of {}"
        assert foot.format(number, len(spoken.pages)) in [piece.words for piece in feet]
        assert all(str(piece.properties["/Type"]) == "/Pagination" for piece in (*heads, *feet))
    assert not re.search(r"Page \d+ of \d+", spoken.root.words)


# 21 Attached files, 25, 26 and 29 what must not be there


def test_21_001_attached_files_have_names_and_say_what_they_are(printed: Shown) -> None:
    files = list(printed.spoken.pdf.attachments.values())
    assert len(files) == len(printed.job.attachments)
    for file in files:
        assert str(file.obj.F) == str(file.obj.UF) == file.filename
        assert len(file.description) > 20


def test_26_001_nothing_keeps_a_screen_reader_out(spoken: Spoken) -> None:
    assert not spoken.pdf.is_encrypted
    assert "/AcroForm" not in spoken.pdf.Root
    assert "/OCProperties" not in spoken.pdf.Root


# 28 Links


def test_28_002_and_011_every_link_is_in_a_link_element_and_leads_back_to_it(spoken: Spoken) -> None:
    parents = pikepdf.NumberTree(spoken.pdf.Root.StructTreeRoot.ParentTree)
    owned = {}
    for element in spoken.root.below():
        assert element.kind == "/Link" or not element.links
        for link in element.links:
            assert link.Obj.objgen not in owned
            owned[link.Obj.objgen] = (element, spoken.page_of(link.Pg))
    there = [(area, n) for n, page in enumerate(spoken.pdf.pages) for area in page.get("/Annots", [])]
    assert len(there) == len(owned)
    assert there
    for area, page in there:
        element, where = owned[area.objgen]
        assert where == page
        assert parents[int(area.StructParent)].objgen == element.dictionary.objgen


def test_28_004_and_012_every_link_has_words_and_says_them(spoken: Spoken) -> None:
    for element in spoken.all("/Link"):
        assert element.links
        assert element.words
        for link in element.links:
            assert letters(str(link.Obj.Contents)) == letters(element.words)


def test_28_links_can_be_printed_and_every_page_is_walked_in_order_of_structure(spoken: Spoken) -> None:
    for page in spoken.pdf.pages:
        for area in page.get("/Annots", []):
            assert area.Subtype == "/Link"
            assert int(area.F) & 4
            assert not int(area.F) & (2 + 32)  # hidden, not for the eye
        assert page.Tabs == "/S"


def test_each_link_is_one_stop_for_the_tab_key_on_each_line(spoken: Spoken) -> None:
    for element in spoken.all("/Link"):
        lines = [tuple(sorted(float(link.Obj.Rect[place]) for place in (1, 3))) for link in element.links]
        for (low, high), (next_low, next_high) in pairwise(lines):
            assert next_high <= low + 2 or next_low >= high - 2


# One element for each of the HTML's, on however many pages


def test_what_is_one_on_the_web_is_one_in_the_tree(printed: Shown) -> None:
    body, spoken = body_of(printed), printed.spoken

    def many(*tags: str) -> int:
        return sum(1 for tag in tags for element in body.iter(tag) if "".join(element.itertext()).strip())

    assert len(spoken.all("/Table")) == many("table")
    assert len(spoken.all("/TR")) == many("tr")
    assert len(spoken.all("/TH")) == many("th")
    assert len(spoken.all("/TD")) == len(list(body.iter("td")))
    assert len(spoken.all("/Caption")) == many("caption")
    assert len(spoken.all("/L", "/TOC")) == many("ul", "ol", "dl")
    assert len(spoken.all("/LBody", "/TOCI")) == many("li", "dd")
    assert len(spoken.all("/P")) >= many("p")
    for level in range(1, 7):
        assert len(spoken.all(f"/H{level}")) == many(f"h{level}")
    links = [element for element in body.iter("a") if element.get("href")]
    assert len(spoken.all("/Link")) == len(links)


def body_of(printed: Shown) -> Any:
    """The HTML that was printed, without what the style sheet keeps off paper."""
    body = html5lib.HTMLParser(namespaceHTMLElements=False).parse(printed.job.html).find("body")
    for parent in list(body.iter()):
        for child in list(parent):
            if "report-hidden" in child.get("class", ""):
                assert not child.tail or not child.tail.strip()
                parent.remove(child)
    return body


def letters(text: str) -> str:
    """A text without white space: lines are broken elsewhere on paper."""
    return "".join(text.split())
