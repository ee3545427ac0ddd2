"""What the invented organisations share with PEDRI staff, so that there is a network to look at."""

from __future__ import annotations

from collections.abc import Sequence

from ..domain.assessment import Scope
from ..domain.sharing import STAFF
from ..domain.standards import Framework
from . import Context
from .demonstrating_answers import ago, answer_all
from .handing_in import check, submit
from .set_up import ALL, SetUp, start
from .sharing import share


def network(context: Context, framework: Framework, places: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Everybody shares with PEDRI staff; the last of them, which has nothing yet, submits a whole result."""
    for place, (lead, *_others) in places:
        share(ago(context, 50), lead, place, frozenset(), frozenset({STAFF}))
    place, (lead, *_others) = places[-1]
    set_up = SetUp(Scope("organisation", "All our studies", "With three schools"), ALL)
    made = start(ago(context, 12), place, lead, framework.framework, framework.version, set_up)
    answer_all(ago(context, 11), made, framework.criteria[::-1], (lead,), framework)
    then = ago(context, 10)
    submit(then, made, lead, 1, check(then, made).seal, leave=True)
