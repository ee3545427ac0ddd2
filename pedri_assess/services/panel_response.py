"""What an organisation answers to a panel: to all of it, and to single questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..domain.errors import NotFound, WrongState
from ..domain.panels import questions
from ..domain.times import stamp
from ..store.assessments import assessment
from ..store.panel_responses import responses, set_responses
from ..store.panels import change_panel, panel
from . import Context
from .assessments import event, framework_of
from .panels import IS_OPEN


@dataclass(frozen=True)
class Response:
    """What is answered to the whole panel, and to questions, by criterion; nothing to one left out."""

    whole: str
    questions: Mapping[str, str] = field(default_factory=dict)

    @property
    def says_something(self) -> bool:
        """Whether there is a word in it."""
        return bool(self.whole or self.questions)


def respond(
    context: Context, by: str, assessment_id: str, panel_id: str, expected: int, said: Response
) -> None:
    """Keeps an answer instead of the one that there was. To say the same again is no change.

    Raises NotFound, Stale, WrongState.
    """
    at = stamp(context.now())
    with context.database.write() as c:
        kept, found = assessment(c, assessment_id), panel(c, assessment_id, panel_id)
        kept.state.check_kept()
        if found.closed_at is None:
            raise WrongState(IS_OPEN)
        asked = questions(framework_of(context, kept), found.criteria)
        if not {item.id for item in asked}.issuperset(said.questions):
            raise NotFound("question")
        before = Response(found.response, responses(c, panel_id))
        if said == before:
            return
        told_at = at if said.says_something else None
        change_panel(c, replace(found, response=said.whole, responded_at=told_at), expected)
        set_responses(c, panel_id, said.questions)
        event(c, kept, "panel-answered", by, at, panel_id, _document(before), _document(said))


def _document(said: Response) -> dict[str, object]:
    return {"response": said.whole, "questions": dict(said.questions)}
