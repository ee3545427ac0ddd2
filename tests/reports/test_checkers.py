"""A second opinion: two checkers for PDF/UA-1 by others find nothing but what is explained here."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from .gallery import REPORTS, shown

# What outloud finds by rules of thumb of its own, and why it stays. None of it breaks a rule of PDF/UA-1.
EXPLAINED = {
    "TAG-002": "takes running heads and repeated heads of tables for prose: it does not read types; "
    "test_accessible_pdf.py asks that words in artefacts are nothing else",
    "TBL-010": "takes a table of few columns for a shredded one, where it has more headers than data",
    "PAG-001": "takes words that happen to begin or end several pages for running heads",
    "ORD-001": "pictures, list marks and floats are drawn last on a page, and are in place in the tree",
}
# Checkpoints of the Matterhorn Protocol that concern each of our documents
CHECKED = {"01", "02", "06", "07", "10", "11", "13", "14", "16", "28", "31"}
NOT_RUN = {"UA-14-001"}  # pdfua asks pikepdf for something that it does not have, and says so


def outloud(path: Path) -> dict[str, Any]:
    ran = run("-m", "outloud.cli", "--quiet", "--no-info", "--json", "-", str(path))
    (result,) = json.loads(ran)["results"]
    assert result["error"] is None
    found: dict[str, Any] = result
    return found


def pdfua(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("-m", "pdfua", "check", "--format", "json", str(path)))
    return found


def run(*command: str) -> str:
    return subprocess.run([sys.executable, *command], capture_output=True, check=False, text=True).stdout


@pytest.fixture(params=REPORTS)
def which(request: pytest.FixtureRequest) -> str:
    """Each report in turn."""
    return str(request.param)


@pytest.fixture
def printed(which: str, tmp_path: Path) -> Path:
    """It, as a file."""
    path = tmp_path / "report.pdf"
    path.write_bytes(shown(which).content)
    return path


def test_outloud_finds_nothing_that_is_not_explained(which: str, printed: Path) -> None:
    result = outloud(printed)
    assert [found for found in result["findings"] if found["rule"] not in EXPLAINED] == []
    ran = [rule for rule in result["rules"] if rule["status"] == "ran"]
    fewest = (
        56 if which.startswith("panel on paper") else 61
    )  # a form has no tables, which have rules of their own
    assert len(ran) >= fewest
    states = {each["id"]: each["status"] for each in result["criteria"]["pdfua1"]}
    assert "fail" not in states.values()
    assert {number for number, state in states.items() if state == "pass"} >= CHECKED


def test_pdfua_finds_nothing(printed: Path) -> None:
    result = pdfua(printed)
    assert result["findings"] == []
    assert {each["rule_id"] for each in result["skipped"]} <= NOT_RUN
    assert result["summary"]["rules_run"] > 10


def test_qpdf_finds_nothing(printed: Path) -> None:
    subprocess.run(["qpdf", "--check", printed], capture_output=True, check=True)


def test_the_checkers_find_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    with pikepdf.open(io.BytesIO(shown("example").content)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary):
                for key in ("/Scope", "/Alt", "/Contents", "/F") if thing.get("/Type") != "/Page" else ():
                    if key in thing and thing.get("/Type") != "/Filespec":
                        del thing[key]
                if "/A" in thing and isinstance(thing.A, pikepdf.Dictionary) and "/Scope" in thing.A:
                    del thing.A["/Scope"]
        pdf.save(path)
    wrong = {found["rule"] for found in outloud(path)["findings"]}
    assert wrong >= {"TBL-002", "FIG-001", "LNK-002", "LNK-004"}
    assert pdfua(path)["findings"]
