"""Kept reports: asked for once, printed by one at a time, kept byte for byte, moved and cleared."""

from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pedri_assess.domain.times import moment, stamp
from pedri_assess.store import Connection, Database, connect
from pedri_assess.store.backing_up import back_up, restore
from pedri_assess.store.kept_reports import (
    FAILED,
    LEASE,
    MADE,
    MOST_ATTEMPTS,
    PRINTING,
    STOPPED,
    WAITING,
    KeptReport,
    Wanted,
    ask,
    ask_again,
    before,
    content,
    find,
    forget,
    give_back,
    give_up_lost,
    is_due,
    keep,
    let_go,
    not_made,
    open_of,
    renew,
    take,
)
from pedri_assess.store.moving import content_of, copy_all

from .engines import AT

PDF = b"%PDF-1.7\n\x00\xff\xfe binary \r\n" + bytes(range(256)) * 40
OURS = "imprint"


def later(**more: float) -> str:
    return stamp(moment(AT) + timedelta(**more))


@pytest.fixture
def filled(database: Database) -> Database:
    """Two organisations, each with an assessment of the same name."""
    with database.write() as c:
        add(c, "a")
        add(c, "b")
    return database


def add(c: Connection, name: str) -> None:
    c.run(
        "INSERT INTO organisation (id, name, kind, nation, created_at) VALUES (:id, :id, '', '', :at)",
        id=name,
        at=AT,
    )
    c.run(
        "INSERT INTO account (id, email, name, created_at) VALUES (:id, :email, '', :at)",
        id=name,
        email=f"{name}@example.org",
        at=AT,
    )
    c.run(
        "INSERT INTO assessment (id, organisation_id, framework, version, content_hash, scope_kind,"
        " scope_name, scope_about, depth, criteria_json, targets_json, status, revision,"
        " changes, created_at, created_by)"
        " VALUES (:id, :id, 'tiny', '1', '', '', '', '', 'all', '[]', '{}', 'submitted', 1, 1, :at, :id)",
        id=name,
        at=AT,
    )


def wanted(fingerprint: str, place: str = "a", **more: object) -> Wanted:
    return replace(Wanted(fingerprint, "report", place, 1, place, OURS), **more)  # type: ignore[arg-type]


def asked(database: Database, *names: str, place: str = "a", at: str = AT) -> None:
    with database.write() as c:
        for number, name in enumerate(names, 1):
            ask(c, wanted(name, place, revision=number), at)


def taken(database: Database, at: str = AT, imprint: str = OURS) -> KeptReport | None:
    with database.write() as c:
        return take(c, imprint, at)


def job(database: Database, at: str = AT) -> KeptReport:
    found = taken(database, at)
    assert found
    return found


def state(database: Database, fingerprint: str) -> KeptReport:
    with database.read() as c:
        found = find(c, fingerprint)
    assert found
    return found


def kept(database: Database, fingerprint: str) -> bytes | None:
    with database.read() as c:
        return content(c, fingerprint)


def test_it_waits_is_printed_and_is_kept_byte_for_byte(filled: Database) -> None:
    asked(filled, "x")
    assert (state(filled, "x").state, kept(filled, "x")) == (WAITING, None)
    printing = job(filled)
    assert (printing.state, printing.attempts, printing.wanted) == (PRINTING, 1, wanted("x"))
    with filled.write() as c:
        assert keep(c, printing, PDF, later(seconds=2))
    assert (state(filled, "x").state, state(filled, "x").made_at) == (MADE, later(seconds=2))
    assert kept(filled, "x") == PDF
    assert taken(filled, later(days=9)) is None


def test_whoever_asks_again_joins(filled: Database) -> None:
    asked(filled, "x")
    first = job(filled)
    asked(filled, "x", at=later(seconds=1))
    assert state(filled, "x") == first
    assert taken(filled, later(seconds=1)) is None


def test_nothing_is_kept_for_a_transaction_that_breaks(filled: Database) -> None:
    with pytest.raises(ZeroDivisionError), filled.write() as c:
        print(ask(c, wanted("x"), AT).attempts / 0)
    assert taken(filled) is None


def test_a_printer_that_dies_lets_go_and_what_it_still_brings_is_not_kept(filled: Database) -> None:
    asked(filled, "x")
    slow = job(filled)
    assert taken(filled, stamp(moment(AT) + LEASE - timedelta(seconds=1))) is None
    quick = job(filled, stamp(moment(AT) + LEASE))
    assert (quick.attempts, quick.owner != slow.owner) == (2, True)
    with filled.write() as c:
        assert not renew(c, slow, later(minutes=1))
        assert not keep(c, slow, b"late", later(minutes=1))
        assert not give_back(c, slow)
        assert not let_go(c, slow)
        assert not not_made(c, slow, "late", later(minutes=1), for_good=True)
        assert keep(c, quick, PDF, later(minutes=1))
    assert kept(filled, "x") == PDF


