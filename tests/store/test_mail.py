"""The queue of mail: one row a letter, taken by one sender at a time, tried again, given up in the end."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from pedri_assess.domain.times import moment, stamp
from pedri_assess.store import Database
from pedri_assess.store.mail import (
    GIVE_UP,
    LEASE,
    Mail,
    forget_mail,
    in_trouble,
    is_due,
    newest,
    not_sent,
    queue_mail,
    sent,
    take,
)

from .engines import AT


def later(**more: float) -> str:
    return stamp(moment(AT) + timedelta(**more))


def queued(database: Database, to: str = "a@example.org", subject: str = "Hello") -> None:
    with database.write() as c:
        queue_mail(c, to, subject, "Text\n", AT)


def taken(database: Database, at: str = AT) -> Mail | None:
    with database.write() as c:
        return take(c, at)


def only(database: Database) -> Mail:
    with database.read() as c:
        (mail,) = newest(c)
    return mail


def test_a_letter_is_taken_once(database: Database) -> None:
    queued(database)
    mail = taken(database)
    assert mail is not None
    assert (mail.to, mail.subject, mail.body, mail.attempts) == ("a@example.org", "Hello", "Text\n", 1)
    assert taken(database) is None
    with database.read() as c:
        assert not is_due(c, AT)


def test_letters_are_taken_oldest_first(database: Database) -> None:
    with database.write() as c:
        queue_mail(c, "second@example.org", "x", "x", later(seconds=1))
        queue_mail(c, "first@example.org", "x", "x", AT)
    found = [taken(database, later(minutes=1)) for _ in range(3)]
    assert [mail and mail.to for mail in found] == ["first@example.org", "second@example.org", None]


def test_a_transaction_that_breaks_sends_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.write() as c:
        print(len(queue_mail(c, "a@example.org", "x", "x", AT)) / 0)
    assert taken(database) is None


def test_what_was_sent_is_not_sent_again_and_loses_its_text(database: Database) -> None:
    queued(database)
    mail = taken(database)
    assert mail is not None
    with database.write() as c:
        sent(c, mail, AT)
    assert taken(database, later(days=2)) is None
    assert (only(database).body, only(database).sent_at) == ("", AT)


def test_a_sender_that_dies_lets_go(database: Database) -> None:
    queued(database)
    assert taken(database) is not None
    assert taken(database, stamp(moment(AT) + LEASE - timedelta(seconds=1))) is None
    again = taken(database, stamp(moment(AT) + LEASE))
    assert again is not None
    assert again.attempts == 2


def test_tries_are_further_and_further_apart_and_end_after_a_day(database: Database) -> None:
    queued(database)
    at, waited, last = AT, [], False
    while not last:
        mail = taken(database, at)
        assert mail is not None
        with database.write() as c:
            last = not_sent(c, mail, "down", at)
        if not last:
            waited.append((moment(only(database).next_at) - moment(at)) / timedelta(minutes=1))
            assert taken(database, stamp(moment(only(database).next_at) - timedelta(seconds=1))) is None
            at = only(database).next_at
    assert waited[:4] == [1, 5, 30, 120]
    assert waited == sorted(waited)
    assert moment(at) <= moment(AT) + GIVE_UP
    mail = only(database)
    assert (mail.failed_at, mail.problem, mail.body) == (at, "down", "")
    assert taken(database, later(days=9)) is None


def test_a_refusal_for_good_is_not_tried_again(database: Database) -> None:
    queued(database)
    mail = taken(database)
    assert mail is not None
    with database.write() as c:
        assert not_sent(c, mail, "550 nobody", AT, for_good=True)
        assert [found.problem for found in in_trouble(c, AT)] == ["550 nobody"]
    assert taken(database, later(days=2)) is None


def test_a_sender_that_was_too_slow_does_not_undo_the_next_ones_work(database: Database) -> None:
    queued(database)
    slow = taken(database)
    quick = taken(database, stamp(moment(AT) + LEASE))
    assert slow is not None
    assert quick is not None
    with database.write() as c:
        sent(c, quick, later(minutes=6))
        not_sent(c, slow, "too slow", later(minutes=7))
    assert only(database).sent_at == later(minutes=6)
    assert only(database).problem is None


def test_many_senders_take_each_letter_once(database: Database) -> None:
    with database.write() as c:
        for number in range(40):
            queue_mail(c, f"p{number}@example.org", "x", "x", AT)
    found: list[str] = []

    def work() -> None:
        while (mail := taken(database)) is not None:
            found.append(mail.to)
        database.close() if database.engine == "sqlite" else None

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 40
    assert len(set(found)) == 40


@pytest.mark.parametrize(
    "to",
    [
        "a@example.org\nBcc: b@example.org", "a@example.org\r\n", "a@example.org, b@example.org", "a", "",
        "a@example.org b@example.org", "A <a@example.org>", "a@b@c", "a@example.org;b", "a@exa\x00mple.org",
        "a\u2028@example.org", "\x85a@example.org",
    ],
)  # fmt: skip
def test_an_address_that_is_more_than_one_is_refused(database: Database, to: str) -> None:
    with pytest.raises(ValueError, match="not one e-mail address"):
        queued(database, to=to)
    assert taken(database) is None


@pytest.mark.parametrize(
    "subject", ["x\nBcc: b@example.org", "x\r\n\r\nHello", "x\x00", "x\u2029y", "x\u0085y"]
)
def test_a_subject_of_more_than_one_line_is_refused(database: Database, subject: str) -> None:
    with pytest.raises(ValueError, match="one line"):
        queued(database, subject=subject)


def test_old_letters_go(database: Database) -> None:
    queued(database)
    mail = taken(database)
    assert mail is not None
    with database.write() as c:
        queue_mail(c, "waits@example.org", "x", "x", AT)
        sent(c, mail, AT)
        assert forget_mail(c, moment(AT)) == 0
        assert forget_mail(c, moment(AT) + timedelta(days=30)) == 1
    assert only(database).to == "waits@example.org"
