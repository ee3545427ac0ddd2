"""A report's material: one assessment, measured, with everything that more than one section needs."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from ..domain.assessment import Answer, Assessment, Ratings
from ..domain.edition import Edition, Remark
from ..domain.result import CriterionResult, Finding, Gap, Result, StandardResult
from ..domain.standards import Criterion, Effort, Framework, Level, Standard
from .charts import level_class, profile_bar, profile_words, standing

CHAPTERS = "standards"  # the section with a chapter for each standard
LANGUAGE = "en"  # the language of our own sentences; a framework's texts say their own


class Written(str):
    """Words that somebody typed, in whatever language and direction."""

    __slots__ = ()

    @property
    def direction(self) -> str:
        """ltr or rtl, by the first letter that has a direction: how browsers read dir=auto."""
        for letter in self:
            kind = unicodedata.bidirectional(letter)
            if kind in ("L", "R", "AL"):
                return "ltr" if kind == "L" else "rtl"
        return "ltr"


@dataclass(frozen=True)
class Row:
    """One criterion in scope, with its answer and all that follows from it.

    `number` counts criteria from 1 over the whole framework; `level` is None where there is none, `gap` where
    there is no gap; `place` is its place in the order of work, from 1. `owner` is a name, or empty; `linked`
    says that the report has a chapter for it to lead to.
    """

    number: int
    standard: Standard
    criterion: Criterion
    answer: Answer
    ratings: Ratings
    level: Level | None
    target: Level
    evidenced: Level | None
    gap: Gap | None
    place: int | None
    findings: tuple[Finding, ...]
    owner: Written
    remarks: tuple[Remark, ...]
    linked: bool

    @property
    def anchor(self) -> str:
        """The id of the criterion's heading; framework ids may hold any character, numbers do not."""
        return f"r-criterion-{self.number}"

    @property
    def state(self) -> str:
        """answered, not-applicable or unanswered."""
        if self.level is not None:
            return "answered"
        return "not-applicable" if self.answer.not_applicable else "unanswered"

    @property
    def at_target(self) -> bool:
        """Whether the criterion has a level, and it is the target or above."""
        return self.level is not None and self.gap is None


@dataclass(frozen=True)
class Block:
    """One standard in scope with its result and its rows. `number` counts from 1 over the framework.

    `linked` says that the report has a chapter for it to lead to.
    """

    number: int
    standard: Standard
    result: StandardResult
    rows: tuple[Row, ...]
    level: Level | None
    target: Level
    findings: tuple[Finding, ...]
    linked: bool

    @property
    def anchor(self) -> str:
        """The id of the standard's heading."""
        return f"r-standard-{self.number}"


@dataclass(frozen=True)
class Bar:
    """One standard in pictures: its profile as a strip, with the same in words, and its level and target.

    `colours` are the classes that give its level its colours.
    """

    block: Block
    svg: Markup
    words: str
    standing: Markup
    colours: str


