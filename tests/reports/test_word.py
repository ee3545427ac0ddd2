"""The Word document says what the printed report says, in Word's own terms, and the same every time."""

from __future__ import annotations

import base64
import re
from copy import deepcopy
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pedri_assess.config import data_dir
from pedri_assess.domain.building import framework_from
from pedri_assess.domain.edition import Logo
from pedri_assess.reports import SECTIONS, Report, read_logo, report_docx, sections
from pedri_assess.reports.document import document
from pedri_assess.reports.word.markup import KNOWN, read
from pedri_assess.reports.word.pieces import KEEPS_LINES, ROWS, STRONG_CLASSES, SYMBOLS
from pedri_assess.reports.word.tables import span, table_of, widths
from pedri_assess.reports.word.writer import SMALL, STYLES
from pedri_assess.services.reports import report_for
from tests.unit.frameworks import answered, framework_documents

from .material import EXAMPLES, an_edition, shelf, some_answers, tiny, with_evidence
from .pictures import BIRD, jpeg, png
from .wordfile import NAMES, WordFile, name, opened, out_of_order, style_of, text_of

TEMPLATES, FONTS = data_dir("templates"), data_dir("static") / "fonts"
IN_PARAGRAPHS = {"a", "abbr", "b", "bdi", "br", "code", "em", "i", "small", "span", "strong", "time"}


def word(report: Report) -> WordFile:
    return opened(report_docx(report, TEMPLATES, FONTS))


def full() -> Report:
    """A report with something in nearly every section."""
    return report_for(tiny(), some_answers(), an_edition("What people wrote"))


@pytest.fixture(scope="module")
def made() -> WordFile:
    return word(full())


def told(report: Report) -> list[str]:
    """The words of the printed HTML, as a strict parser reads it, without pictures and what is not seen."""
    page = html5lib.parse(document(report, TEMPLATES, "word"), namespaceHTMLElements=False)
    return "".join(_said(page.find("body"))).split()


def _said(element: Element) -> list[str]:
    tag = element.tag.rpartition("}")[2]
    if tag == "svg" or "report-hidden" in element.get("class", ""):
        return [" "]
    if symbols := [symbol for key, symbol in SYMBOLS.items() if key in element.get("class", "")]:
        return symbols
    between = "" if tag in IN_PARAGRAPHS and tag != "br" else " "
    said = [between, element.text or ""]
    for item in element:
        said += [*_said(item), item.tail or ""]
    return [*said, between]


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_it_says_word_for_word_what_is_printed(data: st.DataObject) -> None:
    framework = framework_from(data.draw(framework_documents()), "sha256:" + "0" * 64)
    report = report_for(framework, data.draw(answered(framework)))
    assert word(report).words() == told(report)


def test_it_says_so_with_every_kind_of_section_too(made: WordFile) -> None:
    assert made.words() == told(full())


def test_sections_are_headings_in_order(made: WordFile) -> None:
    wanted = [section.title for section in sections(full())]
    headings = list(made.headings())
    assert [text for depth, text in headings if depth <= 1] == wanted
    assert [depth for depth, _ in headings].count(0) == 1
    assert all(after <= before + 1 for (before, _), (after, _) in pairwise(headings))


@pytest.mark.parametrize("section", [make.__name__ for make in SECTIONS])
def test_word_has_a_form_for_all_that_a_sections_template_has(section: str) -> None:
    """Where this fails: name the element in reports/word/markup.py, and write it in writer.py."""
    unknown = {tag for path in templates_of(section) for tag in tags(path)} - KNOWN
    assert unknown == set()


def templates_of(section: str) -> list[Path]:
    """The template of a section, and those that it includes."""
    folder = TEMPLATES / "report"
    found, waiting = [], [folder / f"{section}.html", folder / "macros.html", folder / "document.html"]
    while waiting:
        path = waiting.pop()
        found.append(path)
        included = re.findall(r'include "report/(\w+\.html)"', path.read_text("utf-8"))
        waiting += [folder / item for item in included if folder / item not in found]
    return found


def tags(path: Path) -> set[str]:
    """The elements that a template writes, without what its pictures are drawn with."""
    text = re.sub(r"\{[#%].*?[#%]\}|<svg.*?</svg>", "", path.read_text("utf-8"), flags=re.DOTALL)
    return set(re.findall(r"<([a-z][a-z0-9-]*)", text))


def test_an_element_that_word_has_no_form_for_would_be_found(tmp_path: Path) -> None:
    path = tmp_path / "new.html"
    path.write_text("<p>Here <marquee>moves</marquee></p> {# <blink> #}", "utf-8")
    assert tags(path) - KNOWN == {"marquee"}


