"""A report as one HTML document with what travels inside it: everything the printing process needs."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .. import __version__
from ..domain.assessment import Assessment, assessment_document
from ..domain.edition import Edition, edition_document
from ..domain.result import result_document
from .printable import finalize, printable
from .report import LANGUAGE, Report
from .sections import sections

FORMAT = "pedri-assess/report/1"
SHEET = "report.css"
LONGEST_TITLE = 150  # characters that a window or a screen reader says of a file
LONGEST_RUNNING_TITLE = 90  # characters that fit on one line above a page


@dataclass(frozen=True)
class Attached:
    """A file inside the PDF."""

    name: str
    description: str
    content: bytes


@dataclass(frozen=True)
class PrintJob:
    """A document to print. `date` is YYYY-MM-DD or empty; `identifier` marks the file without a clock.

    `sheet` is the name of its style sheet in static/css.
    `pictures` are what the document shows by name, each with its media type and its bytes.
    """

    html: str
    attachments: tuple[Attached, ...]
    date: str
    identifier: str
    sheet: str = SHEET
    pictures: tuple[tuple[str, str, bytes], ...] = ()


def print_job(report: Report, templates: Path) -> PrintJob:
    """The report as HTML, with its answers and its result attached as JSON."""
    return PrintJob(
        html=document(report, templates),
        attachments=(
            Attached(
                "answers.json", "The answers this report was made from", answers_json(report.assessment)
            ),
            Attached("result.json", "The result worked out from the answers", result_json(report)),
            Attached("report.json", "What else this report was made from", edition_json(report.edition)),
        ),
        date=report.assessment.date,
        identifier=mark(report),
        pictures=pictures(report.edition),
    )


def pictures(edition: Edition) -> tuple[tuple[str, str, bytes], ...]:
    """The pictures of a report: the logo, where there is one."""
    logo = edition.logo
    return ((logo.name, logo.media_type, base64.b64decode(logo.content)),) if logo else ()


def mark(report: Report) -> str:
    """What names this very report: the hashes of all that it is made from."""
    hashes = (report.result.content_hash, report.answers_hash, report.result_hash, report.edition_hash)
    return " ".join(hashes)


def document(report: Report, templates: Path, medium: str = "pdf") -> str:
    """The HTML of the whole report, for `pdf` or `word`. No clock: the same report gives the same text."""
    shown = sections(report)
    framework = report.framework
    template = environment(templates).get_template("report/document.html")
    return template.render(
        report=report,
        sections=shown,
        entries=[section for section in shown if section.name != "cover"],
        medium=medium,
        language=LANGUAGE,
        title=title(report),
        author=" ".join(report.assessment.organisation.split()),
        subject=f"Self-assessment against {framework.title}, version {framework.version}",
        running_title=_shortened(title(report)),
        running_framework=_shortened(f"{framework.title}, version {framework.version}"),
        release=__version__,
        date=report.assessment.date,
    )


def title(report: Report, kind: str = "Improvement report") -> str:
    """Improvement report: Example Trust, Linked maternity data."""
    names = (report.assessment.organisation, report.assessment.scope.name)
    said = ", ".join(filter(None, (" ".join(printable(name).split()) for name in names)))
    return _shortened(f"{kind}: {said or report.framework.title}", LONGEST_TITLE)


def answers_json(assessment: Assessment) -> bytes:
    """The answers document, as it is attached and downloaded."""
    return _json(assessment_document(assessment))


def result_json(report: Report) -> bytes:
    """The result document, as it is attached and downloaded."""
    return _json(result_document(report.result))


def release_document(edition: Edition) -> dict[str, Any]:
    """The edition and the release that prints it, as report.json has them."""
    return {"format": FORMAT, "release": __version__, **edition_document(edition)}


def edition_json(edition: Edition) -> bytes:
    """The edition, as it is attached."""
    return _json(release_document(edition))


def _json(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def _shortened(text: str, longest: int = LONGEST_RUNNING_TITLE) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


@lru_cache(maxsize=4)
def environment(templates: Path) -> Environment:
    """The report's own Jinja: all is escaped, a misspelt name is an error, text is made printable."""
    return Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
