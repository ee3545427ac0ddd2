"""A panel as a public contributor meets it: no account, no name, nothing kept but what they say."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from ..domain.assessment import PublicView
from ..domain.errors import NotFound, WrongState
from ..domain.languages import ENGLISH, to_translate
from ..domain.panels import OPEN, SINGLE, batch_of, minutes, questions
from ..domain.standards import Criterion, Framework
from ..store import Connection
from ..store.assessments import Kept, assessment
from ..store.meetings import shown_of
from ..store.panel_responses import responses
from ..store.panels import (
    RELEASED,
    Comment,
    Panel,
    arrive,
    batch_of_sheet,
    comments,
    panel_by_link,
    panel_by_token,
    rate,
    sheet_of,
    take_back,
)
from ..store.plans import PlanAction, actions
from ..store.results import frozen_results
from . import Context
from .assessments import framework_of
from .invitations import token_hash
from .panel_views import views_in
from .panels import state_of

MOST_SHEETS = 20_000
STAYS = to_translate(
    "A meeting has seen what all said of this together, so your answer to it stays as it was"
)
NOT_OPEN = to_translate("This panel is not open any more")
FULL = to_translate(
    "This panel has had very many answers, and takes no more. Tell the people who sent you the link"
)


@dataclass(frozen=True)
class Visit:
    """Where a link leads. `said` is what this contributor said before: level and words by criterion."""

    panel: Panel
    assessment: Kept
    framework: Framework
    state: str
    questions: tuple[Criterion, ...]
    minutes: int
    said: dict[str, tuple[int | None, str]]

    @property
    def answered(self) -> int:
        """How many questions have an answer, or a word."""
        return len(self.said)


@dataclass(frozen=True)
class Outcome:
    """What came of one question: the view of the public beside the level of staff, or that staff say that it
    does not apply; released comments, and what the organisation answers."""

    criterion: Criterion
    public: PublicView | None
    staff: int | None
    not_applicable: bool
    comments: tuple[Comment, ...]
    response: str


def new_device() -> str:
    """A secret for a browser, which it keeps and we do not."""
    return secrets.token_urlsafe(16)


def visit(context: Context, token: str, device: str, language: str = ENGLISH) -> Visit:
    """Where a link leads, for a browser with this secret. Raises NotFound.

    The standards' texts come in `language` where they have been translated.
    """
    with context.database.read() as c:
        found = _found(c, token)
        kept = assessment(c, found.assessment_id)
        framework = context.shelf.in_language(framework_of(context, kept), language)
        asked = questions(framework, found.criteria)
        said = sheet_of(c, found.id, sheet(found, token, device)) if found.closed_at is None else {}
        return Visit(found, kept, framework, state_of(context, found), asked, minutes(len(asked)), said)


def say(context: Context, token: str, device: str, criterion: str, level: int | None, words: str) -> None:
    """Keeps what a contributor says of a criterion. Raises NotFound, and WrongState where it is not open."""
    with context.database.write() as c:
        found = open_panel_of(c, context, token)
        framework = framework_of(context, assessment(c, found.assessment_id))
        if criterion not in {item.id for item in questions(framework, found.criteria)}:
            raise NotFound("question")
        if level is not None and not 0 <= level <= framework.top:
            raise NotFound("level")
        mine = sheet(found, token, device)
        if criterion in shown_of(c, found.id) and criterion in sheet_of(c, found.id, mine):
            raise WrongState(STAYS)
        batch = batch_of_sheet(c, found.id, mine)
        if batch is None:
            if found.arrivals >= MOST_SHEETS:
                raise WrongState(FULL)
            batch = batch_of(arrive(c, found.id))
        rate(c, found.id, mine, batch, criterion, level, words)


def withdraw(context: Context, token: str, device: str) -> None:
    """Takes back all that a contributor said. Raises NotFound, WrongState."""
    with context.database.write() as c:
        found = open_panel_of(c, context, token)
        take_back(c, found.id, sheet(found, token, device))
    context.database.empty_journal()


def outcome(
    context: Context, token: str, language: str = ENGLISH
) -> tuple[list[Outcome], list[PlanAction], bool]:
    """What came of a closed panel: views, the staff's levels once submitted, and what is being done.

    Raises NotFound.
    """
    with context.database.read() as c:
        found = _found(c, token)
        kept = assessment(c, found.assessment_id)
        framework = context.shelf.in_language(framework_of(context, kept), language)
        frozen = next(iter(frozen_results(c, kept.id)), None)
        levels = frozen.answers.get("answers", {}) if frozen else {}
        seen = views_in(c, found) if found.closed_at else {}
        released = [item for item in comments(c, found) if item.reading == RELEASED]
        answered = responses(c, found.id)
        doing = actions(c, kept.id)
    asked = questions(framework, found.criteria)
    names = {item.id for item in asked}
    return (
        [
            Outcome(
                item,
                seen.get(item.id),
                levels.get(item.id, {}).get("level"),
                "not_applicable" in levels.get(item.id, {}),
                tuple(each for each in released if each.criterion == item.id),
                answered.get(item.id, ""),
            )
            for item in asked
        ],
        [item for item in doing if frozen and names & set(item.criteria)],
        frozen is not None,
    )


def sheet(found: Panel, token: str, device: str) -> str:
    """What names a contributor's sheet while the panel is open: a hash that leads back to nobody.

    A single-use link is one sheet wherever it is opened; in a group each browser has its own.
    """
    secret = token if found.kind == SINGLE else device
    return hashlib.sha256(f"{found.id} {secret}".encode()).hexdigest()


def open_panel_of(c: Connection, context: Context, token: str) -> Panel:
    """The panel of a link, where it is open. Raises NotFound, WrongState."""
    found = _found(c, token)
    if state_of(context, found) != OPEN:
        raise WrongState(NOT_OPEN)
    return found


def _found(c: Connection, token: str) -> Panel:
    found = panel_by_token(c, token) or panel_by_link(c, token_hash(token))
    if found is None or found.opened_at is None:
        raise NotFound("panel")
    return found
