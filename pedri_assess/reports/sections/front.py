"""Whose report this is, and the two pages a leader reads."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from ...domain.edition import Logo
from ...domain.findings import FEWEST_PUBLIC_RATINGS
from ...domain.result import Finding
from ...domain.standards import Action, Effort
from ..report import Bar, Block, Report, Row, Written
from ..wording import counted, criteria, day, listed
from .base import Section
from .optional import left_out
from .profile import Key, key
from .public import View, views
from .signing_off import standing

SHOWN = 3
MOST_MOVES = 4  # standards of which the summary says what would move them up; their chapters say it of all
MOST_ABOUT = 300  # characters of what an assessment is about
# Standards: with fewer a summary is one page or little more, with more its first page may run on
FEWEST_FACING, MOST_FACING = 5, 9


@dataclass(frozen=True)
class Identity:
    """Who and what a report is about, when, and how far it was agreed."""

    organisation: Written
    scope_kind: Written
    scope_name: Written
    day: str
    status: str


def identity(report: Report) -> Identity:
    """What cover and summary both say, so that either can be handed on alone."""
    assessment = report.assessment
    stands = standing(report.edition)
    return Identity(
        organisation=Written(assessment.organisation.strip()),
        scope_kind=Written(assessment.scope.kind.strip()),
        scope_name=Written(assessment.scope.name.strip()),
        day=day(assessment.date),
        status=f"Revision {stands}" if stands else "Not signed off",
    )


@dataclass(frozen=True)
class Cover(Section):
    """The report's name plate."""

    name = "cover"
    title = "Improvement report"

    identity: Identity
    about: Written
    covers: str
    left_out: str
    logo: Logo | None
    is_draft: bool

    @property
    def size(self) -> str:
        """How large the organisation's name can be set: large, medium or small."""
        length = max(len(self.identity.organisation), len(self.identity.scope_name) // 2)
        return "large" if length <= 45 else "medium" if length <= 130 else "small"


def cover(report: Report) -> Cover:
    """Who, what, against which version and when."""
    return Cover(
        identity=identity(report),
        about=_shortened(report.assessment.scope.about.strip()),
        covers=_covers(report),
        left_out=listed(left_out(report.edition)),
        logo=report.edition.logo,
        is_draft=report.framework.status == "draft",
    )


def _shortened(about: str) -> Written:
    # It is meant to be one line; the attached answers have all of it
    return Written(about if len(about) <= MOST_ABOUT else f"{about[:MOST_ABOUT].rstrip()}…")


def _covers(report: Report) -> str:
    day = report.assessment.date
    covered, whole = len(report.rows), sum(item.counts_on(day) for item in report.framework.criteria)
    if covered == whole:
        return f"All {criteria(whole)}" if whole > 1 else criteria(whole)
    core = tuple(item for item in report.framework.core_criteria if item.counts_on(day))
    if tuple(row.criterion for row in report.rows) == core:
        return f"Quick check: the {covered} core criteria of {whole}"
    return f"{covered} of {criteria(whole)}"


@dataclass(frozen=True)
class Needed:
    """An effort, and how many actions that take it are suggested for criteria with a gap."""

    effort: Effort
    actions: int


@dataclass(frozen=True)
class Priority:
    """One of the first in the order of work, with its actions, the smallest effort first."""

    row: Row
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class Summary(Section):
    """What a leader should know, complete without the rest of the report.

    `faces` says that where one stands and what to do next have a page each.
    """

    name = "summary"
    title = "Summary for leaders"

    identity: Identity
    bars: tuple[Bar, ...]
    key: Key
    answered: int
    applicable: int
    not_applicable: int
    gaps: int
    strengths: tuple[Row, ...]
    priorities: tuple[Priority, ...]
    needed: tuple[Needed, ...]
    quick_wins: int
    awaiting: int
    public_views: tuple[View, ...]
    public_findings: tuple[tuple[Row, Finding], ...]
    public_few: int
    fewest_ratings: int
    moves: tuple[Block, ...]
    faces: bool

    @property
    def public_lower(self) -> int:
        """In how many criteria that the public rated they see a lower level than staff."""
        return sum(view.compared == "lower" for view in self.public_views)

    @property
    def how_sure(self) -> str:
        """One sentence on what is answered."""
        said = f"{self.answered} of {counted(self.applicable, 'applicable criterion', 'applicable criteria')}"
        answered = f"{said} {'is' if self.answered == 1 else 'are'} answered"
        if self.not_applicable:
            answered += f", and {criteria(self.not_applicable)} in scope "
            answered += f"{'is' if self.not_applicable == 1 else 'are'} not applicable"
        return answered + "."


def summary(report: Report) -> Summary:
    """The profile at a glance, three strengths, three priorities, what it takes, what the public say."""
    rated = views(report)
    shown = tuple(view for view in rated if view.public_level is not None)
    return Summary(
        identity=identity(report),
        bars=report.bars,
        key=key(report),
        answered=report.answered,
        applicable=report.applicable,
        not_applicable=len(report.rows) - report.applicable,
        gaps=len(report.order_of_work),
        strengths=strengths(report)[:SHOWN],
        priorities=tuple(
            Priority(row, _by_effort(row.criterion.actions)) for row in report.order_of_work[:SHOWN]
        ),
        needed=_needed(report),
        quick_wins=len(report.result.quick_wins),
        awaiting=sum(finding.kind == "awaiting-evidence" for finding in report.result.findings),
        public_views=shown,
        public_findings=tuple(
            (row, finding)
            for row in report.rows
            for finding in row.findings
            if finding.kind == "public-see-it-differently"
        )[:SHOWN],
        public_few=sum(0 < view.public < FEWEST_PUBLIC_RATINGS for view in rated),
        fewest_ratings=FEWEST_PUBLIC_RATINGS,
        moves=_moves(report.blocks),
        faces=bool(report.order_of_work) and FEWEST_FACING <= len(report.bars) <= MOST_FACING,
    )


def _moves(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The first few standards below their target, the furthest first, those without a level last."""
    below = [block for block in blocks if _distance(block) != 0 and block.result.next_step]
    return tuple(sorted(below, key=lambda block: -_distance(block))[:MOST_MOVES])


def _distance(block: Block) -> float:
    return max(0, block.target.value - block.level.value) if block.level else 0.5


def strengths(report: Report) -> tuple[Row, ...]:
    """Criteria at their target or above whose evidence carries their level, the strongest first.

    Highest level first, then importance, core, the file's order; each standard's strongest comes before any
    standard's second, so that three strengths show three standards where there are as many.
    """
    carried = [row for row in report.rows if row.at_target and _is_carried(row)]
    carried.sort(key=lambda row: _strength(row, report))
    seen: dict[str, int] = {}
    turns: list[tuple[int, Row]] = []
    for row in carried:
        turn = seen.get(row.standard.id, 0)
        seen[row.standard.id] = turn + 1
        turns.append((turn, row))
    return tuple(row for _, row in sorted(turns, key=lambda pair: pair[0]))


def _is_carried(row: Row) -> bool:
    # The lowest level is where everyone begins: being there is no strength, even where it is the target
    return row.level is not None and row.level.value > 0 and row.evidenced == row.level


def _strength(row: Row, report: Report) -> tuple[int, int, bool]:
    level = row.level.value if row.level else 0
    return -level, -report.assessment.importance_of(row.criterion), not row.criterion.core


def _by_effort(actions: tuple[Action, ...]) -> tuple[Action, ...]:
    return tuple(sorted(actions, key=lambda action: action.effort.rank if action.effort else inf))


def _needed(report: Report) -> tuple[Needed, ...]:
    efforts = [action.effort for row in report.order_of_work for action in row.criterion.actions]
    counts = (Needed(effort, efforts.count(effort)) for effort in report.framework.efforts)
    return tuple(needed for needed in counts if needed.actions)
