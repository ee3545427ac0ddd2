"""Words that are shown in the language of whoever reads them."""

from __future__ import annotations

ENGLISH = "en"  # what our own words are written in


class Marked(str):
    """Words of ours, which the page that shows them translates; others are somebody's own, and stay."""

    __slots__ = ()


def to_translate(words: str) -> str:
    """The same words, marked for the catalogues: the page that shows them translates."""
    return Marked(words)
