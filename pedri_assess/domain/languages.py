"""Words that are shown in the language of whoever reads them."""

from __future__ import annotations

ENGLISH = "en"  # what our own words are written in


def to_translate(words: str) -> str:
    """The same words. It marks them for the catalogues; the page that shows them translates."""
    return words
