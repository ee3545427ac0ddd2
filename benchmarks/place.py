"""A database with people who answer at once: each with a session and a criterion of their own."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, cast

from pedri_assess.catalogue import Shelf, load_schemas
from pedri_assess.config import data_dir
from pedri_assess.domain.assessment import Scope
from pedri_assess.domain.ids import new_id
from pedri_assess.domain.times import stamp
from pedri_assess.services import Context
from pedri_assess.services.sessions import open_session
from pedri_assess.services.set_up import SetUp, start
from pedri_assess.store import Connection, Database, connect
from pedri_assess.store.migrating import migrate
from pedri_assess.store.organisations import add_member, add_organisation

TOKEN = re.compile(r'name="csrf_token" value="([0-9a-f]+)"')


@dataclass(frozen=True)
class Writer:
    """Somebody who answers: the key of their session, and the address of the criterion that is theirs."""

    account_id: str
    session: str
    assessment: str
    criterion: str

    @property
    def address(self) -> str:
        """The page of the criterion."""
        return f"/assessments/{self.assessment}/criteria/{self.criterion}"


def context_of(database: Database) -> Context:
    """What use cases need, with the project's own standards and without a printer."""
    folder = data_dir("standards")
    schemas = load_schemas(folder)
    no_printer = cast(Any, None)
    return Context(
        Shelf.load((folder,), schemas),
        schemas,
        no_printer,
        date.today,
        database,
        lambda: datetime.now(UTC),
        "",
    )


def make(url: str, number: int) -> list[Writer]:
    """Makes the tables, and an organisation with as many leads, who answer one assessment of everything."""
    with closing(connect(url)) as database:
        context = context_of(database)
        at = stamp(context.now())
        migrate(database, at)
        with database.write() as c:
            place = add_organisation(c, "Trust", "nhs", "uk", at)
            people = [_lead(c, place, which, at) for which in range(number)]
        framework = context.shelf.current("pedri")
        scope = SetUp(Scope("programme", "Registry", ""))
        made = start(context, place, people[0][0], framework.framework, framework.version, scope)
        criteria = [criterion.id for criterion in framework.criteria]
    return [Writer(*person, made, criteria[which]) for which, person in enumerate(people)]


def _lead(c: Connection, place: str, which: int, at: str) -> tuple[str, str]:
    account = new_id()
    c.run(
        "INSERT INTO account (id, email, name, created_at) VALUES (:id, :email, :name, :at)",
        id=account,
        email=f"writer{which}@example.org",
        name=f"Writer {which}",
        at=at,
    )
    add_member(c, place, account, "lead", at)
    return account, open_session(c, account, at, "test", "test")
