"""Data to give out: one SQLite file that explains itself, made new from rows, as Datasette serves it.

It is never a copy of the database with something taken away: nothing is in it but what it was given.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlite_utils import Database as Tables
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where that is there

from .full_text import TOKENS

Value = str | int | float | None
TEXT, NUMBER, REAL = str, int, float
KINDS = {TEXT: "text", NUMBER: "whole number", REAL: "number"}


@dataclass(frozen=True)
class Column:
    """A column: the type of its values, and what it says."""

    kind: type[str] | type[int] | type[float]
    about: str


@dataclass(frozen=True)
class Table:
    """A table with its rows, each in the order of `columns`; words can be looked for in `searched` columns.

    `refers` names tables by column: those whose key, of one column, the values are. Where another table
    refers to this one, Datasette shows what is in the column `label`.
    """

    name: str
    about: str
    columns: Mapping[str, Column]
    key: tuple[str, ...]
    rows: Sequence[Sequence[Value]]
    refers: Mapping[str, str] = field(default_factory=dict)
    searched: tuple[str, ...] = ()
    label: str = ""


ABOUT = {
    "about": ("What this file is", {"name": "What is told", "words": "The words"}, ("name",)),
    "about_table": ("What each table is", {"name": "The table", "about": "What it is"}, ("name",)),
    "about_column": (
        "What each column says",
        {"table": "The table", "name": "The column", "kind": "Its values", "about": "What it says"},
        ("table", "name"),
    ),
}


def dataset(tables: Sequence[Table], about: Mapping[str, str]) -> bytes:
    """The file: `tables` in an order in which each comes after those it refers to, and what all of it is."""
    every = [*tables, *explained(tables, about)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dataset.db"
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            made = Tables(connection, execute_plugins=False)
            with made.atomic():
                for table in every:
                    _add(made, table, {item.name: item.key[0] for item in every})
            made.analyze()
            made.vacuum()
        finally:
            connection.close()
        return path.read_bytes()


def explained(tables: Sequence[Table], about: Mapping[str, str]) -> list[Table]:
    """The tables in which a file tells what it is and has, those tables among it."""
    own = [
        Table(name, words, {column: Column(TEXT, said) for column, said in columns.items()}, key, ())
        for name, (words, columns, key) in ABOUT.items()
    ]
    every = [*tables, *own]
    columns = [
        (table.name, name, KINDS[column.kind], column.about)
        for table in every
        for name, column in table.columns.items()
    ]
    rows: list[Sequence[Sequence[Value]]] = [
        list(about.items()),
        [(table.name, table.about) for table in every],
        columns,
    ]
    refers: tuple[dict[str, str], ...] = ({}, {}, {"table": "about_table"})
    return [
        Table(item.name, item.about, item.columns, item.key, rows[place], refers[place])
        for place, item in enumerate(own)
    ]


def datasette_metadata(tables: Iterable[Table], about: Mapping[str, str], name: str) -> dict[str, Any]:
    """The metadata that Datasette reads beside a file `name`.db. `about` has title, description, license,
    source."""
    described = {
        table.name: {
            "description": table.about,
            "columns": {column: found.about for column, found in table.columns.items()},
            **({"label_column": table.label} if table.label else {}),
        }
        for table in tables
    }
    own = {key: about[key] for key in ("title", "description", "license", "source") if about.get(key)}
    return {**own, "databases": {name: {**own, "tables": described}}}


def _add(made: Tables, table: Table, keys: Mapping[str, str]) -> None:
    new = made.table(table.name)
    new.create(
        {name: column.kind for name, column in table.columns.items()},
        pk=table.key[0] if len(table.key) == 1 else table.key,
        foreign_keys=[(column, other, keys[other]) for column, other in table.refers.items()],
        not_null=table.key,
        strict=True,
    )
    new.insert_all(dict(zip(table.columns, row, strict=True)) for row in table.rows)
    for column in table.refers:
        new.create_index([column])
    if table.searched:
        new.enable_fts(list(table.searched), tokenize=TOKENS)
