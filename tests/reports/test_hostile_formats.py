"""What people type is text in every form of a report: no formula, field, markup or control character."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import html5lib
import pikepdf
import pytest

from pedri_assess.domain.assessment import assessment_document
from pedri_assess.reports import Report, answers_json, print_job, report_docx, result_csv, result_workbook
from pedri_assess.reports.document import document
from pedri_assess.reports.easy_read import easy_read_html, easy_read_job
from pedri_assess.services.reports import report_for

from . import spreadsheet, wordfile
from .material import renderer, tiny, with_evidence
from .told import STATIC, TEMPLATES

LEADS = "https://example.org/"  # the one link in the answers
# What is typed, and what of it must be read: the same, but for what no paper and no cell can hold
TYPED = {
    "formula": "=1+1",
    "plus": "+1",
    "minus": "-1",
    "at": "@SUM(A1)",
    "formula after a tab": "\t=1",
    "formula after a line": "x\r\n=1",
    "formula in braces": "{=1}",
    "program": "=cmd|' /C calc'!A0",
    "link as a formula": '=HYPERLINK("https://evil.example","x")',
    "full-width formula": "＝1+1",
    "field": '{ HYPERLINK "https://evil.example/" }',
    "file as a field": "{ INCLUDETEXT /etc/passwd }",
    "field mark-up": '<w:fldSimple w:instr="DDEAUTO calc"/>',
    "end of a run": "</w:t></w:r><w:r><w:t>x",
    "end of a section": "]]></w:t>",
    "entity": '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>&y;',
    "number of a character": "&#0; &#x1F; &lt;b&gt;",
    "escape of a workbook": "_x0041_ _x000D_",
    "script": "<script>alert(1)</script>",
    "picture": "<img src=https://evil.example/x onerror=alert(1)>",
    "svg": '<svg><title>x</title><image href="file:///etc/passwd"/></svg>',
    "template": "{{ 7*7 }}{% include '/etc/passwd' %}",
    "address": "https://evil.example/",
    "program as an address": "javascript:alert(1)",
    "control": "a\x00\x01\x08\x0b\x0c\x0e\x1f\x7f\x85b",
    "escape": "\x1b[31mred",
    "no characters": "a\ufffe\uffffb",
    "override": "\u202eright\u202c",
    "right to left": "مرحبا بكم",
    "emoji": "👩🏽‍🔬 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    "quotes": '\'single" "double',
}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def seen(text: str) -> str:
    """What can be read of a text, with single spaces."""
    kept = re.sub("[\x0b\x0c\x85]", "\n", text)
    return " ".join(re.sub("[\u202a-\u202e]", "", _CONTROL.sub("", kept)).split())


def in_csv(report: Report, text: str) -> None:
    content = result_csv(report).decode("utf-8-sig")
    assert not _CONTROL.search(content)
    rows = list(csv.reader(io.StringIO(content, newline="")))
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if re.match(r"\s*[=+\-@＝＋－＠]", cell)]
    told = {_without_breaks(each) for cell in cells for each in (cell, cell.removeprefix("'"))}
    assert _without_breaks(text) in told


def in_workbook(report: Report, text: str) -> None:
    book = spreadsheet.opened(result_workbook(report))
    sheets = "".join(content for name, content in book.parts.items() if name.startswith("xl/worksheets"))
    assert "<f>" not in sheets
    assert "hyperlink" not in sheets.lower()
    assert not any(_CONTROL.search(content) for content in book.parts.values())
    cells = {str(value) for sheet in book.sheets.values() for value in sheet.values()}
    shown = {re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), cell) for cell in cells}
    assert _without_breaks(text) in set(map(_without_breaks, shown))


def _without_breaks(text: str) -> str:
    return " ".join(_CONTROL.sub("", text).split())


def in_json(report: Report, text: str) -> None:
    assert json.loads(answers_json(report.assessment)) == assessment_document(report.assessment)
    assert report.assessment.answers["A-1"].evidence == text


def in_word(report: Report, text: str) -> None:
    made = wordfile.opened(report_docx(report, TEMPLATES, STATIC / "fonts"))
    assert {link for link in made.links.values() if link.startswith("https://evil")} == set()
    assert LEADS in made.links.values()
    codes = ["".join(item.itertext()).split()[0] for item in made.body.iter(wordfile.name("w:instrText"))]
    assert codes == ["TOC"]
    assert list(made.body.iter(wordfile.name("w:fldSimple"))) == []
    for name, part in made.parts.items():
        if name.endswith(".xml"):
            assert b"<!DOCTYPE" not in part
            assert not _CONTROL.search(part.decode("utf-8"))
    assert made.parts.keys() == wordfile.opened(_plain()).parts.keys()
    assert seen(text) in " ".join(made.words())


def _plain() -> bytes:
    return report_docx(report_for(tiny(), with_evidence("plain")), TEMPLATES, STATIC / "fonts")


def in_html(make: Callable[[Report], str], report: Report, text: str) -> None:
    page, plain = (
        html5lib.parse(make(each), namespaceHTMLElements=False)
        for each in (report, report_for(tiny(), with_evidence("plain")))
    )
    assert {str(item.tag) for item in page.iter()} == {str(item.tag) for item in plain.iter()}
    assert not [name for item in page.iter() for name in item.attrib if str(name).startswith("on")]
    addresses = {item.get("href", "") for item in page.iter("a")}
    assert all(address.startswith(("#", "https://")) for address in addresses)
    assert "https://evil.example/" not in addresses
    assert seen(text) in " ".join("".join(page.find("body").itertext()).split())


def in_print(report: Report, text: str) -> None:
    in_html(lambda each: document(each, TEMPLATES), report, text)


def in_page(report: Report, text: str) -> None:
    in_html(lambda each: document(each, TEMPLATES, "web"), report, text)


def in_easy_read(report: Report, text: str) -> None:
    in_html(lambda each: easy_read_html(each, TEMPLATES), report, text)


FORMS = [in_csv, in_workbook, in_json, in_word, in_page, in_print, in_easy_read]


@pytest.mark.parametrize("kind", TYPED)
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_what_people_typed_is_text(form: Callable[[Report, str], None], kind: str) -> None:  # R44 R45
    form(report_for(tiny(), with_evidence(TYPED[kind])), TYPED[kind])


@pytest.mark.parametrize("make", [print_job, easy_read_job], ids=["report", "easy read"])
def test_what_people_typed_is_text_in_print(make: Callable[..., object], tmp_path: Path) -> None:
    """All of it in one report, since printing takes long."""
    everything = "\n\n".join(TYPED.values())
    content = renderer().render(make(report_for(tiny(), with_evidence(everything)), TEMPLATES))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary):
                assert not {"/JS", "/JavaScript", "/OpenAction", "/Launch", "/AA", "/GoToR"} & set(
                    thing.keys()
                )
                if "/URI" in thing and isinstance(thing["/URI"], pikepdf.String):
                    assert str(thing["/URI"]).startswith(LEADS)
    path = tmp_path / "report.pdf"
    path.write_bytes(content)
    words = subprocess.run(
        ["pdftotext", "-raw", path, "-"], capture_output=True, check=True, text=True
    ).stdout
    assert not re.search(
        "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u202d\u202e]", words
    )  # pdftotext itself marks what runs from right to left
    shown = "".join(words.split())
    for kind in ("formula", "field", "end of a run", "script", "template", "entity", "program"):
        assert "".join(TYPED[kind].split()) in shown
