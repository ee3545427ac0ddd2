"""The plan: what an organisation decides to do about its gaps, by whom, by when, and what came of it.

Days are ISO dates, so that their order as text is their order in time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .errors import Incomplete
from .languages import to_translate
from .result import Gap
from .standards import Effort, Framework, Text

PLANNED, UNDER_WAY, DONE, DROPPED, NO_ACTION = "planned", "under-way", "done", "dropped", "no-action"
STATUSES = {
    PLANNED: to_translate("Planned"),
    UNDER_WAY: to_translate("Under way"),
    DONE: to_translate("Done"),
    DROPPED: to_translate("Dropped"),
    NO_ACTION: to_translate("No action, with a reason"),
}
OPEN = frozenset({PLANNED, UNDER_WAY})
# What has to be said with a status, because a plan whose ends are not explained teaches nobody anything
WORDS_NEEDED = {
    DONE: to_translate("Say in a few words what changed"),
    DROPPED: to_translate("Say why it is dropped"),
    NO_ACTION: to_translate("Say why nothing is done"),
}
SOON = timedelta(days=14)
LATE, DUE_SOON, LATER = "late", "due soon", "later"


@dataclass(frozen=True)
class Proposal:
    """Something that the framework suggests for a gap, and for all gaps where it says the same.

    `key` names it: the first criterion and the place of the text among its actions.
    """

    key: str
    criteria: tuple[str, ...]
    text: Text
    effort: Effort | None


@dataclass(frozen=True)
class PlanLine:
    """An action of a plan as a report tells it. `due` is an ISO date; what is not said is empty.

    `because` says what changed, or why nothing is done.
    """

    text: str
    criteria: tuple[str, ...]
    status: str
    owner: str = ""
    due: str = ""
    first_step: str = ""
    because: str = ""


@dataclass(frozen=True)
class GapProposals:
    """A gap, in the order of work, with what is suggested for it and was not suggested for an earlier one."""

    gap: Gap
    proposals: tuple[Proposal, ...]


def proposals(framework: Framework, gaps: Sequence[Gap]) -> tuple[GapProposals, ...]:
    """What could be done about each gap. A text that several criteria share is proposed once, for all."""
    shared: dict[str, list[str]] = {}
    for gap in gaps:
        for action in framework.criterion(gap.criterion).actions:
            held = shared.setdefault(_plain(action.text), [])
            if gap.criterion not in held:
                held.append(gap.criterion)
    return tuple(GapProposals(gap, tuple(_first_told(framework, gap, shared))) for gap in gaps)


def _first_told(framework: Framework, gap: Gap, shared: dict[str, list[str]]) -> Iterator[Proposal]:
    told = set()
    for place, action in enumerate(framework.criterion(gap.criterion).actions):
        criteria = shared[_plain(action.text)]
        if criteria[0] == gap.criterion and _plain(action.text) not in told:
            told.add(_plain(action.text))
            yield Proposal(f"{gap.criterion}/{place}", tuple(criteria), action.text, action.effort)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def check_status(status: str, words: str) -> None:
    """Raises ValueError for a status that there is not, and Incomplete where it needs words."""
    if status not in STATUSES:
        raise ValueError(status)
    if status in WORDS_NEEDED and not words.strip():
        raise Incomplete([WORDS_NEEDED[status]])


def time_left(status: str, due: str | None, today: str) -> str:
    """late, due soon or later; empty for what is not open or has no day."""
    if status not in OPEN or not due:
        return ""
    if due < today:
        return LATE
    soon = (date.fromisoformat(today) + SOON).isoformat()
    return DUE_SOON if due <= soon else LATER


def merged(criteria: Iterable[Sequence[str]], framework: Framework) -> tuple[str, ...]:
    """The criteria of several actions as those of one, in the file's order."""
    wanted = {name for names in criteria for name in names}
    return tuple(item.id for item in framework.criteria if item.id in wanted)
