"""The result page and its downloads: the same numbers everywhere, and a way on where the report fails."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date

import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient

from pedri_assess.domain.assessment import assessment_from
from pedri_assess.domain.result import result_document
from pedri_assess.domain.scoring import score
from pedri_assess.reports import ReportBusy, ReportFailed, sections
from pedri_assess.services.reports import report_for
from pedri_assess.web.site import NAME, Site
from tests.reports.wordfile import opened

from .conftest import Walk
from .pages import an_app, words_of

TODAY = date(2026, 11, 23)


@pytest.fixture
def app() -> Flask:
    app = an_app()
    site: Site = app.extensions[NAME]
    app.extensions[NAME] = replace(site, context=replace(site.context, today=lambda: TODAY))
    return app


@pytest.fixture
def answered(client: FlaskClient) -> Walk:
    walk = Walk(client)
    walk.start("core", organisation="Example Trust")
    for number, name in enumerate(walk.states()):
        walk.answer(
            name, choice=str(number % 4), reason="We do", evidence=f"Evidence {number}", confidence="1"
        )
    return walk


def test_the_result_shows_levels_gaps_actions_and_what_is_missing(answered: Walk) -> None:
    words = words_of(answered.go("answers/result"))
    for part in (
        "Example Trust",
        "Profile",
        "Order of work",
        "Quick wins",
        "Change EDI-3",
        "Where the words come from",
    ):
        assert part in words
    assert "Evidence 0" in words


def test_the_result_can_be_seen_with_nothing_answered(walk: Walk) -> None:
    walk.start("core")
    words = words_of(walk.go("answers/result"))
    assert "7 of 7 questions are not done yet" in words
    assert "No level yet" in words


def test_every_download_has_the_numbers_of_score(app: Flask, client: FlaskClient, answered: Walk) -> None:
    data = {"token": answered.token}
    answers = json.loads(client.post("/quick-check/answers/answers.json", data=data).data)
    assert answers["date"] == TODAY.isoformat()
    framework = app.extensions[NAME].context.shelf.get("pedri", "2025.1")
    expected = json.loads(json.dumps(result_document(score(framework, assessment_from(answers)))))
    assert json.loads(client.post("/quick-check/answers/result.json", data=data).data) == expected
    table = client.post("/quick-check/answers/result.csv", data=data).data.decode("utf-8-sig")
    levels = {row["Criterion"]: row["Level"] for row in csv.DictReader(io.StringIO(table, newline=""))}
    assert levels == {item["criterion"]: str(item["level"]) for item in expected["criteria"]}


def test_the_pdf_carries_the_answers_file_and_the_result(client: FlaskClient, answered: Walk) -> None:
    data = {"token": answered.token}
    response = client.post("/quick-check/answers/report.pdf", data=data)
    assert response.mimetype == "application/pdf"
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="improvement-report-example-trust-2026-11-23.pdf"'
    )
    with pikepdf.open(io.BytesIO(response.data)) as pdf:
        attached = {name: file.get_file().read_bytes() for name, file in pdf.attachments.items()}
    assert attached["answers.json"] == client.post("/quick-check/answers/answers.json", data=data).data
    assert attached["result.json"] == client.post("/quick-check/answers/result.json", data=data).data


def test_the_answers_file_opens_again_and_says_the_same(client: FlaskClient, answered: Walk) -> None:
    before = answered.answers()
    file = (io.BytesIO(json.dumps(before).encode()), "a.json")
    answered.page = client.post(
        "/quick-check/answers/tasks", data={"from": "open", "id": "some-id-here", "file": file}
    )
    assert answered.answers() == before


@pytest.mark.parametrize(
    ("error", "words", "again"),
    [
        (
            ReportBusy("Other reports are being made just now."),
            "Other reports are being made just now.",
            "60",
        ),
        (
            ReportFailed("The report was not made: it took longer than 30 seconds."),
            "longer than 30 seconds",
            None,
        ),
    ],
)
def test_a_report_that_cannot_be_made_keeps_the_answers_and_offers_another_try(
    client: FlaskClient,
    answered: Walk,
    error: Exception,
    words: str,
    again: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def raising(*_: object, **__: object) -> bytes:
        raise error

    monkeypatch.setattr("pedri_assess.web.result.improvement_report", raising)
    page = client.post("/quick-check/answers/report.pdf", data={"token": answered.token})
    assert page.status_code == 503
    assert page.headers.get("Retry-After") == again
    assert words in words_of(page)
    assert "Try again" in words_of(page)
    before = answered.answers()
    answered.page = page
    assert answered.answers() == before


@pytest.mark.parametrize(
    ("organisation", "name"),
    [
        ('Tr"ust\r\nX-Evil: 1', "improvement-report-tr-ust-x-evil-1-2026-11-23.csv"),
        ("Prifysgol Ŵŷ", "improvement-report-prifysgol-wy-2026-11-23.csv"),
        ("منظمة", "improvement-report-2026-11-23.csv"),
        ("../../etc/passwd", "improvement-report-etc-passwd-2026-11-23.csv"),
    ],
)
def test_a_name_never_reaches_a_header_as_it_is(
    walk: Walk, client: FlaskClient, organisation: str, name: str
) -> None:
    walk.start("core", organisation=organisation)
    response = client.post("/quick-check/answers/result.csv", data={"token": walk.token})
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "X-Evil" not in response.headers


def test_the_page_and_the_report_come_from_the_same_sections(app: Flask, answered: Walk) -> None:
    framework = app.extensions[NAME].context.shelf.get("pedri", "2025.1")
    titles = [
        section.title for section in sections(report_for(framework, assessment_from(answered.answers())))
    ]
    words = words_of(answered.go("answers/result"))
    assert [title for title in titles if title not in words] == []


def test_the_workbook_has_every_criterion_in_scope(app: Flask, walk: Walk) -> None:
    names = [criterion.id for criterion in app.extensions[NAME].context.shelf.get("pedri", "2025.1").criteria]
    walk.start("all")
    walk.answer(names[0], choice="1", evidence="=1+1")
    response = walk.client.post("/quick-check/answers/result.xlsx", data={"token": walk.token})
    assert response.mimetype == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert response.headers["Content-Disposition"].endswith('.xlsx"')
    with zipfile.ZipFile(io.BytesIO(response.data)) as book:
        texts = book.read("xl/sharedStrings.xml").decode()
    assert all(f">{name}<" in texts for name in names)
    assert ">=1+1<" in texts


def test_the_word_document_is_that_of_the_report_on_the_page(client: FlaskClient, answered: Walk) -> None:
    response = client.post("/quick-check/answers/report.docx", data={"token": answered.token})
    assert response.mimetype.endswith("wordprocessingml.document")
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="improvement-report-example-trust-2026-11-23.docx"'
    )
    headings = [text for depth, text in opened(response.data).headings() if depth == 1]
    page = words_of(answered.go("answers/result"))
    assert len(headings) > 5
    assert [heading for heading in headings if heading not in page] == []
