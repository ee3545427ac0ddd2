"""The numbers that each form of a report tells, read from its file as a reader or a program finds them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

import html5lib

from pedri_assess.config import data_dir
from pedri_assess.domain.result import Result
from pedri_assess.domain.standards import Framework
from pedri_assess.reports import Report, report_docx, result_csv, result_workbook
from pedri_assess.reports.document import document

from . import spreadsheet, wordfile
from .spoken import Spoken

TEMPLATES, STATIC = data_dir("templates"), data_dir("static")
COUNTS = "How many criteria of each standard are at each level?"
STANDS = "Where does each standard stand?"
REST = "Gaps after the first"
QUICK = "with a quick win"
IN_LINE = {"a", "b", "bdi", "br", "code", "em", "i", "span", "strong"}

_ANSWERED = re.compile(r"(\d+) of (\d+) applicable criteri(?:on|a) (?:is|are) answered")
_BELOW = re.compile(r"answered\b.*?\. (\d+|None) (?:is|are) below (?:its|their) target")
_CRITERION = re.compile(
    r"(C\d+-\d+) Statement \1 Level (Level \d+|Not applicable|Not known yet|Not answered yet)"
)
_WORK = re.compile(
    r"(\d+) (C\d+-\d+) Statement \2 (Level \d+) Target: (Level \d+)\. Gap: (\d+) levels?\. Importance: \w+\."
)
_STANDS = re.compile(r"(Level \d+|No level yet) Target: (Level \d+)$")
_SIZE = re.compile(r"(\d+) levels?")


@dataclass(frozen=True)
class Numbers:
    """What a form tells: of standards in order, of criteria by id, and the order of work.

    `standards` are level, target, counts, unanswered and not applicable; `criteria` what each is at; `work`
    place, criterion, level, target and gap; a level is its label.
    """

    standards: list[tuple[Any, ...]]
    criteria: dict[str, str]
    work: list[tuple[Any, ...]]
    quick_wins: set[str]
    answered: tuple[int, int]
    below: int


@dataclass(frozen=True)
class Shown:
    """A form as all that it says, and its tables by caption, each with its row of headings."""

    words: str
    tables: dict[str, list[list[str]]]

    def rows(self, caption: str) -> list[list[str]]:
        """The rows of the one table whose caption has these words, without headings; none for no table."""
        found = [rows for name, rows in self.tables.items() if caption in name]
        assert len(found) < 2
        return found[0][1:] if found else []


def expected(framework: Framework, result: Result, marks: dict[str, str]) -> Numbers:
    """What a result says; `marks` is what a criterion without a level is said to be."""
    label = [level.label for level in framework.scale]
    levels = {item.criterion: label[item.level] for item in result.criteria}
    return Numbers(
        standards=[
            (
                None if standard.level is None else label[standard.level],
                label[standard.target],
                list(standard.counts),
                standard.unanswered,
                standard.not_applicable,
            )
            for standard in result.standards
        ],
        criteria={name: levels.get(name, mark) for name, mark in marks.items()},
        work=[
            (place, gap.criterion, label[gap.level], label[gap.target], gap.gap)
            for place, gap in enumerate(result.order_of_work, 1)
        ],
        quick_wins=set(result.quick_wins),
        answered=(
            sum(standard.answered for standard in result.standards),
            sum(standard.applicable for standard in result.standards),
        ),
        below=len(result.order_of_work),
    )


def numbers_of(shown: Shown, levels: int) -> Numbers:
    """The numbers of a page, a printed report or a Word document, with so many levels."""
    stands, counts = shown.rows(STANDS), shown.rows(COUNTS)
    assert len(stands) == len(counts) > 0
    standards = []
    for at, row in zip(stands, counts, strict=True):
        *told, unanswered, left_out, whole = map(int, row[-(levels + 3) :])
        assert sum(told) + unanswered + left_out == whole
        level, target = _STANDS.search(" ".join(at)).groups()
        standards.append((None if level == "No level yet" else level, target, told, unanswered, left_out))
    first = [(int(p), c, lev, t, int(g)) for p, c, lev, t, g in _WORK.findall(shown.words)]
    rest = [
        (int(row[0]), row[1].split()[0], row[2], row[3], int(_SIZE.match(row[4])[1]))
        for row in shown.rows(REST)
    ]
    answered = _ANSWERED.search(shown.words)
    below = _BELOW.search(shown.words)
    return Numbers(
        standards=standards,
        criteria=dict(_CRITERION.findall(shown.words)),
        work=first + rest,
        quick_wins={row[0] for row in shown.rows(QUICK)},
        answered=(int(answered[1]), int(answered[2])),
        below=int(below[1]) if below and below[1] != "None" else 0,
    )


def shown_html(html: str) -> Shown:
    """What HTML says, as a strict parser reads it; pictures are left out."""
    page = html5lib.parse(html, namespaceHTMLElements=False)
    tables = {
        _text(table.find("caption")): [
            [_text(cell) for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")
        ]
        for table in page.iter("table")
    }
    return Shown(_text(page.find("body")), tables)


def _text(element: Element) -> str:
    return " ".join("".join(_parts(element)).split())


def _parts(element: Element) -> list[str]:
    if "svg" in element.tag:
        return [" "]
    between = "" if element.tag in IN_LINE else " "
    inside = [part for item in element for part in (*_parts(item), item.tail or "")]
    return [between, element.text or "", *inside, between]


def page(report: Report) -> Shown:
    """The sections as the web page shows them."""
    return shown_html(document(report, TEMPLATES, "web"))


def print_html(report: Report) -> Shown:
    """The HTML that is printed."""
    return shown_html(document(report, TEMPLATES, "pdf"))


def word(report: Report) -> Shown:
    """The Word document."""
    made = wordfile.opened(report_docx(report, TEMPLATES, STATIC / "fonts"))
    captions = [
        table.find("w:tblPr/w:tblCaption", wordfile.NAMES).attrib[wordfile.name("w:val")]
        for table in made.tables
    ]
    return Shown(" ".join(made.words()), {caption: made.rows(caption) for caption in captions})


def pdf(content: bytes) -> Shown:
    """The printed report, by its structure tree; the words of a picture are left out."""
    spoken = Spoken(content)
    tables = {}
    for table in spoken.all("/Table"):
        caption = " ".join(each.words for each in table.elements if each.kind == "/Caption")
        rows = [each for each in table.below() if each.kind == "/TR"]
        tables[caption] = [
            [
                "" if any(inner.kind == "/Figure" for inner in cell.below()) else cell.words
                for cell in row.elements
            ]
            for row in rows
        ]
    return Shown(spoken.root.words, tables)


def csv_rows(report: Report) -> list[dict[str, str]]:
    """The table of criteria."""
    return list(csv.DictReader(io.StringIO(result_csv(report).decode("utf-8-sig"), newline="")))


def workbook(report: Report) -> spreadsheet.Workbook:
    """The spreadsheet."""
    return spreadsheet.opened(result_workbook(report))


FORMS: dict[str, Callable[[Report], Shown]] = {"page": page, "print": print_html, "word": word}
