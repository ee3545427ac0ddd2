"""Advice on plain language: how hard a text is to read, and which words of the field it leaves unexplained.

Advice, never a fault: a formula cannot tell whether people understand. The reading age is that of Flesch and
Kincaid (grade plus five years), for English; texts in other languages are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .languages import to_translate
from .standards import Framework, Text

Found = tuple[str, Mapping[str, object]]

OLDEST = 14  # years: what is harder is pointed out
LONGEST_SENTENCE = 25  # words
FEWEST_WORDS = 8  # a shorter text is too short to measure
LANGUAGE = "en"

_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_SENTENCE = re.compile(r"[.!?:;]+(?=\s|$)|\n+")
_VOWELS = re.compile(r"[aeiouy]+")


@dataclass(frozen=True)
class Advice:
    """One thing to look at: where, in words, the text, and what is hard about it.

    `place` and `words` are in the catalogues; `values` are for their places.
    """

    criterion: str
    place: str
    text: Text
    words: str
    values: Mapping[str, object]


def advice(framework: Framework) -> Iterator[Advice]:
    """What could be said more plainly, in the file's order."""
    terms = [(str(term.term), _pattern(str(term.term))) for term in framework.glossary]
    for criterion in framework.criteria:
        for place, where, text in _texts(framework, criterion.id):
            if text.language == LANGUAGE:
                for words, values in (*_hard(text), *_jargon(text, terms)):
                    yield Advice(criterion.id, place, text, words, {**where, **values})


def reading_age(text: str) -> int | None:
    """In years, rounded; None for a text too short to measure."""
    words = _WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return None
    syllables = sum(map(_syllables, words))
    grade = 0.39 * len(words) / len(_sentences(text)) + 11.8 * syllables / len(words) - 15.59
    return max(5, round(grade + 5))


def _hard(text: str) -> Iterator[Found]:
    age = reading_age(text)
    if age is not None and age > OLDEST:
        yield to_translate("reading age about %(age)s"), {"age": age}
    longest = max((len(_WORD.findall(sentence)) for sentence in _sentences(text)), default=0)
    if longest > LONGEST_SENTENCE:
        yield to_translate("a sentence of %(number)s words"), {"number": longest}


def _jargon(text: str, terms: list[tuple[str, re.Pattern[str]]]) -> Iterator[Found]:
    for term, pattern in terms:
        if pattern.search(text):
            yield to_translate("“%(term)s” is a word of the glossary"), {"term": term}


def _texts(framework: Framework, criterion_id: str) -> Iterator[tuple[str, Mapping[str, object], Text]]:
    criterion = framework.criterion(criterion_id)
    yield to_translate("Statement"), {}, criterion.statement
    yield to_translate("Question"), {}, criterion.staff_question
    yield to_translate("Question for the public"), {}, criterion.public_question
    for level, text in zip(framework.scale, criterion.levels, strict=True):
        yield to_translate("Level %(level)s"), {"level": level.label}, text


def _sentences(text: str) -> list[str]:
    found = [part for part in _SENTENCE.split(text) if _WORD.search(part)]
    return found or [text]


def _syllables(word: str) -> int:
    plain = re.sub(r"[^a-z]", "", word.lower())
    count = len(_VOWELS.findall(plain))
    silent = plain.endswith("e") and not plain.endswith(("le", "ee")) and count > 1
    return max(1, count - silent)


def _pattern(term: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(term)}s?(?!\w)", re.IGNORECASE)
