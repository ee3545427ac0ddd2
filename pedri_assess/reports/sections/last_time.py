"""What moved since the last assessment, by standard and criterion, and what cannot fairly be compared."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from ...domain.acted import GONE, MOVED, NOT_MOVED, UNCLEAR, Acted, acted, moved_by_itself
from ...domain.moved import CONFIRMED, DOWN, NEW, NOT_COMPARABLE, UP, CriterionMoved, Moved, StandardMoved
from ...domain.plan import DONE, DROPPED, NO_ACTION, OPEN, STATUSES
from ...domain.standards import Level
from ..charts import level_class, moved
from ..report import Block, Report, Row, Written
from ..wording import counted, criteria, day, listed
from .base import Section

TOLD = (  # what is counted in the first sentence, and how it is said of one and of more
    (UP, "moved up", "moved up"),
    (DOWN, "moved down", "moved down"),
    (CONFIRMED, "is as it was", "are as they were"),
    (NEW, "is new", "are new"),
    (NOT_COMPARABLE, "cannot fairly be compared", "cannot fairly be compared"),
)

OUTCOMES = {
    MOVED: "Higher now",
    NOT_MOVED: "Not higher",
    UNCLEAR: "Cannot fairly be compared",
    GONE: "No longer asked",
}


@dataclass(frozen=True)
class StandardThen:
    """One standard then and now: `before` in words by the version of then; levels on what compares."""

    block: Block
    before: str
    then: Level | None
    then_colours: str
    now: Level | None
    now_colours: str
    compared: str
    text: str


@dataclass(frozen=True)
class CriterionThen:
    """One criterion that moved, or that does not compare; `then` says what was said before, in words."""

    row: Row
    then: str
    now: str
    moved: str
    why: str
    svg: Markup


@dataclass(frozen=True)
class ActedThen:
    """An action of the last plan, and what became of what it was for."""

    text: Written
    names: tuple[str, ...]
    status: str
    because: Written
    outcome: str
    up: tuple[Row, ...]


@dataclass(frozen=True)
class LastTime(Section):
    """All that moved since the last assessment; `compared_with` says which one that was."""

    name = "last_time"
    title = "Change since last time"

    compared_with: str
    told: str
    same_version: bool
    standards: tuple[StandardThen, ...]
    moved: tuple[CriterionThen, ...]
    confirmed: tuple[Row, ...]
    new: tuple[Row, ...]
    unfair: tuple[CriterionThen, ...]
    past: tuple[tuple[str, str], ...]
    levels: int
    acted: tuple[ActedThen, ...]
    acted_told: str
    by_itself: tuple[Row, ...]


def last_time(report: Report) -> LastTime | None:
    """What moved; None where there was no assessment before."""
    found = report.edition.last_time
    if found is None:
        return None
    blocks = {block.standard.id: block for block in report.blocks}
    rows = {kind: [item for item in found.criteria if item.kind == kind] for kind, *_ in TOLD}
    return LastTime(
        _compared_with(found, report),
        _told(found),
        found.version == report.framework.version,
        tuple(_standard(item, blocks[item.standard], report) for item in found.standards),
        tuple(_criterion(item, report) for item in found.criteria if item.kind in (UP, DOWN)),
        tuple(report.row(item.criterion) for item in rows[CONFIRMED]),
        tuple(report.row(item.criterion) for item in rows[NEW]),
        tuple(_criterion(item, report) for item in rows[NOT_COMPARABLE]),
        tuple((item.criterion, item.words) for item in found.past),
        len(report.framework.scale),
        tuple(_acted(item, report) for item in acted(found)),
        _acted_told(acted(found)),
        tuple(report.row(name) for name in moved_by_itself(found)) if found.plan else (),
    )


def _acted(item: Acted, report: Report) -> ActedThen:
    line = item.line
    return ActedThen(
        Written(line.text),
        line.criteria,
        STATUSES[line.status],
        Written(line.because),
        OUTCOMES[item.outcome],
        tuple(report.row(name) for name in item.up),
    )


def _acted_told(found: tuple[Acted, ...]) -> str:
    """Done and moved, done and not moved, dropped, still open: how many of each."""
    done = [item for item in found if item.line.status == DONE]
    numbers = (
        (sum(item.outcome == MOVED for item in done), "done, and what it was for is at a higher level"),
        (sum(item.outcome == NOT_MOVED for item in done), "done, and nothing that it was for is higher"),
        (sum(item.outcome in (UNCLEAR, GONE) for item in done), "done, for what does not compare"),
        (sum(item.line.status in (DROPPED, NO_ACTION) for item in found), "dropped or left with a reason"),
        (sum(item.line.status in OPEN for item in found), "still open"),
    )
    parts = [f"{number} {words}" for number, words in numbers if number]
    return f"Of {counted(len(found), 'action')} of the last plan, {listed(parts)}." if found else ""


def _compared_with(found: Moved, report: Report) -> str:
    when = f" of {day(found.date)}" if found.date else ""
    revision = f", revision {found.revision}" if found.revision > 1 else ""
    return f"{report.framework.title} {found.version}, answers{when}{revision}"


def _told(found: Moved) -> str:
    counts = found.counts()
    parts = [
        f"{counts[kind]} {one if counts[kind] == 1 else more}" for kind, one, more in TOLD if counts[kind]
    ]
    return f"Of {criteria(len(found.criteria))}, {listed(parts)}."


def _standard(item: StandardMoved, block: Block, report: Report) -> StandardThen:
    then, now = report.level(item.then), report.level(item.now)
    top = report.framework.top
    return StandardThen(
        block,
        listed([f"{part.title}: {part.words}" for part in item.before]),
        then,
        level_class(then, top),
        now,
        level_class(now, top),
        f"{item.compared} of {item.of}",
        item.text,
    )


def _criterion(item: CriterionMoved, report: Report) -> CriterionThen:
    now = report.level(item.now)
    then = report.level(item.then[0].level if item.kind in (UP, DOWN) else None)
    words = listed([f"{part.criterion} {part.words}" for part in item.then])
    said = f"{item.criterion}: from {then.label if then else 'no level'} to {item.words}."
    return CriterionThen(
        report.row(item.criterion),
        item.then[0].words if item.kind in (UP, DOWN) else words,
        item.words,
        _moved(item),
        item.why,
        moved(then, now, report.framework.scale, said),
    )


def _moved(item: CriterionMoved) -> str:
    before = item.then[0].level
    if item.kind not in (UP, DOWN) or item.now is None or before is None:
        return ""
    return f"{item.kind.capitalize()} {counted(abs(item.now - before), 'level')}"
