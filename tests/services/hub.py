"""A hub with a shelf of two versions, and people who look after it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from pedri_assess.catalogue import Book, Shelf
from pedri_assess.domain.resources import Described, Link
from pedri_assess.services import Context
from pedri_assess.services.hub_keeping import add
from pedri_assess.store import Database
from tests.unit.frameworks import a_criterion, a_framework

from .people import World


@cache
def shelf() -> Shelf:
    """Two versions of one framework: A-1 of the older became B-1 of the newer."""
    old = a_framework([a_criterion("A-1")], version="1", status="released")
    link = {"version": "1", "id": "A-1", "link": "reworded"}
    new = a_framework(
        [a_criterion("B-1", **{"from": [link]}), a_criterion("B-2")], [a_criterion("C-1")],
        version="2", status="released",
    )  # fmt: skip
    nothing: Any = None
    return Shelf([Book(nothing, b"", {}, version) for version in (old, new)])


def about(*names: str) -> tuple[Link, ...]:
    """Links to criteria, to standards (S1, S2), and to the framework where a name is empty."""
    kinds = {"": "framework", "S": "standard"}
    return tuple(Link("tiny", kinds.get(name[:1], "criterion"), name) for name in names)


def a_guide(title: str = "A guide", **more: Any) -> Described:
    """What is said of a resource whose address follows from its title."""
    slug = "-".join(title.lower().split())
    usual = {"title": title, "publisher": "A trust", "address": f"https://example.org/{slug}"}
    return Described(**{**usual, **more})


class Hub(World):
    """A database, the use cases' context on it, and somebody of PEDRI's staff."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.staff = self.account("staff@example.org", "Sam Staff", staff=True)
        self.kept_context = replace(super().context, shelf=shelf(), now=self.now)

    @property
    def context(self) -> Context:
        """One context, so that its copy of the hub lives on."""
        return self.kept_context

    def another_process(self) -> Context:
        """A context with a copy of its own, as another server process has."""
        return replace(self.kept_context)

    def add(self, title: str = "A guide", **more: Any) -> str:
        return add(self.context, self.staff.account_id, a_guide(title, **more))
