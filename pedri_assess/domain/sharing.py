"""What an organisation can agree to share with others: each choice by itself, in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from .languages import to_translate

STAFF, PARTNERS, PUBLIC = "staff", "partners", "public"


@dataclass(frozen=True)
class Choice:
    """One thing to agree to: what it lets happen, and what it never does."""

    title: str
    means: str
    never: str


CHOICES = {
    STAFF: Choice(
        to_translate("Share our submitted results with PEDRI staff"),
        to_translate(
            "PEDRI staff can read each result that you have submitted, to see where organisations need help. "
            "Every time they look at yours, it is noted on this page."
        ),
        to_translate("They never see drafts, comments, or who said what."),
    ),
    PARTNERS: Choice(
        to_translate("Be counted in the benchmarks for partner organisations"),
        to_translate(
            "Your levels are counted, with those of at least five others, in bands that the organisations of "
            "the network see beside their own."
        ),
        to_translate(
            "Nobody is named. What could give you away is left out, also where figures are put side by side."
        ),
    ),
    PUBLIC: Choice(
        to_translate("Be counted in the public picture of the network"),
        to_translate(
            "Your levels are counted, with those of at least nine others, in rounded figures for everyone."
        ),
        to_translate("Nobody is named, and nothing is shown for a group that is small."),
    ),
}


@dataclass(frozen=True)
class Change:
    """What becomes of the choices: those now given, and those that end, each in the order of CHOICES."""

    given: tuple[str, ...]
    ended: tuple[str, ...]


def change(before: frozenset[str], after: frozenset[str]) -> Change:
    """What is different. Raises ValueError for a choice that there is not."""
    if unknown := (before | after) - CHOICES.keys():
        raise ValueError(", ".join(sorted(unknown)))
    return Change(
        tuple(name for name in CHOICES if name in after - before),
        tuple(name for name in CHOICES if name in before - after),
    )
