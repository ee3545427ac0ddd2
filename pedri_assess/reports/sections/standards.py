"""One chapter for each standard: its profile and every criterion with its answer."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from ...domain.assessment import IMPORTANCES
from ...domain.languages import to_translate
from ...domain.result import Finding
from ...domain.standards import Confidence, Provenance, Text
from ..charts import level_class
from ..report import Bar, Block, Report, Row, Written
from ..wording import counted
from .base import Section
from .links import Address, address
from .origins import origin

SAID_ELSEWHERE = ("unanswered", "not-applicable")  # a card shows these in its own words
SHORT = 900  # characters; a card with less written on it is kept on one page


@dataclass(frozen=True)
class Card:
    """One criterion as it is shown.

    `aim` is what the target would look like, where there is a gap; `origin` and `own_note` are empty where
    the chapter has said it; `whole` says that it is short enough to stand on one page.
    """

    row: Row
    colours: str
    whole: bool
    gap: str
    importance: str
    descriptor: Text
    aim: Text
    confidence: Confidence | None
    evidence: Written
    links: tuple[tuple[str, Address], ...]
    reason: Written
    not_applicable: Written
    note: Written
    findings: tuple[Finding, ...]
    origin: str
    own_note: Text


@dataclass(frozen=True)
class Chapter:
    """One standard as it is shown, its criteria under their group headings.

    `criteria_origin` and `note` say whose words most of its criteria are; `alike` that it is so for all.
    """

    block: Block
    bar: Bar
    groups: tuple[tuple[Text, tuple[Card, ...]], ...]
    origin: str
    criteria_origin: str
    note: Text
    alike: bool


@dataclass(frozen=True)
class Standards(Section):
    """All standards in scope."""

    name = "standards"
    title = to_translate("Standard by standard")

    chapters: tuple[Chapter, ...]


def standards(report: Report) -> Standards:
    """Every standard in scope with every criterion in scope."""
    return Standards(tuple(_chapter(bar, report) for bar in report.bars))


def _chapter(bar: Bar, report: Report) -> Chapter:
    block = bar.block
    wordings = Counter(_wording(row.criterion.provenance) for row in block.rows)
    common, how_many = wordings.most_common(1)[0]
    return Chapter(
        block=block,
        bar=bar,
        groups=tuple(
            (group, tuple(_card(row, report, common) for row in rows))
            for group, rows in groupby(block.rows, key=lambda row: row.criterion.group)
        ),
        origin=origin(block.standard.provenance.kind),
        criteria_origin=common[0],
        note=common[1],
        alike=how_many == len(block.rows),
    )


def _card(row: Row, report: Report, common: tuple[str, Text]) -> Card:
    answer, wording = row.answer, _wording(row.criterion.provenance)
    given = report.framework.confidence[answer.confidence or 0 : (answer.confidence or 0) + 1]
    written = (
        answer.evidence,
        answer.reason,
        answer.not_applicable,
        answer.note,
        *(link.line for link in answer.links),
    )
    return Card(
        row=row,
        colours=level_class(row.level, report.framework.top),
        whole=sum(map(len, written)) < SHORT,
        gap=_gap(row),
        importance=IMPORTANCES[report.assessment.importance_of(row.criterion)],
        descriptor=row.criterion.levels[row.level.value] if row.level else Text(),
        aim=row.criterion.levels[row.target.value] if row.gap else Text(),
        confidence=next(iter(given), None) if row.level else None,
        evidence=Written(answer.evidence.strip()),
        links=tuple((link.title, address(link.address)) for link in answer.links),
        reason=Written(answer.reason.strip()),
        not_applicable=Written(answer.not_applicable.strip()),
        note=Written(answer.note.strip()),
        findings=tuple(finding for finding in row.findings if finding.kind not in SAID_ELSEWHERE),
        origin="" if wording == common else wording[0],
        own_note=Text() if wording == common else wording[1],
    )


def _gap(row: Row) -> str:
    if row.level is None:
        return ""
    return counted(row.gap.gap, "level") if row.gap else "None"


def _wording(provenance: Provenance) -> tuple[str, Text]:
    """Whose words a criterion's are, in a sentence, and the file's own note on it."""
    parts = (
        f"statement {origin(provenance.kind)}" if provenance.kind else "",
        f"questions, levels and actions {origin(provenance.rest)}" if provenance.rest else "",
    )
    said = "; ".join(filter(None, parts))
    return f"{said[:1].upper()}{said[1:]}." if said else "", provenance.note
