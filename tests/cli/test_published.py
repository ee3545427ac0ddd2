"""What staff published in the database of an installation is known to commands, and to what only prints."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pedri_assess.catalogue import Shelf
from pedri_assess.config import data_dir
from pedri_assess.services.printing import print_due
from pedri_assess.services.publishing import publish, upload

from ..services.drafts import as_file, next_version
from ..web.people import Town, town
from .conftest import Run, written

__all__ = ["town"]  # a fixture


@pytest.fixture
def published(town: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    """An installation whose staff published 2026.1."""
    context = town.app.extensions["pedri-assess"].context
    staff = town.people["staff"].account_id
    publish(context, staff, upload(context, staff, as_file(next_version()), "the file"), "2026.1")
    monkeypatch.setenv("DATABASE_URL", town.app.extensions["pedri-assess"].config.database_url)
    return town


def test_commands_know_what_was_published(
    run: Run, published: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = written(tmp_path / "new.json", {"framework": "pedri", "version": "2026.1"})
    old = written(tmp_path / "old.json", {"framework": "pedri", "version": "2025.1"})
    assert json.loads(run("score", "pedri", new).out)["version"] == "2026.1"
    carried = json.loads(run("carry", "pedri/2025.1", "pedri/2026.1", old).out)
    assert len(carried["criteria"]) == 42
    assert "pedri/2026.1" in run("standards", "check").out
    monkeypatch.delenv("DATABASE_URL")
    ran = run("score", "pedri/2026.1", new)
    assert (ran.status, "on the shelf are pedri/2025.1" in ran.faults[0]) == (2, True)


def test_a_database_that_cannot_be_read_is_no_silent_default(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite://{tmp_path}/empty.db")
    answers = written(tmp_path / "old.json", {"framework": "pedri", "version": "2025.1"})
    ran = run("score", "pedri", answers)
    assert (ran.status, ran.out) == (1, "")
    assert "pedri-assess migrate" in ran.faults[0]
    assert "without DATABASE_URL" in ran.faults[1]
    assert run("score", data_dir("standards") / "pedri" / "2025.1.json", answers).status == 0


def test_a_process_that_only_prints_knows_it_too(published: Town) -> None:
    context = published.app.extensions["pedri-assess"].context
    other = replace(context, shelf=Shelf.load([data_dir("standards")], context.schemas))
    print_due(other)
    assert other.shelf.current("pedri").version == "2026.1"
