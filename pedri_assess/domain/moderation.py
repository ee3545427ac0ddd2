"""What can become of a resource: who lists it, retires it, brings it back, and who may say no."""

from __future__ import annotations

from dataclasses import dataclass

from .errors import Incomplete, TooLong, WrongState
from .languages import to_translate
from .resources import DECLINED, LISTED, RETIRED, SUGGESTED, WITHDRAWN, Resource

LONGEST_REASON = 500


@dataclass(frozen=True)
class Move:
    """One way from some states to another: its kind of event, and what asks for a reason, if it needs one."""

    before: frozenset[str]
    after: str
    event: str
    reason: str = ""
    not_now: str = ""


LIST, RETIRE, BRING_BACK, DECLINE, WITHDRAW = "list", "retire", "bring-back", "decline", "withdraw"
MOVES = {
    LIST: Move(
        frozenset({SUGGESTED, DECLINED, WITHDRAWN}),
        LISTED,
        "resource-listed",
        not_now=to_translate("It is listed already"),
    ),
    RETIRE: Move(
        frozenset({LISTED}),
        RETIRED,
        "resource-retired",
        to_translate("Say in one line why it is retired; everyone can read it"),
        to_translate("Only what is listed can be retired"),
    ),
    BRING_BACK: Move(
        frozenset({RETIRED}),
        LISTED,
        "resource-brought-back",
        not_now=to_translate("Only what is retired can be brought back"),
    ),
    DECLINE: Move(
        frozenset({SUGGESTED}),
        DECLINED,
        "resource-declined",
        to_translate("Say in one line why not; whoever suggested it can read it"),
        to_translate("Only a suggestion that waits can be declined"),
    ),
    WITHDRAW: Move(
        frozenset({SUGGESTED}),
        WITHDRAWN,
        "resource-withdrawn",
        not_now=to_translate("It does not wait any more, so it cannot be taken back"),
    ),
}


def check_move(resource: Resource, move: Move, reason: str) -> None:
    """Raises WrongState where it cannot be done now, and Incomplete where a reason is missing or too long."""
    if resource.state not in move.before:
        raise WrongState(move.not_now)
    if move.reason and not reason:
        raise Incomplete([move.reason])
    if len(reason) > LONGEST_REASON:
        raise TooLong(to_translate("Use %(most)s characters or fewer"), most=LONGEST_REASON)


def moves_from(state: str) -> tuple[str, ...]:
    """What staff can do with a resource in a state, by the names in MOVES."""
    return tuple(name for name, move in MOVES.items() if state in move.before and name != WITHDRAW)
