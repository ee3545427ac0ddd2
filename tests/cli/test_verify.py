"""`pedri-assess verify`."""

from pathlib import Path

from pedri_assess.reports import Issuer

from .conftest import Run


def made(run: Run, tiny: Path, answers: Path, tmp_path: Path) -> Path:
    report = tmp_path / "report.pdf"
    assert run("report", tiny, answers, "-o", report).status == 0
    return report


def test_a_report_that_agrees_ends_with_0_and_one_that_differs_with_1(
    run: Run, tiny: Path, answers: Path, tmp_path: Path
) -> None:
    report = made(run, tiny, answers, tmp_path)
    ran = run("verify", report, "--framework", tiny)
    assert (ran.status, ran.faults) == (0, [])
    lines = ran.out.splitlines()
    assert [line.split(":")[0] for line in lines] == [
        *("Standards", "Method", "Result", "Mark", "Pages", "Signature"),
    ]
    assert all(": agrees: " in line for line in lines[:-1])

    report.write_bytes(report.read_bytes().replace(b"%%EOF", b"%%EOF\n%"))
    ran = run("verify", report, "--framework", tiny)
    assert ran.status == 1
    (fault,) = ran.faults
    assert fault.startswith(f"{report}: Pages: every page draws the same, but something else in the file")


def test_what_is_no_report_ends_with_2(run: Run, tiny: Path, answers: Path, tmp_path: Path) -> None:
    ran = run("verify", answers)
    assert ran.status == 2
    assert "it is not a PDF file that can be opened; expected an improvement report" in ran.faults[-1]
    missing = run("verify", tmp_path / "none.pdf")
    assert missing.status == 2
    report = made(run, tiny, answers, tmp_path)
    ran = run("verify", report)  # this framework is not on the shelf
    assert ran.status == 2
    assert "tiny/1: $: no file and no framework of this name" in ran.faults[-1]


def test_the_key_that_must_have_signed(run: Run, tiny: Path, answers: Path, tmp_path: Path) -> None:
    report = made(run, tiny, answers, tmp_path)
    issuer = Issuer(b"k" * 32, "https://assess.example.org")
    report.write_bytes(issuer.signed(report.read_bytes()))
    command = ("verify", report, "--framework", tiny, "--key")
    ran = run(*command, issuer.public)
    assert ran.status == 0
    assert "Signature: agrees: issued by https://assess.example.org" in ran.out
    assert run(*command, "0" * 64).status == 1
    assert run(*command, "key").status == 2