def test_a_printer_that_lives_holds_on(filled: Database) -> None:
    asked(filled, "x")
    printing = job(filled)
    with filled.write() as c:
        assert renew(c, printing, later(seconds=20))
    assert taken(filled, stamp(moment(AT) + LEASE)) is None
    assert taken(filled, stamp(moment(later(seconds=20)) + LEASE))


def test_what_is_lost_with_its_printer_every_time_is_given_up(filled: Database) -> None:
    asked(filled, "x")
    at = AT
    for _ in range(MOST_ATTEMPTS):
        assert job(filled, at)
        at = stamp(moment(at) + LEASE)
    with filled.write() as c:
        assert is_due(c, OURS, at)
        assert take(c, OURS, at) is None
        assert [lost.fingerprint for lost in give_up_lost(c, OURS, at)] == ["x"]
        assert give_up_lost(c, OURS, at) == []
    assert (state(filled, "x").state, state(filled, "x").reason) == (FAILED, STOPPED)


def test_tries_are_further_apart_and_the_last_gives_it_up(filled: Database) -> None:
    asked(filled, "x")
    at, waited, last = AT, [], False
    while not last:
        printing = job(filled, at)
        with filled.write() as c:
            last = not_made(c, printing, "too slow", at, for_good=False)
        if not last:
            again = state(filled, "x").next_at
            waited.append((moment(again) - moment(at)) / timedelta(seconds=1))
            assert taken(filled, stamp(moment(again) - timedelta(seconds=1))) is None
            at = again
    assert waited == [5, 30, 120, 300]
    assert (state(filled, "x").state, state(filled, "x").reason) == (FAILED, "too slow")
    asked(filled, "x", at=at)
    assert state(filled, "x").state == FAILED  # asking does not try again by itself
    with filled.write() as c:
        assert ask_again(c, "x", at)
        assert not ask_again(c, "x", at)
    assert (state(filled, "x").state, job(filled, at).attempts) == (WAITING, 1)


def test_what_makes_no_sense_is_not_tried_again(filled: Database) -> None:
    asked(filled, "x")
    printing = job(filled)
    with filled.write() as c:
        assert not_made(c, printing, "too large", AT, for_good=True)
    assert taken(filled, later(days=9)) is None


def test_what_is_given_back_costs_no_attempt(filled: Database) -> None:
    asked(filled, "x")
    with filled.write() as c:
        printing = take(c, OURS, AT)
        assert printing
        assert give_back(c, printing)
    assert job(filled).attempts == 1


def test_another_release_does_not_take_it(filled: Database) -> None:
    asked(filled, "x")
    assert taken(filled, imprint="another") is None
    with filled.read() as c:
        assert is_due(c, OURS, AT)
        assert not is_due(c, "another", AT)


def test_a_new_edition_lets_go_of_what_still_waits_for_the_old_one(filled: Database) -> None:
    with filled.write() as c:
        ask(c, wanted("old"), AT)
        ask(c, wanted("easy", kind="easy-read"), AT)
        ask(c, wanted("theirs", imprint="another"), AT)
        ask(c, wanted("new"), later(seconds=1))
        assert find(c, "old") is None
        assert find(c, "easy")
        assert find(c, "theirs")
    printing = job(filled)
    assert printing.fingerprint == "easy"
    with filled.write() as c:
        ask(c, wanted("newer", kind="easy-read"), later(seconds=2))
        assert find(c, "easy")  # it is printed just now


def test_no_organisation_waits_behind_all_of_another(filled: Database) -> None:
    asked(filled, "a1", "a2", "a3")
    asked(filled, "b1", "b2", place="b", at=later(seconds=1))
    order = []
    for seconds in range(2, 7):
        printing = job(filled, later(seconds=seconds))
        order.append(printing.fingerprint)
        with filled.write() as c:
            if printing.fingerprint == "b1":
                not_made(c, printing, "too large", later(seconds=seconds), for_good=True)
            else:
                keep(c, printing, PDF, later(seconds=seconds))
    assert order == ["a1", "b1", "a2", "b2", "a3"]


def test_while_one_of_an_organisation_is_printed_others_come_first(filled: Database) -> None:
    asked(filled, "a1", "a2")
    asked(filled, "b1", place="b", at=later(seconds=1))
    order = [job(filled, later(seconds=seconds)).fingerprint for seconds in (2, 3, 4)]
    assert order == ["a1", "b1", "a2"]