def test_every_class_that_has_a_style_is_in_a_template() -> None:
    written = "".join(path.read_text("utf-8") for path in (TEMPLATES / "report").glob("*.html"))
    assert [
        each
        for each in (*STYLES, *STRONG_CLASSES, *SYMBOLS, *SMALL, KEEPS_LINES, ROWS)
        if each not in written
    ] == []


def test_every_mark_without_a_word_has_a_symbol() -> None:
    written = "".join(path.read_text("utf-8") for path in (TEMPLATES / "report").glob("*.html"))
    marks = re.findall(r'(report-key__\w+)">&nbsp;', written)
    assert marks
    assert set(marks) == set(SYMBOLS)


def test_every_style_is_described(made: WordFile) -> None:
    described = {item.attrib[name("w:styleId")] for item in made.xml("word/styles.xml").iter(name("w:style"))}
    attribute = name("w:val")
    used = {
        item.attrib[attribute]
        for kind in ("pStyle", "rStyle", "tblStyle")
        for item in made.body.iter(name(f"w:{kind}"))
    }
    assert used <= described
    assert {"Heading1", "ListBullet", "ListNumber", "Caption", "TOC1", "TOC2", "ReportTable"} <= used
    assert set(STYLES.values()) <= described


def test_everything_comes_in_the_order_that_the_standard_asks_for(made: WordFile) -> None:
    parts = [name for name in made.parts if name.startswith("word/") and name.endswith(".xml")]
    assert len(parts) == 7
    assert {part: faults for part in parts if (faults := out_of_order(made.xml(part)))} == {}
    wrong = ElementTree.fromstring(f'<w:pPr xmlns:w="{NAMES["w"]}"><w:ind/><w:pStyle/></w:pPr>')
    assert out_of_order(wrong) == ["pPr: ind pStyle"]


def test_headings_of_tables_come_again_and_rows_stay_whole(made: WordFile) -> None:
    rows = [row for table in made.tables for row in table.iter(name("w:tr"))]
    assert len(rows) > 20
    assert all(row.find("w:trPr/w:cantSplit", NAMES) is not None for row in rows)
    headed = [table for table in made.tables if table.find(".//w:tblHeader", NAMES) is not None]
    assert len(headed) == len(made.tables) - 1  # the table of facts on the cover has none
    for table in headed:
        first = table.find("w:tr", NAMES)
        assert first.find("w:trPr/w:tblHeader", NAMES) is not None
        assert {style_of(paragraph) for paragraph in first.iter(name("w:p"))} == {"TableHeading"}
    captions = [table.find("w:tblPr/w:tblCaption", NAMES).attrib[name("w:val")] for table in made.tables]
    assert all(captions)


def test_every_cell_has_a_paragraph_and_columns_fill_the_page(made: WordFile) -> None:
    for table in made.tables:
        columns = [int(item.attrib[name("w:w")]) for item in table.iter(name("w:gridCol"))]
        assert sum(columns) == 9412
        assert min(columns) > 0
        for cell in table.iter(name("w:tc")):
            assert cell[-1].tag == name("w:p")


def test_pictures_say_what_they_show(made: WordFile) -> None:
    shown = [item.attrib.get("descr", "") for item in made.body.iter(name("wp:docPr"))]
    assert len(shown) == document(full(), TEMPLATES, "word").count("<svg") > 0
    assert all(shown)
    ids = [item.attrib["id"] for item in made.body.iter(name("wp:docPr"))]
    assert len(set(ids)) == len(ids)
    for extent in made.body.iter(name("wp:extent")):
        assert 0 < int(extent.attrib["cx"]) <= 9412 * 635
        assert int(extent.attrib["cy"]) > 0


def test_links_within_lead_to_places_and_places_have_one_name(made: WordFile) -> None:
    places = [item.attrib[name("w:name")] for item in made.body.iter(name("w:bookmarkStart"))]
    assert len(set(places)) == len(places)
    assert all(re.fullmatch(r"_\w{1,39}", place) for place in places)
    led = [item.attrib.get(name("w:anchor")) for item in made.body.iter(name("w:hyperlink"))]
    assert {place for place in led if place} <= set(places)
    assert len([place for place in led if place]) > 30


