"""Starting the application, its log, and what happens when something of ours breaks."""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask, request

from pedri_assess.config import Config, data_dir
from pedri_assess.domain.policies import ANYONE
from pedri_assess.web.app import create_app
from pedri_assess.web.logs import JsonLines
from pedri_assess.web.protection import allow
from tests.unit.frameworks import a_criterion, a_document

from .conftest import Walk
from .pages import KEY, an_app, words_of

ROOT = Path(__file__).resolve().parents[2]


def test_standards_with_faults_stop_the_start_with_every_fault(tmp_path: Path) -> None:
    (tmp_path / "tiny").mkdir()
    faulty = a_document([a_criterion("A"), a_criterion("A")]) | {"titel": "x"}
    (tmp_path / "tiny" / "1.json").write_text(json.dumps(faulty))
    (tmp_path / "tiny" / "2.json").write_text("{")
    with pytest.raises(SystemExit) as stopped:
        create_app(Config(secret_key=KEY, standards_folders=(tmp_path,)))
    message = str(stopped.value)
    assert message.startswith("PEDRI Assess cannot start. The standards cannot be used:\n")
    assert 'did you mean "title"?' in message
    assert "2.json" in message


def test_settings_with_faults_stop_the_start_with_every_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEDRI_ASSESS_SECRET_KEY", "short")
    monkeypatch.setenv("PEDRI_ASSESS_REPORT_SECONDS", "soon")
    with pytest.raises(SystemExit) as stopped:
        create_app()
    assert "SECRET_KEY" in str(stopped.value)
    assert "REPORT_SECONDS" in str(stopped.value)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("languages.json", None),
        ("languages.json", b"{"),
        ("languages.json", b"[]"),
        ("languages.json", b'{"cy": {"name": "Cymraeg"}}'),
        ("messages.mo", None),
        ("messages.mo", b""),
        ("messages.mo", b"not a catalogue at all"),
    ],
)
def test_languages_that_cannot_be_read_stop_the_start_with_the_file(
    name: str, content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(data_dir("translations"), tmp_path, dirs_exist_ok=True)
    (file,) = tmp_path.rglob(name)
    file.write_bytes(content) if content is not None else file.unlink()
    folders = {"translations": tmp_path}
    monkeypatch.setattr("pedri_assess.web.app.data_dir", lambda kind: folders.get(kind) or data_dir(kind))
    with pytest.raises(SystemExit, match="The languages cannot be used") as stopped:
        create_app(Config(secret_key=KEY))
    assert str(file) in str(stopped.value)


def test_the_web_process_does_not_load_the_printer() -> None:
    code = (
        "import sys; from pedri_assess.config import Config; from pedri_assess.web.app import create_app;"
        f"c = create_app(Config(secret_key={KEY!r})).test_client();"
        "assert c.get('/').status_code == 200; assert 'weasyprint' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    """What the log says, as it is written."""
    written = [JsonLines().format(record) for record in caplog.records if record.name == "pedri_assess"]
    assert all("\n" not in line for line in written)
    return [json.loads(line) for line in written]


def test_a_request_is_one_line_without_anything_personal(
    walk: Walk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "pedri_assess")
    walk.start("core", organisation="Secret Trust")
    walk.answer("EDI-3", choice="1", evidence="Secret evidence")
    walk.client.get("/standards/pedri/2025.1?q=secretword")
    walk.client.get("/secret-address\n{}")
    told = lines(caplog)
    assert [(line["method"], line["route"], line["status"]) for line in told] == [
        ("GET", "/quick-check", 200),
        ("POST", "/quick-check/answers/tasks", 200),
        ("POST", "/quick-check/answers/tasks", 200),
        ("GET", "/standards/<framework>/<version>", 200),
        ("GET", None, 404),
    ]
    assert all(set(line) == {"time", "level", "event", "method", "route", "status", "ms"} for line in told)
    assert "secret" not in json.dumps(told).lower()


@pytest.fixture
def breaking() -> Flask:
    app = an_app()

    @allow(ANYONE)
    def broken() -> str:
        raise RuntimeError(request.args["q"])

    app.add_url_rule("/broken", view_func=broken)
    return app


def test_a_fault_of_ours_gets_a_page_with_the_reference_of_the_log(
    breaking: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "pedri_assess")
    response = breaking.test_client().get("/broken?q=secret")
    assert response.status_code == 500
    told = [line for line in lines(caplog) if line["event"] == "unexpected"]
    assert len(told) == 1
    assert told[0]["kind"] == "RuntimeError"
    assert "in broken" in str(told[0]["trace"])
    assert str(told[0]["reference"]) in words_of(response)
    assert "secret" not in json.dumps(told)
    for inside in ("Traceback", "RuntimeError", "secret", ".py"):
        assert inside not in response.get_data(as_text=True)


def test_the_page_of_a_fault_shows_that_answers_are_safe(breaking: Flask) -> None:
    assert "your browser should still have what you wrote" in words_of(
        breaking.test_client().get("/broken?q=")
    )
