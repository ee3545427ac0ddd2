"""Search finds criteria by words in any of their texts, whatever the case and the accents."""

import pytest

from pedri_assess.domain.search import search

from .frameworks import a_criterion, a_framework

FRAMEWORK = a_framework(
    [
        a_criterion("A-1", statement="We publish a register", evidence=["Cyfarfod â’r cyhoedd"]),
        a_criterion("A-2", statement="We meet people", questions={"staff": "Where is the register?"}),
    ]
)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("register", [("A-1", "Statement"), ("A-2", "Question")]),
        ("REGIST", [("A-1", "Statement"), ("A-2", "Question")]),
        ("people register", [("A-2", "Statement")]),
        ("a'r cyhoedd", [("A-1", "Id")]),
        ("a’r", [("A-1", "Evidence"), ("A-2", "Id")]),
        ("a-2", [("A-2", "Id"), ("A-1", "Id")]),
        ("PUBLISH a register", [("A-1", "Statement")]),
        ("nothing here", []),
        ("", []),
        ("  \t", []),
        ('"', []),
        ("% _ * AND NEAR(", []),
    ],
)
def test_search(words: str, found: list[tuple[str, str]]) -> None:
    assert [(hit.criterion.id, hit.place) for hit in search(FRAMEWORK, words)] == found


def test_very_long_words_end() -> None:
    assert search(FRAMEWORK, "x " * 100_000) == ()
