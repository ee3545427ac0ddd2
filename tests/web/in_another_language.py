"""Pages in a language that nobody speaks, for tests: asking for them, and what is left on them in English."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pedri_assess.config import data_dir
from pedri_assess.web.languages import EXTENSION

from ..pseudo_language import CODE, PSEUDO, standards_ids, standards_words, untranslated
from .pages import parsed
from .people import Town, send

# Names and words that somebody gave, in the world of these tests
GIVEN = (
    *("quokka", "First trust", "Second trust", "Person", "Cymraeg", "English", "Pseudo", "PEDRI Assess"),
    *("Lead Person", "Contributor Person", "Approver Person"),
    *(
        "quokka, a guide",
        "quokka assessment",
        "quokka done",
        "quokka waiting",
        "quokka again",
        "quokka report",
        "quokka panel",
    ),
    *("JSON", "CSV", "PDF", "Word", "Excel"),
    *("First round", "Second round", "Viewer Person", "viewer@example.org"),
)


@pytest.fixture
def town(town: Town) -> Town:
    """The town, with a language more."""
    town.app.extensions[EXTENSION][CODE] = PSEUDO
    return town


@cache
def given() -> tuple[str, ...]:
    """What is the same in every language: names of this world, and ids of the standards."""
    return (*GIVEN, *standards_ids(data_dir("standards")))


@cache
def standards() -> tuple[str, ...]:
    """The texts of the standards."""
    return standards_words(data_dir("standards"))


def left_in(page: Any, *data: str) -> list[str]:
    """The words of ours on a page that cannot be translated."""
    return untranslated(page, *given(), *data, standards=standards())


def check(answer: TestResponse, status: int = 200, *data: str) -> None:
    """Checks that a page is in the language, and has no other words of ours."""
    page: Any = parsed(answer.get_data(as_text=True))
    assert (answer.status_code, page.get("lang")) == (status, CODE)
    assert left_in(page, *data) == []


def get(client: FlaskClient, address: str) -> TestResponse:
    """A page in the language."""
    return client.get(address, headers={"Accept-Language": CODE})


def post(client: FlaskClient, address: str, /, **fields: str) -> TestResponse:
    """What comes of a form, in the language."""
    client.set_cookie("language", CODE)
    return send(client, address, **fields)
