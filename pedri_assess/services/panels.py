"""Panels as leads run them: open, close without seeing what was said, read, release, answer."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..domain.assessment import PublicView
from ..domain.batches import Batch
from ..domain.errors import NotFound, WrongState
from ..domain.ids import new_id
from ..domain.languages import to_translate
from ..domain.panels import (
    GROUP,
    MANY,
    SINGLE,
    merged_views,
    minutes,
    pointed_out,
    questions,
    state,
)
from ..domain.standards import Criterion, Framework
from ..domain.times import stamp
from ..store import Connection
from ..store.assessments import Kept, assessment, people
from ..store.meetings import end_meeting, meeting_of
from ..store.panel_batches import batches, count_sheets
from ..store.panel_paper import count_paper
from ..store.panel_responses import responses
from ..store.panels import (
    RELEASED,
    WAITING,
    WITHHELD,
    Comment,
    Panel,
    add_links,
    add_panel,
    change_panel,
    comments,
    count_links,
    forget_sheets,
    panel,
    panels,
    set_reading,
)
from . import Context
from .assessments import event, framework_of
from .invitations import token_hash
from .panel_views import views_in

MOST_LINKS = 500
NO_QUESTIONS = to_translate(
    "None of these criteria has a question for the public: choose at least one that has"
)
IS_OPEN = to_translate("This panel is open: close it first")
WAS_OPENED = to_translate("This panel was opened, so its questions stay as they are")
IS_CLOSED = to_translate("This panel is closed. Plan another one to ask again")


@dataclass(frozen=True)
class Look:
    """A panel as those of the organisation see it. Views only once it is closed, comments only released ones
    for others than leads."""

    panel: Panel
    assessment: Kept
    framework: Framework
    state: str
    questions: tuple[Criterion, ...]
    minutes: int
    sheets: int
    paper: int
    links: int
    views: dict[str, PublicView]
    batches: Sequence[Batch]
    comments: Sequence[Comment]
    responses: dict[str, str]

    @property
    def suspicious(self) -> bool:
        """Whether far more came than were expected."""
        return self.panel.arrivals > MANY * max(self.panel.expected, 1)

    @property
    def unread(self) -> int:
        """How many comments wait to be read."""
        return sum(comment.reading == WAITING for comment in self.comments)


@dataclass(frozen=True)
class Plan:
    """What a lead says of a panel."""

    name: str
    intro: str
    payment: str
    contact: str
    criteria: tuple[str, ...]
    expected: int
    closes_on: str


def panels_of(context: Context, assessment_id: str) -> tuple[Kept, list[tuple[Panel, str]]]:
    """The panels of an assessment with their states, the newest first. Raises NotFound."""
    with context.database.read() as c:
        return assessment(c, assessment_id), [
            (each, state_of(context, each)) for each in panels(c, assessment_id)
        ]


def look(context: Context, assessment_id: str, panel_id: str) -> Look:
    """One panel. Raises NotFound."""
    with context.database.read() as c:
        kept, found = assessment(c, assessment_id), panel(c, assessment_id, panel_id)
        now, framework = state_of(context, found), framework_of(context, kept)
        asked = questions(framework, found.criteria)
        ended, paper = found.closed_at is not None, count_paper(c, panel_id)
        return Look(
            found,
            kept,
            framework,
            now,
            asked,
            minutes(len(asked)),
            found.arrivals + paper if ended else count_sheets(c, panel_id),
            paper,
            count_links(c, panel_id),
            views_in(c, found) if ended else {},
            [] if ended else batches(c, panel_id),
            comments(c, found) if ended else [],
            responses(c, panel_id),
        )


def state_of(context: Context, found: Panel) -> str:
    """draft, open or closed, as of today."""
    opened, closed = found.opened_at is not None, found.closed_at is not None
    return state(opened, closed, found.closes_on, context.today().isoformat())


def plan_panel(context: Context, by: str, assessment_id: str, kind: str, plan: Plan) -> str:
    """A new panel, not open yet; its id. Raises NotFound, WrongState."""
    if kind not in (GROUP, SINGLE):
        raise ValueError(kind)
    at = stamp(context.now())
    with context.database.write() as c:
        kept = _kept(c, assessment_id)
        _check_questions(context, kept, plan)
        made = Panel(
            new_id(), assessment_id, kind=kind, token=secrets.token_urlsafe(16), created_at=at, **vars(plan)
        )
        add_panel(c, made, by)
        event(c, kept, "panel-planned", by, at, made.id, after=_document(made))
    return made.id


def change_plan(
    context: Context, by: str, assessment_id: str, panel_id: str, expected: int, plan: Plan
) -> None:
    """Other words, days or questions. Raises NotFound, Stale, and WrongState for other questions once it was
    opened, or for anything once it is closed."""
    with context.database.write() as c:
        kept, before = _kept(c, assessment_id), panel(c, assessment_id, panel_id)
        if before.closed_at is not None:
            raise WrongState(IS_CLOSED)
        if before.opened_at is not None and plan.criteria != before.criteria:
            raise WrongState(WAS_OPENED)
        _check_questions(context, kept, plan)
        _change(c, context, by, kept, "panel-changed", before, replace(before, **vars(plan)), expected)


def open_panel(context: Context, by: str, assessment_id: str, panel_id: str) -> None:
    """Lets public contributors in. Raises NotFound, WrongState."""
    with context.database.write() as c:
        kept, before = _kept(c, assessment_id), panel(c, assessment_id, panel_id)
        if before.closed_at is not None:
            raise WrongState(IS_CLOSED)
        if before.opened_at is None:
            after = replace(before, opened_at=stamp(context.now()))
            _change(c, context, by, kept, "panel-opened", before, after, before.changes)


def close_panel(
    context: Context, by: str, assessment_id: str, panel_id: str, left_out: Sequence[int]
) -> None:
    """Closes a panel for good, without the batches that are left out; only now its views can be seen.

    What ties the ratings of one contributor together is forgotten. Raises NotFound, WrongState.
    """
    at = stamp(context.now())
    with context.database.write() as c:
        kept, before = _kept(c, assessment_id), panel(c, assessment_id, panel_id)
        if before.opened_at is None:
            raise WrongState(to_translate("This panel was not opened yet"))
        if before.closed_at is None:
            known = {batch.number for batch in batches(c, panel_id)}
            chosen = tuple(sorted(known & set(left_out)))
            after = replace(before, closed_at=at, left_out=chosen)
            _change(c, context, by, kept, "panel-closed", before, after, before.changes)
            forget_sheets(c, panel_id)
            if meeting := meeting_of(c, panel_id):
                end_meeting(c, meeting.id, at)
    context.database.empty_journal()


def single_links(context: Context, by: str, assessment_id: str, panel_id: str, number: int) -> list[str]:
    """New single-use links, shown this once: only their hashes are kept. Raises NotFound, WrongState."""
    tokens = [secrets.token_urlsafe(16) for _ in range(number)]
    with context.database.write() as c:
        kept, found = _kept(c, assessment_id), panel(c, assessment_id, panel_id)
        if found.kind != SINGLE:
            raise NotFound("links")
        if found.closed_at is not None:
            raise WrongState(IS_CLOSED)
        if not 0 < number <= MOST_LINKS - count_links(c, panel_id):
            raise WrongState(to_translate("A panel has %(most)s links at most"), most=MOST_LINKS)
        add_links(c, panel_id, (token_hash(token) for token in tokens))
        event(c, kept, "panel-links-made", by, stamp(context.now()), panel_id, after={"links": number})
    return [panel_link(context, token) for token in tokens]


def panel_link(context: Context, token: str) -> str:
    """The address behind a token."""
    return f"{context.base_url}/panel/{token}"


def read_comment(
    context: Context, by: str, assessment_id: str, panel_id: str, comment_id: str, release: bool
) -> None:
    """Releases a comment to everyone who sees the result, or withholds it. Raises NotFound, WrongState."""
    with context.database.write() as c:
        kept, found = _kept(c, assessment_id), panel(c, assessment_id, panel_id)
        reading = RELEASED if release else WITHHELD
        set_reading(c, panel_id, comment_id, reading)  # first: what is not there is not there in any state
        if found.closed_at is None:
            raise WrongState(IS_OPEN)
        event(c, kept, f"panel-comment-{reading}", by, stamp(context.now()), panel_id)


def hints(
    context: Context, assessment_id: str, found: Sequence[Comment]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """What may tell who somebody is, by comment."""
    with context.database.read() as c:
        names = [person.called for person in people(c, assessment_id)]
    return {comment.id: pointed_out(comment.body, names) for comment in found}


def views_of(c: Connection, assessment_id: str) -> dict[str, PublicView]:
    """What public contributors see, by criterion: of closed panels, the newest that says something."""
    return merged_views(
        [views_in(c, each) for each in panels(c, assessment_id) if each.closed_at is not None]
    )


def _change(
    c: Connection,
    context: Context,
    by: str,
    kept: Kept,
    kind: str,
    before: Panel,
    after: Panel,
    expected: int,
) -> None:
    if after != before:
        change_panel(c, after, expected)
        at = stamp(context.now())
        event(c, kept, kind, by, at, before.id, _document(before), _document(after))


def _kept(c: Connection, assessment_id: str) -> Kept:
    kept = assessment(c, assessment_id)
    kept.state.check_kept()
    return kept


def _check_questions(context: Context, kept: Kept, plan: Plan) -> None:
    if not questions(framework_of(context, kept), plan.criteria):
        raise WrongState(NO_QUESTIONS)


def _document(item: Panel) -> dict[str, object]:
    names = ("name", "expected", "closes_on", "kind", "response", "opened_at", "closed_at")
    said: dict[str, object] = {name: getattr(item, name) for name in names}
    return {**said, "criteria": list(item.criteria), "left_out": list(item.left_out)}
