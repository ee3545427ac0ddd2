"""What waits for one person, over all assessments of all their organisations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..domain.policies import APPROVER
from ..domain.said import DONT_KNOW, NOTHING, SETTLED, standing
from ..domain.standards import Criterion
from ..domain.workflow import DRAFT, SUBMITTED
from ..store.assessments import Kept
from ..store.comments import Mention, unseen
from ..store.my_work import Owned, assessments_for, owned_by
from . import Context
from .assessments import framework_of


@dataclass(frozen=True)
class ToAnswer:
    """A criterion that is somebody's and not settled, and how far it is."""

    criterion: Criterion
    status: str


@dataclass(frozen=True)
class Work:
    """One assessment: the reader's role there, and what waits for them in it. `days_left` may be negative."""

    assessment: Kept
    role: str
    takes_part: bool
    to_answer: tuple[ToAnswer, ...]
    mentions: tuple[Mention, ...]
    waits_for_me: bool
    days_left: int | None


def my_work(context: Context, account_id: str) -> tuple[Work, ...]:
    """Every assessment that somebody sees and that is not archived; the first to finish comes first."""
    with context.database.read() as c:
        seen = assessments_for(c, account_id)
        owned, mentions = owned_by(c, account_id), unseen(c, account_id)
    today = context.today()
    works = [
        Work(
            item.assessment,
            item.role,
            item.takes_part,
            _to_answer(context, item.assessment, owned),
            tuple(mention for mention in mentions if mention.assessment_id == item.assessment.id),
            item.role == APPROVER
            and item.assessment.status == SUBMITTED
            and item.assessment.submitted_by != account_id,
            _days(item.assessment, today),
        )
        for item in seen
    ]
    return tuple(sorted(works, key=lambda work: (work.assessment.finish_by or "9", work.assessment.id)))


def _days(kept: Kept, today: date) -> int | None:
    if kept.finish_by is None or kept.status != DRAFT:
        return None
    return (date.fromisoformat(kept.finish_by) - today).days


def _to_answer(context: Context, kept: Kept, owned: list[Owned]) -> tuple[ToAnswer, ...]:
    mine = {item.criterion: item for item in owned if item.assessment_id == kept.id}
    if kept.status != DRAFT or not mine:
        return ()
    framework = framework_of(context, kept)
    states = (
        ToAnswer(item, standing(item, mine[item.id].said or NOTHING, framework, mine[item.id].left))
        for item in framework.criteria
        if item.id in mine and (not kept.criteria or item.id in kept.criteria)
    )
    return tuple(item for item in states if item.status not in SETTLED or item.status == DONT_KNOW)
