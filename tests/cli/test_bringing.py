"""`import-organisation`: from a lead's page into another installation on PostgreSQL, and what it refuses."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pedri_assess.services.everything import take_out
from pedri_assess.store import connect

from ..store.server import Server
from ..web.people import Town, send, town
from ..web.test_handing_in import made, submit
from .test_operating import empty_on, run

__all__ = ["made", "town"]  # fixtures


def test_a_lead_takes_it_along_deletes_it_and_it_is_brought_into_another_engine(
    town: Town,
    made: str,
    server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    lead, here = town.client("lead"), f"/organisations/{town.place}/everything"
    submit(lead, made)
    answer = lead.get(f"{here}/organisation.zip")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="organisation-')
    file = tmp_path / "organisation.zip"
    file.write_bytes(answer.data)
    wrong = send(lead, f"{here}/delete", name="First")
    assert wrong.status_code == 422
    assert "Type the name as it is written here: First trust" in wrong.get_data(as_text=True)
    gone = send(lead, f"{here}/delete", name="First trust")
    assert gone.status_code == 303
    assert "deleted for good" in lead.get(gone.location).get_data(as_text=True)
    assert lead.get(f"/organisations/{town.place}").status_code == 404
    with empty_on(server) as url:
        assert run(monkeypatch, url, "migrate") == 0
        assert run(monkeypatch, url, "import-organisation", str(file)) == 0
        assert "has everything of First trust" in capsys.readouterr().out
        with closing(connect(url)) as database:
            context = replace(town.app.extensions["pedri-assess"].context, database=database)
            assert take_out(context, town.place) == answer.data
        assert run(monkeypatch, url, "check") == 0
        capsys.readouterr()
        assert run(monkeypatch, url, "import-organisation", str(file)) == 2
        assert "First trust is in this database already" in capsys.readouterr().err
        file.write_bytes(b"something else")
        assert run(monkeypatch, url, "import-organisation", str(file)) == 2
        assert "is not a zip file" in capsys.readouterr().err
