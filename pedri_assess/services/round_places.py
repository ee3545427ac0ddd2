"""An organisation in a round: which assessment it hands in, or that it does not take part."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.errors import NotFound, WrongState
from ..domain.languages import to_translate
from ..domain.times import stamp
from ..store import Connection
from ..store.assessments import Kept, assessments_of
from ..store.events import Event, add_event
from ..store.organisations import Organisation, organisation
from ..store.rounds import Place, Round, place_of, round_of, rounds_of, set_assessment, set_declined
from . import Context
from .rounds import Standing, is_taken, standing_of, state_of

NOT_TAKEN = to_translate("This round does not take assessments now. Ask PEDRI staff for an extension")


@dataclass(frozen=True)
class View:
    """A round as one organisation sees it: how it stands itself, and which assessments it could hand in."""

    organisation: Organisation
    round: Round
    state: str
    standing: Standing
    taken: bool
    could: list[Kept]


def view(context: Context, organisation_id: str, round_id: str) -> View:
    """The page of a round. Raises NotFound where the organisation is not invited."""
    with context.database.read() as c:
        item, found = round_of(c, round_id), place_of(c, round_id, organisation_id)
        return View(
            organisation(c, organisation_id),
            item,
            state_of(context, item),
            standing_of(item, found),
            is_taken(context, item, found),
            _could(c, organisation_id, item),
        )


def rounds_for(context: Context, organisation_id: str) -> list[tuple[Round, str, Standing]]:
    """The rounds that an organisation is invited to, with their state, the newest first."""
    with context.database.read() as c:
        found = rounds_of(c, organisation_id)
    return [(item, state_of(context, item), standing_of(item, each)) for item, each in found]


def choose(context: Context, by: str, organisation_id: str, round_id: str, assessment_id: str) -> None:
    """Says which assessment is handed in. Raises NotFound, WrongState."""
    with context.database.write() as c:
        item, found = _taken(c, context, organisation_id, round_id)
        if assessment_id not in {kept.id for kept in _could(c, organisation_id, item)}:
            raise NotFound("assessment")
        if found.assessment_id != assessment_id:
            set_assessment(c, found.id, assessment_id)
            _event(c, context, by, "round-assessment-chosen", found, assessment_id)


def decline(context: Context, by: str, organisation_id: str, round_id: str, because: str) -> None:
    """Says that the organisation does not take part. Raises NotFound, WrongState."""
    with context.database.write() as c:
        _item, found = _taken(c, context, organisation_id, round_id)
        set_assessment(c, found.id, None)
        set_declined(c, found.id, stamp(context.now()), because)
        _event(c, context, by, "round-declined", found, None)


def take_part(context: Context, by: str, organisation_id: str, round_id: str) -> None:
    """Takes back that the organisation does not take part. Raises NotFound, WrongState."""
    with context.database.write() as c:
        _item, found = _taken(c, context, organisation_id, round_id)
        if found.declined_at is not None:
            set_declined(c, found.id, None, "")
            _event(c, context, by, "round-joined", found, None)


def _taken(c: Connection, context: Context, organisation_id: str, round_id: str) -> tuple[Round, Place]:
    item, found = round_of(c, round_id), place_of(c, round_id, organisation_id)
    if not is_taken(context, item, found):
        raise WrongState(NOT_TAKEN)
    return item, found


def _could(c: Connection, organisation_id: str, item: Round) -> list[Kept]:
    wanted = (item.framework, item.version)
    return [
        kept
        for kept in assessments_of(c, organisation_id)
        if (kept.framework, kept.version) == wanted and kept.archived_at is None
    ]


def _event(
    c: Connection, context: Context, by: str, kind: str, found: Place, assessment_id: str | None
) -> None:
    at = stamp(context.now())
    add_event(c, Event(kind, at, by, found.organisation_id, assessment_id, found.round_id))
