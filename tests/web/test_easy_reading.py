"""The easy-to-read report on the web: of a quick check, and of what was submitted."""

from __future__ import annotations

import io

import pikepdf
import pytest
from flask.testing import FlaskClient

from pedri_assess.reports import ReportBusy

from .conftest import Walk
from .pages import parsed, words_of
from .people import Town
from .test_handing_in import submit


@pytest.fixture
def answered(client: FlaskClient) -> Walk:
    walk = Walk(client)
    walk.start("core", organisation="Example Trust")
    for number, name in enumerate(walk.states()):
        walk.answer(
            name, choice=str(number % 4), reason="We do", evidence=f"Evidence {number}", confidence="1"
        )
    return walk


def test_the_page_of_a_quick_check_is_short_and_plain(answered: Walk) -> None:
    page = answered.go("answers/easy-read")
    words = words_of(page)
    for part in (
        "Easy-to-read report",
        "Example Trust",
        "We looked at 7 standards.",
        "How far we are",
        "What goes well",
        "What to do next",
        "What public contributors said",
        "How to ask",
        "Nobody who uses easy read has tested it yet.",
    ):
        assert part in words
    assert "Evidence 0" not in words
    assert list(parsed(page.get_data(as_text=True)).iter("table")) == []


def test_answers_go_on_from_the_page(answered: Walk) -> None:
    before = answered.answers()
    answered.page = answered.go("answers/easy-read")
    assert answered.answers() == before


def test_the_pdf_of_a_quick_check(client: FlaskClient, answered: Walk) -> None:
    response = client.post("/quick-check/answers/easy-read.pdf", data={"token": answered.token})
    assert response.mimetype == "application/pdf"
    assert response.headers["Content-Disposition"].startswith(
        'attachment; filename="improvement-report-example-trust-'
    )
    assert response.headers["Content-Disposition"].endswith('.easy-read.pdf"')
    with pikepdf.open(io.BytesIO(response.data)) as pdf:
        assert str(pdf.docinfo.Title) == "Easy-to-read report: Example Trust"
        assert list(pdf.attachments) == []


def test_a_pdf_that_cannot_be_made_can_be_asked_for_again(
    client: FlaskClient, answered: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> bytes:
        raise ReportBusy("Other reports are being made just now.")

    monkeypatch.setattr("pedri_assess.web.easy_reading.easy_read_report", busy)
    page = client.post("/quick-check/answers/easy-read.pdf", data={"token": answered.token})
    assert page.status_code == 503
    assert page.headers["Retry-After"] == "60"
    (form,) = [
        form for form in parsed(page.get_data(as_text=True)).iter("form") if form.get("id") == "not-made"
    ]
    assert form.get("action") == "/quick-check/answers/easy-read.pdf"


@pytest.fixture
def made(town: Town) -> str:
    """An assessment that was submitted."""
    made = town.assessment()
    submit(town.client("lead"), made)
    return made


def test_the_page_and_the_pdf_of_what_was_submitted(town: Town, made: str) -> None:
    viewer, root = town.client("viewer"), f"/assessments/{made}/result"
    result = viewer.get(root)
    assert f'href="{root}/1/easy-read"' in result.text
    for address in (f"{root}/easy-read", f"{root}/1/easy-read"):
        words = words_of(viewer.get(address))
        assert "Cancer registry" in words
        assert "We do not know yet about 7 points." in words
    pdf = town.printed(viewer, f"{root}/1/easy-read.pdf")
    assert pdf.mimetype == "application/pdf"
    assert pdf.headers["Cache-Control"] == "private, no-store"
    assert pdf.data == viewer.get(f"{root}/easy-read.pdf").data


def test_there_is_none_before_there_is_a_result(town: Town) -> None:
    made = town.assessment()
    for ending in ("easy-read", "easy-read.pdf", "1/easy-read"):
        assert town.client("lead").get(f"/assessments/{made}/result/{ending}").status_code == 404
