"""What happened to an assessment and to one answer, in plain words; and taking an older text back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from ..domain.errors import NotFound
from ..domain.said import Said, said_from
from ..domain.times import moment
from ..domain.workflow import DRAFT
from ..store.answers import Saved
from ..store.assessments import Kept, assessment
from ..store.history import LAST, SAVES, Happened, happened, saves
from . import Context
from .answers import save_answer

AT_ONCE = 200
END = LAST
TOGETHER = timedelta(minutes=10)  # saves by one person with shorter pauses are one line
WORDS = {
    "assessment-started": "started the assessment",
    "set-up-changed": "changed the set-up",
    "answer-saved": "changed the answer to {subject}",
    "answer-carried": "carried over the answer to {subject}",
    "answer-taken": "took the answer to {subject} from a file",
    "answers-taken": "brought answers in from a file",
    "answer-confirmed": "confirmed the answer to {subject} from last time",
    "carried-over": "carried over the answers of an earlier assessment",
    "assessment-moved": "moved the assessment to version {subject}",
    "rating-alone-opened": "let staff rate alone first",
    "rating-alone-closed": "ended rating alone",
    "rated-alone": "rated {subject} alone",
    "level-agreed": "wrote down what was agreed on {subject}",
    "owner-set": "changed who answers {subject}",
    "comment-added": "commented on {subject}",
    "comment-removed": "took away a comment on {subject}",
    "participant-added": "let somebody take part",
    "participant-removed": "ended somebody’s part",
    "submitted": "submitted revision {subject}",
    "signed-off": "signed off revision {subject}",
    "sent-back": "sent back revision {subject}",
    "reopened": "reopened the assessment after revision {subject}",
    "report-not-made": "could not make the report of revision {subject}",
    "report-asked-again": "asked again for the report of revision {subject}",
    "result-looked-at": "looked at the result of revision {subject}, for PEDRI",
    "archived": "archived the assessment",
    "unarchived": "took the assessment out of the archive",
    "action-added": "put an action into the plan",
    "action-changed": "changed an action of the plan",
    "action-merged": "merged two actions of the plan",
    "action-removed": "took an action out of the plan",
    "action-put-back": "put an action back into the plan",
    "plan-agreed": "agreed to the plan",
    "panel-planned": "planned a panel",
    "panel-changed": "changed a panel",
    "panel-opened": "opened a panel",
    "panel-closed": "closed a panel",
    "panel-links-made": "made links to a panel",
    "panel-answered": "wrote an answer to a panel",
    "panel-comment-released": "released a comment of a panel",
    "panel-comment-withheld": "withheld a comment of a panel",
    "panel-meeting-started": "began a meeting of a panel",
    "panel-hands-counted": "typed in how many hands went up in a meeting",
    "panel-result-shown": "showed a meeting what it sees together",
    "panel-meeting-ended": "ended a meeting of a panel",
    "panel-paper-entered": "typed in sheets of paper of a panel",
    "panel-paper-taken-back": "took back sheets of paper of a panel",
    "round-assessment-chosen": "handed it in to a round",
    "invited": "invited somebody",
    "invitation-resent": "sent an invitation again",
    "invitation-accepted": "accepted an invitation",
    "invitation-withdrawn": "took back an invitation",
}


@dataclass(frozen=True)
class Line:
    """One thing that happened: who, what in words, when; `reason` where one was given.

    `number` names it; `said` is the text that was saved, for the lines of an answer.
    """

    number: int
    at: str
    called: str
    what: str
    kind: str
    subject: str
    reason: str = ""
    said: Said | None = None


@dataclass(frozen=True)
class Lines:
    """Lines, the newest first. `older` is the number to go on before, None at the end."""

    assessment: Kept
    lines: tuple[Line, ...]
    older: int | None


def of_assessment(context: Context, assessment_id: str, before: int = END) -> Lines:
    """What happened to an assessment, before an event's number. Raises NotFound."""
    with context.database.read() as c:
        return _lines(assessment(c, assessment_id), happened(c, assessment_id, before, AT_ONCE))


def of_answer(context: Context, assessment_id: str, criterion: str, before: int = END) -> Lines:
    """The texts that an answer had: of saves in one go, the last. Raises NotFound."""
    with context.database.read() as c:
        return _lines(assessment(c, assessment_id), saves(c, assessment_id, criterion, before, AT_ONCE))


def last_sent_back(context: Context, kept: Kept) -> Line | None:
    """Who sent it back and why, for an assessment that is open again for that reason."""
    if kept.status != DRAFT or kept.revision == 1:
        return None
    with context.database.read() as c:
        found = happened(c, kept.id, END, AT_ONCE)
    moved = next((item for item in found if item.kind in ("sent-back", "reopened")), None)
    return _line(moved) if moved and moved.kind == "sent-back" else None


def take_back(
    context: Context, assessment_id: str, criterion: str, account_id: str, number: int, expected: int
) -> Saved:
    """Saves an older text again, that of the event with this number; the newer ones stay in the history.

    Raises NotFound, WrongState and Stale as any save does.
    """
    with context.database.read() as c:
        found = saves(c, assessment_id, criterion, number + 1, 1)
    if not found or found[0].number != number:
        raise NotFound("event")
    return save_answer(context, assessment_id, criterion, account_id, said_from(found[0].after), expected)


def _lines(kept: Kept, events: list[Happened]) -> Lines:
    kept_events: list[Happened] = []
    for newer, item in zip([None, *events], events, strict=False):
        if newer is None or not _same_go(newer, item):
            kept_events.append(item)
    older = events[-1].number if len(events) == AT_ONCE else None
    return Lines(kept, tuple(_line(item) for item in kept_events), older)


def _same_go(newer: Happened, older: Happened) -> bool:
    if newer.kind != "answer-saved" or newer.kind != older.kind:
        return False
    same = (newer.account_id, newer.subject) == (older.account_id, older.subject)
    return same and moment(newer.at) - moment(older.at) < TOGETHER


def _line(item: Happened) -> Line:
    after = item.after if isinstance(item.after, dict) else {}
    saved = item.kind in SAVES
    return Line(
        item.number,
        item.at,
        item.called,
        WORDS.get(item.kind, item.kind.replace("-", " ")).format(subject=item.subject),
        item.kind,
        item.subject,
        str(after.get("source" if saved else "reason", "")),
        said_from(after) if saved else None,
    )
