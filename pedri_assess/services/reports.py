"""Reports of an assessment: the material for the result page, the PDF, the table, and their file names."""

from __future__ import annotations

import re
import unicodedata

from ..catalogue import content_hash
from ..domain.assessment import Assessment, assessment_document
from ..domain.edition import NO_EDITION, Edition
from ..domain.result import result_document
from ..domain.scoring import score
from ..domain.standards import Framework
from ..reports import (
    Issuer,
    Renderer,
    Report,
    easy_read_job,
    print_job,
    release_document,
    report_docx,
    result_csv,
    result_json,
    result_workbook,
)

PDF, WORD = "pdf", "docx"
# What is made by itself; the other two need the templates
FILES = {"xlsx": result_workbook, "csv": result_csv, "json": result_json}
LONGEST_NAME = 60  # characters of an organisation's name in a file name


def report_for(framework: Framework, assessment: Assessment, edition: Edition = NO_EDITION) -> Report:
    """The assessment, measured, with the hashes of its answers and of its result."""
    result = score(framework, assessment)
    return Report(
        framework=framework,
        assessment=assessment,
        result=result,
        answers_hash=content_hash(assessment_document(assessment)),
        result_hash=content_hash(result_document(result)),
        edition=edition,
        edition_hash=content_hash(release_document(edition)),
    )


def improvement_report(
    renderer: Renderer,
    framework: Framework,
    assessment: Assessment,
    edition: Edition = NO_EDITION,
    issuer: Issuer | None = None,
) -> bytes:
    """The improvement report as PDF, signed where there is an issuer; the same answers give the same bytes.

    Raises ReportBusy and ReportFailed, each with a message for the person who asked.
    """
    pdf = renderer.render(print_job(report_for(framework, assessment, edition), renderer.templates))
    return issuer.signed(pdf) if issuer else pdf


def word_report(renderer: Renderer, report: Report) -> bytes:
    """The improvement report as a Word document, to edit; the same report gives the same bytes."""
    return report_docx(report, renderer.templates, renderer.static / "fonts")


def easy_read_report(renderer: Renderer, report: Report) -> bytes:
    """The easy-to-read version as PDF, the same every time. Raises ReportBusy and ReportFailed."""
    return renderer.render(easy_read_job(report, renderer.templates))


def report_file(ending: str, renderer: Renderer, framework: Framework, assessment: Assessment) -> bytes:
    """The report in the form that a file's ending names: PDF, WORD, or one of FILES.

    Raises ReportBusy and ReportFailed.
    """
    if ending == PDF:
        return improvement_report(renderer, framework, assessment)
    report = report_for(framework, assessment)
    return word_report(renderer, report) if ending == WORD else FILES[ending](report)


def file_name(assessment: Assessment, ending: str) -> str:
    """A file name of small letters, digits and hyphens: improvement-report-example-trust-2026-11-23.pdf."""
    plain = unicodedata.normalize("NFKD", assessment.organisation).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    name = "-".join(words)[:LONGEST_NAME].strip("-")
    return f"{'-'.join(filter(None, ('improvement-report', name, assessment.date)))}.{ending}"
