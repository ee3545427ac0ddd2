"""The command `hub`: fills the hub from a file, and says in words what came of looking at addresses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pedri_assess.cli.hub import checked, starter
from pedri_assess.cli.main import main
from pedri_assess.domain.resources import FOUND, GONE, MOVED
from pedri_assess.services.reaching import Look
from pedri_assess.store import Database
from tests.services.hub import Hub, a_guide


@pytest.fixture
def database_file(tmp_path: Path, migrated: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database that the settings name."""
    file = tmp_path / "assess.db"
    file.write_bytes(migrated.read_bytes())
    monkeypatch.setenv("DATABASE_URL", f"sqlite://{file}")
    return file


def test_the_starter_set_is_taken_in_once(database_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    count = len(json.loads(starter().read_text("utf-8"))["resources"])
    assert main(["hub", "seed"]) == main(["hub", "seed"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert f"{count} resources added, 0 renewed, 0 left" in first
    assert f"0 resources added, 0 renewed, {count} left" in second


def test_a_file_of_ones_own_is_read_strictly(
    database_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.json"
    file.write_text(json.dumps({"title": "Mine", "notice": "", "resources": [{"id": "A b", "titel": "x"}]}))
    assert main(["hub", "seed", str(file)]) == 2
    said = capsys.readouterr().err
    assert f'{file}: $.resources[0].titel: unknown key "titel"; did you mean "title"?' in said
    assert main(["hub", "seed", str(tmp_path / "none.json")]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_addresses_in_a_private_network_are_not_asked(
    database_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inside = [
        {"id": f"n{number}", "title": "Inside", "publisher": "x", "address": f"https://{host}/"}
        for number, host in enumerate(("127.0.0.1", "10.0.0.1"))
    ]
    file = tmp_path / "mine.json"
    file.write_text(json.dumps({"title": "Mine", "notice": "", "resources": inside}))
    assert main(["hub", "seed", str(file)]) == 0
    capsys.readouterr()
    assert main(["hub", "check-links"]) == 1
    assert "no site answered" in capsys.readouterr().err


def test_what_came_of_looking_is_said_in_words(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    hub = Hub(database)
    for title in ("Fine", "Gone", "Moved"):
        hub.add(title)
    answers = {
        "fine": Look(FOUND, "found"),
        "gone": Look(GONE, "not there"),
        "moved": Look(MOVED, "it has a new address", "https://example.org/new"),
    }
    looking = lambda address: answers[address.rsplit("/", 1)[1]]  # noqa: E731
    assert checked(hub.context, looking, everything=False) == 1
    said = capsys.readouterr().out.splitlines()
    assert "dead: Gone: https://example.org/gone: not there" in said
    assert "moved: Moved: https://example.org/moved: it has a new address https://example.org/new" in said
    assert said[-1] == "found: 1; moved: 1; answers, but not to programs: 0; gone: 1; does not answer: 0"
    assert checked(hub.context, looking, everything=False) == 0
    assert a_guide().host == "example.org"
