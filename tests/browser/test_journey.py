"""From home to the report, with scripts, and what the report says."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
from playwright.sync_api import Page, expect

from .journey import (
    CORE,
    ROOT,
    STANDARDS_FILE,
    answer,
    at_question,
    at_result,
    download,
    press,
    start_quick_check,
)
from .pdf import attachments, figures, outline_titles

ORGANISATION = "Invented Data Trust"


def walk_to_result(page: Page) -> None:
    """Answers every core question, each in its own way, and opens the result."""
    start_quick_check(page, organisation=ORGANISATION)
    for number in range(1, len(CORE) + 1):
        at_question(page, number)
        level = (number - 1) % 4
        answer(page, level, evidence=f"What shows it, {number}.", reason=f"Reason {number}.", confidence="2")
    expect(page.locator("#progress")).to_contain_text(f"{len(CORE)} of {len(CORE)} done")
    press(page, "See the result")
    at_result(page)


def scored(answers: Path) -> Any:
    """What `pedri-assess score` says about an answers file."""
    command = [sys.executable, "-m", "pedri_assess.cli", "score", str(STANDARDS_FILE), str(answers)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=60)
    return json.loads(done.stdout)


def test_home_to_report_with_the_numbers_of_the_score_command(page: Page, tmp_path: Path) -> None:
    page.goto("/")
    page.get_by_role("button", name="Start the quick check").click()
    expect(page).to_have_url("/quick-check")
    walk_to_result(page)
    report, answers = tmp_path / "report.pdf", tmp_path / "answers.json"
    download(page, "Download the report (PDF)").save_as(report)
    download(page, "Answers file (JSON)").save_as(answers)

    asked = json.loads(answers.read_text("utf-8"))
    assert asked["organisation"] == ORGANISATION
    assert asked["answers"].keys() == set(CORE)
    with pikepdf.open(report) as pdf:
        _check_document(pdf)
        attached = attachments(pdf)
    by_kind = {name: json.loads(content) for name, content in attached.items() if name.endswith(".json")}
    assert asked in by_kind.values()
    assert scored(answers) in by_kind.values()


def _check_document(pdf: pikepdf.Pdf) -> None:
    root = pdf.Root
    assert root.MarkInfo.Marked
    assert str(root.Lang).startswith("en")
    assert root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as metadata:
        title = metadata["dc:title"]
        assert metadata["pdfuaid:part"] == "1"
    assert ORGANISATION in title
    assert str(pdf.docinfo.Title) == title
    assert len(outline_titles(pdf)) >= 8
    alternatives = [str(figure.get("/Alt", "")) for figure in figures(pdf)]
    assert alternatives
    assert all(alternatives), alternatives


def test_the_result_can_be_taken_away_as_data(page: Page) -> None:
    start_quick_check(page)
    press(page, "See the result")
    at_result(page)
    for words, ending in {"Result (JSON)": ".json", "Table (CSV)": ".csv"}.items():
        file = download(page, words)
        assert file.suggested_filename.endswith(ending)
        content = Path(file.path()).read_text("utf-8-sig")
        assert all(name in content for name in CORE)
    book = download(page, "Spreadsheet with an action plan (Excel)")
    assert book.suggested_filename.endswith(".xlsx")
    with zipfile.ZipFile(book.path()) as parts:
        content = parts.read("xl/sharedStrings.xml").decode()
    assert all(f">{name}<" in content for name in CORE)
    word = download(page, "The report to edit (Word)")
    assert word.suggested_filename.endswith(".docx")
    with zipfile.ZipFile(word.path()) as parts:
        content = parts.read("word/document.xml").decode()
    assert all(f">{name}<" in content for name in CORE)
