"""A small organisation with three versions of its framework on the shelf."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from pedri_assess.catalogue import Book, Shelf
from pedri_assess.domain.standards import Framework
from pedri_assess.services.answers import save_answer
from pedri_assess.services.handing_in import check, sign_off, submit
from pedri_assess.store import Database
from tests.unit.frameworks import a_criterion, a_framework

from .assessing import Place, said


def came(name: str, version: str, *links: tuple[str, str], **more: Any) -> dict[str, Any]:
    """A criterion with links to an earlier version."""
    sources = [{"version": version, "id": old, "link": kind, "note": f"About {old}."} for old, kind in links]
    return a_criterion(name, **{"from": sources}, **more)


# A and B stay, C splits, D and E merge, F has no successor, N is new; then everything is only renamed
FIRST = a_framework(
    [a_criterion("A", core=True), a_criterion("B"), a_criterion("C")],
    [a_criterion("D"), a_criterion("E"), a_criterion("F")],
    version="1",
)
SECOND = a_framework(
    [
        came("U", "1", ("A", "unchanged"), core=True),
        came("R", "1", ("B", "reworded")),
        came("S", "1", ("C", "split")),
        came("T", "1", ("C", "split")),
    ],
    [came("M", "1", ("D", "merged"), ("E", "merged")), a_criterion("N")],
    version="2",
    retired=[{"version": "1", "id": "F", "why": "No longer asked."}],
)
THIRD = a_framework(
    [
        came("U3", "2", ("U", "unchanged"), core=True),
        came("R3", "2", ("R", "unchanged")),
        came("S3", "2", ("S", "unchanged")),
        came("T3", "2", ("T", "reworded")),
    ],
    [came("M3", "2", ("M", "unchanged")), came("N3", "2", ("N", "unchanged"))],
    version="3",
)


def shelf(*frameworks: Framework) -> Shelf:
    """A shelf with these versions."""
    return Shelf([Book(Path(each.version), b"", {}, each) for each in frameworks])


def place(database: Database, *frameworks: Framework) -> Place:
    """The small organisation, with these versions on the shelf; the first of them is what it answers."""
    made = Place(database, frameworks[0])
    made.context = replace(made.context, shelf=shelf(*frameworks))
    return made


def submitted(made: Place, levels: dict[str, int], **more: Any) -> str:
    """An assessment of the first version with these levels, submitted and signed off."""
    key = made.start(**more)
    for name, level in levels.items():
        answer = said(level, evidence=f"About {name}.", note=f"Next time {name}.", reason="So.")
        save_answer(made.context, key, name, "bea", answer, 0)
    submit(made.context, key, "ann", 1, check(made.context, key).seal, leave=True)
    sign_off(made.context, key, "cat", 1)
    return key
