"""The structure tree of any document: lists, tables with spans, what is broken over pages or repeated."""

from __future__ import annotations

from functools import cache

import pytest

from pedri_assess.reports import ReportFailed
from pedri_assess.reports.document import PrintJob

from .material import renderer
from .spoken import Element, Spoken

HEAD = '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>A document</title><style>{}</style>'
PAGE = "@page { size: A6; margin: 15mm; @bottom-left { content: 'Foot' } @left-middle { content: 'Side' } }"


@cache
def spoken(body: str, style: str = "") -> Spoken:
    """A document, printed on small pages by the program that prints reports."""
    html = f"{HEAD.format(PAGE + style)}<body>{body}</body></html>"
    return Spoken(renderer().render(PrintJob(html, (), "", "a test")))


def shape(element: Element) -> object:
    """An element's type with the shapes of those below; a string where there is none."""
    below = [shape(kid) for kid in element.elements]
    return (element.kind, *below) if below else element.kind


def test_words_right_in_a_block_get_a_paragraph_and_wrappers_vanish() -> None:
    tree = spoken("<section><div><div>One <b>two</b> three<p>Four</p>five</div></div> </section>").root
    assert shape(tree) == ("/Document", ("/Sect", "/P", "/P", "/P"))
    assert [each.words for each in tree.elements[0].elements] == ["One two three", "Four", "five"]


def test_what_is_empty_is_no_element_but_a_cell_is() -> None:
    body = "<p></p><section><ul></ul><div> </div></section><table><tr><th>A</th><td></td></tr></table>"
    assert shape(spoken(body).root) == ("/Document", ("/Table", ("/TBody", ("/TR", "/TH", "/TD"))))


def test_a_list_has_labels_and_bodies_and_lists_inside_its_bodies() -> None:
    body = "<ol><li>One<ul><li>Two</li></ul></li><li><p>Three</p></li></ol><ul class=plain><li>Four</li></ul>"
    tree = spoken(body, ".plain { list-style: none }").root
    inner = ("/L", ("/LI", "/Lbl", "/LBody"))
    assert shape(tree) == (
        "/Document",
        ("/L", ("/LI", "/Lbl", ("/LBody", inner)), ("/LI", "/Lbl", ("/LBody", "/P"))),
        ("/L", ("/LI", "/LBody")),
    )
    numbered, plain = tree.elements
    assert [str(each.attributes["/ListNumbering"]) for each in (numbered, plain)] == ["/Decimal", "/None"]
    assert numbered.words == "1. One ◦ Two 2. Three"


def test_terms_and_their_meanings_are_items_of_one_list() -> None:
    body = "<dl><dt>A</dt><dt>B</dt><dd>One</dd><dd>Two</dd><div><dt>C</dt><dd><p>Three</p></dd></div></dl>"
    assert shape(spoken(body).root) == (
        "/Document",
        ("/L", ("/LI", "/Lbl", "/Lbl", "/LBody", "/LBody"), ("/LI", "/Lbl", ("/LBody", "/P"))),
    )


def test_what_is_broken_over_pages_is_one_element() -> None:
    words = " ".join(f"word{n}" for n in range(400))
    items = "".join(f"<li>Item {n} {'and more ' * 9}</li>" for n in range(20))
    tree = spoken(f"<section><p>{words}</p><ul>{items}</ul></section>")
    assert len(tree.pages) > 3
    assert shape(tree.root) == ("/Document", ("/Sect", "/P", ("/L", *[("/LI", "/Lbl", "/LBody")] * 20)))
    (paragraph,) = tree.all("/P")
    assert paragraph.words == words
    assert len({page for page, _ in paragraph.pieces()}) > 1


