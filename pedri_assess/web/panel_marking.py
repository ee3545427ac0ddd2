"""What the page of a criterion says of a panel that asked about it."""

from __future__ import annotations

from ..domain.panels import may_be_marked, step_of_others
from ..domain.standards import Confidence
from ..services.answers import Question
from ..services.panel_views import panel_that_saw
from ..store.panels import Panel
from .site import site


def seen_by(asked: Question) -> tuple[Panel, Confidence] | None:
    """The panel whose view is there, and the step of evidence that staff may now choose; None where they have
    chosen it, where the criterion is not applicable, or where no panel says anything."""
    step, answer = step_of_others(asked.framework), asked.saved.said.answer
    found = panel_that_saw(site().context, asked.assessment.id, asked.criterion.id)
    if found is None or step is None or not may_be_marked(asked.framework, answer, found[1]):
        return None
    return found[0], step
