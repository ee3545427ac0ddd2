"""`pedri-assess score` and `pedri-assess report`: from answers to a result and an improvement report."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from ..catalogue import read_assessment
from ..config import data_dir
from ..domain.assessment import Assessment
from ..domain.result import result_document
from ..domain.scoring import score
from ..domain.standards import Framework
from . import sources

ENDINGS = ("pdf", "docx", "xlsx", "csv", "json")
REPORT_SECONDS = 300  # nobody else waits here, as they do on a server

_SCORE = """\
Print the result of an assessment's answers as JSON: the profile of each standard, its level and why, gaps in
the order of work, quick wins and findings.
"""
_REPORT = """\
Write the improvement report of an assessment's answers, in the form that the name of the file ends in:

  .pdf   the accessible report, with the answers and the result inside
  .docx  the same for Word, to edit
  .xlsx  a spreadsheet with an action plan
  .csv   a table with a row for each criterion
  .json  the result, as `score` prints it

With --easy-read it is a short version in large letters and short sentences, as .pdf. No answers travel inside
that one, as it is made to be handed round.

The file appears whole or not at all: when something goes wrong, an older file of that name stays as it was.
The same answers always make the same file, byte for byte.
"""


def add_commands(commands: Any) -> None:
    """Adds `score` and `report`."""
    plain = argparse.RawDescriptionHelpFormatter
    scoring = commands.add_parser(
        "score", help="the result as JSON", description=_SCORE, formatter_class=plain
    )
    add_inputs(scoring)
    scoring.set_defaults(run=run_score)

    report = commands.add_parser(
        "report", help="the improvement report as a file", description=_REPORT, formatter_class=plain
    )
    add_inputs(report)
    report.add_argument("-o", "--output", required=True, metavar="OUT", help="the file to write")
    report.add_argument("--easy-read", action="store_true", help="the easy-to-read version, as .pdf")
    report.set_defaults(run=run_report)


def add_inputs(command: argparse.ArgumentParser) -> None:
    """Adds the two files that a result is made of."""
    command.add_argument("framework", metavar="FRAMEWORK", help="a framework file, name on the shelf, or -")
    command.add_argument("answers", metavar="ANSWERS", help="an answers file, or -")


def run_score(arguments: argparse.Namespace) -> int:
    """Prints the result."""
    framework, assessment = read_inputs(arguments)
    document = result_document(score(framework, assessment))
    print(json.dumps(document, indent=2, ensure_ascii=False))
    return 0


def read_inputs(arguments: argparse.Namespace) -> tuple[Framework, Assessment]:
    """The framework, and the answers measured against it. Raises InvalidDocument and Refused."""
    sources.only_one_from_standard_input(arguments.framework, arguments.answers)
    framework = sources.framework(arguments.framework)
    content, source = sources.content_of(arguments.answers)
    return framework, read_assessment(content, source, sources.schemas(), framework)


def run_report(arguments: argparse.Namespace) -> int:
    """Writes the report."""
    output = Path(arguments.output)
    _refuse_unwritable(output)
    ending = _ending(output, easy_read=arguments.easy_read)
    framework, assessment = read_inputs(arguments)
    write_whole(output, _made(ending, framework, assessment, easy_read=arguments.easy_read))
    print(f"{output}: written", file=sys.stderr)
    return 0


def _ending(output: Path, *, easy_read: bool) -> str:
    """How a file's name ends, without the dot. Raises Refused for what a report is not made as."""
    ending = output.suffix.lower().removeprefix(".")
    if easy_read and ending != "pdf":
        raise sources.Refused(f"{output}: the name of an easy-to-read report ends in .pdf")
    if ending not in ENDINGS:
        known = ", ".join(f".{each}" for each in ENDINGS[:-1])
        raise sources.Refused(f"{output}: the name of a report ends in {known} or .{ENDINGS[-1]}")
    return ending


def _made(ending: str, framework: Framework, assessment: Assessment, *, easy_read: bool) -> bytes:
    """The report's bytes. Raises WentWrong, with the printer's reason."""
    # late: `score` need not wait for templates
    from ..reports import Renderer, ReportFailed
    from ..services.reports import easy_read_report, report_file, report_for

    renderer = Renderer(data_dir("templates"), data_dir("static"), seconds=REPORT_SECONDS)
    try:
        if easy_read:
            return easy_read_report(renderer, report_for(framework, assessment))
        return report_file(ending, renderer, framework, assessment)
    except ReportFailed as error:
        raise sources.WentWrong(str(error)) from None


def _refuse_unwritable(output: Path) -> None:
    """Says so before the work is done rather than after it. Raises Refused."""
    if output.is_dir():
        raise sources.Refused(f"{output} is a folder: give the name of a file in it")
    if not output.parent.is_dir():
        raise sources.Refused(f"there is no folder {output.parent}: make it first, or give another")
    if not os.access(output.parent, os.W_OK | os.X_OK):
        raise sources.Refused(f"the folder {output.parent} cannot be written to")


def write_whole(output: Path, content: bytes) -> None:
    """Writes a file so that it is there whole or not at all, and survives a power cut. Raises Refused."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{output.name[:100]}.", dir=output.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(output)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise sources.Refused(f"{output} could not be written: {(error.strerror or '').lower()}") from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