def test_it_says_how_many_are_before_it(filled: Database) -> None:
    asked(filled, "a1", "a2")
    asked(filled, "b1", place="b", at=later(seconds=1))
    with filled.read() as c:
        found = find(c, "b1")
        assert found
        assert (before(c, found), open_of(c, "a"), open_of(c, "b")) == (2, 2, 1)
    with filled.write() as c:
        printing = take(c, OURS, later(seconds=2))
        assert printing
        assert (before(c, found), open_of(c, "a")) == (2, 2)
        keep(c, printing, PDF, AT)
        assert (before(c, found), open_of(c, "a")) == (1, 1)


def test_many_printers_take_each_once(filled: Database) -> None:
    asked(filled, *(f"x{number}" for number in range(40)))
    found: list[str] = []

    def work() -> None:
        while (printing := taken(filled)) is not None:
            found.append(printing.fingerprint)
        filled.close() if filled.engine == "sqlite" else None

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == sorted(f"x{number}" for number in range(40))


def test_editions_that_a_later_one_followed_are_forgotten(filled: Database) -> None:
    for number, name in enumerate(("first", "second")):
        with filled.write() as c:
            ask(c, wanted(name), later(seconds=number))
        printing = job(filled, later(minutes=1))
        with filled.write() as c:
            keep(c, printing, PDF, later(minutes=number + 1))
    with filled.write() as c:
        ask(c, wanted("other", kind="easy-read"), AT)
        old = moment(later(days=-30))
        assert forget(c, OURS, moment(later(minutes=2)), old) == 0
        assert forget(c, OURS, moment(later(days=1)), old) == 1
        assert [name for name in ("first", "second", "other") if find(c, name)] == ["second", "other"]


def test_what_another_release_left_is_forgotten_after_a_while(filled: Database) -> None:
    with filled.write() as c:
        ask(c, wanted("theirs", imprint="another"), AT)
        ask(c, wanted("ours"), AT)
        assert forget(c, OURS, moment(AT), moment(AT)) == 0
        assert forget(c, OURS, moment(AT), moment(later(seconds=1))) == 1
        assert find(c, "ours")


def test_content_is_there_when_it_is_made_and_only_then(filled: Database) -> None:
    asked(filled, "x")
    changes: tuple[tuple[str, dict[str, bytes]], ...] = (
        ("content = :pdf", {"pdf": PDF}),
        ("state = 'made'", {}),
        ("state = 'printing'", {}),
        ("state = 'lost'", {}),
    )
    for change, values in changes:
        with pytest.raises(Exception, match=r"(?i)check"), filled.write() as c:
            c.run(f"UPDATE kept_report SET {change}", **values)


def test_bytes_survive_a_copy_a_backup_and_a_restore(filled: Database, tmp_path: Path) -> None:
    asked(filled, *(f"x{number}" for number in range(9)))  # more than are read at a time
    for number in range(8):
        printing = job(filled)
        with filled.write() as c:
            keep(c, printing, PDF * (number + 1), AT)
    back_up(filled, tmp_path / "backup", AT, lambda _content: None)
    with closing(connect(f"sqlite://{tmp_path}/restored.db")) as restored:
        restore(tmp_path / "backup", restored, AT, lambda _content: None)
        assert_same(filled, restored)
        with restored.write() as c:
            c.run("UPDATE kept_report SET content = :other WHERE fingerprint = 'x3'", other=PDF)
        with pytest.raises(AssertionError):
            assert_same(filled, restored)


def assert_same(one: Database, other: Database) -> None:
    with one.read() as first, other.read() as second:
        assert content_of(first, "kept_report") == content_of(second, "kept_report")
        for number in range(9):
            assert content(first, f"x{number}") == content(second, f"x{number}")


def test_bytes_come_back_from_a_copy_to_the_other_engine(
    filled: Database, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if filled.engine == "sqlite":
        pytest.skip("the copy goes there and back from PostgreSQL")
    asked(filled, "x")
    printing = job(filled)
    with filled.write() as c:
        keep(c, printing, PDF, AT)
    from pedri_assess.store.migrating import migrate

    with closing(connect(f"sqlite://{tmp_path}/there.db")) as there:
        migrate(there, AT)
        copy_all(filled, there)
        assert kept(there, "x") == PDF
        from .engines import copy_on

        with copy_on(request.getfixturevalue("server"), request.getfixturevalue("template")) as back:
            copy_all(there, back)
            assert kept(back, "x") == PDF
