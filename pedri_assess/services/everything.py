"""Everything of an organisation: taken out in one file, brought back from it, and deleted for good."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

from ..domain.archive import packed, unpacked
from ..domain.errors import Fault, InvalidDocument, NotFound, first
from ..domain.times import stamp
from ..store import Connection, Row
from ..store.belonging import TRAVELS
from ..store.migrating import KNOWN
from ..store.moving import CannotMove
from ..store.organisations import organisation, organisation_named
from ..store.whole_organisation import columns_of, delete_whole, put_whole, read_whole
from . import Context

Tables = dict[str, list[Row]]
WANTED = {*TRAVELS, "account", "event"}


class OtherName(ValueError):
    """What was typed is not the name of the organisation."""


def take_out(context: Context, organisation_id: str) -> bytes:
    """Everything of an organisation as one file (domain/archive.py). Raises NotFound."""
    with context.database.read() as c:
        return _file(c, organisation_id)


def bring_back(context: Context, content: bytes, source: str) -> str:
    """Puts an organisation from such a file where it is not yet; its name.

    Raises InvalidDocument where the file is not what take_out writes or needs standards that are not here,
    and CannotMove where something of it is there already. Nothing is kept then.
    """
    manifest, tables, files = unpacked(content, source)
    if (schema := manifest.get("schema")) != KNOWN:
        wrong = f"was made with schema {schema}, and this PEDRI Assess has {KNOWN}"
        do = "bring it into an installation of its version, bring that up to date, and take it out again"
        raise InvalidDocument(source, [Fault("manifest.json", wrong, do)])
    with context.database.write() as c:
        list(context.shelving.take_in(c))
        if faults := first(_faults(c, context, tables, files)):
            raise InvalidDocument(source, faults)
        came = tables["organisation"][0]
        if organisation_named(c, came["name"]) is not None:
            raise CannotMove(f"an organisation {came['name']} is in this database already; nothing was taken")
        put_whole(c, _with_logo(tables, files), stamp(context.now()))
        if _file(c, came["id"]) != content:
            raise InvalidDocument(
                source, [Fault("$", "is not a file that this service wrote", "take it again")]
            )
    return str(came["name"])


def delete(context: Context, by: str, organisation_id: str, typed: str) -> None:
    """Deletes an organisation for good, for somebody who typed its name. Raises NotFound, OtherName."""
    with context.database.write() as c:
        if " ".join(typed.split()) != " ".join(organisation(c, organisation_id).name.split()):
            raise OtherName(typed)
        delete_whole(c, organisation_id, by, stamp(context.now()))
    context.database.empty_journal()


def _file(c: Connection, organisation_id: str) -> bytes:
    name = organisation(c, organisation_id).name
    tables, files = read_whole(c, organisation_id), dict[str, bytes]()
    for row in tables["own_words"]:
        if row["logo_content"] is not None:
            files[f"logo.{row['logo_kind']}"] = base64.b64decode(row["logo_content"])
            row["logo_content"] = None
    standards = sorted(
        {(row["framework"], row["version"], row["content_hash"]) for row in tables["assessment"]}
    )
    about = {"organisation": {"id": organisation_id, "name": name}, "schema": KNOWN, "standards": standards}
    return packed(tables, files, about)


def _with_logo(tables: Tables, files: dict[str, bytes]) -> Tables:
    words = [
        row | {"logo_content": base64.b64encode(files[f"logo.{row['logo_kind']}"]).decode()}
        if row["logo_kind"]
        else row
        for row in tables["own_words"]
    ]
    return tables | {"own_words": words}


def _faults(c: Connection, context: Context, tables: Tables, files: dict[str, bytes]) -> Iterator[Fault]:
    if tables.keys() != WANTED:
        yield Fault("tables", f"differ in {', '.join(sorted(tables.keys() ^ WANTED))}", "take the file again")
        return
    if len(tables["organisation"]) != 1:
        yield Fault("tables/organisation.json", "has not one organisation", "take the file again")
    fit = True
    for table, rows in tables.items():
        columns = columns_of(table, _columns(c, context, table))
        for number, row in enumerate(rows):
            if row.keys() != columns or not all(_is_value(value) for value in row.values()):
                fit = False
                yield Fault(
                    f"tables/{table}.json[{number}]", "is not a row of this table", "take the file again"
                )
    if fit:
        yield from _about(context, tables, files)


def _about(context: Context, tables: Tables, files: dict[str, bytes]) -> Iterator[Fault]:
    for row in tables["own_words"]:
        if row["logo_kind"] and f"logo.{row['logo_kind']}" not in files:
            yield Fault(f"logo.{row['logo_kind']}", "is missing", "take the file again")
    used = {(row["framework"], row["version"], row["content_hash"]) for row in tables["assessment"]}
    for framework, version, content_hash in sorted(used):
        try:
            there = context.shelf.get(framework, version).content_hash
        except NotFound:
            there = "none"
        if there != content_hash:
            do = f"put the file with {content_hash} into the folder of standards first"
            yield Fault("tables/assessment.json", f"needs {framework} {version}, here is {there}", do)


def _columns(c: Connection, context: Context, table: str) -> dict[str, Any]:
    sql = {
        "sqlite": "SELECT name AS name FROM pragma_table_info(:table)",
        "postgresql": "SELECT column_name AS name FROM information_schema.columns "
        "WHERE table_name = :table AND table_schema = current_schema()",
    }[context.database.engine]
    return {row["name"]: None for row in c.rows(sql, table=table)}


def _is_value(value: Any) -> bool:
    return value is None or isinstance(value, str) or (isinstance(value, int) and abs(value) < 2**63)
