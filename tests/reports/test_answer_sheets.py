"""The table that is filled in outside the service: written, opened by another library, and read back."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from pedri_assess.domain.taking import COLUMNS
from pedri_assess.reports import NotATable, answer_csv, answer_workbook, csv_rows, workbook_rows
from tests.unit.frameworks import a_criterion, a_framework

FRAMEWORK = a_framework(
    [a_criterion("A-1", statement="=1+1"), a_criterion("A-2", not_applicable={"allowed": False})]
)
WRITTEN = answer_workbook(FRAMEWORK, FRAMEWORK.criteria)


def packed(**parts: bytes) -> bytes:
    """The workbook with some of its parts replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WRITTEN)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name.rpartition("/")[2].partition(".")[0], old.read(name)))
    return made.getvalue()


def test_the_workbook_guides_and_protects() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(WRITTEN))["Answers"]
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    assert sheet["C2"].data_type == "s"
    assert sheet.protection.sheet
    locked = {name: sheet.cell(3, place).protection.locked for place, name in enumerate(COLUMNS, 1)}
    assert {name for name in locked if locked[name]} == {
        "Standard",
        "Criterion",
        "Statement",
        "Why not applicable",
    }
    lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert lists["D2:D3"] == "Choices!$A$2:$A$5"
    assert answer_workbook(FRAMEWORK, FRAMEWORK.criteria) == WRITTEN


def test_both_kinds_come_back_as_they_were_filled_in() -> None:
    book = openpyxl.load_workbook(io.BytesIO(WRITTEN))
    book["Answers"]["D2"], book["Answers"]["E3"] = 2.0, "None held"
    filled = io.BytesIO()
    book.save(filled)
    rows = workbook_rows(filled.getvalue())
    assert [row[3:5] for row in rows] == [["Level", "Why not applicable"], ["2", ""], ["", "None held"]]
    assert csv_rows(answer_csv(FRAMEWORK, FRAMEWORK.criteria))[0] == list(COLUMNS)
    assert csv_rows(b"Criterion;Level\r\nA-1;2\r\n;\r\n") == [["Criterion", "Level"], ["A-1", "2"]]


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 and nothing more",
        packed(sheet1=b"<worksheet"),
        packed(sheet1=b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'),
        packed(app=b"<a>" + b" " * 70_000_000 + b"</a>"),
    ],
    ids=["no zip", "no XML", "entities", "bomb"],
)
def test_a_file_that_is_made_to_do_harm_is_refused(content: bytes) -> None:
    with pytest.raises(NotATable, match="that can be opened"):
        workbook_rows(content)


def test_text_in_other_letters_is_refused_in_words() -> None:
    with pytest.raises(NotATable, match="CSV UTF-8"):
        csv_rows("Criterion,Level\nÄ,1".encode("latin-1"))