def test_a_table_over_pages_is_one_table_with_one_head() -> None:
    rows = "".join(
        f"<tr><th scope=row>Row {n}</th><td>{'left ' * 30}</td><td>{'right ' * 90}</td></tr>"
        for n in range(6)
    )
    head = "<thead><tr><th scope=col>Name</th><th>Left</th><th><a href=#x>Right</a></th></tr></thead>"
    tree = spoken(f"<table id=x><caption>All</caption>{head}<tbody>{rows}</tbody></table>")
    (table,) = tree.all("/Table")
    assert len(tree.pages) > 3
    assert table.kinds == ["/Caption", "/THead", "/TBody"]
    assert [len(row.kids) for row in tree.all("/TR")] == [3] * 7
    assert [cell.words for cell in tree.all("/TD")] == [" ".join(["left"] * 30), " ".join(["right"] * 90)] * 6
    repeated = [piece for page in tree.pages[1:] for piece in page.pieces if piece.words.strip() == "Name"]
    assert repeated
    assert {str(piece.properties["/Type"]) for piece in repeated} == {"/Pagination"}
    areas = [area for page in tree.pdf.pages for area in page.get("/Annots", [])]
    assert len(areas) == 1, "the link in the repeated head would lead nowhere in the tree"


def test_cells_that_span_others_give_each_cell_the_names_of_its_headers() -> None:
    body = """<table><thead><tr><th rowspan=2>Name</th><th colspan=2>Seen by</th></tr>
        <tr><th>Staff</th><th>Public</th></tr></thead>
        <tbody><tr><th>A</th><td>1</td><td>2</td></tr><tr><th>B</th><td colspan=2>3</td></tr></table>"""
    tree = spoken(body)
    names = {str(cell.dictionary.ID): cell.words for cell in tree.all("/TH")}
    headers = {cell.words: [names[str(n)] for n in cell.attributes["/Headers"]] for cell in tree.all("/TD")}
    assert headers == {
        "1": ["A", "Seen by", "Staff"],
        "2": ["A", "Seen by", "Public"],
        "3": ["B", "Seen by", "Staff", "Public"],
    }
    listed = [str(name) for name in tree.pdf.Root.StructTreeRoot.IDTree.Names[::2]]
    assert listed == sorted(names)
    spans = [
        (int(c.attributes.get("/ColSpan", 1)), int(c.attributes.get("/RowSpan", 1))) for c in tree.all("/TH")
    ]
    assert spans[:2] == [(1, 2), (2, 1)]


def test_a_table_without_spans_needs_no_names() -> None:
    tree = spoken("<table><tr><th>A</th><td>1</td></tr></table>")
    assert "/IDTree" not in tree.pdf.Root.StructTreeRoot
    assert "/Headers" not in tree.all("/TD")[0].attributes


def test_contents_are_contents_where_they_say_so() -> None:
    list_of = "<ul><li><a href=#x>One</a><ul><li><a href=#x>Two</a></li></ul></li></ul>"
    entry = ("/Reference", "/Link")
    tree = spoken(f"<nav role=doc-toc><h2 id=x>Contents</h2>{list_of}</nav><nav>{list_of}</nav>").root
    item = ("/L", ("/LI", "/Lbl", ("/LBody", "/Link")))
    assert shape(tree) == (
        "/Document",
        ("/Sect", "/H2", ("/TOC", ("/TOCI", "/Lbl", entry, ("/TOC", ("/TOCI", "/Lbl", entry))))),
        ("/Sect", ("/L", ("/LI", "/Lbl", ("/LBody", "/Link", item)))),
    )


def test_a_link_over_two_lines_has_two_areas_and_one_with_parts_has_one() -> None:
    long = " ".join(["https://example.org/a-long-address"] * 3)
    whole = '<a href="#y"><b>this</b> <i>one</i></a>'
    body = f'<p>See <a href="https://example.org/x">{long}</a> or {whole}</p><p id=y>Y'
    tree = spoken(body, "a::before { content: '7'; display: inline-block; width: 9mm }")
    first, second = tree.all("/Link")
    assert len(first.links) > 1
    assert len(second.links) == 1
    assert str(second.links[0].Obj.Contents) == "7 this one"
    assert {int(link.Obj.F) for link in (*first.links, *second.links)} == {4}


def test_a_link_that_leads_nowhere_is_plain_words() -> None:
    tree = spoken("<p>See <a href='#nowhere'>this</a> and <a>that</a></p>").root
    assert shape(tree) == ("/Document", "/P")


