"""Panels: public contributors rate what they see, without an account; nothing tells one from another.

Days are ISO dates, so that their order as text is their order in time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .assessment import Answer, Assessment, PublicView, Ratings
from .findings import public_view
from .languages import to_translate
from .standards import Confidence, Criterion, Framework

DRAFT, OPEN, CLOSED = "draft", "open", "closed"
STATES = {DRAFT: to_translate("Not open yet"), OPEN: to_translate("Open"), CLOSED: to_translate("Closed")}
GROUP, SINGLE = "group", "single"
BATCH = 10  # sheets: answers that came together can be left out together, and never one person's alone
HANDS = 0  # the batch of hands that went up in a meeting: nobody leaves them out
PAPER_FROM = 1_000_001  # batches of sheets of paper count from here, far above those that come by link
SECONDS_A_QUESTION = 40
MANY = 2  # times as many sheets as expected: a link may have been passed on


def state(opened: bool, closed: bool, closes_on: str, today: str) -> str:
    """draft, open or closed. A panel is open until the end of its last day."""
    if not opened:
        return DRAFT
    return CLOSED if closed or today > closes_on else OPEN


def questions(framework: Framework, criteria: Sequence[str]) -> tuple[Criterion, ...]:
    """The criteria of a panel that have a question for the public, in the file's order."""
    wanted = set(criteria)
    return tuple(item for item in framework.criteria if item.id in wanted and item.public_question)


def minutes(number: int) -> int:
    """How long a panel of so many questions takes, rounded up."""
    return -(-number * SECONDS_A_QUESTION // 60)


def batch_of(arrival: int) -> int:
    """The batch of the sheet that came as the `arrival`th, both counted from 1."""
    return (arrival - 1) // BATCH + 1


@dataclass(frozen=True)
class Rating:
    """One public contributor's level for one criterion; None where they do not know."""

    criterion: str
    level: int | None
    batch: int


def views(ratings: Sequence[Rating], left_out: frozenset[int] = frozenset()) -> dict[str, PublicView]:
    """What the panel sees, by criterion, where enough have rated; without the batches that are left out."""
    levels: dict[str, list[int]] = {}
    for rating in ratings:
        if rating.level is not None and rating.batch not in left_out:
            levels.setdefault(rating.criterion, []).append(rating.level)
    found = {name: public_view(Ratings(public=tuple(items))) for name, items in levels.items()}
    return {name: view for name, view in found.items() if view is not None}


# What may tell who wrote a comment, or about whom: pointed out to whoever reads it before others do
_CONTACTS = (
    (to_translate("e-mail address"), re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}")),
    (to_translate("telephone number"), re.compile(r"(?<![\w-])\+?\d(?:[\s().-]?\d){7,14}(?![\w-])")),
    (to_translate("web address"), re.compile(r"(?:https?://|www\.)\S{1,200}", re.IGNORECASE)),
    (to_translate("postcode"), re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE)),
)
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Sister|Nurse)\.? [A-Z][\w'’-]{1,40}")
_NAMED = re.compile(r"(?<=[a-z,;] )[A-Z][a-z'’-]{1,40}(?: [A-Z][a-z'’-]{1,40})?")


def pointed_out(text: str, names: Sequence[str] = ()) -> tuple[tuple[str, str], ...]:
    """Each thing in a comment that may tell who somebody is: what kind of thing, and the words themselves.

    `names` are those of people of the organisation. It points out too much rather than too little, and it
    still misses things: nicknames, places, a story that only one person can tell.
    """
    return tuple(dict.fromkeys(_pointed_out(text, names)))


def _pointed_out(text: str, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for kind, pattern in _CONTACTS:
        for found in pattern.finditer(text):
            yield kind, found[0]
    lower = text.casefold()
    for name in names:
        for part in filter(lambda part: len(part) > 2, name.split()):
            if re.search(rf"\b{re.escape(part.casefold())}\b", lower):
                yield to_translate("name of a colleague"), part
    for pattern in (_TITLED, _NAMED):
        for found in pattern.finditer(text):
            yield to_translate("maybe a name"), found[0]


def confirmed(view: PublicView | None, level: int | None) -> bool:
    """Whether public contributors see at least the level that staff say."""
    return view is not None and level is not None and view.level >= level


def step_of_others(framework: Framework) -> Confidence | None:
    """The step of evidence at which others than staff agree: the highest, where there is more than one."""
    return framework.confidence[-1] if len(framework.confidence) > 1 else None


def may_be_marked(framework: Framework, answer: Answer, view: PublicView | None) -> bool:
    """Whether there is a view of the public, and staff have not marked their evidence as confirmed by it."""
    step = step_of_others(framework)
    open_to_it = not answer.not_applicable and step is not None and answer.confidence != step.value
    return view is not None and open_to_it


def to_mark(framework: Framework, assessment: Assessment) -> tuple[Criterion, ...]:
    """Criteria whose evidence may be marked, since the public see it like staff or higher; in file order."""
    return tuple(
        item
        for item in framework.criteria
        if confirmed(view := public_view(assessment.ratings_of(item.id)), assessment.answer(item.id).level)
        and may_be_marked(framework, assessment.answer(item.id), view)
    )


def merged_views(panels: Sequence[Mapping[str, PublicView]]) -> dict[str, PublicView]:
    """What the newest panel sees of each criterion; panels come the newest first.

    Panels are not pooled: what one more panel changed would tell what its few contributors said.
    """
    found: dict[str, PublicView] = {}
    for panel in panels:
        for name, view in panel.items():
            found.setdefault(name, view)
    return found
