"""Serving: a port that can be used, a key that is kept, and a server that says when it is ready."""

import os
import socket
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import serve
from steps import Stop


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program listens at."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.fixture
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the key of this checkout is kept."""
    monkeypatch.setattr(serve, "SCRATCH", tmp_path / ".var")
    monkeypatch.setattr(serve, "KEY_FILE", tmp_path / ".var" / "secret-key")
    return tmp_path / ".var" / "secret-key"


@pytest.mark.parametrize(("said", "port"), [("8000", 8000), ("1", 1), ("65535", 65535), ("00080", 80)])
def test_a_port_is_a_number(said: str, port: int) -> None:
    assert serve.port_from(said) == port


@pytest.mark.parametrize("said", ["0", "65536", "-1", "80x", "8000 ", "٨", "²", "9" * 5000, "1e3"])
def test_anything_else_is_not_a_port(said: str) -> None:
    with pytest.raises(Stop, match="Give a number from 1 to 65535"):
        serve.port_from(said)


def test_a_port_in_use_comes_with_one_that_is_free(taken: int) -> None:
    with pytest.raises(Stop) as stop:
        serve.check_port(taken)
    said = str(stop.value)
    assert said.startswith(f"Port {taken} is in use by another program. Try: make serve PORT=")
    serve.check_port(int(said.rsplit("=", 1)[1]))


def test_a_port_for_root_only_is_said_to_be_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "port_fault", lambda port: serve.errno.EACCES if port < 1024 else None)
    with pytest.raises(
        Stop, match=r"Port 80 is only for programs that root starts\. Try: make serve PORT=8000"
    ):
        serve.check_port(80)


def test_the_key_is_random_private_and_made_once(key_file: Path) -> None:
    assert serve.secret_key_file() == key_file
    key = key_file.read_text("utf-8")
    assert len(key.strip()) == 64
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(key_file.parent.stat().st_mode) == 0o700
    assert serve.secret_key_file().read_text("utf-8") == key
    key_file.unlink()
    assert serve.secret_key_file().read_text("utf-8") != key


def test_a_key_file_left_empty_is_written_again(key_file: Path) -> None:
    key_file.parent.mkdir()
    key_file.touch()
    assert len(serve.secret_key_file().read_text("utf-8").strip()) == 64


def test_a_key_that_is_set_is_used(key_file: Path) -> None:
    for name in ("PEDRI_ASSESS_SECRET_KEY", "PEDRI_ASSESS_SECRET_KEY_FILE"):
        assert serve.with_secret_key({name: "mine"}) == {name: "mine"}
    assert not key_file.exists()
    assert serve.with_secret_key({})["PEDRI_ASSESS_SECRET_KEY_FILE"] == str(key_file)


def test_a_folder_of_own_standards_is_handed_on_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    assert serve.own_standards("mine") == {"PEDRI_ASSESS_STANDARDS": str(tmp_path / "mine")}
    assert serve.own_standards("") == {}
    (tmp_path / "file").touch()
    for said in ("gone", "file", "~nobody-of-this-name"):
        with pytest.raises(Stop, match=f"STANDARDS is {said}"):
            serve.own_standards(said)


def test_a_database_of_this_checkouts_own_is_used_where_none_is_set() -> None:
    assert serve.with_database({})["DATABASE_URL"].startswith("sqlite:///")
    assert serve.with_database({"DATABASE_URL": ""})["DATABASE_URL"].endswith("/assess.db")
    assert serve.with_database({})["PEDRI_ASSESS_DEMONSTRATION"] == "yes"
    assert serve.with_database({"DATABASE_URL": "postgresql://x"}) == {"DATABASE_URL": "postgresql://x"}


def test_a_database_that_cannot_be_migrated_stops_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "PYTHON", sys.executable)
    broken = tmp_path / "assess.db"
    broken.write_text("this is no database" * 300)
    with pytest.raises(Stop, match="it is not a SQLite database"):
        serve.make_database({**os.environ, "DATABASE_URL": f"sqlite://{broken}"})
