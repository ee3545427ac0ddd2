"""How hard English is to read: the Flesch-Kincaid grade, and the words of each sentence.

The grade is 0.39 words a sentence + 11.8 syllables a word - 15.59; five more is about the age in years at
which children in school can read it. It counts, and understands nothing: it says that words and sentences are
short, not that a text is clear. Syllables are the more of two counts, groups of vowels and hyphenation by
pyphen, since each misses some.
"""

from __future__ import annotations

import re

import pyphen

_SENTENCE = re.compile(r"[^.?!:]+[.?!:]")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'’-]*")
_VOWELS = re.compile(r"[aeiouy]+")
_HYPHENS = pyphen.Pyphen(lang="en_GB")


def sentences(text: str) -> list[str]:
    """The sentences of a text; a colon ends one, as what follows it stands on a line of its own."""
    return [" ".join(found.split()) for found in _SENTENCE.findall(text)]


def words(text: str) -> list[str]:
    """The words and numbers of a text."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """How many syllables a word has, or is taken to have."""
    lower = word.lower().removesuffix("es").removesuffix("ed") if len(word) > 4 else word.lower()
    silent = lower.endswith("e") and not lower.endswith(("le", "ee"))
    groups = len(_VOWELS.findall(lower)) - silent
    return max(groups, len(_HYPHENS.positions(word)) + 1, 1)


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of a text with at least one sentence."""
    said = words(text)
    return 0.39 * len(said) / len(sentences(text)) + 11.8 * sum(map(syllables, said)) / len(said) - 15.59
