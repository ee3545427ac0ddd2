"""Rounds as PEDRI staff run them: dates, who stands where, extensions and the end. Never anyone's answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ..domain.errors import WrongState
from ..domain.ids import new_id
from ..domain.languages import to_translate
from ..domain.rounds import PLANNED, STANDINGS, WAITED_FOR, last_day, standing, state, takes
from ..domain.times import stamp
from ..store import Connection
from ..store.events import Event, add_event
from ..store.rounds import (
    Place,
    Round,
    add_round,
    change_round,
    every_round,
    place,
    places,
    round_of,
    set_extension,
    withdraw_place,
)
from . import Context

HAS_OPENED = to_translate("This round has opened, so its first day stays as it is")
TOO_EARLY = to_translate("Choose a day after the last day of the round, and after today")
HAS_CHOSEN = to_translate("This organisation has chosen an assessment for the round, so it stays invited")


@dataclass(frozen=True)
class Standing:
    """An organisation's place, how it stands, and the day by which it hands in."""

    place: Place
    how: str
    day: str


@dataclass(frozen=True)
class Board:
    """A round as of today, with everyone who is invited."""

    round: Round
    state: str
    standings: Sequence[Standing]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many organisations stand how, in the order of STANDINGS."""
        found = Counter(each.how for each in self.standings)
        return {how: found[how] for how in STANDINGS if found[how]}

    @property
    def waiting(self) -> int:
        """How many have neither submitted nor declined."""
        return sum(each.how in WAITED_FOR for each in self.standings)


@dataclass(frozen=True)
class Plan:
    """What a round is: its name, what it is about, and its first and last day as ISO dates."""

    name: str
    about: str
    opens_on: str
    closes_on: str


def board(context: Context, round_id: str) -> Board:
    """One round. Raises NotFound."""
    with context.database.read() as c:
        return board_in(c, context, round_of(c, round_id))


def boards(context: Context) -> list[Board]:
    """All rounds, the newest first."""
    with context.database.read() as c:
        return [board_in(c, context, item) for item in every_round(c)]


def board_in(c: Connection, context: Context, item: Round) -> Board:
    """The same for a round at hand."""
    return Board(item, state_of(context, item), [standing_of(item, each) for each in places(c, item.id)])


def state_of(context: Context, item: Round) -> str:
    """planned, open or closed, as of today."""
    return state(item.opens_on, item.closes_on, item.closed_at is not None, context.today().isoformat())


def standing_of(item: Round, found: Place) -> Standing:
    """How an organisation stands."""
    how = standing(found.status, found.revision or 1, found.declined_at is not None)
    return Standing(found, how, last_day(item.closes_on, found.until))


def is_taken(context: Context, item: Round, found: Place) -> bool:
    """Whether an organisation can choose now what it hands in."""
    day = last_day(item.closes_on, found.until)
    return takes(item.opens_on, day, item.closed_at is not None, context.today().isoformat())


def plan_round(context: Context, by: str, framework: str, version: str, plan: Plan) -> str:
    """A new round; its id. Raises NotFound for standards that are not here, Duplicate for a name in use."""
    found, at = context.shelf.get(framework, version), stamp(context.now())
    made = Round(
        new_id(), plan.name, plan.about, found.framework, found.version, plan.opens_on, plan.closes_on, 1, at
    )
    with context.database.write() as c:
        add_round(c, made, by)
        add_event(c, Event("round-planned", at, by, None, None, made.id, after=dict(vars(made))))
    return made.id


def change_plan(context: Context, by: str, round_id: str, expected: int, plan: Plan) -> None:
    """Another name, words or days. Raises NotFound, Duplicate, Stale, WrongState once it has opened.

    What has opened keeps its first day; its last day can still move.
    """
    with context.database.write() as c:
        before = round_of(c, round_id)
        if plan.opens_on != before.opens_on and state_of(context, before) != PLANNED:
            raise WrongState(HAS_OPENED)
        _change(c, context, by, "round-changed", before, replace(before, **vars(plan)), expected)


def close(context: Context, by: str, round_id: str, expected: int) -> None:
    """Ends a round before its last day, extensions too. Raises NotFound, Stale."""
    at = stamp(context.now())
    with context.database.write() as c:
        before = round_of(c, round_id)
        if before.closed_at is None:
            _change(c, context, by, "round-closed", before, replace(before, closed_at=at), expected)


def open_again(context: Context, by: str, round_id: str, expected: int) -> None:
    """Takes back that a round was closed; its days count again. Raises NotFound, Stale."""
    with context.database.write() as c:
        before = round_of(c, round_id)
        if before.closed_at is not None:
            _change(c, context, by, "round-reopened", before, replace(before, closed_at=None), expected)


def _change(
    c: Connection, context: Context, by: str, kind: str, before: Round, after: Round, expected: int
) -> None:
    if after == before:
        return
    change_round(c, after, expected)
    documents = (dict(vars(before)), dict(vars(after)))
    add_event(c, Event(kind, stamp(context.now()), by, None, None, before.id, *documents))


def one_place(context: Context, round_id: str, place_id: str) -> tuple[Round, Standing]:
    """One organisation in a round. Raises NotFound."""
    with context.database.read() as c:
        item = round_of(c, round_id)
        return item, standing_of(item, place(c, round_id, place_id))


def extend(context: Context, by: str, round_id: str, place_id: str, until: str, because: str) -> None:
    """Gives an organisation until another day, which its page says with the reason; none takes that back.

    Raises NotFound, and WrongState where the day is not after the round's last one or today.
    """
    with context.database.write() as c:
        item, before = round_of(c, round_id), place(c, round_id, place_id)
        if until and until <= max(item.closes_on, context.today().isoformat()):
            raise WrongState(TOO_EARLY)
        set_extension(c, place_id, until or None, because)
        was, now = (before.until, before.extended_because), (until or None, because)
        _place_event(context, c, by, "round-extended", before, _extension(was), _extension(now))


def _extension(said: tuple[str | None, str]) -> dict[str, str | None]:
    return {"until": said[0], "because": said[1]}


def withdraw(context: Context, by: str, round_id: str, place_id: str) -> None:
    """Takes an invitation back. Raises NotFound, and WrongState where something was handed in."""
    with context.database.write() as c:
        found = place(c, round_id, place_id)
        if found.assessment_id is not None:
            raise WrongState(HAS_CHOSEN)
        withdraw_place(c, place_id, stamp(context.now()))
        _place_event(context, c, by, "round-invitation-withdrawn", found)


def _place_event(
    context: Context,
    c: Connection,
    by: str,
    kind: str,
    found: Place,
    before: object = None,
    after: object = None,
) -> None:
    at = stamp(context.now())
    add_event(c, Event(kind, at, by, found.organisation_id, None, found.round_id, before, after))
