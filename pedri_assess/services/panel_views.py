"""What a closed panel says of each question: phones, hands and paper together, bound by what was shown."""

from __future__ import annotations

from ..domain.assessment import PublicView
from ..domain.meetings import settled
from ..domain.panels import views
from ..store import Connection
from ..store.meetings import hands_as_ratings, shown_of
from ..store.panels import Panel, panels, ratings
from . import Context


def views_in(c: Connection, found: Panel) -> dict[str, PublicView]:
    """What a panel sees, by criterion, where enough have rated."""
    said = [*ratings(c, found.id), *hands_as_ratings(c, found.id)]
    now, shown = views(said, frozenset(found.left_out)), shown_of(c, found.id)
    cleaned = bool(found.left_out)
    both = {name: settled(now.get(name), shown.get(name), cleaned=cleaned) for name in now | shown}
    return {name: view for name, view in both.items() if view is not None}


def panel_that_saw(context: Context, assessment_id: str, criterion: str) -> tuple[Panel, PublicView] | None:
    """The newest closed panel that says how the public see a criterion, and its view."""
    with context.database.read() as c:
        for each in panels(c, assessment_id):
            if each.closed_at and criterion in each.criteria and (view := views_in(c, each).get(criterion)):
                return each, view
    return None


def waiting_for_response(context: Context, assessment_id: str) -> list[Panel]:
    """Closed panels whose contributors were not told yet what changes because of them."""
    with context.database.read() as c:
        return [each for each in panels(c, assessment_id) if each.closed_at and not each.responded_at]
