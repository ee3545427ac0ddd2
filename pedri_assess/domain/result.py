"""A result: what follows from the answers, as values and as the result document."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Document = dict[str, Any]

METHOD = "profile-1"


@dataclass(frozen=True)
class Index:
    """The index of a standard, for trends only: exact fractions from 0 to 1.

    `value` is None where nothing is answered; all three are None where nothing is applicable. `low` and
    `high` are what it would be if everything unanswered were at the lowest or the highest level.
    """

    value: Fraction | None
    low: Fraction | None
    high: Fraction | None


@dataclass(frozen=True)
class StandardResult:
    """One standard's profile. `counts` is the number of criteria at each level, lowest first.

    `level` is None where there is none; `level_reason` says why it is what it is, and `next_step` what would
    change it, each in a sentence.
    """

    id: str
    target: int
    counts: tuple[int, ...]
    applicable: int
    answered: int
    unanswered: int
    not_applicable: int
    level: int | None
    level_reason: str
    next_step: str
    comparable: bool
    index: Index


@dataclass(frozen=True)
class Gap:
    """One item of the order of work: a criterion below its target."""

    criterion: str
    level: int
    target: int
    gap: int
    importance: int
    effort: str | None


@dataclass(frozen=True)
class CriterionResult:
    """An answered criterion: the level claimed, and the highest level that the evidence carries."""

    criterion: str
    level: int
    evidenced_level: int


@dataclass(frozen=True)
class Finding:
    """Something a reader should know. It is about a criterion or a standard; the other one is empty."""

    kind: str
    text: str
    criterion: str = ""
    standard: str = ""


@dataclass(frozen=True)
class Result:
    """Everything that follows from the answers, against one framework version, by one method."""

    method: str
    framework: str
    version: str
    content_hash: str
    standards: tuple[StandardResult, ...]
    order_of_work: tuple[Gap, ...]
    quick_wins: tuple[str, ...]
    criteria: tuple[CriterionResult, ...]
    findings: tuple[Finding, ...]

    def standard(self, standard_id: str) -> StandardResult:
        """The result of one standard in scope. Raises KeyError."""
        return {standard.id: standard for standard in self.standards}[standard_id]


def result_document(result: Result) -> Document:
    """The result document: plain JSON values, keys in a fixed order."""
    return {
        **vars(result),
        "standards": [_standard_document(standard) for standard in result.standards],
        "order_of_work": [dict(vars(gap)) for gap in result.order_of_work],
        "quick_wins": list(result.quick_wins),
        "criteria": [dict(vars(criterion)) for criterion in result.criteria],
        "findings": [_finding_document(finding) for finding in result.findings],
    }


def rounded(share: Fraction | None) -> float | None:
    """Three decimals, half to even on the exact fraction."""
    return None if share is None else float(round(share, 3))


def _standard_document(standard: StandardResult) -> Document:
    index = {name: rounded(share) for name, share in vars(standard.index).items()}
    return {**vars(standard), "counts": list(standard.counts), "index": index}


def _finding_document(finding: Finding) -> Document:
    about = {"criterion": finding.criterion} if finding.criterion else {"standard": finding.standard}
    return {"kind": finding.kind, **about, "text": finding.text}
