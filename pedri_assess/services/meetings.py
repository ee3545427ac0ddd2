"""Meetings as their host runs them: start, show a question, count hands, show what the room sees, end.

What moves the screen has no event: where a meeting stands is gone when it ends. What people do has none
because an event has a moment (see store/panels.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..domain.assessment import PublicView
from ..domain.errors import NotFound, WrongState
from ..domain.ids import new_id
from ..domain.languages import to_translate
from ..domain.meetings import MOST_HANDS, new_code, room_view
from ..domain.panels import OPEN, questions
from ..domain.standards import Criterion, Framework
from ..domain.times import stamp
from ..store import Connection
from ..store.assessments import Kept, assessment
from ..store.meetings import (
    Meeting,
    add_meeting,
    count_in,
    end_meeting,
    hands_of,
    keep_shown,
    meeting_of,
    move,
    said_in_room,
    set_hands,
    shown_of,
)
from ..store.panels import Panel, panel
from . import Context
from .assessments import event, framework_of
from .panels import state_of

NOT_OPEN = to_translate("Open the panel first: a meeting answers the questions of an open panel")
NO_MEETING = to_translate("The meeting is over")
TOO_FEW = to_translate("Fewer than three have answered, so nothing is shown: it would tell who said what")
SHOWN_ALREADY = to_translate("The result of this question was shown already, so its hands stay as they are")


@dataclass(frozen=True)
class Screen:
    """A meeting as its host sees it. `meeting` is None where none is under way; `here` counts phones,
    `answered` those that have answered the question on the screen."""

    panel: Panel
    assessment: Kept
    framework: Framework
    state: str
    questions: tuple[Criterion, ...]
    meeting: Meeting | None
    here: int
    answered: int
    hands: dict[int, int]
    shown: dict[str, PublicView]

    @property
    def question(self) -> Criterion | None:
        """What is on the screen; None while people join."""
        return self.questions[self.meeting.position - 1] if self.meeting and self.meeting.position else None

    @property
    def view(self) -> PublicView | None:
        """What the room was shown of the question on the screen."""
        return self.shown.get(self.question.id) if self.question else None


def screen(context: Context, assessment_id: str, panel_id: str) -> Screen:
    """The meeting of a panel. Raises NotFound."""
    with context.database.read() as c:
        kept, found = assessment(c, assessment_id), panel(c, assessment_id, panel_id)
        framework, meeting = framework_of(context, kept), meeting_of(c, panel_id)
        asked = questions(framework, found.criteria)
        now = asked[meeting.position - 1].id if meeting and meeting.position else ""
        return Screen(
            found,
            kept,
            framework,
            state_of(context, found),
            asked,
            meeting,
            count_in(c, meeting.id) if meeting else 0,
            len(said_in_room(c, meeting, now)) if meeting else 0,
            hands_of(c, panel_id).get(now, {}),
            shown_of(c, panel_id),
        )


def start_meeting(context: Context, by: str, assessment_id: str, panel_id: str) -> None:
    """Begins a meeting; where one is under way, it goes on. Raises NotFound, WrongState."""
    at = stamp(context.now())
    with context.database.write() as c:
        kept, found = _kept(c, assessment_id), panel(c, assessment_id, panel_id)
        if state_of(context, found) != OPEN:
            raise WrongState(NOT_OPEN)
        if meeting_of(c, panel_id) is None:
            add_meeting(c, Meeting(new_id(), panel_id, new_code(), started_at=at))
            event(c, kept, "panel-meeting-started", by, at, panel_id)


def show_question(context: Context, assessment_id: str, panel_id: str, position: int) -> None:
    """Puts a question on the screen, by its number; 0 for where people join. Raises NotFound, WrongState."""
    with context.database.write() as c:
        kept, meeting = _under_way(c, context, assessment_id, panel_id)
        found = panel(c, assessment_id, panel_id)
        if not 0 <= position <= len(questions(framework_of(context, kept), found.criteria)):
            raise NotFound("question")
        if position != meeting.position:
            move(c, meeting.id, position)


def count_hands(
    context: Context, by: str, assessment_id: str, panel_id: str, criterion: str, hands: Mapping[int, int]
) -> None:
    """Keeps how many hands went up for each level. Raises NotFound, WrongState."""
    with context.database.write() as c:
        kept, _meeting = _under_way(c, context, assessment_id, panel_id)
        framework = framework_of(context, kept)
        _check_asked(framework, panel(c, assessment_id, panel_id), criterion)
        if not all(0 <= level <= framework.top for level in hands):
            raise NotFound("level")
        if not all(0 <= number <= MOST_HANDS for number in hands.values()):
            raise ValueError(f"0 to {MOST_HANDS} hands")
        if criterion in shown_of(c, panel_id):
            raise WrongState(SHOWN_ALREADY)
        set_hands(c, panel_id, criterion, hands)
        event(c, kept, "panel-hands-counted", by, stamp(context.now()), panel_id, after=criterion)


def show_result(context: Context, by: str, assessment_id: str, panel_id: str, criterion: str) -> None:
    """Shows what the room sees of a question, for good. Raises NotFound, WrongState."""
    with context.database.write() as c:
        kept, meeting = _under_way(c, context, assessment_id, panel_id)
        _check_asked(framework_of(context, kept), panel(c, assessment_id, panel_id), criterion)
        if criterion in shown_of(c, panel_id):
            return
        levels = tuple(level for level in said_in_room(c, meeting, criterion) if level is not None)
        view = room_view(levels, hands_of(c, panel_id).get(criterion, {}))
        if view is None:
            raise WrongState(TOO_FEW)
        keep_shown(c, panel_id, criterion, view)
        move(c, meeting.id, meeting.position)
        event(c, kept, "panel-result-shown", by, stamp(context.now()), panel_id, after=criterion)


def end(context: Context, by: str, assessment_id: str, panel_id: str) -> None:
    """Ends the meeting, where one is under way; the panel stays open. Raises NotFound."""
    at = stamp(context.now())
    with context.database.write() as c:
        kept, found = _kept(c, assessment_id), panel(c, assessment_id, panel_id)
        meeting = meeting_of(c, found.id)
        if meeting is not None:
            end_meeting(c, meeting.id, at)
            event(c, kept, "panel-meeting-ended", by, at, panel_id)
    context.database.empty_journal()


def _kept(c: Connection, assessment_id: str) -> Kept:
    kept = assessment(c, assessment_id)
    kept.state.check_kept()
    return kept


def _under_way(c: Connection, context: Context, assessment_id: str, panel_id: str) -> tuple[Kept, Meeting]:
    kept, found = _kept(c, assessment_id), panel(c, assessment_id, panel_id)
    meeting = meeting_of(c, found.id)
    if meeting is None or state_of(context, found) != OPEN:
        raise WrongState(NO_MEETING)
    return kept, meeting


def _check_asked(framework: Framework, found: Panel, criterion: str) -> None:
    if criterion not in {item.id for item in questions(framework, found.criteria)}:
        raise NotFound("question")
