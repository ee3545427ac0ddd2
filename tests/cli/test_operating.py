"""What an operator does with the database, on both engines: migrate, check, backup, restore, copy, staff."""

from __future__ import annotations

import itertools
import json
import shutil
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from pedri_assess.cli.main import main
from pedri_assess.config import data_dir
from pedri_assess.store import connect
from pedri_assess.store.events import Event, add_event
from pedri_assess.store.migrating import KNOWN
from pedri_assess.store.moving import Content, content_of
from pedri_assess.store.schema import TABLES
from pedri_assess.store.sqlite import SqliteDatabase, sqlite3

from ..store.server import Server
from ..web.people import Town, town
from ..web.test_handing_in import made, submit

__all__ = ["made", "town"]  # fixtures
AT = "2026-11-24T09:00:00.000000Z"
_numbers = itertools.count(1)


def run(monkeypatch: pytest.MonkeyPatch, url: str, *arguments: str) -> int:
    monkeypatch.setenv("DATABASE_URL", url)
    return main(arguments)


def contents(url: str) -> list[Content]:
    with closing(connect(url)) as database, database.read() as c:
        return [content_of(c, table) for table in TABLES]


@pytest.fixture
def lived_in(town: Town, made: str) -> str:
    """The address of a database in which people worked: answers, a frozen result, invitations, sessions."""
    submit(town.client("lead"), made)
    town.invite()
    town.database.close()
    town.app.extensions["pedri-assess"].context.database.close()
    return f"sqlite://{town.database.name}"


@contextmanager
def empty_on(server: Server) -> Iterator[str]:
    name = f"operating_{next(_numbers)}"
    server.run(f"CREATE DATABASE {name}")
    try:
        yield server.url(name)
    finally:
        server.run(f"DROP DATABASE {name} WITH (FORCE)")


def test_migrate_makes_the_folder_and_the_tables_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite://{tmp_path}/new/assess.db"
    assert run(monkeypatch, url, "migrate") == 0
    assert "assess.db: assessments" in capsys.readouterr().out
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert run(monkeypatch, url, "migrate") == 0
    assert f"is up to date (schema {KNOWN})" in capsys.readouterr().out


def test_all_is_well_in_a_database_that_was_worked_in(
    lived_in: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, lived_in, "check") == 0
    assert "all is well" in capsys.readouterr().out


