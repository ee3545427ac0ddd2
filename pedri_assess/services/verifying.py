"""Verifying a report: everything that its file carries is worked out again and compared."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from .. import __version__
from ..catalogue import Schemas, read_assessment, read_document, read_edition
from ..domain.assessment import Assessment
from ..domain.difference import first_difference
from ..domain.edition import Edition
from ..domain.errors import InvalidDocument
from ..domain.languages import to_translate
from ..domain.result import METHOD, result_document
from ..domain.standards import Framework
from ..reports import (
    Carried,
    Renderer,
    Report,
    ReportBusy,
    ReportFailed,
    Signature,
    carried,
    is_harmless,
    mark,
    print_job,
    unsigned,
)
from .reports import report_for

AGREES, DIFFERS, NOT_COMPARED = to_translate("agrees"), to_translate("differs"), to_translate("not compared")
ATTACHED = to_translate("Attached documents")
STANDARDS, WAY, RESULT = to_translate("Standards"), to_translate("Method"), to_translate("Result")
MARK, PAGES, SIGNATURE = to_translate("Mark"), to_translate("Pages"), to_translate("Signature")
Document = dict[str, Any]

OTHER_STANDARDS = (
    "the report was made with another text of {name}: it names {there}, and the one here is {here}"
)


@dataclass(frozen=True)
class Check:
    """One thing that was compared: what, how it came out, and in words what was found."""

    what: str
    outcome: str
    words: str


@dataclass(frozen=True)
class Verdict:
    """What came of it, in the order of the checks; those after a difference may be missing.

    `framework` and `assessment` are what the report is about; None where they could not be read.
    """

    checks: tuple[Check, ...]
    framework: Framework | None = None
    assessment: Assessment | None = None

    @property
    def difference(self) -> Check | None:
        """The first check that differs; None where all agree."""
        return next((check for check in self.checks if check.outcome == DIFFERS), None)


class _Differs(Exception):
    """What follows cannot be compared."""


@dataclass
class _Verifying:
    """One report, check by check."""

    found: Carried
    schemas: Schemas
    framework_for: Callable[[str, str], Framework]
    renderer: Renderer
    pdf: bytes
    checks: list[Check]

    def note(self, what: str, outcome: str, words: str) -> None:
        self.checks.append(Check(what, outcome, words))
        if outcome == DIFFERS:
            raise _Differs

    def documents(self) -> tuple[Framework, Assessment, Edition, dict[str, object]]:
        answers = self.read(self.found.answers, "answers.json", self.schemas.answers)
        result = self.read(self.found.result, "result.json", self.schemas.result)
        framework = self.framework_for(answers["framework"], answers["version"])
        self.standards(framework, result)
        try:
            assessment = read_assessment(self.found.answers, "answers.json", self.schemas, framework)
            self.release, edition = read_edition(
                self.found.edition, "report.json", self.schemas, framework, assessment
            )
        except InvalidDocument as error:
            raise self.unreadable(error) from None
        if edition.logo and not is_harmless(edition.logo):
            words = "report.json: $.logo.content: the drawing is none that was cleaned before it was printed"
            self.note(ATTACHED, DIFFERS, words)
        return framework, assessment, edition, result

    def read(self, content: bytes, name: str, schema: Document) -> Document:
        try:
            return read_document(content, name, schema)
        except InvalidDocument as error:
            raise self.unreadable(error) from None

    def unreadable(self, error: InvalidDocument) -> _Differs:
        self.checks.append(Check(ATTACHED, DIFFERS, error.lines()[0]))
        return _Differs()

    def standards(self, framework: Framework, result: dict[str, object]) -> None:
        name = f"{framework.framework} {framework.version}"
        there, here = result["content_hash"], framework.content_hash
        if there != here:
            self.note(STANDARDS, DIFFERS, OTHER_STANDARDS.format(name=name, there=there, here=here))
        self.note(STANDARDS, AGREES, f"{name}, {here}")
        if result["method"] != METHOD:
            self.note(WAY, DIFFERS, f"the report names {result['method']}; this release knows {METHOD}")
        self.note(WAY, AGREES, METHOD)

    def result(self, report: Report, there: dict[str, object]) -> None:
        fault = first_difference(there, result_document(report.result))
        if fault:
            self.note(RESULT, DIFFERS, f"result.json: {fault}")
        self.note(RESULT, AGREES, f"worked out again from the answers, {report.result_hash}")

    def mark(self, report: Report) -> None:
        if self.release == __version__ and self.found.mark != _mark(report):
            self.note(MARK, DIFFERS, "the file is not marked as the report of these answers")
        if self.release == __version__:
            self.note(MARK, AGREES, f"the file is marked as the report of these answers, {self.found.mark}")

    def pages(self, report: Report) -> None:
        if self.release != __version__:
            words = f"they were printed by release {self.release}, and this is release {__version__}"
            self.note(PAGES, NOT_COMPARED, words)
            return
        try:
            again = self.renderer.render(print_job(report, self.renderer.templates))
        except (ReportBusy, ReportFailed) as error:
            self.note(PAGES, NOT_COMPARED, f"they could not be printed again. {error}")
            return
        if again != self.pdf:
            self.note(PAGES, DIFFERS, _first_page(self.found, carried(again)))
        self.note(PAGES, AGREES, f"all {len(self.found.pages)} printed again, byte for byte the same")


def verify(
    pdf: bytes,
    schemas: Schemas,
    framework_for: Callable[[str, str], Framework],
    renderer: Renderer,
    keys: Collection[str] = (),
    *,
    must: bool = False,
) -> Verdict:
    """Works out again what a report says, without a network.

    `framework_for` gives the framework of an id and a version, and what it raises is raised here. `keys` are
    the public keys, in hexadecimal, that the one who asks trusts; with `must`, one of them must have
    signed. Raises NotAReport for a file that carries no answers.
    """
    printed, signature = unsigned(pdf)
    asked = _Verifying(carried(pdf), schemas, framework_for, renderer, printed, [])
    framework = assessment = None
    try:
        framework, assessment, edition, result = asked.documents()
        report = report_for(framework, assessment, edition)
        asked.result(report, result)
        asked.mark(report)
        asked.pages(report)
    except _Differs:
        pass
    return Verdict((*asked.checks, _signature(signature, keys, must=must)), framework, assessment)


def _signature(found: Signature | None, keys: Collection[str], *, must: bool) -> Check:
    if found is None:
        words = "there is none, so the file does not say who issued it"
        return Check(SIGNATURE, DIFFERS if must else NOT_COMPARED, words)
    if not found.fits:
        return Check(SIGNATURE, DIFFERS, "it does not belong to this file: something was changed after it")
    if found.key in keys:
        return Check(SIGNATURE, AGREES, f"issued by {found.address}, with a key that is trusted here")
    said = f"whole, with the key {found.key}, which says that it is that of {found.address}"
    if must:
        return Check(SIGNATURE, DIFFERS, f"{said}; it is not the key that was expected")
    return Check(SIGNATURE, NOT_COMPARED, f"{said}; compare it with the key that is published there")


def _mark(report: Report) -> str:
    return hashlib.sha256(mark(report).encode()).hexdigest()[:32]


def _first_page(there: Carried, again: Carried) -> str:
    for number, (one, other) in enumerate(zip(there.pages, again.pages, strict=False), 1):
        if one != other:
            return f"page {number} is not what these answers print"
    if len(there.pages) != len(again.pages):
        return f"the report has {len(there.pages)} pages; these answers print {len(again.pages)}"
    return "every page draws the same, but something else in the file was changed after it was printed"
