"""What happened to an assessment and to one answer, in plain words; and taking an older text back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from ..domain.errors import NotFound
from ..domain.languages import to_translate
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
    "assessment-started": to_translate("started the assessment"),
    "set-up-changed": to_translate("changed the set-up"),
    "answer-saved": to_translate("changed the answer to %(subject)s"),
    "answer-carried": to_translate("carried over the answer to %(subject)s"),
    "answer-taken": to_translate("took the answer to %(subject)s from a file"),
    "answers-taken": to_translate("brought answers in from a file"),
    "answer-confirmed": to_translate("confirmed the answer to %(subject)s from last time"),
    "carried-over": to_translate("carried over the answers of an earlier assessment"),
    "assessment-moved": to_translate("moved the assessment to version %(subject)s"),
    "rating-alone-opened": to_translate("let staff rate alone first"),
    "rating-alone-closed": to_translate("ended rating alone"),
    "rated-alone": to_translate("rated %(subject)s alone"),
    "level-agreed": to_translate("wrote down what was agreed on %(subject)s"),
    "owner-set": to_translate("changed who answers %(subject)s"),
    "comment-added": to_translate("commented on %(subject)s"),
    "comment-removed": to_translate("took away a comment on %(subject)s"),
    "participant-added": to_translate("let somebody take part"),
    "participant-removed": to_translate("ended somebody’s part"),
    "submitted": to_translate("submitted revision %(subject)s"),
    "signed-off": to_translate("signed off revision %(subject)s"),
    "sent-back": to_translate("sent back revision %(subject)s"),
    "reopened": to_translate("reopened the assessment after revision %(subject)s"),
    "report-not-made": to_translate("could not make the report of revision %(subject)s"),
    "report-asked-again": to_translate("asked again for the report of revision %(subject)s"),
    "result-looked-at": to_translate("looked at the result of revision %(subject)s, for PEDRI"),
    "archived": to_translate("archived the assessment"),
    "unarchived": to_translate("took the assessment out of the archive"),
    "action-added": to_translate("put an action into the plan"),
    "action-changed": to_translate("changed an action of the plan"),
    "action-merged": to_translate("merged two actions of the plan"),
    "action-removed": to_translate("took an action out of the plan"),
    "action-put-back": to_translate("put an action back into the plan"),
    "plan-agreed": to_translate("agreed to the plan"),
    "panel-planned": to_translate("planned a panel"),
    "panel-changed": to_translate("changed a panel"),
    "panel-opened": to_translate("opened a panel"),
    "panel-closed": to_translate("closed a panel"),
    "panel-links-made": to_translate("made links to a panel"),
    "panel-answered": to_translate("wrote an answer to a panel"),
    "panel-comment-released": to_translate("released a comment of a panel"),
    "panel-comment-withheld": to_translate("withheld a comment of a panel"),
    "panel-meeting-started": to_translate("began a meeting of a panel"),
    "panel-hands-counted": to_translate("typed in how many hands went up in a meeting"),
    "panel-result-shown": to_translate("showed a meeting what it sees together"),
    "panel-meeting-ended": to_translate("ended a meeting of a panel"),
    "panel-paper-entered": to_translate("typed in sheets of paper of a panel"),
    "panel-paper-taken-back": to_translate("took back sheets of paper of a panel"),
    "round-assessment-chosen": to_translate("handed it in to a round"),
    "invited": to_translate("invited somebody"),
    "invitation-resent": to_translate("sent an invitation again"),
    "invitation-accepted": to_translate("accepted an invitation"),
    "invitation-withdrawn": to_translate("took back an invitation"),
}


@dataclass(frozen=True)
class Line:
    """One thing that happened: who, what and when; `reason` where one was given.

    `what` are marked words with a place for the `subject`. `number` names it; `said` is the text that was
    saved, for the lines of an answer.
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
        WORDS.get(item.kind, item.kind.replace("-", " ")),
        item.kind,
        item.subject,
        str(after.get("source" if saved else "reason", "")),
        said_from(after) if saved else None,
    )
