"""The application for tests, with a client that holds every response to the rules for all pages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
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


class Compiled(BytecodeCache):
    """Templates that are compiled once for all the applications of a test process."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Takes what was compiled from the same source."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what was compiled."""
        self._kept[bucket.key, bucket.checksum] = bucket.code


COMPILED = Compiled()


def made(config: Config) -> Flask:
    """The application of a configuration."""
    app = create_app(config)
    app.jinja_env.bytecode_cache = COMPILED
    return app


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


def an_app(*folders: Path, **settings: Any) -> Flask:
    """An application on our standards and those of other folders."""
    usual = {
        "secret_key": KEY,
        "standards_folders": (data_dir("standards"), *folders),
        "report_printer": False,  # tests say when something is printed
    }
    config = Config(**{**usual, **settings})
    app = made(config)
    app.test_client_class = StrictClient
    return app
