"""Everything of an organisation: out in one file, back byte for byte, and gone without a word left."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from pedri_assess.domain.archive import packed, unpacked
from pedri_assess.domain.errors import InvalidDocument, NotFound
from pedri_assess.services import Context
from pedri_assess.services.checking import all_faults
from pedri_assess.services.everything import OtherName, bring_back, delete, take_out
from pedri_assess.store import Database, connect
from pedri_assess.store.belonging import LEFT, OTHERS, TRAVELS
from pedri_assess.store.migrating import migrate
from pedri_assess.store.moving import CannotMove, copy_all
from pedri_assess.store.schema import TABLES
from pedri_assess.store.sqlite import SqliteDatabase

from ..web.neighbours import SECRET, Neighbours

AT = "2026-11-25T09:00:00.000000Z"


def test_of_every_table_it_is_written_what_becomes_of_it() -> None:
    said = [*TRAVELS, *LEFT, *OTHERS]
    assert sorted(said) == sorted(TABLES)


@pytest.fixture(scope="module")
def neighbours(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Neighbours:
    return Neighbours(tmp_path_factory.mktemp("neighbours"), migrated)


@pytest.fixture
def filled(neighbours: Neighbours, database: Database) -> Context:
    """Two organisations that have everything, on each engine."""
    copy_all(neighbours.town.database, database)
    return on(neighbours, database)


def on(neighbours: Neighbours, database: Database) -> Context:
    return replace(neighbours.context, database=database)


def empty(neighbours: Neighbours, folder: Path) -> Context:
    new = connect(f"sqlite://{folder}/new.db")
    migrate(new, AT)
    return on(neighbours, new)


def everything(context: Context) -> dict[str, str]:
    """Every row of every table, as text."""
    with context.database.read() as c:
        return {
            name: json.dumps(c.rows(f"SELECT * FROM {name}"), ensure_ascii=False, default=bytes.hex)
            for name in TABLES
        }


def words_in(tables: dict[str, str], word: str) -> set[str]:
    """The tables that have a word."""
    return {name for name, text in tables.items() if word in text}


def test_what_is_brought_back_is_the_same_byte_for_byte(
    neighbours: Neighbours, filled: Context, tmp_path: Path
) -> None:
    file = take_out(filled, neighbours.town.other_place)
    new = empty(neighbours, tmp_path)
    assert bring_back(new, file, "x.zip") == "Second trust"
    assert take_out(new, neighbours.town.other_place) == file
    assert list(all_faults(new)) == []
    with pytest.raises(CannotMove, match="already"):
        bring_back(new, file, "x.zip")
    # Nothing of the neighbour is in it, and no secret
    _, tables, files = unpacked(file, "x.zip")
    said = json.dumps(tables, ensure_ascii=False)
    assert SECRET in said
    assert "quokka" not in said
    assert list(files) == ["logo.png"]
    with filled.database.read() as c:
        secrets = [
            row["secret"]
            for sql in (
                "SELECT token AS secret FROM panel", "SELECT token_hash AS secret FROM session",
                "SELECT token_hash AS secret FROM invitation", "SELECT hash AS secret FROM event",
            )
            for row in c.rows(sql)
        ]  # fmt: skip
    assert len(secrets) > 10
    assert not [secret for secret in secrets if secret in said]


def test_after_deleting_no_word_is_left_in_any_table(
    neighbours: Neighbours, filled: Context, tmp_path: Path
) -> None:
    place, by = neighbours.town.other_place, neighbours.second
    lead = neighbours.town.people["stranger"].account_id
    file = take_out(filled, place)
    before = everything(filled)
    with pytest.raises(OtherName):
        delete(filled, lead, place, "Second")
    assert everything(filled) == before
    delete(filled, lead, place, " Second  trust ")
    after = everything(filled)
    # What somebody suggested to the resource hub is everybody's
    assert words_in(after, SECRET) <= {"resource", "event"}
    events = [row for row in json.loads(after["event"]) if SECRET in json.dumps(row)]
    assert {row["kind"] for row in events} == {"resource-suggested"}
    assert words_in(after, "Second trust") == set()
    if isinstance(filled.database, SqliteDatabase):  # nor in its files
        name = Path(filled.database.path).name
        files = [file.read_bytes() for file in filled.database.path.parent.glob(f"{name}*")]
        assert b"an introduction" in b"".join(files)  # the neighbour's
        assert not [content for content in files if b"zanzibar, an introduction" in content]
    for word in (by["assessment"], by["done"], place):
        assert words_in(before, word) > {"event"}
        assert words_in(after, word) - {"round"} == {"event"}  # staff call the round of this test by its id
    assert list(all_faults(filled)) == []
    with pytest.raises(NotFound):
        take_out(filled, place)
    # The neighbour has lost nothing, and what was deleted can come back to where it was
    first = take_out(filled, neighbours.town.place)
    assert "quokka" in json.dumps(unpacked(first, "x.zip")[1])
    assert bring_back(filled, file, "x.zip") == "Second trust"
    assert take_out(filled, place) == file
    assert list(all_faults(filled)) == []
    delete(filled, lead, place, "Second trust")
    assert list(all_faults(filled)) == []
    assert take_out(filled, neighbours.town.place) == first


def test_the_guards_let_through_nothing_else(neighbours: Neighbours, filled: Context) -> None:
    place = neighbours.town.other_place
    lead = neighbours.town.people["stranger"].account_id
    of = f"organisation_id = '{place}'"
    emptying = "UPDATE event SET subject = '', before_json = NULL, after_json = NULL"
    with pytest.raises(Exception, match=r"never changed|only added to"), filled.database.write() as c:
        c.run(f"{emptying} WHERE {of}")
    with pytest.raises(Exception, match=r"never changed|only added to"), filled.database.write() as c:
        c.run("DELETE FROM result")
    delete(filled, lead, place, "Second trust")
    for statement in (
        f"UPDATE event SET account_id = 'x' WHERE {of}",
        f"UPDATE event SET kind = 'x' WHERE {of}",
        f"DELETE FROM event WHERE {of}",
        emptying,
        "DELETE FROM result",
    ):
        with pytest.raises(Exception, match=r"never changed|only added to"), filled.database.write() as c:
            c.run(statement)
    # Words taken out by somebody who took the guards away first are still found
    with filled.database.write() as c:
        row = c.rows(f"SELECT number FROM event WHERE {of} AND account_id IS NOT NULL ORDER BY number")[1]
        drop = "event_no_update" if filled.database.engine == "sqlite" else "event_append_only ON event"
        c.run(f"DROP TRIGGER {drop}")
        c.run("UPDATE event SET account_id = 'x' WHERE number = :number", number=row["number"])
    assert [fault for fault in all_faults(filled) if re.match(r"event \d+ is not what was written", fault)]


def test_a_file_that_is_not_ours_changes_nothing(neighbours: Neighbours, tmp_path: Path) -> None:
    file = take_out(neighbours.context, neighbours.town.place)
    manifest, tables, files = unpacked(file, "x")
    about = {name: manifest[name] for name in ("organisation", "schema", "standards")}
    other = [tables["assessment"][0] | {"content_hash": "sha256:other"}, *tables["assessment"][1:]]
    elsewhere = [row | {"organisation_id": "elsewhere"} for row in tables["event"]]
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(201):
            archive.writestr(f"{number}", b"")
    wrong = {
        "not a zip": (b"PK", "is not a zip file"),
        "cut": (file[:-100], "is not a zip file"),
        "too many": (bomb.getvalue(), "too large unpacked"),
        "another schema": (packed(tables, files, about | {"schema": 3}), "was made with schema 3"),
        "no table": (packed({**tables, "own_things": []}, files, about), "own_things"),
        "a column": (packed(tables | {"comment": [{"id": "x"}]}, files, about), r"comment.json\[0\]"),
        "no logo": (packed(tables, {}, about), "logo.png: is missing"),
        "standards": (packed(tables | {"assessment": other}, files, about), "needs pedri .* sha256:other"),
        "another's events": (packed(tables | {"event": elsewhere}, files, about), "this service wrote"),
        "more": (packed(tables, files | {"more.txt": b"x"}, about), "this service wrote"),
    }
    new = empty(neighbours, tmp_path)
    before = everything(new)
    for content, said in wrong.values():
        with pytest.raises(InvalidDocument, match=said):
            bring_back(new, content, "x.zip")
        assert everything(new) == before
