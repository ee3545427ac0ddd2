"""A small organisation with an assessment, for tests of the use cases."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from pedri_assess.domain.assessment import Answer, Scope
from pedri_assess.domain.said import Said
from pedri_assess.domain.standards import Framework
from pedri_assess.services import Context
from pedri_assess.services.set_up import SetUp, start
from pedri_assess.store import Database
from tests.unit.frameworks import a_criterion, a_framework

AT = "2026-11-24T09:00:00.000000Z"
FRAMEWORK = a_framework([a_criterion("A", core=True), a_criterion("B")], [a_criterion("C")])
SET_UP = SetUp(Scope("programme", "Linked data", "One line"), finish_by="2026-12-01")
PEOPLE = {"ann": "lead", "bea": "contributor", "cat": "approver", "dee": "viewer"}


@dataclass
class Place:
    """One organisation with a lead, a contributor, an approver and a viewer: their names are their ids."""

    database: Database
    framework: Framework = FRAMEWORK
    moment: datetime = datetime(2026, 11, 24, 9, tzinfo=UTC)
    context: Context = field(init=False)

    def __post_init__(self) -> None:
        shelf: Any = SimpleNamespace(
            edition=0, get=lambda *_: self.framework, versions=lambda *_: (self.framework,)
        )
        nothing: Any = None
        self.context = Context(
            shelf,
            nothing,
            nothing,
            lambda: date(2026, 11, 24),
            self.database,
            lambda: self.moment,
            "http://x",
        )
        with self.database.write() as c:
            c.run(
                "INSERT INTO organisation (id, name, kind, nation, created_at)"
                " VALUES ('o', 'Example', 'charity', 'wales', :at)",
                at=AT,
            )
            for name, role in PEOPLE.items():
                c.run(
                    "INSERT INTO account (id, email, name, created_at) VALUES (:id, :email, :name, :at)",
                    id=name, email=f"{name}@example.org", name=name.title(), at=AT,
                )  # fmt: skip
                c.run(
                    "INSERT INTO membership (id, organisation_id, account_id, role, created_at)"
                    " VALUES (:id, 'o', :id, :role, :at)",
                    id=name, role=role, at=AT,
                )  # fmt: skip

    def start(self, set_up: SetUp = SET_UP) -> str:
        return start(self.context, "o", "ann", "tiny", "1", set_up)

    def later(self, **more: float) -> None:
        self.moment += timedelta(**more)

    def events(self) -> list[str]:
        with self.database.read() as c:
            return [row["kind"] for row in c.rows("SELECT kind FROM event ORDER BY number")]


def said(level: int | None = 1, **more: Any) -> Said:
    return Said(Answer(level=level, **more))
