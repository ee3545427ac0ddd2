"""Everything of an organisation: read at one moment, put into another database, or deleted for good."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping

from ..domain.errors import Duplicate
from .belonging import EVENTS, LEFT, NEW_SECRET, PEOPLE, TRAVELS
from .database import Connection, Row, one
from .events import COLUMNS, Event, add_event, empty_events, put_event, seal_of_kept
from .moving import KEYS, CannotMove
from .schema import TABLES
from .schema.deleting import DELETED

Tables = dict[str, list[Row]]
LETTERS = "outgoing_mail"


def read_whole(c: Connection, organisation_id: str) -> Tables:
    """Every row that travels, by table, in the order of its key."""
    whole = {table: list(_rows(c, table, organisation_id)) for table in TRAVELS}
    named = sorted({who for table, rows in whole.items() for row in rows for who in _people(row)})
    selected = f"SELECT {', '.join(PEOPLE)} FROM account WHERE id = :id"  # noqa: S608
    whole["account"] = [row for who in named for row in c.rows(selected, id=who)]
    events = f"SELECT {', '.join(COLUMNS)} FROM event WHERE {EVENTS} ORDER BY number"  # noqa: S608
    whole["event"] = c.rows(events, organisation=organisation_id)
    return {table: whole[table] for table in TABLES if table in whole}


def put_whole(c: Connection, whole: Mapping[str, list[Row]], at: str) -> None:
    """Puts an organisation where it is not yet. Raises CannotMove where something of it is there already."""
    for table in (table for table in TABLES if table in whole and table != "event"):
        for row in whole[table]:
            if table == "account" and _is_there(c, row):
                continue
            try:
                _insert(c, table, row | _instead(table))
            except Duplicate:
                named = " ".join(str(row[key]) for key in KEYS.get(table, ("id",)))
                raise CannotMove(f"{table} {named} is in this database already; nothing was taken") from None
    for row in whole["event"]:
        put_event(c, row)
    arrived = whole["organisation"][0]["id"]
    add_event(c, Event("organisation-brought", at, subject=arrived, after={"events": len(whole["event"])}))


def delete_whole(c: Connection, organisation_id: str, by: str, at: str) -> None:
    """Deletes an organisation for good; its events stay, without words (docs/decisions/0027)."""
    seal = seal_of_kept(c, organisation_id)
    add_event(c, Event(DELETED, at, by, organisation_id, after={"seal": seal}))
    _delete_letters(c, organisation_id)
    counting = f"SELECT id FROM wave_draft WHERE {LEFT['wave_draft'][0]}"  # noqa: S608
    for row in c.rows(counting, organisation=organisation_id):
        add_event(c, Event("wave-discarded", at, by, subject=row["id"]))
    gone = {table: where for table, (where, _why) in LEFT.items() if table != LETTERS}
    gone |= {table: part.where for table, part in TRAVELS.items()}
    for table in (table for table in reversed(TABLES) if table in gone):
        c.run(f"DELETE FROM {table} WHERE {gone[table]}", organisation=organisation_id)  # noqa: S608
    empty_events(c, organisation_id)


def _delete_letters(c: Connection, organisation_id: str) -> None:
    words = [row["name"] for row in c.rows("SELECT name FROM organisation WHERE id = :o", o=organisation_id)]
    of = "SELECT id FROM assessment WHERE organisation_id = :o ORDER BY id"
    words += [organisation_id, *(row["id"] for row in c.rows(of, o=organisation_id))]
    sql = f"DELETE FROM {LETTERS} WHERE {LEFT[LETTERS][0]}"  # noqa: S608
    for word in words:
        literal = re.sub("[!%_]", lambda mark: f"!{mark[0]}", word)
        c.run(sql, organisation=organisation_id, word=f"%{literal}%")


def columns_of(table: str, there: Mapping[str, object]) -> set[str]:
    """The columns of a table that travel, out of all that `there` has."""
    if table == "account":
        return set(PEOPLE)
    if table == "event":
        return set(COLUMNS)
    return set(there) - set(TRAVELS[table].without)


def _rows(c: Connection, table: str, organisation_id: str) -> Iterator[Row]:
    part, order = TRAVELS[table], ", ".join(KEYS.get(table, ("id",)))
    sql = f"SELECT * FROM {table} WHERE {part.where} ORDER BY {order}"  # noqa: S608
    for row in c.rows(sql, organisation=organisation_id):
        yield {name: value for name, value in row.items() if name not in part.without}


def _people(row: Row) -> Iterator[str]:
    """The accounts that a row refers to."""
    for name, value in row.items():
        if value is not None and (name in ("account_id", "owner_id") or name.endswith("_by")):
            yield value


def _is_there(c: Connection, row: Row) -> bool:
    found = one(c, "SELECT id, name FROM account WHERE lower(email) = lower(:email)", email=row["email"])
    if found is None:
        return False
    if found != {"id": row["id"], "name": row["name"]}:
        raise CannotMove(
            f"{row['email']} has another account, or another name, in this database already; nothing was "
            "taken: bring the organisation into a database without it"
        )
    return True


def _instead(table: str) -> Row:
    without = TRAVELS[table].without if table in TRAVELS else {}
    return {
        name: secrets.token_urlsafe(24) if value == NEW_SECRET else value for name, value in without.items()
    }


def _insert(c: Connection, table: str, row: Row) -> None:
    marks = ", ".join(f":{name}" for name in row)
    c.run(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", **row)  # noqa: S608 - columns are checked
