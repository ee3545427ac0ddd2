"""The drivers: what both promise, checked on both."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from pedri_assess.domain.errors import Duplicate
from pedri_assess.store import BadAddress, Database, StoreUnavailable, connect, one
from pedri_assess.store.events import Event, add_event, first_changed
from pedri_assess.store.migrating import TooNew, migrate, version
from pedri_assess.store.moving import KEYS
from pedri_assess.store.schema import STEPS, TABLES

from .engines import AT

ADD = """INSERT INTO organisation (id, name, kind, nation, created_at)
    VALUES (:id, :name, '100% ::x :y', '', :at)"""


def add(database: Database, name: str) -> None:
    with database.write() as connection:
        connection.run(ADD, id=name, name=name, at=AT)


def names(database: Database) -> list[str]:
    with database.read() as connection:
        return [row["name"] for row in connection.rows("SELECT name FROM organisation ORDER BY name, id")]


def test_what_was_written_can_be_read(database: Database) -> None:
    add(database, "Ymddiriedolaeth Ŵyl ’; DROP TABLE account; --")
    with database.read() as connection:
        row = one(connection, "SELECT * FROM organisation WHERE kind = :kind", kind="100% ::x :y")
        assert one(connection, "SELECT * FROM organisation WHERE id = :id", id="another") is None
    assert row is not None
    assert list(row) == ["id", "name", "kind", "nation", "created_at", "closed_at", "size"]
    assert row["name"] == "Ymddiriedolaeth Ŵyl ’; DROP TABLE account; --"
    assert row["closed_at"] is None


def test_a_transaction_that_breaks_leaves_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.write() as connection:
        print(connection.run(ADD, id="a", name="a", at=AT) // 0)
    assert names(database) == []
    add(database, "b")
    assert names(database) == ["b"]


def test_the_same_row_twice_is_a_duplicate(database: Database) -> None:
    add(database, "a")
    with pytest.raises(Duplicate):
        add(database, "a")
    assert names(database) == ["a"]


def test_run_says_how_many_rows_changed(database: Database) -> None:
    add(database, "a")
    with database.write() as connection:
        change = "UPDATE organisation SET name = 'b' WHERE id = :id"
        assert connection.run(change, id="a") == 1
        assert connection.run(change, id="b") == 0
        assert connection.rows("UPDATE organisation SET name = 'c' RETURNING name") == [{"name": "c"}]


def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(StoreUnavailable, match="may not be written"), database.read() as connection:
        connection.run(ADD, id="a", name="a", at=AT)


def test_a_reader_sees_one_moment(database: Database) -> None:
    count = "SELECT count(*) AS n FROM organisation"
    with database.read() as connection:
        before = one(connection, count)
        writer = threading.Thread(target=add, args=(database, "a"))
        writer.start()
        writer.join()
        assert one(connection, count) == before == {"n": 0}
    assert names(database) == ["a"]


def test_read_then_write_loses_nothing(database: Database) -> None:
    add(database, "0")

    def count_up() -> None:
        for _ in range(50):
            with database.write() as connection:
                row = one(connection, "SELECT name FROM organisation WHERE id = '0'")
                assert row is not None
                connection.run("UPDATE organisation SET name = :name", name=str(int(row["name"]) + 1))
        database.close() if database.engine == "sqlite" else None

    threads = [threading.Thread(target=count_up) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert names(database) == ["400"]


def test_a_child_process_opens_connections_of_its_own(database: Database) -> None:
    add(database, "parent")
    child = os.fork()
    if child == 0:
        try:
            add(database, "child")
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
    add(database, "parent again")
    assert names(database) == ["child", "parent", "parent again"]


def test_foreign_keys_hold(database: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"), database.write() as connection:
        connection.run(
            "INSERT INTO membership (id, organisation_id, account_id, role, created_at) "
            "VALUES ('m', 'none', 'none', 'lead', :at)",
            at=AT,
        )


def test_migrating_again_does_nothing(database: Database) -> None:
    assert version(database) == len(STEPS)
    assert migrate(database, AT) == 0


def test_both_engines_have_the_same_tables_and_columns(database: Database) -> None:
    with database.read() as connection:
        found = {name: set(_columns(connection, name, database.engine)) for name in TABLES}
        assert all(found.values())
    declared = " ".join(statement for step in STEPS for statement in step.statements)
    assert sorted(TABLES) == sorted(_created(declared))
    assert found["answer"] == {"assessment_id", "criterion", "said_json", "changes", "saved_at", "saved_by"}


def _created(sql: str) -> list[str]:
    return [part.split()[0] for part in sql.split("CREATE TABLE ")[1:]]


def _columns(connection: object, table: str, engine: str) -> list[str]:
    ask = {
        "sqlite": "SELECT name FROM pragma_table_info(:name) ORDER BY name",
        "postgresql": "SELECT column_name AS name FROM information_schema.columns "
        "WHERE table_name = :name ORDER BY column_name",
    }
    return [row["name"] for row in connection.rows(ask[engine], name=table)]  # type: ignore[attr-defined]


def test_a_newer_database_is_refused(database: Database) -> None:
    with database.write() as connection:
        connection.run(
            "INSERT INTO migration (number, name, applied_at) VALUES (99, 'from the future', :at)", at=AT
        )
    with pytest.raises(TooNew, match="newer PEDRI Assess"):
        migrate(database, AT)


def test_events_are_only_added_to(database: Database) -> None:
    with database.write() as connection:
        for number in (1, 2, 3):
            assert (
                add_event(connection, Event("made", AT, subject=f"s{number}", after={"ŵ": number})) == number
            )
    for statement in (
        "UPDATE event SET kind = 'x'",
        "DELETE FROM event",
        "DELETE FROM event WHERE number = 2",
    ):
        with pytest.raises(Exception, match=r"never changed|only added to"), database.write() as connection:
            connection.run(statement)
    with database.read() as connection:
        assert first_changed(connection) is None


@pytest.mark.parametrize(
    ("statement", "first"),
    [
        ("UPDATE event SET subject = 'other' WHERE number = 2", 2),
        ("DELETE FROM event WHERE number = 2", 2),
        ("UPDATE event SET number = 9 WHERE number = 1", 1),
    ],
)
def test_a_changed_event_is_found(database: Database, statement: str, first: int) -> None:
    with database.write() as connection:
        for number in (1, 2, 3):
            add_event(connection, Event("made", AT, subject=f"s{number}"))
        if database.engine == "sqlite":
            connection.run("DROP TRIGGER event_no_update")
            connection.run("DROP TRIGGER event_no_delete")
        else:
            connection.run("DROP TRIGGER event_append_only ON event")
        connection.run(statement)
        assert first_changed(connection) == first


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "not the address"),
        ("assess.db", "not the address"),
        ("sqlite:///assess.db", None),
        ("sqlite://assess.db", "full path"),
        ("sqlite:////tmp/", "full path"),
        ("mysql://host/x", "not the address"),
        ("postgresql://host:notaport/x?nonsense=1", "not an address"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_in_words(url: str, said: str | None) -> None:
    if said is None:
        assert connect(url).name == "/assess.db"
        return
    with pytest.raises(BadAddress, match=said):
        connect(url)


def test_no_server_is_said_in_words() -> None:
    database = connect("postgresql://someone:secret@127.0.0.1:1/x")
    with pytest.raises(StoreUnavailable, match="does not answer") as told, database.read():
        pass
    assert "secret" not in str(told.value)
    database.close()


def test_no_folder_is_said_in_words(tmp_path: Path) -> None:
    database = connect(f"sqlite://{tmp_path}/nothing/assess.db")
    with pytest.raises(StoreUnavailable, match="its folder exists"), database.read():
        pass


def test_every_table_is_moved_in_the_order_of_its_key(database: Database) -> None:
    with database.read() as c:
        for table in TABLES:
            keys = ", ".join(KEYS.get(table, ("id",)))
            c.rows(f"SELECT {keys} FROM {table} ORDER BY {keys}")  # what is no column is an error
    assert set(KEYS) <= set(TABLES)
