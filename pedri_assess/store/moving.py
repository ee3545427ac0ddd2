"""Everything from one database to another, on either engine, compared row by row before it counts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .checking import damage
from .database import Connection, Database, Row
from .migrating import KNOWN, version_in
from .schema import TABLES

AT_ONCE = {"kept_report": 4}  # rows that are read at a time, where they are large
MANY = 1_000
# What tells the rows of a table apart, where it is not `id`
KEYS = {
    "identity": ("issuer", "subject"),
    "sign_in_link": ("token_hash",),
    "session": ("token_hash",),
    "single_sign_on": ("state_hash",),
    "rate": ("name", "began_at"),
    "participation": ("assessment_id", "account_id"),
    "answer": ("assessment_id", "criterion"),
    "assignment": ("assessment_id", "criterion"),
    "mention": ("comment_id", "account_id"),
    "visit": ("assessment_id", "account_id"),
    "result": ("assessment_id", "revision"),
    "event": ("number",),
    "kept_report": ("fingerprint",),
    "resource_link": ("resource_id", "framework", "kind", "target"),
    "resource_check": ("resource_id",),
    "released_version": ("framework", "version"),
    "opinion": ("framework", "version", "criterion", "account_id"),
    "calendar": ("token_hash",),
    "panel_link": ("token_hash",),
    "panel_place": ("meeting_id", "sheet"),
    "panel_hands": ("panel_id", "criterion", "level"),
    "panel_shown": ("panel_id", "criterion"),
    "panel_paper": ("panel_id", "batch"),
    "panel_response": ("panel_id", "criterion"),
    "plan_letter": ("account_id",),
    "rating_alone": ("assessment_id",),
    "rating": ("assessment_id", "criterion", "account_id"),
    "agreement": ("assessment_id", "criterion"),
    "predecessor": ("assessment_id",),
    "carried": ("assessment_id", "criterion"),
    "version_before": ("assessment_id", "version"),
    "own_words": ("organisation_id",),
    "standing_text": ("number",),
}


class CannotMove(Exception):
    """The databases do not fit each other; the message says why, and what to do."""


@dataclass(frozen=True)
class Content:
    """How many rows a table has, and a sum over them that does not depend on their order."""

    table: str
    rows: int
    checksum: str


def copy_all(
    old: Database, new: Database, told: Callable[[Content], None] = lambda _content: None
) -> list[Content]:
    """Copies every row as it was at one moment, reads it back and compares; keeps nothing where it differs.

    Both must have the schema of this code, and `new` must be empty. `told` hears of each table. Raises
    CannotMove, StoreUnavailable.
    """
    with old.read() as source, new.write() as target:
        _check(source, old, "the database to copy from")
        _check(target, new, "the database to copy to")
        if fault := next(damage(source, old.engine), None):
            raise CannotMove(f"{old.name}: {fault}")
        if filled := filled_table(target):
            raise CannotMove(f"{new.name} is not empty (table {filled}): give a database without content")
        copied = []
        for table in TABLES:
            copied.append(_copy(source, target, table))
            if (there := content_of(target, table)) != copied[-1]:
                raise CannotMove(
                    f"table {table} did not arrive as it was: {there.rows} rows; nothing was kept"
                )
            told(copied[-1])
    return copied


def filled_table(connection: Connection) -> str | None:
    """The name of a table that has rows, or None."""
    return next((table for table in TABLES if connection.rows(f"SELECT 1 AS one FROM {table} LIMIT 1")), None)  # noqa: S608


def content_of(connection: Connection, table: str) -> Content:
    """The content of one table."""
    counted, total = 0, 0
    for row in _rows(connection, table):
        counted, total = counted + 1, total + _sum(row)
    return _content(table, counted, total)


def _copy(source: Connection, target: Connection, table: str) -> Content:
    counted, total = 0, 0
    for row in _rows(source, table):
        names = ", ".join(row)
        marks = ", ".join(f":{name}" for name in row)
        target.run(f"INSERT INTO {table} ({names}) VALUES ({marks})", **row)  # noqa: S608 - names of our columns
        counted, total = counted + 1, total + _sum(row)
    return _content(table, counted, total)


def _rows(connection: Connection, table: str) -> Iterator[Row]:
    keys, most = KEYS.get(table, ("id",)), AT_ONCE.get(table, MANY)
    order, after = ", ".join(keys), ""
    last: Row = {}
    while True:
        sql = f"SELECT * FROM {table}{after} ORDER BY {order} LIMIT {most}"  # noqa: S608
        rows = connection.rows(sql, **last)
        yield from rows
        if len(rows) < most:
            return
        last = {f"last_{key}": rows[-1][key] for key in keys}
        after = f" WHERE ({order}) > ({', '.join(f':{name}' for name in last)})"


def _sum(row: Row) -> int:
    text = json.dumps(row, ensure_ascii=False, sort_keys=True, default=bytes.hex).encode(
        "utf-8", "surrogatepass"
    )
    return int.from_bytes(hashlib.sha256(text).digest(), "big")


def _content(table: str, counted: int, total: int) -> Content:
    return Content(table, counted, f"{total % 2**256:064x}")


def _check(connection: Connection, database: Database, which: str) -> None:
    steps = version_in(connection, database.engine)
    if steps != KNOWN:
        raise CannotMove(
            f"{which}, {database.name}, has schema {steps} and this PEDRI Assess has {KNOWN}: "
            "bring it up to date first with: pedri-assess migrate"
        )
