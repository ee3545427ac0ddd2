"""What invented people suggest to the resource hub, and what they think of a criterion."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle

from ..domain.opinions import CLEAR, HINDERS, NO, PARTLY, RELEVANT, YES
from ..domain.policies import Actor
from ..domain.resources import CRITERION, Described, Link
from ..domain.standards import Framework
from . import Context
from .demonstrating_answers import ago
from .opinions import say
from .suggesting import suggest


def suggestion(context: Context, framework: Framework, account_id: str) -> None:
    """A resource that waits for PEDRI staff to look at it."""
    criterion = (framework.core_criteria or framework.criteria)[-1]
    said = Described(
        "How our board hears from the public: a template (invented)",
        "Harbour Data Trust (invented)",
        "https://harbour.example/board-template",
        "A page that we fill in four times a year, with what the panel said and what the board did about it.",
        links=(Link(framework.framework, CRITERION, criterion.id),),
    )
    suggest(ago(context, days=1), Actor(account_id, "", ""), said)


def opinions(context: Context, framework: Framework, people: Sequence[str]) -> None:
    """What everybody thinks of one criterion, said so long ago that it counts."""
    then = ago(context, days=14)
    criterion = (framework.core_criteria or framework.criteria)[0]
    said = cycle(
        ({CLEAR: NO, RELEVANT: YES, HINDERS: "What is a lasting tie?"}, {CLEAR: PARTLY, RELEVANT: YES})
    )
    for person, changed in zip(people, said, strict=False):
        where = (framework.framework, framework.version, criterion.id)
        say(then, Actor(person, "", ""), *where, changed)
