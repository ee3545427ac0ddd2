"""The easy-to-read version: the same numbers as in the report, few of them, one idea a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from ..domain.standards import Action, Level, Text
from .charts import steps_picture
from .document import PrintJob, environment, mark, pictures, title
from .report import LANGUAGE, Block, Report, Row, Written
from .sections.front import cover, summary
from .sections.origins import KINDS
from .sections.public import View

SHEET = "easy_read.css"
TITLE = "Easy-to-read report"
SHOWN = 3


@dataclass(frozen=True)
class Climb:
    """How far one standard is, on steps."""

    block: Block
    picture: Markup

    @property
    def beside_goal(self) -> str:
        """Where the level is beside the goal: on it, above or below; nowhere without a level."""
        if self.block.level is None:
            return "nowhere"
        beyond = self.block.level.value - self.block.target.value
        return "on" if beyond == 0 else "above" if beyond > 0 else "below"


@dataclass(frozen=True)
class NextStep:
    """Something to do next, with the smallest action that is suggested; None where there is none."""

    row: Row
    action: Action | None


@dataclass(frozen=True)
class EasyRead:
    """All that the easy-to-read version says; counts are of criteria, called points there."""

    organisation: Written
    scope_name: Written
    about: Written
    day: str
    standards: int
    points: int
    applicable: int
    answered: int
    origins: frozenset[str]
    climbs: tuple[Climb, ...]
    strengths: tuple[Row, ...]
    next_steps: tuple[NextStep, ...]
    gaps: int
    rated: int
    lower: tuple[View, ...]
    same: int
    higher: int
    few: bool

    @property
    def not_applicable(self) -> int:
        """How many points are not about this organisation or work."""
        return self.points - self.applicable

    @property
    def unanswered(self) -> int:
        """How many points have no answer yet."""
        return self.applicable - self.answered


def easy_read(report: Report) -> EasyRead:
    """The easy-to-read version of a report: what the cover and the summary for leaders say."""
    front, told = cover(report), summary(report)
    views = told.public_views
    return EasyRead(
        organisation=front.identity.organisation,
        scope_name=front.identity.scope_name,
        about=front.about,
        day=front.identity.day,
        standards=len(report.blocks),
        points=told.applicable + told.not_applicable,
        applicable=told.applicable,
        answered=told.answered,
        origins=_origins(report),
        climbs=tuple(_climb(block, report.framework.top) for block in report.blocks),
        strengths=told.strengths[:SHOWN],
        next_steps=tuple(NextStep(item.row, _smallest(item.row)) for item in told.priorities[:SHOWN]),
        gaps=told.gaps,
        rated=len(views),
        lower=tuple(view for view in views if view.compared == "lower"),
        same=sum(view.compared == "same" for view in views),
        higher=sum(view.compared == "higher" for view in views),
        few=told.public_few > 0,
    )


def in_easy_words(level: Level) -> tuple[Text, ...]:
    """A level in the framework's easiest words: those for easy read, or else its name and what it means."""
    if level.easy_read:
        return (level.easy_read,)
    return (level.label, level.meaning) if level.meaning not in ("", level.label) else (level.label,)


def easy_read_job(report: Report, templates: Path) -> PrintJob:
    """The easy-to-read version to print.

    Nothing is attached: it is made to be handed round, and evidence and notes are not.
    """
    return PrintJob(
        html=easy_read_html(report, templates),
        attachments=(),
        date=report.assessment.date,
        identifier=f"easy-read {mark(report)}",
        sheet=SHEET,
        pictures=pictures(report.edition),
    )


def easy_read_html(report: Report, templates: Path) -> str:
    """The HTML that is printed. No clock: the same report gives the same text."""
    return (
        environment(templates)
        .get_template("report/easy_read_document.html")
        .render(
            easy=easy_read(report),
            report=report,
            in_easy_words=in_easy_words,
            medium="pdf",
            language=LANGUAGE,
            title=title(report, TITLE),
            author=" ".join(report.assessment.organisation.split()),
            date=report.assessment.date,
        )
    )


def _climb(block: Block, top: int) -> Climb:
    level = block.level.value if block.level else None
    return Climb(block, steps_picture(block.standard.title, top, level, block.target.value))


def _smallest(row: Row) -> Action | None:
    """The first action of the smallest effort; where none says its effort, the first."""
    smallest = row.criterion.smallest_effort
    return next((action for action in row.criterion.actions if action.effort == smallest), None)


def _origins(report: Report) -> frozenset[str]:
    marks = [block.standard.provenance for block in report.blocks]
    marks += [row.criterion.provenance for row in report.rows]
    return frozenset(kind for mark in marks for kind in (mark.kind, mark.rest) if kind in KINDS)
