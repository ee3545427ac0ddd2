"""How the result came about, whose words these are, what they mean, and how to check the numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from ...domain.findings import FEWEST_PUBLIC_RATINGS, RATERS_DIFFER_FROM
from ...domain.languages import to_translate
from ...domain.standards import Confidence, Effort, Level, Term
from ..charts import qr_code
from ..report import Report
from ..wording import counted, criteria, day, listed, percent
from .base import Section
from .links import Address, address
from .origins import KINDS


@dataclass(frozen=True)
class Need:
    """The confidence that a level needs."""

    level: Level
    confidence: Confidence


@dataclass(frozen=True)
class Method(Section):
    """The method in plain words, with this framework's own numbers."""

    name = "method"
    title = "How this was worked out"

    scale: tuple[Level, ...]
    confidence: tuple[Confidence, ...]
    efforts: tuple[Effort, ...]
    needs: tuple[Need, ...]
    share: str
    min_answered: str
    not_applicable_limit: str
    has_core: bool
    core_within: str
    fewest_ratings: int
    raters_differ_from: int


def method(report: Report) -> Method:
    """Scale, confidence, efforts, and the parameters of the rules."""
    framework = report.framework
    rules = framework.scoring
    return Method(
        scale=framework.scale,
        confidence=framework.confidence,
        efforts=framework.efforts,
        needs=tuple(
            Need(framework.scale[level], framework.confidence[value])
            for level, value in sorted(rules.evidence_needed.items())
            if level <= framework.top and 0 < value < len(framework.confidence)
        ),
        share=percent(rules.share),
        min_answered=percent(rules.min_answered),
        not_applicable_limit=percent(rules.not_applicable_limit),
        has_core=bool(framework.core_criteria),
        core_within=counted(rules.core_within, "level"),
        fewest_ratings=FEWEST_PUBLIC_RATINGS,
        raters_differ_from=RATERS_DIFFER_FROM,
    )


@dataclass(frozen=True)
class Origin:
    """How much of the framework is of one kind, and what that kind means."""

    label: str
    meaning: str
    what: str


@dataclass(frozen=True)
class Provenance(Section):
    """Whose words the framework's are."""

    name = "provenance"
    title = "Where the words come from"

    origins: tuple[Origin, ...]
    sources: tuple[Address, ...]
    source: Address | None
    released: str


def provenance(report: Report) -> Provenance:
    """The kinds of provenance that occur, and all sources of what is in scope, in order of appearance."""
    framework = report.framework
    marks = [item.standard.provenance for item in report.blocks]
    marks += [row.criterion.provenance for row in report.rows]
    sources = dict.fromkeys(source for mark in marks for source in mark.sources)
    return Provenance(
        origins=_origins(report),
        sources=tuple(address(source) for source in sources if source != framework.source),
        source=address(framework.source) if framework.source else None,
        released=day(framework.released),
    )


def _origins(report: Report) -> tuple[Origin, ...]:
    definitions = Counter(block.standard.provenance.kind for block in report.blocks)
    statements = Counter(row.criterion.provenance.kind for row in report.rows)
    rest = Counter(row.criterion.provenance.rest for row in report.rows)
    found = []
    for kind, (label, meaning) in KINDS.items():
        what = listed(
            [
                f"{text} of {said(count)}"
                for text, count, said in (
                    ("the definition", definitions[kind], _standards),
                    ("the statement", statements[kind], criteria),
                    ("questions, levels and actions", rest[kind], criteria),
                )
                if count
            ]
        )
        if what:
            found.append(Origin(label[:1].upper() + label[1:], meaning, what))
    return tuple(found)


def _standards(number: int) -> str:
    return counted(number, "standard")


@dataclass(frozen=True)
class Glossary(Section):
    """The words of the field."""

    name = "glossary"
    title = to_translate("Glossary")

    terms: tuple[Term, ...]


def glossary(report: Report) -> Glossary | None:
    """The framework's glossary; None where it has none."""
    return Glossary(report.framework.glossary) if report.framework.glossary else None


@dataclass(frozen=True)
class Verify(Section):
    """How to check the numbers without trusting this report."""

    name = "verify"
    title = "How to check this report"

    method: str
    framework_hash: str
    answers_hash: str
    result_hash: str
    command: str
    address: Address | None
    code: Markup


def verify(report: Report) -> Verify:
    """The hashes, the page that checks a report, and the command that works the result out again."""
    there = report.edition.address
    return Verify(
        method=report.result.method,
        framework_hash=report.result.content_hash,
        answers_hash=report.answers_hash,
        result_hash=report.result_hash,
        command="pedri-assess verify REPORT.pdf",
        address=address(there) if there else None,
        code=qr_code(there, f"QR code: the page that checks this report, {there}") if there else Markup(),
    )
