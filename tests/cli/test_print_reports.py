"""`pedri-assess print-reports`: reports that wait are printed by command, and by a machine of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pedri_assess.cli.main import main
from pedri_assess.services.kept_reports import asked
from pedri_assess.store.kept_reports import FAILED, MADE, PRINTING, WAITING

from ..web.people import BASE, Town, town
from ..web.test_handing_in import made, submit

__all__ = ["made", "town"]  # fixtures
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def waiting(town: Town, made: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """An assessment whose report waits, and the settings of its service."""
    submit(town.client("lead"), made)
    monkeypatch.setenv("DATABASE_URL", town.app.extensions["pedri-assess"].config.database_url)
    monkeypatch.setenv("PEDRI_ASSESS_BASE_URL", BASE)
    return made


def state(town: Town, key: str) -> str:
    return asked(town.app.extensions["pedri-assess"].context, key).kept.state


def wait_for(town: Town, key: str, what: str) -> None:
    ends = time.monotonic() + 60
    while state(town, key) != what:
        assert time.monotonic() < ends, state(town, key)
        time.sleep(0.02)


def test_it_prints_what_waits_once(town: Town, waiting: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["print-reports", "--once"]) == 0
    assert capsys.readouterr().out == "made 1, to be tried again 0, given up 0\n"
    assert state(town, waiting) == MADE
    pdf = town.client("viewer").get(f"/assessments/{waiting}/result/report.pdf")
    assert pdf.data.startswith(b"%PDF-1.7")
    assert main(["print-reports", "--once"]) == 0
    assert capsys.readouterr().out == ""


def test_it_says_what_could_not_be_made(
    town: Town, waiting: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PEDRI_ASSESS_REPORT_MEGABYTES", "128")  # too little for any report
    assert main(["print-reports", "--once"]) == 1
    assert capsys.readouterr().out == "made 0, to be tried again 0, given up 1\n"
    assert state(town, waiting) == FAILED


def test_another_address_or_key_prints_other_reports(
    town: Town, waiting: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in (
        ("BASE_URL", "https://other.example"),
        ("REPORT_KEY", "7f3a9c51e8d2460bb1974e05c6a83fd29e14b7605ad8c3f1726b90de4853a1cf"),
    ):
        with monkeypatch.context() as other:
            other.setenv(f"PEDRI_ASSESS_{name}", value)
            assert main(["print-reports", "--once"]) == 0
        said = capsys.readouterr().out
        assert said == "1 report waits for a service of another release or with other settings\n"
        assert state(town, waiting) == WAITING


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PEDRI_ASSESS_REPORT_KEY", "short", "PEDRI_ASSESS_REPORT_KEY is not 64 hexadecimal digits"),
        ("PEDRI_ASSESS_REPORT_SECONDS", "0", "give a whole number from 1 to 600"),
        ("DATABASE_URL", "mysql://x", "not the address"),
    ],
)
def test_settings_that_cannot_be_used_are_said(
    waiting: str,
    name: str,
    value: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(name, value)
    assert main(["print-reports", "--once"]) == 2
    assert said in capsys.readouterr().err
    assert waiting


def test_it_refuses_a_database_that_it_does_not_know(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite://{tmp_path}/empty.db")
    assert main(["print-reports", "--once"]) == 1
    assert "is empty: make its tables with: pedri-assess migrate" in capsys.readouterr().err


def test_it_goes_on_until_it_is_told_to_stop_and_gives_back_its_work(town: Town, waiting: str) -> None:
    command = [sys.executable, "-m", "pedri_assess.cli", "print-reports"]
    with subprocess.Popen(command, cwd=ROOT, env=dict(os.environ), stdout=subprocess.PIPE) as process:
        try:
            wait_for(town, waiting, MADE)
            with town.database.write() as c:
                c.run("DELETE FROM kept_report")
            assert state(town, waiting) == WAITING  # asked for again
            wait_for(town, waiting, PRINTING)
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    with town.database.read() as c:
        (row,) = c.rows("SELECT state, attempts, owner FROM kept_report")
    assert (row["state"], row["attempts"], row["owner"]) in ((WAITING, 0, None), (MADE, 1, None))
