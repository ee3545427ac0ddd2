"""People and organisations in a database, for tests of the use cases."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

from pedri_assess.domain.ids import new_id
from pedri_assess.domain.policies import Actor
from pedri_assess.domain.times import stamp
from pedri_assess.services import Context
from pedri_assess.store import Database
from pedri_assess.store.mail import Mail, newest
from pedri_assess.store.organisations import add_member, add_organisation

START = datetime(2026, 11, 24, 9, tzinfo=UTC)
AT = stamp(START)
BASE = "https://assess.example.org"


@dataclass
class World:
    """A database, and a clock that a test can move."""

    database: Database
    moment: datetime = START

    @property
    def context(self) -> Context:
        """What use cases need; neither the shelf nor the printer is touched."""
        nothing = cast(Any, None)
        return Context(nothing, nothing, nothing, date.today, self.database, self.now, BASE)

    def now(self) -> datetime:
        return self.moment

    def forward(self, **more: float) -> None:
        self.moment += timedelta(**more)

    def account(self, email: str, name: str = "", staff: bool = False, disabled: bool = False) -> Actor:
        """A person with an account."""
        made = new_id()
        with self.database.write() as c:
            c.run(
                "INSERT INTO account (id, email, name, staff_at, disabled_at, created_at)"
                " VALUES (:id, :email, :name, :staff, :disabled, :at)",
                id=made,
                email=email,
                name=name,
                staff=AT if staff else None,
                disabled=AT if disabled else None,
                at=AT,
            )
        return Actor(made, email, name, staff)

    def organisation(self, name: str = "Trust", **people: str) -> str:
        """An organisation; each of `people` is an account's id with its role."""
        with self.database.write() as c:
            made = add_organisation(c, name, "nhs", "wales", AT)
            for account, role in people.items():
                add_member(c, made, account, role, AT)
        return made

    def letters(self) -> list[Mail]:
        """The letters, the newest first."""
        with self.database.read() as c:
            return newest(c)

    def token(self, to: str) -> str:
        """The token in the newest invitation to an address."""
        body = next(letter.body for letter in self.letters() if letter.to == to)
        found = re.search(rf"{BASE}/invitation/(\S+)", body)
        assert found, body
        return found[1]

    def events(self) -> list[dict[str, Any]]:
        with self.database.read() as c:
            return c.rows("SELECT * FROM event ORDER BY number")

    def roles(self, organisation: str) -> dict[str, str]:
        """Who is a member, with the role."""
        with self.database.read() as c:
            rows = c.rows(
                "SELECT a.email, m.role FROM membership m JOIN account a ON a.id = m.account_id"
                " WHERE m.organisation_id = :id AND m.ended_at IS NULL ORDER BY a.email",
                id=organisation,
            )
        return {row["email"]: row["role"] for row in rows}
