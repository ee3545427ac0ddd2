"""More invented organisations, which agreed to be counted, and a published wave of benchmarks."""

from __future__ import annotations

from itertools import product

from ..domain.assessment import Answer, Scope
from ..domain.said import Said
from ..domain.sharing import PARTNERS, PUBLIC, STAFF
from ..domain.standards import Framework
from ..domain.times import stamp
from ..store.events import Event, add_event
from ..store.organisations import add_organisation
from . import Context
from .answers import save_answer
from .demonstrating_answers import ago
from .handing_in import check, submit
from .set_up import ALL, SetUp, start
from .sharing import say_size, share
from .waves import approve, prepare, publish

NAMES = ("Alder", "Birch", "Cedar", "Elm", "Hazel", "Juniper", "Larch", "Maple")
KINDS = (("Hospital", "nhs"), ("University", "university"))
NATIONS = ("england", "england", "england", "scotland")


def wave(context: Context, framework: Framework, place: str, lead: str, preparer: str, approver: str) -> None:
    """Sixteen organisations, each answered by its own habits, and a wave that counts them and `place`."""
    then = ago(context, 35)
    share(then, lead, place, frozenset({STAFF}), frozenset({STAFF, PARTNERS, PUBLIC}))
    for number, (tree, (kind, code)) in enumerate(product(NAMES, KINDS)):
        other = _place(then, f"{tree} {kind} (invented)", code, NATIONS[number % len(NATIONS)])
        say_size(then, lead, other, ("small", "medium", "large")[number % 3])
        share(then, lead, other, frozenset(), frozenset({PARTNERS, PUBLIC}))
        _handed_in(then, framework, other, lead, number)
    since = ago(context, 60).now().date().isoformat()
    made = prepare(ago(context, 5), preparer, framework, f"First wave of {then.now().year}", since)
    approve(ago(context, 4), approver, made, 1)
    publish(ago(context, 3), preparer, made, 2)


def _place(context: Context, name: str, kind: str, nation: str) -> str:
    at = stamp(context.now())
    with context.database.write() as c:
        place = add_organisation(c, name, kind, nation, at)
        add_event(c, Event("organisation-created", at, None, place, subject=place, after={"name": name}))
    return place


def _handed_in(context: Context, framework: Framework, place: str, lead: str, number: int) -> None:
    set_up = SetUp(Scope("organisation", "All our studies", ""), ALL)
    made = start(context, place, lead, framework.framework, framework.version, set_up)
    for turn, criterion in enumerate(framework.criteria):
        # Some criteria are hard for everyone and some places are further on: so are real ones
        level = min(max((turn * 7 % 5) + (number * 5 % 4) - 2 + (turn * number) % 3 % 2, 0), framework.top)
        reason = "Written down, and done by everyone." if level >= framework.scoring.reason_from else ""
        save_answer(context, made, criterion.id, lead, Said(Answer(level=level, reason=reason)), 0)
    submit(context, made, lead, 1, check(context, made).seal, leave=True)
