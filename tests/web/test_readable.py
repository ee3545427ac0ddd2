"""Everything that the public reads is as easy as a formula can tell: short words in short sentences.

The reading age is Flesch and Kincaid's (`domain/plain_language.py`). It counts syllables and words, and
understands nothing: a short text that is unclear is not found, a long word that everybody knows is. People
have to try the pages.
"""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from pedri_assess.catalogue import Shelf, load_schemas
from pedri_assess.config import data_dir
from pedri_assess.domain.plain_language import OLDEST, reading_age

from ..architecture.test_translations import is_open
from .pages import parsed, text_of

# Beginnings of texts that are harder by the formula, and why they stay
EXCEPTIONS = {
    "Find out where your organisation stands": "for search engines; it is in no page",
    "Demonstration. Everybody here is invented": "long words that everybody knows, on demonstrations only",
    "Public contributors, who want to see": "names those whom the service is for",
    "Were you part of reviewing how well": "in a released version of the standards, which never changes",
}
PAGES = ("/", "/about", "/privacy", "/accessibility", "/quick-check", "/resources", "/sign-in", "/join")


def hard(texts: list[str]) -> dict[str, int]:
    """The texts that are older than they may be, with their age."""
    ages = {text: reading_age(text) or 0 for text in texts}
    return {text: age for text, age in ages.items() if age > OLDEST}


def messages() -> list[str]:
    """Every message of the pages that are open to all, as people read it."""
    with (data_dir("translations") / "messages.pot").open("rb") as file:
        found = [each.id for each in read_po(file) if each.id and is_open(each.locations)]
    forms = [form for each in found for form in ([each] if isinstance(each, str) else each)]
    return [re.sub(r"<[^>]*>", "", re.sub(r"%\(\w+\)s", "5", form)) for form in forms]


def asked_of_the_public() -> list[str]:
    """The public questions and the easy words of the scales, of every version."""
    shelf = Shelf.load([data_dir("standards")], load_schemas(data_dir("standards")))
    versions = [version for name in shelf.frameworks() for version in shelf.versions(name)]
    questions = [item.public_question for version in versions for item in version.criteria]
    return [*questions, *(level.easy_read for version in versions for level in version.scale)]


def test_every_text_for_the_public_is_easy_or_has_a_reason() -> None:
    texts = messages() + asked_of_the_public()
    assert len(texts) > 150
    found = hard(texts)
    unexplained = {text: age for text, age in found.items() if not text.startswith(tuple(EXCEPTIONS))}
    assert unexplained == {}
    assert [begin for begin in EXCEPTIONS if not any(text.startswith(begin) for text in found)] == []


@pytest.mark.parametrize("path", PAGES)
def test_a_public_page_is_easy_as_a_whole(client: FlaskClient, path: str) -> None:
    main = parsed(client.get(path).get_data(as_text=True)).find(".//main")
    blocks = [text_of(item) for item in main.iter() if item.tag in ("p", "li", "dd")]
    age = reading_age("\n".join(text for text in blocks if text))
    assert age is not None
    assert age <= OLDEST
