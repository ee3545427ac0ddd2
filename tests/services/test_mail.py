"""Sending mail: a real conversation with a mail server in all its moods, retries, and no letter twice."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from pedri_assess.services.mail import Round, Sender, letters, send_due, tidy, trouble
from pedri_assess.services.smtp import NONE, STARTTLS, TLS, MailServer, NotSent, letter
from pedri_assess.store import Database, StoreUnavailable
from pedri_assess.store.mail import Mail, queue_mail

from .mail_server import (
    BUSY,
    HANGS_UP,
    NO_SENDER,
    REFUSED_TEXT,
    SLOW,
    UNKNOWN,
    Sink,
    free_port,
    mail_server,
)

AT = "2026-11-24T09:00:00.000000Z"
START = datetime(2026, 11, 24, 9, tzinfo=UTC)
FROM = "PEDRI Assess <assess@example.org>"
MAIL = Mail("abc", "a@example.org", "Gwahoddiad: Ŵyl", "Shwmae\n\nhttps://example.org/x?y=1&z=2\n", AT, 1)


class Clock:
    def __init__(self) -> None:
        self.moment = START

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **more: float) -> None:
        self.moment += timedelta(**more)


@pytest.fixture
def running() -> Iterator[tuple[Sink, int]]:
    with mail_server() as server:
        yield server


def post(port: int, **more: object) -> MailServer:
    settings = {"host": "127.0.0.1", "sender": FROM, "port": port, "security": NONE, "seconds": 2.0}
    return MailServer(**{**settings, **more})  # type: ignore[arg-type]


def queue(database: Database, *to: str) -> None:
    with database.write() as c:
        for address in to or ("a@example.org",):
            queue_mail(c, address, "Hello", "Text\n", AT)


def test_a_letter_arrives_as_it_was_written(running: tuple[Sink, int]) -> None:
    sink, port = running
    post(port).send(MAIL)
    (message,) = sink.letters
    assert message["From"] == FROM
    assert message["To"] == "a@example.org"
    assert message["Subject"] == MAIL.subject
    assert message["Date"] == "Tue, 24 Nov 2026 09:00:00 +0000"
    assert message["Message-ID"] == "<abc@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"
    assert message.get_content().replace("\r\n", "\n") == MAIL.body  # type: ignore[attr-defined]
    assert sink.envelopes == [("assess@example.org", ("a@example.org",))]


def test_an_address_with_other_letters_is_written_to(running: tuple[Sink, int]) -> None:
    sink, port = running
    post(port).send(Mail("abc", "siân@example.org", "x", "x\n", AT, 1))
    assert sink.envelopes == [("assess@example.org", ("siân@example.org",))]


@pytest.mark.parametrize("header", ["to", "subject"])
def test_a_line_end_never_gets_into_a_header(header: str) -> None:
    given = {"to": "a@example.org", "subject": "Hello"} | {header: "a@example.org\r\nBcc: b@example.org"}
    with pytest.raises(ValueError, match=r"(?i)linefeed|carriage"):
        letter(Mail("abc", given["to"], given["subject"], "x", AT, 1), FROM)


@pytest.mark.parametrize(
    ("mode", "for_good", "said"),
    [
        (BUSY, False, "answered 451 Greylisted"),
        (UNKNOWN, True, "answered 550"),
        (REFUSED_TEXT, True, "answered 554"),
        (NO_SENDER, False, "answered 553"),
        (SLOW, False, "did not answer in time"),
        (HANGS_UP, False, "cannot be reached"),
    ],
)
def test_what_a_mail_server_refuses_is_said(
    running: tuple[Sink, int], mode: str, for_good: bool, said: str
) -> None:
    sink, port = running
    sink.mode = mode
    began = time.monotonic()
    with pytest.raises(NotSent, match=said) as told:
        post(port).send(MAIL)
    assert told.value.for_good is for_good
    assert time.monotonic() - began < 10
    assert sink.letters == []


def test_a_mail_server_that_is_down_is_tried_again() -> None:
    with pytest.raises(NotSent, match="cannot be reached") as told:
        post(free_port()).send(MAIL)
    assert not told.value.for_good


def test_it_signs_in_where_there_is_a_user() -> None:
    with mail_server(auth_require_tls=False) as (sink, port):
        post(port, user="assess", password="right").send(MAIL)
        assert sink.users == ["assess"]
        with pytest.raises(NotSent, match="answered 535") as told:
            post(port, user="assess", password="wrong").send(MAIL)
        assert not told.value.for_good
        assert len(sink.letters) == 1


def test_nothing_is_sent_in_the_open_where_encryption_was_asked_for(running: tuple[Sink, int]) -> None:
    sink, port = running
    for security in (STARTTLS, TLS):
        with pytest.raises(NotSent):
            post(port, security=security).send(MAIL)
    assert sink.letters == []


def test_the_password_is_not_shown() -> None:
    assert "right" not in repr(post(1, user="assess", password="right"))
    assert "a@example.org" not in repr(MAIL)


def test_what_is_due_is_sent_once(database: Database, running: tuple[Sink, int]) -> None:
    sink, port = running
    queue(database, "a@example.org", "b@example.org")
    assert send_due(database, post(port), Clock()) == Round(sent=2)
    assert send_due(database, post(port), Clock()) == Round()
    assert sorted(to for _, (to,) in sink.envelopes) == ["a@example.org", "b@example.org"]


def test_a_letter_outlives_a_mail_server_that_is_down(database: Database) -> None:
    queue(database)
    clock, port = Clock(), free_port()
    assert send_due(database, post(port), clock) == Round(later=1)
    assert send_due(database, post(port), clock) == Round()
    assert [mail.attempts for mail in trouble(database, clock)] == [1]
    with mail_server() as (sink, up):
        clock.forward(minutes=1)
        assert send_due(database, post(up), clock) == Round(sent=1)
        assert len(sink.letters) == 1
    assert trouble(database, clock) == []


def test_one_bad_address_does_not_hold_up_the_others(database: Database, running: tuple[Sink, int]) -> None:
    sink, port = running
    sink.mode = UNKNOWN
    queue(database, "nobody@example.org")
    assert send_due(database, post(port), Clock()) == Round(given_up=1)
    sink.mode = "good"
    queue(database)
    assert send_due(database, post(port), Clock()) == Round(sent=1)


def test_giving_up_is_written_down_without_the_address(database: Database, running: tuple[Sink, int]) -> None:
    sink, port = running
    sink.mode = UNKNOWN
    queue(database, "nobody@example.org")
    send_due(database, post(port), Clock())
    with database.read() as c:
        (event,) = c.rows("SELECT * FROM event ORDER BY number")
    assert event["kind"] == "mail-given-up"
    assert "nobody@example.org" not in str(event)
    (mail,) = trouble(database, Clock())
    assert mail.problem is not None
    assert "550" in mail.problem


def test_two_servers_never_send_one_letter_twice(database: Database, running: tuple[Sink, int]) -> None:
    sink, port = running
    queue(database, *(f"p{number}@example.org" for number in range(30)))
    senders = [Sender(database, post(port), Clock(), every=0.01) for _ in range(2)]
    for sender in senders:
        sender.start()
        sender.start()  # twice does no harm
    ends = time.monotonic() + 20
    while len(sink.letters) < 30 and time.monotonic() < ends:
        time.sleep(0.02)
    for sender in senders:
        sender.stop()
    assert sorted(to for _, (to,) in sink.envelopes) == sorted(f"p{n}@example.org" for n in range(30))
    assert all(mail.sent_at and not mail.body for mail in letters(database))


def test_saving_does_not_wait_for_a_slow_mail_server(database: Database, running: tuple[Sink, int]) -> None:
    sink, port = running
    sink.mode = SLOW
    queue(database)
    sender = Sender(database, post(port), Clock(), every=0.01)
    sender.start()
    time.sleep(0.3)  # the conversation is under way
    began = time.monotonic()
    queue(database)
    assert time.monotonic() - began < 1
    sender.stop()


def test_the_sender_goes_on_after_trouble(
    database: Database, running: tuple[Sink, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    sink, port = running
    monkeypatch.setattr("pedri_assess.services.background.AFTER_TROUBLE", 0.01)
    broken = [StoreUnavailable("down"), RuntimeError("odd")]
    real, done = post(port), threading.Event()

    class Breaks:
        def send(self, mail: Mail) -> None:
            if broken:
                raise broken.pop()
            real.send(mail)
            done.set()

    clock = Clock()
    queue(database)
    sender = Sender(database, Breaks(), clock, every=0.01)
    sender.start()
    for _ in range(2):
        time.sleep(0.2)
        clock.forward(minutes=6)  # the lease of the try that broke is over
    assert done.wait(10)
    sender.stop()
    assert len(sink.letters) == 1


def test_letters_go_after_a_month(database: Database, running: tuple[Sink, int]) -> None:
    clock = Clock()
    queue(database)
    send_due(database, post(running[1]), clock)
    assert tidy(database, clock) == 0
    clock.forward(days=31)
    assert tidy(database, clock) == 1
    assert letters(database) == []
