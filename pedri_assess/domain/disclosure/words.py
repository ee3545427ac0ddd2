"""Figures in sentences, for pages, files and reports: the same words everywhere."""

from __future__ import annotations

from fractions import Fraction

from ..languages import to_translate
from .cells import CLASS, COMPLEMENTARY, DIFFERENCING, THRESHOLD, Figure, OwnFigure, Shown, Summary
from .rules import OTHERS, PARTNER, PUBLIC, SMALLEST, Bound

_SHARES = {Fraction(1, 4): "a quarter", Fraction(1, 2): "half", Fraction(3, 4): "three quarters"}
_THRESHOLD = {
    PARTNER: f"fewer than {OTHERS} other organisations",
    PUBLIC: f"fewer than {SMALLEST[PUBLIC]} organisations",
}
_CONFLICTS = {
    (COMPLEMENTARY,): "with other figures of this wave it could show what an organisation answered",
    (DIFFERENCING,): "too few organisations joined, left or changed since an earlier wave",
    (COMPLEMENTARY, DIFFERENCING): (
        "with other figures of this wave and of earlier ones it could show what an organisation answered"
    ),
    (CLASS,): "nearly all organisations chose the same level",
}

MEANINGS = {
    THRESHOLD: to_translate(
        "The group is small. What is said of few organisations is nearly said of each of them."
    ),
    CLASS: to_translate(
        "Nearly all of the group chose one level, so the figure would tell what each of them answered."
    ),
    COMPLEMENTARY: to_translate(
        "Beside other figures of the same wave, this one could tell what one of the group said."
    ),
    DIFFERENCING: to_translate(
        "Few joined, left or changed a level since an earlier wave. What is not the same in the two waves"
        " could tell what these few said."
    ),
}


def sentence(figure: Figure, audience: str, label: str) -> str:
    """What a figure says, or why it is hidden; `label` names the level that figures are about."""
    if isinstance(figure, Shown):
        return f"{_band(figure)} of the organisations are at {label} or above."
    reason = _THRESHOLD[audience] if THRESHOLD in figure.reasons else _CONFLICTS[figure.reasons]
    return f"hidden: {reason}"


def _band(figure: Shown) -> str:
    above, below = figure.above, figure.below
    if above and below:
        return f"{_at_least(above)}, but {_fewer(below)},".capitalize()
    return _at_least(above).capitalize() if above else _fewer(below).capitalize() if below else ""


def _at_least(bound: Bound) -> str:
    return f"{'at least' if bound.included else 'more than'} {_SHARES[bound.share]}"


def _fewer(bound: Bound) -> str:
    return f"{'at most' if bound.included else 'fewer than'} {_SHARES[bound.share]}"


def summary_sentence(summary: Summary, label: str) -> str:
    """What is shown of a standard's criteria, together."""
    criteria = summary.half_or_more + summary.fewer_than_half + summary.hidden
    told = f"In {summary.half_or_more} of {criteria} criteria at least half of the organisations are at"
    return f"{told} {label} or above; in {summary.fewer_than_half} at most half; {summary.hidden} hidden."


def own_sentence(own: OwnFigure, scale: tuple[str, ...], audience: str, label: str) -> str:
    """An organisation's own level, and what it is shown of the group beside it."""
    level = "You have no level here." if own.level is None else f"You are at {scale[own.level]}."
    return f"{level} {sentence(own.figure, audience, label)}"