def test_words_in_another_language_say_so_wherever_it_begins() -> None:
    body = """<p>Said <span lang=cy>yn Gymraeg</span> <b>loud</b></p>
        <div lang=fr>Un <b>deux</b><p lang=en>x</p></div><ul lang=cy><li>Un</li></ul>"""
    tree = spoken(body)
    marked = {
        each.words: str(each.dictionary.Lang) for each in tree.root.below() if "/Lang" in each.dictionary
    }
    assert marked == {"yn Gymraeg": "cy", "Un deux": "fr", "• Un": "cy"}


def test_a_picture_has_words_or_adorns() -> None:
    svg = '<svg width="20" height="10" {}>{}<rect width="20" height="10"/></svg>'
    body = "".join(
        (
            f"<p>A {svg.format('', '<title>A  bar</title>')}</p>",
            svg.format('aria-label="Two bars"', ""),
            svg.format('aria-hidden="true"', ""),
        )
    )
    tree = spoken(body, "svg { display: block } p svg { display: inline } body { margin: 10px }")
    assert [figure.words for figure in tree.all("/Figure")] == ["A bar", "Two bars"]
    assert shape(tree.root) == ("/Document", ("/P", "/Figure"), "/Figure")
    left, bottom, right, top = (float(value) for value in tree.all("/Figure")[1].attributes["/BBox"])
    assert (round(right - left, 2), round(top - bottom, 2)) == (15, 7.5)  # points: three quarters of pixels
    assert left == pytest.approx(15 / 25.4 * 72 + 7.5)
    adorning = [piece for piece in tree.pages[0].pieces if piece.properties.get("/Type") == "/Layout"]
    assert adorning


def test_running_heads_say_where_they_stand() -> None:
    pieces = [
        piece for piece in spoken("<p>Words</p>").pages[0].pieces if piece.number is None and piece.words
    ]
    found = {piece.words: piece.properties.get("/Subtype") for piece in pieces}
    assert found == {"Foot": "/Footer", "Page 1 of 1": "/Footer", "Side": None}


def test_words_that_are_drawn_otherwise_than_read_are_said_as_read() -> None:
    body = "<p>שלום (1) עולם</p><p>See (2) and <b>x</b> \N{PARTY POPPER}</p><p>हिन्दी</p><p>a<b> </b>b</p>"
    tree = spoken(body, "p { font-family: 'Noto Sans', 'Noto Sans Hebrew' }")
    said = [each.words for each in tree.all("/P")]
    assert said == ["שלום (1) עולם", "See (2) and x \N{PARTY POPPER}", "हिन्दी", "a b"]
    plain = next(piece for _, piece in tree.all("/P")[1].pieces())
    assert plain.glyphs.strip() == "See (2) and", "brackets are turned round in text from right to left only"
    assert "/ActualText" not in plain.properties
    assert sum(page.unknown for page in tree.pages) == 0


def test_white_space_between_blocks_is_no_content() -> None:
    body = "<ul>\n<li>One</li>\n<li>Two</li>\n</ul>"
    tree = spoken(body, "ul { white-space: pre-wrap } li { display: inline-block; list-style: none }").root
    assert shape(tree) == ("/Document", ("/L", ("/LI", "/LBody"), ("/LI", "/LBody")))


@pytest.mark.parametrize(
    ("body", "style"),
    [
        ("<p>Half <svg width='9' height='9'><rect width='9' height='9'/></svg></p>", ""),
        ("<p class=pale>Words</p>", ".pale { opacity: 0.5 }"),
    ],
    ids=["a picture without words", "words that are drawn apart from their page"],
)
def test_what_would_be_silent_is_not_printed(body: str, style: str) -> None:
    with pytest.raises(ReportFailed):
        spoken(body, style)


@pytest.mark.parametrize("gone", [' lang="en"', "<title>A document</title>"])
def test_a_document_has_a_title_and_a_language(gone: str) -> None:
    html = f"{HEAD.format('').replace(gone, '')}<body><p>Words</p></body></html>"
    with pytest.raises(ReportFailed):
        renderer().render(PrintJob(html, (), "", "a test"))
