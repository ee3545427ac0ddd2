"""`pedri-assess remind`: the reminders that are due, from the settings of the service."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pedri_assess.catalogue import Shelf, load_schemas
from pedri_assess.cli.main import main
from pedri_assess.config import data_dir
from pedri_assess.services.round_invitations import invite_all
from pedri_assess.services.rounds import Plan, plan_round
from pedri_assess.store import connect
from pedri_assess.store.mail import newest

from ..services.people import World

TODAY = datetime.now(UTC).date()


@pytest.fixture
def address(migrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database with a round that ends in three days, to which one organisation is invited."""
    path = tmp_path / "assess.db"
    path.write_bytes(migrated.read_bytes())
    world = World(connect(f"sqlite://{path}"), datetime.now(UTC))
    shelf = Shelf.load([data_dir("standards")], load_schemas(data_dir("standards")))
    context = replace(world.context, shelf=shelf)
    lead, staff = world.account("lead@example.org").account_id, world.account("staff@example.org").account_id
    days = (str(TODAY), str(TODAY + timedelta(days=3)))
    made = plan_round(context, staff, "pedri", "2025.1", Plan("2027", "", *days))
    invite_all(context, staff, made, [world.organisation("Trust", **{lead: "lead"})])
    world.database.close()
    monkeypatch.setenv("DATABASE_URL", f"sqlite://{path}")
    monkeypatch.setenv("PEDRI_ASSESS_BASE_URL", "https://assess.example.org")
    monkeypatch.setenv("PEDRI_ASSESS_TRUSTED_HOSTS", "assess.example.org")
    return f"sqlite://{path}"


def test_reminders_are_written_once_with_the_address_of_the_service(
    address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for expected in (1, 0):
        assert main(["remind"]) == 0
        assert f"reminders of rounds: {expected} organisations\n" in capsys.readouterr().out
    with connect(address).read() as c:
        letters = {letter.subject: letter.body for letter in newest(c)}
    assert "https://assess.example.org/organisations/" in letters["Reminder: round “2027”"]


def test_settings_that_cannot_be_used_end_in_words(
    address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PEDRI_ASSESS_BASE_URL", "not an address")
    assert main(["remind"]) == 2
    assert "BASE_URL" in capsys.readouterr().err
