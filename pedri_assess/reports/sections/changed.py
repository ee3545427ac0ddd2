"""What is not as it was in the revision before, criterion by criterion, in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from ...domain.edition import NOT_APPLICABLE, NOT_KNOWN, UNANSWERED, Change
from ...domain.languages import to_translate
from ...domain.standards import Level
from ..charts import level_class, moved
from ..report import Report, Row
from ..wording import counted, criteria, listed
from .base import Section

WITHOUT_LEVEL = {
    UNANSWERED: "Not answered",
    NOT_KNOWN: "Not known yet",
    NOT_APPLICABLE: "Not applicable",
}
PARTS = {
    "confidence": "confidence in the evidence",
    "evidence": "evidence",
    "links": "links",
    "reason": "reason",
    "not_applicable": "reason",
    "otherwise": "whether it is achieved in another way",
    "note": "note for next time",
}
UP, DOWN, NOW, NO_MORE, STATE, WORDS = "up", "down", "now", "no more", "state", "words"
TOLD = (  # what is counted in the first sentence, and how it is said of one and of more
    (UP, "is at a higher level", "are at a higher level"),
    (DOWN, "is at a lower level", "are at a lower level"),
    (NOW, "has a level that had none", "have a level that had none"),
    (NO_MORE, "has no level any more", "have no level any more"),
    (STATE, "has no level for another reason", "have no level for another reason"),
    (WORDS, "is as before in other words", "are as before in other words"),
)


@dataclass(frozen=True)
class Side:
    """An answer on one side of a change: a level with its colours, or why there was none."""

    level: Level | None
    colours: str
    words: str


@dataclass(frozen=True)
class Changed:
    """One criterion whose answer changed; `moved` and `parts` say how, in words."""

    row: Row
    before: Side
    after: Side
    kind: str
    moved: str
    parts: str
    svg: Markup


@dataclass(frozen=True)
class Changes(Section):
    """All that changed since the revision before. `since` is its number."""

    name = "changes"
    title = to_translate("What changed since the revision before")

    since: int
    revision: int
    items: tuple[Changed, ...]
    told: str
    levels: int


def changes(report: Report) -> Changes | None:
    """Every changed answer in the file's order; None where there is no revision before."""
    edition = report.edition
    if not edition.since:
        return None
    items = tuple(_changed(change, report) for change in edition.changes)
    return Changes(edition.since, edition.revision, items, _told(items), len(report.framework.scale))


def _changed(change: Change, report: Report) -> Changed:
    kind = _kind(change)
    before, after = _side(change.before, report), _side(change.after, report)
    same = change.before == change.after
    said = f"{after.words}, as before" if same else f"from {before.words} to {after.words}"
    return Changed(
        report.row(change.criterion),
        before,
        after,
        kind,
        _moved(change, kind),
        listed(list(dict.fromkeys(PARTS[part] for part in change.parts))),
        moved(before.level, after.level, report.framework.scale, f"{change.criterion}: {said}."),
    )


def _side(said: int | str, report: Report) -> Side:
    if isinstance(said, str):
        kind = "level-not-applicable" if said == NOT_APPLICABLE else "level-unanswered"
        return Side(None, f"{kind} on-{kind}", WITHOUT_LEVEL[said])
    level = report.framework.scale[said]
    return Side(level, level_class(level, report.framework.top), level.label)


def _kind(change: Change) -> str:
    before, after = change.before, change.after
    if isinstance(before, int) and isinstance(after, int):
        return UP if after > before else DOWN if after < before else WORDS
    if isinstance(after, int):
        return NOW
    if isinstance(before, int):
        return NO_MORE
    return STATE if before != after else WORDS


def _moved(change: Change, kind: str) -> str:
    if isinstance(change.before, int) and isinstance(change.after, int) and kind != WORDS:
        return f"{kind.capitalize()} {counted(abs(change.after - change.before), 'level')}"
    return {NOW: "Now has a level", NO_MORE: "No level any more", STATE: "Another reason for no level"}.get(
        kind, "As before"
    )


def _told(items: tuple[Changed, ...]) -> str:
    """Of 7 criteria that changed, 3 are at a higher level, 1 …"""
    if not items:
        return "No answer changed."
    counts = Counter(item.kind for item in items)
    parts = [
        f"{counts[kind]} {one if counts[kind] == 1 else more}" for kind, one, more in TOLD if counts[kind]
    ]
    return f"{criteria(len(items)).capitalize()} changed: {listed(parts)}."