def test_contents_are_a_field_with_the_entries_of_the_printed_contents(made: WordFile) -> None:
    page = html5lib.parse(document(full(), TEMPLATES, "word"), namespaceHTMLElements=False)
    nav = page.find(".//nav")
    wanted = [" ".join("".join(link.itertext()).split()) for link in nav.iter("a")]
    entries = [item for item in made.paragraphs if style_of(item) in ("TOC1", "TOC2")]
    assert [text_of(entry) for entry in entries] == wanted
    titles = [standard.title for standard in tiny().standards]
    assert [text_of(entry) for entry in entries if style_of(entry) == "TOC2"] == titles
    (code,) = made.body.iter(name("w:instrText"))
    assert code.text.split()[0] == "TOC"
    kinds = [item.attrib[name("w:fldCharType")] for item in made.body.iter(name("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]


def test_pages_are_numbered_and_name_the_report(made: WordFile) -> None:
    footer, header = made.xml("word/footer.xml"), made.xml("word/header.xml")
    codes = [item.text.strip() for item in footer.iter(name("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]
    assert "A tiny framework" in "".join(footer.itertext())
    assert "Example Trust" in "".join(header.itertext())


def test_it_has_a_title_an_author_a_language_and_the_day_of_the_assessment(made: WordFile) -> None:
    core = made.xml("docProps/core.xml")
    assert core.findtext("dc:title", namespaces=NAMES) == "Improvement report: Example Trust"
    assert core.findtext("dc:creator", namespaces=NAMES) == "Example Trust"
    assert core.findtext("dc:language", namespaces=NAMES) == "en-GB"
    assert core.findtext("dcterms:created", namespaces=NAMES) == "2026-11-23T00:00:00Z"
    assert core.findtext("dcterms:modified", namespaces=NAMES) == "2026-11-23T00:00:00Z"
    language = made.xml("word/styles.xml").find("w:docDefaults//w:lang", NAMES)
    assert language.attrib[name("w:val")] == "en-GB"


def test_the_same_report_makes_the_same_bytes_with_no_clock_in_them() -> None:
    once, again = (report_docx(full(), TEMPLATES, FONTS) for _ in range(2))
    assert once == again
    assert opened(once).dates == {(1980, 1, 1, 0, 0, 0)}
    undated = word(report_for(tiny(), some_answers(date="")))
    assert (
        undated.xml("docProps/core.xml").findtext("dcterms:created", namespaces=NAMES)
        == "1980-01-01T00:00:00Z"
    )


def test_a_level_is_its_name_on_its_colour(made: WordFile) -> None:
    marked = [run for run in made.body.iter(name("w:r")) if run.find("w:rPr/w:shd", NAMES) is not None]
    assert len(marked) > 10
    assert all(text_of(run).strip() for run in marked)
    grounds = {run.find("w:rPr/w:shd", NAMES).attrib[name("w:fill")] for run in marked}
    assert len(grounds) > 3
    broken = [run for run in marked if run.find("w:rPr/w:bdr", NAMES).attrib[name("w:val")] == "dashed"]
    assert {text_of(run).strip() for run in broken} >= {"Not answered yet"}


def test_lines_that_people_wrote_stay_lines_and_other_languages_say_so() -> None:
    report = report_for(
        framework_from(framework_with_welsh(), "sha256:0"),
        some_answers(
            answers={"A-1": {"level": 1, "evidence": "one\ntwo", "reason": "مرحبا بكم"}}, ratings={}
        ),
    )
    made = word(report)
    texts = {text_of(paragraph): paragraph for paragraph in made.paragraphs}
    assert any(text.endswith(": one\ntwo") for text in texts)
    right = texts["مرحبا بكم"]
    assert right.find("w:pPr/w:bidi", NAMES) is not None
    assert right.find("w:r/w:rPr/w:rtl", NAMES) is not None
    welsh = texts["Safon"]
    assert welsh.find(".//w:rPr/w:lang", NAMES).attrib[name("w:val")] == "cy"


def framework_with_welsh() -> dict[str, object]:
    """The tiny framework with one title in Welsh alone."""
    made = deepcopy(EXAMPLES["framework"])
    made["standards"][0]["title"] = {"cy": "Safon"}
    return made


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("https://example.org/a?b=1&c=2#d", "https://example.org/a?b=1&c=2#d"),
        ("https://example.org/café 100%", ""),
        ("https://example.org/caf%C3%A9/100%", "https://example.org/caf%C3%A9/100%25"),
        ("https://example.org/é", "https://example.org/%C3%A9"),
        ("http://example.org/", ""),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("https://bank.example@other.example/", ""),
        ("https://exämple.org/", ""),
        ("https://[::1/", ""),
        ("https://example.org:99999/", ""),
    ],
)
def test_only_plain_addresses_over_https_are_links(address: str, leads_to: str) -> None:
    answers = {"A-1": {"level": 1, "links": [{"address": address, "title": "Here"}]}}
    made = word(report_for(tiny(), some_answers(answers=answers)))
    evidence = [link for link in made.links.values() if link != "https://pedri.example/"]
    assert evidence == ([leads_to] if leads_to else [])
    assert "Here: " + address in {text_of(paragraph) for paragraph in made.paragraphs}


@pytest.mark.parametrize("version", ["2023.1", "2025.1"])
def test_the_shipped_standards_have_a_document(version: str) -> None:
    framework = shelf().get("pedri", version)
    blank = some_answers(
        framework="pedri", version=version, answers={}, ratings={}, targets={}, importance={}
    )
    report = report_for(framework, blank)
    made = word(report)
    assert made.words() == told(report)
    assert {url for url in made.links.values() if not url.startswith("https://")} == set()


def test_a_column_has_room_for_its_longest_word_where_there_is_room() -> None:
    html = (
        "<table><tr><td>a</td><td>considerations</td></tr><tr><td>"
        + "word " * 90
        + "</td><td>b</td></tr></table>"
    )
    table = table_of(next(item for item in read(html).walk() if item.tag == "table"))
    first, second = widths(table, 9_412)
    assert first + second == 9_412
    assert second >= len("considerations") * 120
    assert first > second


def test_cells_over_several_columns_are_counted() -> None:
    html = '<table><tr><th colspan="2">both</th></tr><tr><td>one</td><td>two</td></tr></table>'
    table = table_of(next(item for item in read(html).walk() if item.tag == "table"))
    assert table.columns == 2
    assert span(table.rows[0].cells[0]) == 2


def test_a_section_that_is_left_out_leaves_no_link_to_nowhere() -> None:
    report = report_for(tiny(), some_answers(), an_edition("Words", left_out=("standards",)))
    made = word(report)
    places = {item.attrib[name("w:name")] for item in made.body.iter(name("w:bookmarkStart"))}
    led = {item.attrib.get(name("w:anchor")) for item in made.body.iter(name("w:hyperlink"))} - {None}
    assert led <= places


def test_long_names_fit_the_properties_of_a_file() -> None:
    report = report_for(tiny(), with_evidence("x" * 600))
    made = word(report)
    core = made.xml("docProps/core.xml")
    lengths = [len(core.findtext(f"dc:{name}", namespaces=NAMES) or "") for name in ("title", "creator")]
    assert lengths == [150, 255]


def test_a_frameworks_words_are_words_too() -> None:
    made_of = deepcopy(EXAMPLES["framework"])
    words = '<b>R&D</b> ]]> {{7*7}} { PAGE } "quoted" </w:t>'
    made_of["title"] = made_of["standards"][0]["title"] = made_of["scale"][1]["label"] = words
    made_of["standards"][0]["criteria"][0]["statement"] = words
    report = report_for(framework_from(made_of, "sha256:0"), some_answers())
    made = word(report)
    assert made.words() == told(report)
    assert [item.text.split()[0] for item in made.body.iter(name("w:instrText"))] == ["TOC"]


@pytest.mark.parametrize("content", [BIRD.encode(), png(), jpeg()], ids=["svg", "png", "jpeg"])
def test_the_logo_is_a_picture_with_its_words(content: bytes) -> None:
    edition = an_edition(logo=read_logo(content, "A bird over <water>"))
    made = word(report_for(tiny(), some_answers(), edition))
    first = next(made.body.iter(name("wp:inline")))
    assert first.find("wp:docPr", NAMES).attrib["descr"] == "A bird over <water>"
    size = first.find("wp:extent", NAMES).attrib
    assert int(size["cx"]) <= 2_160_000
    assert int(size["cy"]) <= 864_000
    assert max(int(size["cx"]) / 2_160_000, int(size["cy"]) / 864_000) > 0.99


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("svg", b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/hostname"/></svg>'),
        ("png", b"\x89PNG\r\n\x1a\nno more"),
        ("jpeg", b"\xff\xd8\xff"),
    ],
)
def test_a_logo_that_is_none_is_left_out(kind: str, content: bytes) -> None:
    logo = Logo(kind, base64.b64encode(content).decode(), "A bird")
    made = word(report_for(tiny(), some_answers(), an_edition(logo=logo)))
    assert "A bird" not in [item.attrib["descr"] for item in made.body.iter(name("wp:docPr"))]
