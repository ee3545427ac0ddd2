"""`pedri-assess report`."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pikepdf
import pytest

from .conftest import EXAMPLES, Run, written


def attached(path: Path, name: str) -> object:
    with pikepdf.open(path) as pdf:
        return json.loads(pdf.attachments[name].get_file().read_bytes())


def test_it_writes_a_tagged_report_with_the_numbers_of_score_inside(
    run: Run, tiny: Path, answers: Path, tmp_path: Path
) -> None:
    output = tmp_path / "report.pdf"
    ran = run("report", tiny, answers, "-o", output)
    assert (ran.status, ran.out, ran.faults) == (0, "", [f"{output}: written"])
    with pikepdf.open(output) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en"
    assert attached(output, "result.json") == json.loads(run("score", tiny, answers).out)
    assert attached(output, "answers.json") == json.loads(answers.read_text("utf-8"))


def test_the_same_answers_make_the_same_bytes(run: Run, tiny: Path, answers: Path, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("one.pdf", "two.pdf")]
    for file in files:
        run("report", tiny, answers, "--output", file)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_bad_answers_leave_an_older_report_as_it_was(run: Run, tiny: Path, tmp_path: Path) -> None:
    output = tmp_path / "report.pdf"
    output.write_bytes(b"older")
    bad = written(
        tmp_path / "bad.json", {"framework": "tiny", "version": "1", "answers": {"A-1": {"level": 9}}}
    )
    before = sorted(tmp_path.iterdir())
    ran = run("report", tiny, bad, "-o", output)
    assert ran.status == 2
    assert "$.answers.A-1.level: there is no level 9" in ran.faults[0]
    assert output.read_bytes() == b"older"
    assert sorted(tmp_path.iterdir()) == before


def test_a_run_that_is_killed_leaves_no_half_report(tiny: Path, answers: Path, tmp_path: Path) -> None:
    output = tmp_path / "reports" / "report.pdf"
    output.parent.mkdir()
    output.write_bytes(b"older")
    command = [sys.executable, "-m", "pedri_assess.cli", "report", tiny, answers, "-o", output]
    for seconds in (0.1, 0.5, 0.9, 1.3):
        process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        content = output.read_bytes()
        assert content == b"older" or content.endswith(b"%%EOF\n") or content.rstrip().endswith(b"%%EOF")


def test_a_place_that_cannot_be_written_is_said_before_the_work(
    run: Run, tiny: Path, answers: Path, tmp_path: Path
) -> None:
    start = time.monotonic()
    ran = run("report", tiny, answers, "-o", tmp_path / "none" / "report.pdf")
    assert ran.status == 2
    assert ran.faults == [
        f"pedri-assess: there is no folder {tmp_path / 'none'}: make it first, or give another"
    ]
    assert "is a folder" in run("report", tiny, answers, "-o", tmp_path).faults[0]
    assert time.monotonic() - start < 60


def test_hostile_evidence_still_makes_a_report(run: Run, tiny: Path, tmp_path: Path) -> None:
    evidence = (
        "<script>alert(1)</script> {{7*7}} \u202eright to left\u202c \u0000\u0007 مرحبا 👩🏽‍🔬 " + "x" * 3_000
    )
    answer = {"level": 2, "evidence": evidence, "reason": "=1+1"}
    document = {**EXAMPLES["cases"][-1]["answers"], "answers": {"A-1": answer}}
    output = tmp_path / "report.pdf"
    ran = run("report", tiny, written(tmp_path / "hostile.json", document), "-o", output)
    assert ran.status == 0, ran.faults
    assert attached(output, "answers.json")["answers"]["A-1"]["evidence"] == evidence  # type: ignore[index]


@pytest.mark.parametrize(
    ("ending", "starts"),
    [
        ("docx", b"PK"),
        ("xlsx", b"PK"),
        ("csv", b"\xef\xbb\xbfStandard,"),
        ("json", b'{\n  "method"'),
        ("PDF", b"%PDF-"),
    ],
)
def test_the_name_says_the_form(
    ending: str, starts: bytes, run: Run, tiny: Path, answers: Path, tmp_path: Path
) -> None:
    output = tmp_path / f"report.{ending}"
    ran = run("report", tiny, answers, "-o", output)
    assert (ran.status, ran.faults) == (0, [f"{output}: written"])
    assert output.read_bytes().startswith(starts)


def test_the_result_as_a_file_is_what_score_prints(
    run: Run, tiny: Path, answers: Path, tmp_path: Path
) -> None:
    output = tmp_path / "result.json"
    run("report", tiny, answers, "-o", output)
    assert json.loads(output.read_text("utf-8")) == json.loads(run("score", tiny, answers).out)


@pytest.mark.parametrize("ending", [".doc", ".html", ".pdf.zip", ""])
def test_a_form_that_does_not_exist_is_refused_before_the_work(
    ending: str, run: Run, tiny: Path, tmp_path: Path
) -> None:
    output = tmp_path / f"report{ending}"
    ran = run("report", tiny, tmp_path / "none.json", "-o", output)
    assert ran.status == 2
    expected = "the name of a report ends in .pdf, .docx, .xlsx, .csv or .json"
    assert ran.faults == [f"pedri-assess: {output}: {expected}"]
    assert not output.exists()


def test_the_easy_to_read_version_is_a_pdf_of_its_own_that_carries_no_answers(
    run: Run, tiny: Path, answers: Path, tmp_path: Path
) -> None:
    output = tmp_path / "easy.pdf"
    ran = run("report", tiny, answers, "--easy-read", "-o", output)
    assert (ran.status, ran.faults) == (0, [f"{output}: written"])
    with pikepdf.open(output) as pdf:
        assert str(pdf.docinfo.Title).startswith("Easy-to-read report: ")
        assert list(pdf.attachments) == []
    assert "no answers.json is attached" in run("verify", output).faults[0]


def test_the_easy_to_read_version_has_one_form(run: Run, tiny: Path, answers: Path, tmp_path: Path) -> None:
    output = tmp_path / "easy.docx"
    ran = run("report", tiny, answers, "--easy-read", "-o", output)
    assert ran.status == 2
    assert ran.faults == [f"pedri-assess: {output}: the name of an easy-to-read report ends in .pdf"]
