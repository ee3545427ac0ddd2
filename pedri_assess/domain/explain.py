"""Why a standard has the level it has, and what would change it, each in one plain sentence."""

from __future__ import annotations

from collections.abc import Sequence

from .levels import answers_needed, core_below, criteria_needed
from .standards import Criterion, Framework
from .tally import Tally

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def level_reason(tally: Tally, level: int | None, framework: Framework) -> str:
    """One sentence that says why the standard has this level, or none."""
    if level is None:
        return _no_level(tally, framework)
    scale, needed = framework.scale, criteria_needed(tally, framework.scoring)
    if level < framework.top:
        holding = core_below(tally, framework.scoring, level + 1)
        if holding and tally.at_least(level + 1) >= needed:
            at = " and ".join(f"{item.id} at {scale[tally.levels[item.id]].label}" for item in holding)
            return f"The core criterion {at} holds it back: the rest would carry {scale[level + 1].label}."
    if tally.answered == 1:
        return f"The only answered criterion is at {scale[level].label}."
    if level == 0:
        reached = tally.at_least(1)
        return (
            f"{_capital(reached)} of {tally.answered} answered criteria {_are(reached)} at {scale[1].label} "
            f"or above, and {_words(needed)} would be needed to leave {scale[0].label}."
        )
    reached = tally.at_least(level)
    return (
        f"{_capital(reached)} of {tally.answered} answered criteria {_are(reached)} at {scale[level].label} "
        f"or above, and at least {_words(needed)} {_are(needed)} needed."
    )


def _no_level(tally: Tally, framework: Framework) -> str:
    if not tally.applicable:
        return "No criterion is applicable, so this standard has no level."
    needed = answers_needed(tally, framework.scoring)
    if not tally.answered or tally.answered < needed:
        return (
            f"{_capital(tally.answered)} of {len(tally.applicable)} applicable criteria "
            f"{_are(tally.answered)} answered, and at least {_words(max(needed, 1))} must be before this "
            "standard has a level."
        )
    return f"The {_core(tally.unanswered_core)} is not answered, and this standard has no level without it."


def next_step(tally: Tally, level: int | None, framework: Framework) -> str:
    """One sentence that says the least that would give the standard a level, or the next one.

    It is exact: with just that change, and nothing else, the standard is at the level named.
    """
    if level is None:
        return _first_level(tally, framework)
    if level == framework.top:
        return "This is the highest level of the scale."
    wanted = level + 1
    label = framework.scale[wanted].label
    missing = criteria_needed(tally, framework.scoring) - tally.at_least(wanted)
    holding = core_below(tally, framework.scoring, wanted)
    if tally.answered == 1:
        what = f"{next(iter(tally.levels))} at {label}"
    elif not holding:
        what = f"{_capital(missing)} more {_criteria(missing)} at {label}"
    elif missing <= 0:
        lowest = framework.scale[wanted - framework.scoring.core_within].label
        what = f"The {_core(holding)} at {lowest}"
    elif missing <= len(holding):
        what = f"The {_core(holding)} at {label}"
    else:
        what = f"{_capital(missing)} more {_criteria(missing)} at {label}, the {_core(holding)} among them,"
    return f"{what} would make this standard {label}."


def _first_level(tally: Tally, framework: Framework) -> str:
    if not tally.applicable:
        return ""
    missing = max(answers_needed(tally, framework.scoring), 1) - tally.answered
    core = tally.unanswered_core
    if missing <= len(core):
        return f"Answer the {_core(core)} to see a level."
    among = f", the {_core(core)} among them," if core else ""
    return f"Answer {_words(missing)} more {_criteria(missing)}{among} to see a level."


def _core(criteria: Sequence[Criterion]) -> str:
    names = " and ".join(criterion.id for criterion in criteria)
    return f"core {_criteria(len(criteria))} {names}"


def _words(number: int) -> str:
    return _WORDS[number] if 0 <= number < len(_WORDS) else str(number)


def _capital(number: int) -> str:
    return _words(number).capitalize() if number else "None"


def _criteria(number: int) -> str:
    return "criterion" if number == 1 else "criteria"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
