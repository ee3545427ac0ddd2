"""What each glyph stands for: its font's own letter, where WeasyPrint took another one from a word around it.

WeasyPrint keeps the letters for which a glyph is met first. In text from right to left that is the other
bracket of a pair, and it is none where several glyphs make one letter together.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any
from unicodedata import mirrored, normalize

from fontTools.ttLib import TTFont, TTLibError

PART = "\u200b"  # for a glyph that is no letter alone: its letter stands at the glyph beside it
TURNED = (("\u0590", "\u08ff"), ("\ufb1d", "\ufdff"), ("\ufe70", "\ufefc"))  # scripts from right to left


def correct_letters(fonts: Iterable[Any]) -> None:
    """Mends the table of letters of WeasyPrint's fonts, before they are written."""
    tables = [font.to_unicode for font in fonts]
    if all(letters and not _turned(letters) for table in tables for letters in table.values()):
        return
    for font in fonts:
        own = _letters_of(font)
        for glyph, letters in font.to_unicode.items():
            if not letters or (mirrored(letters[0]) and glyph in own):
                font.to_unicode[glyph] = own.get(glyph, PART)


def _turned(letters: str) -> bool:
    return any(first <= letter <= last for letter in letters for first, last in TURNED)


def _letters_of(font: Any) -> dict[int, str]:
    """The letter of each glyph, by the font itself; none where it does not say."""
    try:
        face = TTFont(BytesIO(font.file_content), fontNumber=font.index, lazy=True)
        letters = sorted(
            (face.getBestCmap() or {}).items(), reverse=True
        )  # of two letters the first one stays
        return {face.getGlyphID(name): normalize("NFKC", chr(letter)) for letter, name in letters}
    except TTLibError:  # a font of another kind
        return {}
