"""The table of a result opens safely in a spreadsheet and holds the result's numbers."""

import csv
import io

import pytest

from pedri_assess.reports import result_csv
from pedri_assess.services.reports import report_for

from .material import some_answers, tiny, with_evidence


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_one_row_for_each_criterion_with_the_results_numbers() -> None:
    report = report_for(tiny(), some_answers())
    content = result_csv(report)
    assert content.startswith(b"\xef\xbb\xbf")
    table = rows(content)
    assert [row["Criterion"] for row in table] == [criterion.id for criterion in tiny().criteria]
    levels = {item.criterion: str(item.level) for item in report.result.criteria}
    assert {row["Criterion"]: row["Level"] for row in table if row["Level"]} == levels


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "  =", "＝", "＋", "－", "＠", "\n@"])
def test_no_cell_is_a_formula(start: str) -> None:
    for row in rows(result_csv(report_for(tiny(), with_evidence(f"{start}HYPERLINK(1)\x07")))):
        for cell in row.values():
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
            assert "\x07" not in cell
