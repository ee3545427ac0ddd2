"""The application for tests, with a client that holds every response to the rules for all of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pedri_assess.config import Config, data_dir
from pedri_assess.web.app import create_app

KEY = "a key for tests only: 8f1c 77aa 02bd 94e6 5d30"
SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Words that our pages do not use for people's work; "password-like" technical words never appear either
FORBIDDEN = re.compile(
    r"\b(scores?|scored|grades?|pass(ed|es)?|fail(s|ed|ure)?|complian(ce|t)|maturity|"
    r"log in|login|n/a|lay person)\b",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(r'(?:src|srcset|action|formaction|data|poster)="(?:https?:)?//')


class StrictClient(FlaskClient):
    """A browser's part in tests: every page it gets must be valid, safe and in our words."""

    def open(self, *args: Any, **more: Any) -> TestResponse:
        response = super().open(*args, **{"buffered": True, **more})
        for name, value in SECURITY_HEADERS.items():
            assert response.headers.get(name) == value, f"{name}: {response.headers.get(name)}"
        if response.mimetype == "text/html" and response.data and not 300 <= response.status_code < 400:
            check_page(response.get_data(as_text=True))
        return response


def check_page(html: str) -> None:
    """What holds for every page."""
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    ids = [element.get("id") for element in page.iter() if isinstance(element.tag, str) and element.get("id")]
    assert len(ids) == len(set(ids)), sorted(name for name in ids if ids.count(name) > 1)
    for element in page.iter():
        if isinstance(element.tag, str):
            handlers = [name for name in element.attrib if str(name).startswith("on") or name == "style"]
            assert not handlers, f"<{element.tag}> has {handlers}"
            assert element.tag != "style"
            assert element.tag != "script" or element.get("src"), "a script inside the page"
    assert not ELSEWHERE.search(html)
    assert "PEDRI Assess" in text_of(page) or "Wrong address" in html


def parsed(html: str) -> Any:
    """The page as a tree; invalid HTML is an error."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)


def text_of(element: Any) -> str:
    """The words of an element, without those of scripts, in one line."""
    return " ".join("".join(element.itertext()).split())


def words_of(response: TestResponse) -> str:
    """The words of a page's content."""
    return text_of(parsed(response.get_data(as_text=True)).find(".//main"))


def hidden(response: TestResponse, name: str, form: str = "") -> str:
    """The value of a hidden field; of the form with this id where there are several."""
    page = parsed(response.get_data(as_text=True))
    where = page.find(f".//form[@id='{form}']") if form else page
    return next(item.get("value") for item in where.iter("input") if item.get("name") == name)


@pytest.fixture(scope="session")
def app() -> Flask:
    return an_app()


def an_app(*folders: Path, **settings: Any) -> Flask:
    """An application on our standards and those of other folders."""
    config = Config(secret_key=KEY, standards_folders=(data_dir("standards"), *folders), **settings)
    app = create_app(config)
    app.test_client_class = StrictClient
    return app


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
        app = create_app(Config(secret_key=KEY, standards_folders=folders, **settings))
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
