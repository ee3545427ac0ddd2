"""Finds criteria of a framework by words in their text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from .languages import to_translate
from .standards import Criterion, Framework, Text

MOST_WORDS = 20
STATEMENT = to_translate("Statement")


@dataclass(frozen=True)
class Hit:
    """A criterion that has all the words, and where: the name of the place and of the level that it is about,
    and the text with the first word."""

    criterion: Criterion
    place: str
    text: Text
    level: Text | None = None


def search(framework: Framework, words: str) -> tuple[Hit, ...]:
    """Criteria whose texts hold every word, or a word that begins like it.

    Those that hold the words as one phrase come first, then by place. Case and accents do not matter. No
    words, no hits.
    """
    wanted = re.findall(r"\w+", _folded(words))[:MOST_WORDS]
    if not wanted:
        return ()
    hits = [
        ranked for criterion in framework.criteria if (ranked := _best(criterion, framework, wanted, words))
    ]
    hits.sort(key=lambda ranked: ranked[0])  # stable: the file's order within a rank
    return tuple(hit for _, hit in hits)


def _best(
    criterion: Criterion, framework: Framework, wanted: list[str], words: str
) -> tuple[tuple[bool, int], Hit] | None:
    places = list(_places(criterion, framework))
    everything = _words(" ".join(text for _, text, _ in places))
    if not all(_begins(everything, word) for word in wanted):
        return None
    phrase = _folded(words.strip())
    return min(
        (
            ((phrase not in _folded(text), position), Hit(criterion, place, text, level))
            for position, (place, text, level) in enumerate(places)
            if _begins(_words(text), wanted[0])
        ),
        key=lambda ranked: ranked[0],
    )


def _places(criterion: Criterion, framework: Framework) -> Iterator[tuple[str, Text, Text | None]]:
    yield to_translate("Id"), Text(criterion.id), None
    yield STATEMENT, criterion.statement, None
    yield to_translate("Question"), criterion.staff_question, None
    yield to_translate("Question for the public"), criterion.public_question, None
    for level, text in zip(framework.scale, criterion.levels, strict=True):
        yield to_translate("Level"), text, level.label
    for text in criterion.evidence:
        yield to_translate("Evidence"), text, None
    for action in criterion.actions:
        yield to_translate("Action"), action.text, None
    yield to_translate("Standard"), framework.standard_of(criterion.id).title, None


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", _folded(text)))


def _begins(words: frozenset[str], start: str) -> bool:
    return any(word.startswith(start) for word in words)
