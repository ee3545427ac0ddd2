"""Rating alone first, and then agreeing: what several levels say together, and what agreeing needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .errors import WrongState
from .findings import RATERS_DIFFER_FROM, lower_median
from .languages import to_translate

# How a criterion stands: rated alone just now, rated and not agreed on yet, or answered as usual
RATE, AGREE, AS_USUAL = "rate", "agree", ""
WHY = {
    RATE: to_translate(
        "Staff rate this alone first. It is answered once a lead has ended that and you have agreed"
    ),
    AGREE: to_translate("Staff rated this alone. Agree on it first, on the page of the ratings"),
}
STILL_RATING = to_translate("Staff are still rating alone. A lead ends that first")


@dataclass(frozen=True)
class Spread:
    """What levels say together. The median of an even number is the lower of the two in the middle."""

    median: int
    lowest: int
    highest: int
    of: int

    @property
    def differ(self) -> bool:
        """Whether they are so far apart that people discuss first."""
        return self.highest - self.lowest >= RATERS_DIFFER_FROM


def spread(levels: Sequence[int]) -> Spread | None:
    """What levels say together; None where there are none."""
    return Spread(lower_median(levels), min(levels), max(levels), len(levels)) if levels else None


def check_as_usual(standing: str) -> None:
    """Raises WrongState where an answer is not taken yet, because it is rated or agreed on first."""
    if standing:
        raise WrongState(WHY[standing])
