"""Fixtures for tests of the pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pedri_assess.config import Config, data_dir

from .neighbours import Neighbours
from .pages import KEY, StrictClient, an_app, hidden, made, parsed, text_of
from .people import ask, town

__all__ = ["ask", "town"]


@pytest.fixture(scope="session")
def two_organisations(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Neighbours:
    """Two organisations and people in every relation to them, made once in a test process."""
    return Neighbours(tmp_path_factory.mktemp("neighbours"), migrated)


@pytest.fixture(scope="module")
def neighbours(two_organisations: Neighbours) -> Neighbours:
    """The two organisations, as they were made."""
    two_organisations.reset()
    return two_organisations


@pytest.fixture(scope="session")
def app() -> Flask:
    return an_app()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def app_with(tmp_path: Path) -> Callable[..., Flask]:
    """Makes an application that has these framework documents on its shelf, and ours where `ours` says so."""

    def make(*documents: dict[str, Any], ours: bool = False, **settings: Any) -> Flask:
        for document in documents:
            folder = tmp_path / document["framework"]
            folder.mkdir(exist_ok=True)
            (folder / f"{document['version']}.json").write_text(json.dumps(document), "utf-8")
        folders = (data_dir("standards"), tmp_path) if ours else (tmp_path,)
        app = made(Config(secret_key=KEY, standards_folders=folders, **settings))
        app.test_client_class = StrictClient
        return app

    return make


class Walk:
    """One person's way through a quick check, without JavaScript."""

    def __init__(self, client: FlaskClient, framework: str = "pedri", version: str = "2025.1") -> None:
        self.client = client
        self.framework, self.version = framework, version
        self.page: TestResponse | None = None

    @property
    def token(self) -> str:
        """What the page carries."""
        assert self.page is not None
        return hidden(self.page, "token")

    def start(self, depth: str = "all", **fields: Any) -> TestResponse:
        """From the start page to all questions."""
        address = f"/quick-check?standards={self.framework}/{self.version}"
        start = self.client.get(address)
        page = parsed(start.get_data(as_text=True)).find(".//form[@id='start']")
        sent = {"depth": depth}
        for item in page.iter("input"):
            if item.get("type") == "hidden":
                sent[item.get("name")] = item.get("value")
        for item in page.iter("select"):
            sent[item.get("name")] = next(
                option.get("value") for option in item.iter("option") if option.get("selected") is not None
            )
        self.page = self.client.post("/quick-check/answers/tasks", data=sent | fields)
        return self.page

    def go(self, address: str, **fields: Any) -> TestResponse:
        """Presses a button that leads to this address of the quick check, and lands where it ends."""
        sent = {"token": self.token, **fields}
        self.page = self.client.post(f"/quick-check/{address}", data=sent)
        if self.page.status_code == 307:  # a browser sends the same again; the test client would send nothing
            self.page = self.client.post(self.page.location, data=sent)
        return self.page

    def answer(
        self, criterion: str, to: str = "answers/tasks", go: str = "continue", **fields: Any
    ) -> TestResponse:
        """Sends the form of a question."""
        return self.go(
            to, **{"from": "question", "criterion": criterion, "go": go, "importance": "2", **fields}
        )

    def answers(self) -> dict[str, Any]:
        """The answers file."""
        response = self.client.post("/quick-check/answers/answers.json", data={"token": self.token})
        assert response.status_code == 200
        document: dict[str, Any] = json.loads(response.data)
        return document

    def states(self) -> dict[str, str]:
        """On the page with all questions: how far each answer is, in words."""
        assert self.page is not None
        page = parsed(self.page.get_data(as_text=True))
        return {
            item.get("id").removeprefix("status-"): text_of(item)
            for item in page.iter("div")
            if str(item.get("id", "")).startswith("status-")
        }


@pytest.fixture
def walk(client: FlaskClient) -> Walk:
    return Walk(client)
