"""A meeting as the phones in the room meet it."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.assessment import PublicView
from ..domain.errors import WrongState
from ..domain.languages import ENGLISH
from ..domain.meetings import read_code
from ..domain.panels import OPEN
from ..domain.standards import Criterion
from ..store.meetings import Meeting, is_in, join, meeting_of, shown_of, token_of_code
from . import Context
from .panel_taking import Visit, open_panel_of, sheet, visit

NO_MEETING = "There is no meeting just now"


@dataclass(frozen=True)
class Seat:
    """A place in a meeting. `meeting` is None where none is under way; `shown` is what meetings saw."""

    visit: Visit
    meeting: Meeting | None
    joined: bool
    shown: dict[str, PublicView]

    @property
    def question(self) -> Criterion | None:
        """What is on the screen; None while people join."""
        position = self.meeting.position if self.meeting else 0
        return self.visit.questions[position - 1] if position else None

    @property
    def view(self) -> PublicView | None:
        """What the room was shown of it."""
        return self.shown.get(self.question.id) if self.question else None


def token_for(context: Context, typed: str) -> str | None:
    """The token of the panel whose meeting has the code that somebody typed."""
    with context.database.read() as c:
        return token_of_code(c, read_code(typed))


def seat(context: Context, token: str, device: str, language: str = ENGLISH) -> Seat:
    """Where a phone stands in the meeting of a panel. Raises NotFound."""
    found = visit(context, token, device, language)
    with context.database.read() as c:
        meeting = meeting_of(c, found.panel.id) if found.state == OPEN else None
        joined = meeting is not None and is_in(c, meeting.id, sheet(found.panel, token, device))
        return Seat(found, meeting, joined, shown_of(c, found.panel.id))


def take_seat(context: Context, token: str, device: str) -> None:
    """Joins the meeting of a panel. Raises NotFound, WrongState."""
    with context.database.write() as c:
        found = open_panel_of(c, context, token)
        meeting = meeting_of(c, found.id)
        if meeting is None:
            raise WrongState(NO_MEETING)
        join(c, meeting.id, sheet(found, token, device))
