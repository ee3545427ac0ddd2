"""`pedri-assess mail`: letters that wait are sent by command too."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pedri_assess.cli.main import main
from pedri_assess.domain.times import stamp
from pedri_assess.store import connect
from pedri_assess.store.mail import queue_mail

from ..services.mail_server import UNKNOWN, mail_server


@pytest.fixture
def address(migrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    path = tmp_path / "assess.db"
    path.write_bytes(migrated.read_bytes())
    monkeypatch.setenv("DATABASE_URL", f"sqlite://{path}")
    return f"sqlite://{path}"


def use(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    settings = {
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(port),
        "SMTP_SECURITY": "none",
        "MAIL_FROM": "a@b.org",
    }
    for name, value in settings.items():
        monkeypatch.setenv(f"PEDRI_ASSESS_{name}", value)


def queue(address: str) -> None:
    database = connect(address)
    with database.write() as c:
        queue_mail(c, "a@example.org", "Hello", "Text\n", stamp(datetime.now(UTC)))
    database.close()


def test_it_sends_what_waits_once(
    address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with mail_server() as (sink, port):
        use(monkeypatch, port)
        queue(address)
        assert main(["mail", "--once"]) == 0
        assert capsys.readouterr().out == "sent 1, to be tried again 0, given up 0\n"
        assert main(["mail", "--once"]) == 0
        assert capsys.readouterr().out == ""
        assert len(sink.letters) == 1


def test_it_says_what_could_not_be_sent(
    address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with mail_server() as (sink, port):
        sink.mode = UNKNOWN
        use(monkeypatch, port)
        queue(address)
        assert main(["mail", "--once"]) == 1
    said = capsys.readouterr().out
    assert "given up: the mail server answered 550" in said
    assert "a@example.org" not in said


def test_it_needs_a_mail_server(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mail", "--once"]) == 2
    assert "PEDRI_ASSESS_SMTP_HOST is not set" in capsys.readouterr().err


def test_a_database_that_is_not_there_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    use(monkeypatch, 1)
    monkeypatch.setenv("DATABASE_URL", "sqlite:////nothing/assess.db")
    assert main(["mail", "--once"]) == 1
    assert "cannot be opened" in capsys.readouterr().err
