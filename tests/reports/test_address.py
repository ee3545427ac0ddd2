"""A report says where it can be checked, in words, as a link and as a code that a telephone reads."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from pedri_assess.config import data_dir
from pedri_assess.domain.edition import Edition
from pedri_assess.reports.charts import qr_code
from pedri_assess.reports.document import document
from pedri_assess.reports.word.pictures import picture
from pedri_assess.services.reports import improvement_report, report_for

from .material import renderer, some_answers, tiny
from .structure import elements

ADDRESS = "https://assess.example.org/check-a-report"


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return improvement_report(renderer(), tiny(), some_answers(), Edition(address=ADDRESS))


def codes_on(pdf: bytes, folder: Path) -> list[str]:
    """What a telephone reads from the last page, at a printer's least."""
    path = folder / "report.pdf"
    path.write_bytes(pdf)
    with pikepdf.open(path) as opened:
        last = str(len(opened.pages))
    subprocess.run(["pdftoppm", "-r", "150", "-f", last, "-gray", "-png", path, folder / "page"], check=True)
    (page,) = folder.glob("page*.png")
    with Image.open(page) as image:
        return [found.text for found in zxingcpp.read_barcodes(image)]


def test_the_code_on_the_last_page_leads_to_the_page_that_checks_reports(pdf: bytes, tmp_path: Path) -> None:
    assert codes_on(pdf, tmp_path) == [ADDRESS]


def test_the_code_has_words_and_the_address_is_a_link(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        told = [str(element.get("/Alt", "")) for element in elements(opened) if element.S == "/Figure"]
        assert [words for words in told if words.startswith("QR code")] == [
            f"QR code: the page that checks this report, {ADDRESS}"
        ]
        links = [
            str(note.A.URI)
            for page in opened.pages
            for note in page.get("/Annots", [])
            if "/A" in note and "/URI" in note.A
        ]
        assert ADDRESS in links


def test_without_a_service_there_is_no_address(tmp_path: Path) -> None:
    assert codes_on(improvement_report(renderer(), tiny(), some_answers()), tmp_path) == []
    assert "QR code" not in document(report_for(tiny(), some_answers()), data_dir("templates"))


@pytest.mark.parametrize(
    "address", [ADDRESS, "http://127.0.0.1:8000/x", "https://assess.example.org/" + "a" * 270]
)
def test_any_address_is_drawn_so_that_it_can_be_read(address: str) -> None:
    drawn = picture(str(qr_code(address, "Said & done")), 400, data_dir("static") / "fonts")
    assert drawn.words == "Said & done"
    with Image.open(io.BytesIO(drawn.png)) as image:
        assert [found.text for found in zxingcpp.read_barcodes(image.convert("L"))] == [address]