@dataclass(frozen=True)
class Report:
    """What a report is made of, and in which edition.

    The hashes are `sha256:` and the hash of the document's canonical form.
    """

    framework: Framework
    assessment: Assessment
    result: Result
    answers_hash: str
    result_hash: str
    edition: Edition
    edition_hash: str

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The standards in scope, in the file's order."""
        results = {result.id: result for result in self.result.standards}
        found = _by_standard(self.result.findings)
        return tuple(
            Block(
                number,
                standard,
                results[standard.id],
                tuple(row for row in self.rows if row.standard is standard),
                self.level(results[standard.id].level),
                self.framework.scale[results[standard.id].target],
                found.get(standard.id, ()),
                self.has_chapters,
            )
            for number, standard in enumerate(self.framework.standards, 1)
            if standard.id in results
        )

    @cached_property
    def bars(self) -> tuple[Bar, ...]:
        """The bars of the standards in scope, in the file's order; three sections show the same ones."""
        scale = self.framework.scale
        return tuple(
            Bar(
                block=block,
                svg=profile_bar(block.result, scale, block.standard.title),
                words=profile_words(block.result, scale),
                standing=standing(block.level, block.target, scale, block.standard.title),
                colours=level_class(block.level, self.framework.top),
            )
            for block in self.blocks
        )

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The criteria in scope that count, in the file's order."""
        numbers = {criterion.id: number for number, criterion in enumerate(self.framework.criteria, 1)}
        places = {gap.criterion: (place, gap) for place, gap in enumerate(self.result.order_of_work, 1)}
        measured = {item.criterion: item for item in self.result.criteria}
        found = _by_criterion(self.result.findings)
        return tuple(
            self._row(
                numbers[criterion.id],
                standard,
                criterion,
                measured.get(criterion.id),
                places.get(criterion.id, (None, None)),
                found.get(criterion.id, ()),
            )
            for standard in self.framework.standards
            for criterion in self.assessment.counted(standard)
        )

    def _row(
        self,
        number: int,
        standard: Standard,
        criterion: Criterion,
        measured: CriterionResult | None,
        work: tuple[int | None, Gap | None],
        findings: tuple[Finding, ...],
    ) -> Row:
        return Row(
            number=number,
            standard=standard,
            criterion=criterion,
            answer=self.assessment.answer(criterion.id),
            ratings=self.assessment.ratings.get(criterion.id, Ratings()),
            level=self.level(measured.level if measured else None),
            target=self.framework.scale[self.assessment.target(standard, self.framework)],
            evidenced=self.level(measured.evidenced_level if measured else None),
            gap=work[1],
            place=work[0],
            findings=findings,
            owner=Written(" ".join(self.edition.owners.get(criterion.id, "").split())),
            remarks=self._remarks.get(criterion.id, ()),
            linked=self.has_chapters,
        )

    def level(self, value: int | None) -> Level | None:
        """The level of the scale with this value; None for None."""
        return None if value is None else self.framework.scale[value]

    def row(self, criterion_id: str) -> Row:
        """The row of a criterion in scope. Raises KeyError."""
        return self._rows_by_id[criterion_id]

    def effort(self, effort_id: str | None) -> Effort | None:
        """The effort with this id; None where there is none."""
        return next((effort for effort in self.framework.efforts if effort.id == effort_id), None)

    @cached_property
    def order_of_work(self) -> tuple[Row, ...]:
        """The rows with a gap, what to do first in front."""
        return tuple(self.row(gap.criterion) for gap in self.result.order_of_work)

    @cached_property
    def quick_wins(self) -> frozenset[str]:
        """The ids of the criteria that an action of the smallest effort could help."""
        return frozenset(self.result.quick_wins)

    @property
    def has_owners(self) -> bool:
        """Whether the edition says who answers for anything."""
        return bool(self.edition.owners)

    @property
    def has_chapters(self) -> bool:
        """Whether the report has the chapters of the standards, for others to lead to."""
        return CHAPTERS not in self.edition.left_out

    @property
    def applicable(self) -> int:
        """How many criteria in scope are applicable."""
        return sum(standard.applicable for standard in self.result.standards)

    @property
    def answered(self) -> int:
        """How many criteria have a level."""
        return sum(standard.answered for standard in self.result.standards)

    @cached_property
    def _remarks(self) -> dict[str, tuple[Remark, ...]]:
        found: dict[str, list[Remark]] = {}
        for remark in self.edition.comments:
            found.setdefault(remark.criterion, []).append(remark)
        return {criterion: tuple(remarks) for criterion, remarks in found.items()}

    @cached_property
    def _rows_by_id(self) -> dict[str, Row]:
        return {row.criterion.id: row for row in self.rows}


def _by_criterion(findings: tuple[Finding, ...]) -> dict[str, tuple[Finding, ...]]:
    found: dict[str, tuple[Finding, ...]] = {}
    for finding in findings:
        if finding.criterion:
            found[finding.criterion] = (*found.get(finding.criterion, ()), finding)
    return found


def _by_standard(findings: tuple[Finding, ...]) -> dict[str, tuple[Finding, ...]]:
    found: dict[str, tuple[Finding, ...]] = {}
    for finding in findings:
        if finding.standard:
            found[finding.standard] = (*found.get(finding.standard, ()), finding)
    return found