def test_sqlite_to_postgresql_and_back_is_the_same(
    lived_in: str,
    server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    back = f"sqlite://{tmp_path}/back.db"
    with empty_on(server) as there:
        assert main(["copy", lived_in, there]) == 0
        assert "answer: 1 rows" in capsys.readouterr().out
        assert run(monkeypatch, there, "check") == 0
        assert main(["copy", there, back]) == 0
        assert contents(lived_in) == contents(there) == contents(back)
        assert main(["copy", lived_in, there]) == 2
        assert "is not empty (table organisation)" in capsys.readouterr().err


def test_a_copy_can_be_worked_in(lived_in: str, server: Server) -> None:
    with empty_on(server) as there:
        main(["copy", lived_in, there])
        with closing(connect(there)) as database, database.write() as c:
            add_event(c, Event("tried", AT))
            assert c.rows("SELECT count(*) AS n FROM event")[0]["n"] > 1


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_backup_restores_to_either_engine(
    engine: str, lived_in: str, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "assess.backup"
    assert run(monkeypatch, lived_in, "backup", str(file)) == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [item.name for item in tmp_path.glob("assess.backup*")] == ["assess.backup"]
    with empty_on(server) as there:
        url = there if engine == "postgresql" else f"sqlite://{tmp_path}/restored/assess.db"
        assert run(monkeypatch, url, "restore", str(file)) == 0
        assert contents(url) == contents(lived_in)
        assert run(monkeypatch, url, "check") == 0


def test_a_backup_of_postgresql_restores_to_sqlite(
    lived_in: str, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with empty_on(server) as there:
        main(["copy", lived_in, there])
        assert run(monkeypatch, there, "backup", str(tmp_path / "b")) == 0
    assert run(monkeypatch, f"sqlite://{tmp_path}/r.db", "restore", str(tmp_path / "b")) == 0
    assert contents(f"sqlite://{tmp_path}/r.db") == contents(lived_in)


def test_a_backup_overwrites_nothing(
    lived_in: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "kept"
    file.write_text("something else")
    assert run(monkeypatch, lived_in, "backup", str(file)) == 2
    assert "is there already" in capsys.readouterr().err
    assert file.read_text() == "something else"
    assert run(monkeypatch, lived_in, "backup", str(tmp_path / "nowhere" / "file")) == 1


def test_restore_replaces_only_when_told_and_keeps_what_was_there(
    lived_in: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file, before = tmp_path / "backup", contents(lived_in)
    run(monkeypatch, lived_in, "backup", str(file))
    with closing(connect(lived_in)) as database, database.write() as c:
        c.run("UPDATE account SET name = 'Changed since'")
    changed = contents(lived_in)
    assert run(monkeypatch, lived_in, "restore", str(file)) == 2
    assert "say --replace" in capsys.readouterr().err
    assert contents(lived_in) == changed
    assert run(monkeypatch, lived_in, "restore", str(file), "--replace") == 0
    assert contents(lived_in) == before
    aside = capsys.readouterr().out.splitlines()[-1].rpartition(" ")[2]
    assert contents(f"sqlite://{aside}") == changed


def test_restore_does_not_take_a_database_away_from_those_who_use_it(
    lived_in: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "backup"
    run(monkeypatch, lived_in, "backup", str(file))
    other = sqlite3.connect(lived_in.removeprefix("sqlite://"))
    other.execute("SELECT count(*) FROM account").fetchone()
    assert run(monkeypatch, lived_in, "restore", str(file), "--replace") == 2
    assert "is in use: stop the service first" in capsys.readouterr().err
    other.close()


def test_a_damaged_database_is_told_and_can_be_replaced(
    lived_in: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file, path = tmp_path / "backup", Path(lived_in.removeprefix("sqlite://"))
    before = contents(lived_in)
    run(monkeypatch, lived_in, "backup", str(file))
    SqliteDatabase(str(path)).one_file()
    content = bytearray(path.read_bytes())
    content[:4096] = b"\0" * 4096
    path.write_bytes(content)
    assert run(monkeypatch, lived_in, "check") == 1
    assert "restore a backup" in capsys.readouterr().err
    assert run(monkeypatch, lived_in, "restore", str(file), "--replace") == 0
    assert contents(lived_in) == before


def test_what_is_no_backup_is_refused_and_changes_nothing(
    lived_in: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(lived_in)
    text, other = tmp_path / "text", tmp_path / "other.db"
    text.write_text("this is no database" * 100)
    sqlite3.connect(other).execute("CREATE TABLE x (y)")
    for file in (text, other, tmp_path / "missing", tmp_path):
        assert run(monkeypatch, lived_in, "restore", str(file), "--replace") in (1, 2), file
        assert contents(lived_in) == before


def damaged(url: str, statement: str) -> None:
    """Changes a database behind its back, as no part of the service can."""
    path = url.removeprefix("sqlite://")
    with closing(sqlite3.connect(path)) as c:
        triggers = c.execute("SELECT sql, name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for _sql, name in triggers:
            c.execute(f"DROP TRIGGER {name}")
        c.execute(statement)
        if "TRIGGER" not in statement:
            for sql, _name in triggers:
                c.execute(sql)
        c.commit()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE event SET kind = 'other' WHERE number = 2", "event 2 is not what was written"),
        ("DELETE FROM event WHERE number = 3", "event 3 is not what was written, or is missing"),
        (
            "UPDATE result SET result_json = replace(result_json, '\"level\": 1', '\"level\": 2')",
            "no longer follows from its answers",
        ),
        ("UPDATE assessment SET version = '1999'", "The standards pedri 1999 are not here, and 1 assessment"),
        ("UPDATE assessment SET content_hash = 'sha256:0'", "are not those that 1 assessment answered"),
        (
            "DELETE FROM account WHERE email = 'viewer@example.org'",
            "a row of membership refers to a row of account",
        ),
        ("DROP TRIGGER IF EXISTS event_no_update", "the table event can be changed"),
        ("DELETE FROM migration WHERE number = 4", "is older than this PEDRI Assess"),
        ("INSERT INTO migration VALUES (999, 'later', '')", "was made by a newer PEDRI Assess"),
    ],
)
def test_check_finds_what_was_changed_behind_its_back(
    lived_in: str,
    statement: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    damaged(lived_in, statement)
    assert run(monkeypatch, lived_in, "check") == 1
    assert said in capsys.readouterr().out


def test_staff_are_added_and_removed(
    lived_in: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, lived_in, "staff", "add", "first@pedri.example", "--name", "First") == 0
    with closing(connect(lived_in)) as database, database.read() as c:
        (row,) = c.rows("SELECT staff_at, name FROM account WHERE email = 'first@pedri.example'")
    assert (bool(row["staff_at"]), row["name"]) == (True, "First")
    assert run(monkeypatch, lived_in, "staff", "remove", "FIRST@pedri.example") == 0
    assert run(monkeypatch, lived_in, "staff", "remove", "nobody@pedri.example") == 2
    for wrong in ("nobody", "@x", "a@", "a b@c"):
        assert run(monkeypatch, lived_in, "staff", "add", wrong) == 2
    assert "is not an e-mail address" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["check"], ["migrate"], ["backup", "x"], ["staff", "add", "a@b.c"]])
def test_an_address_that_is_none_is_refused(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "mysql://secret@host/x", *command) == 2
    said = capsys.readouterr().err
    assert "DATABASE_URL" in said
    assert "secret" not in said


def test_a_copy_that_goes_wrong_keeps_nothing(
    lived_in: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged(lived_in, "DELETE FROM account WHERE email = 'viewer@example.org'")  # rows that refer to nothing
    there = f"sqlite://{tmp_path}/there.db"
    assert main(["copy", lived_in, there]) == 2
    assert "refers to a row of account that is not there" in capsys.readouterr().err
    assert {content.rows for content in contents(there)} == {0}


def test_the_standards_that_are_needed_are_named_at_the_start(
    lived_in: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own" / "theirs"
    own.mkdir(parents=True)
    file = own / "1.json"
    document = json.loads((data_dir("standards") / "pedri" / "2025.1.json").read_text())
    document |= {"framework": "theirs", "version": "1", "retired": []}
    for criterion in (item for standard in document["standards"] for item in standard["criteria"]):
        criterion.pop("from", None)  # it has no version before
    file.write_text(json.dumps(document))
    monkeypatch.setenv("PEDRI_ASSESS_STANDARDS", str(own.parent))
    assert run(monkeypatch, lived_in, "check") == 0
    damaged(lived_in, "UPDATE assessment SET framework = 'theirs', version = '1'")
    shutil.rmtree(own)
    assert run(monkeypatch, lived_in, "check") == 1
    assert "put their file back" in capsys.readouterr().out
