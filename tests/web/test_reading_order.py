"""The report is read out in the order of the result page: the same words, section by section."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from benchmarks import samples
from pedri_assess.config import data_dir
from pedri_assess.domain.assessment import assessment_document
from pedri_assess.reports.printable import printable
from pedri_assess.web.site import NAME, Site
from tests.reports.gallery import RIGHT_TO_LEFT
from tests.reports.material import shelf
from tests.reports.spoken import Element, Spoken
from tests.unit.frameworks import a_criterion, a_document

from .conftest import Walk
from .pages import an_app, parsed

SVG = "{http://www.w3.org/2000/svg}"
# What differs on purpose: the contents are on paper alone. So is the first paragraph of the summary: it
# says whose it is when these pages are taken out. How to check a report begins with other words, as a file
# has attachments and a page has none. A picture says its title. Marks before the items of a list are
# content only on paper, and words that a browser hides (`report-hidden`) are not printed.
ONLY_ON_PAPER = "Contents"
BEGINS_OTHERWISE_ON_PAPER = ("Summary for leaders", "How to check this report")
BEGINS_OTHERWISE_ON_A_PAGE = ("How to check this report",)
MARK = "•"

PEDRI = shelf().current("pedri")
WELSH = a_document(
    [a_criterion("A", statement={"cy": "Rydym yn gwrando ar bobl"}), a_criterion("B")],
    language="cy",
    title={"cy": "Safonau", "en": "Standards"},
)


def example() -> dict[str, Any]:
    path = data_dir("templates").parent / "docs" / "examples" / "answers.json"
    document: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return document


def right_to_left() -> dict[str, Any]:
    answers = {
        criterion.id: {
            "level": 1,
            "confidence": 1,
            "evidence": RIGHT_TO_LEFT,
            "note": f"{criterion.id} ({n})",
        }
        for n, criterion in enumerate(PEDRI.criteria)
    }
    return {"framework": "pedri", "version": PEDRI.version, "organisation": RIGHT_TO_LEFT, "answers": answers}


def welsh() -> dict[str, Any]:
    answers = {"A": {"level": 1, "evidence": "Tystiolaeth â ŵ ŷ"}, "B": {"not_applicable": "Dim"}}
    return {"framework": "tiny", "version": "1", "organisation": "Ymddiriedolaeth", "answers": answers}


DOCUMENTS: dict[str, Callable[[], dict[str, Any]]] = {
    "example": example,
    "empty": lambda: assessment_document(samples.empty(PEDRI)),
    "hostile": lambda: assessment_document(samples.extreme(PEDRI)),
    "right to left": right_to_left,
    "Welsh": welsh,
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("standards")
    (folder / "tiny").mkdir()
    (folder / "tiny" / "1.json").write_text(json.dumps(WELSH), "utf-8")
    app = an_app(folder)
    site: Site = app.extensions[NAME]
    context = replace(site.context, today=lambda: date(2026, 11, 23))
    app.extensions[NAME] = replace(site, context=context)
    return app


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_a_report_is_read_out_as_its_page_is(app: Flask, document: Callable[[], Any]) -> None:
    walk = Walk(app.test_client())
    file = (BytesIO(json.dumps(document()).encode()), "answers.json")
    opened = {"from": "open", "id": "an-id-of-a-page", "file": file}
    walk.page = walk.client.post("/quick-check/answers/tasks", data=opened)
    page = parsed(walk.go("answers/result").get_data(as_text=True))
    pdf = walk.client.post("/quick-check/answers/report.pdf", data={"token": walk.token})
    assert pdf.mimetype == "application/pdf"
    on_page = [said_on_page(section) for section in report_of(page)]
    spoken = Spoken(pdf.data)
    read_out = [said_in_report(section) for section in spoken.root.elements]
    assert len(on_page) > 8
    assert sum(map(len, on_page)) > 3_000
    assert read_out.pop(1).startswith(ONLY_ON_PAPER)
    assert len(read_out) == len(on_page)
    for printed, shown in zip(read_out, on_page, strict=True):
        assert printed == shown


def report_of(page: Any) -> Any:
    return next(element for element in page.iter("div") if element.get("class") == "report")


def said_on_page(section: Any) -> str:
    """The letters of a section of the page that should be on paper, too."""
    first = section.find("p")
    if first is not None and section.findtext("h2") in BEGINS_OTHERWISE_ON_A_PAGE:
        section.remove(first)
    return letters(printable("".join(said(section))))


def said(element: Any) -> Iterator[str]:
    if "report-hidden" in element.get("class", ""):
        return
    if element.tag == f"{SVG}svg":
        yield element.findtext(f"{SVG}title")
        return
    yield element.text or ""
    for child in element:
        yield from said(child) if isinstance(child.tag, str) else ()
        yield child.tail or ""


def said_in_report(section: Element) -> str:
    """The letters of a section of the report that should be on the page, too."""
    if section.elements[0].words in BEGINS_OTHERWISE_ON_PAPER:
        section.kids.remove(next(each for each in section.elements if each.kind == "/P"))
    return letters(section.words.replace(MARK, ""))


def letters(text: str) -> str:
    return "".join(text.split())
