"""Words that are shown in the language of whoever reads them."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import NullTranslations

ENGLISH = "en"  # what our own words are written in


@dataclass(frozen=True)
class Voice:
    """A language: its code, its name in itself, its words, and whether a translator has to check them."""

    code: str
    name: str
    words: NullTranslations
    draft: bool = False

    def gettext(self, words: str, **values: object) -> str:
        """The words in this language, with `%(name)s` filled in where values are given."""
        found = self.words.gettext(words)
        return found % values if values else found

    def ngettext(self, one: str, many: str, number: int, **values: object) -> str:
        """The words for a number of things, in the form that the language has for it."""
        found = self.words.ngettext(one, many, number)
        return found % values if values else found


IN_ENGLISH = Voice(ENGLISH, "English", NullTranslations())


class Marked(str):
    """Words of ours, which the page that shows them translates; others are somebody's own, and stay."""

    __slots__ = ()


def to_translate(words: str) -> str:
    """The same words, marked for the catalogues: the page that shows them translates."""
    return Marked(words)
