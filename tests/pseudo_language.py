"""A language that nobody speaks: every marked message in accents, in brackets, and 40% longer.

What stands on a page without brackets is not translatable; what breaks at this length would break in another.
Its words are those of translations/messages.pot: what is not taken into that file stays English.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

from pedri_assess.config import data_dir
from pedri_assess.web.languages import Spoken

CODE = "en-XA"
LONGER = 0.4
ACCENTED = str.maketrans("aceiklnorstuwyACEGIKLNORSTUWY", "àçéïķļñöŕšţüŵÿÀÇÉĜÎĶĻÑÖŔŠŢÜŴŶ")
_KEPT = re.compile(r"(<[^>]*>)|(%\(\w+\)[sd])")
_BRACKETED = re.compile(r"\[[^\[\]]*\]")
_ID = re.compile(r"[A-Z]+(-[0-9]+)?|[0-9.]+")
_LETTERS = re.compile(r"[^\W\d_]{2}")
# Elements whose words nobody reads, or that somebody typed
WITHOUT_MARKS = {"title", "option"}  # elements that hold words only
SILENT = {"script", "style", "template"}
NAMES = {"id", "title", "label", "version"}  # in a framework file
WORDS_IN = ("title", "alt", "aria-label", "placeholder", "aria-description")


def stretched(words: str) -> str:
    """The words as this language has them; elements and what is filled in stay as they are."""
    pieces = re.split(r"(<[^>]*>)", words)
    return "".join(piece if piece.startswith("<") else _piece(piece) for piece in pieces)


def _piece(words: str) -> str:
    plain = _KEPT.sub("", words)
    if not _LETTERS.search(plain):
        return words
    said = "".join(
        part if part.startswith("%(") else part.translate(ACCENTED)
        for part in re.split(r"(%\(\w+\)[sd])", words)
    )
    # Words, not one long one: real languages can break their lines
    more = " ".join(["ţéñ"] * (round(len(plain) * LONGER) // 4 or 1))
    start, end = len(said) - len(said.lstrip()), len(said.rstrip())
    return f"{said[:start]}[{said[start:end]} {more}]{said[end:]}"


class PseudoWords(NullTranslations):
    """Translates what is in the template of all catalogues."""

    def gettext(self, message: str) -> str:
        return stretched(message) if message in _known() else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        words = msgid1 if n == 1 else msgid2
        return stretched(words) if (msgid1, msgid2) in _known() else words


@cache
def _known() -> frozenset[Any]:
    with (data_dir("translations") / "messages.pot").open("rb") as file:
        return frozenset(message.id for message in read_po(file) if message.id)


PSEUDO = Spoken(CODE, "Pseudo", PseudoWords(), draft=True, whole=True)


def standards_words(folder: Path) -> tuple[str, ...]:
    """Every sentence and name in the standards of a folder: they have their own translations."""
    documents = [json.loads(file.read_text("utf-8")) for file in sorted(folder.glob("*/*.json"))]
    return tuple(sorted({text for document in documents for text in _texts(document)}))


def standards_ids(folder: Path) -> tuple[str, ...]:
    """The ids and versions in the standards of a folder: they are the same in every language."""
    return tuple(text for text in standards_words(folder) if _ID.fullmatch(text))


def _texts(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _texts(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each, name)
    elif isinstance(value, str) and (" " in value or name in NAMES):
        yield value


def untranslated(page: Any, *data: str, standards: tuple[str, ...] = ()) -> list[str]:
    """Each text of a parsed page that is not in brackets.

    Left out are what is marked as another language's, as typed by somebody, or as a name (`translate="no"`),
    and the words in `data`. Texts of `standards` are left out only where nothing can be marked.
    """
    found: list[str] = []
    unmarkable: list[str] = []
    _look(page, found, unmarkable)
    rest = [_without(words, data) for words in found]
    rest += [_without(words, (*data, *standards)) for words in unmarkable]
    return [words for words in rest if _LETTERS.search(words)]


def _without(words: str, data: tuple[str, ...]) -> str:
    for known in sorted(data, key=len, reverse=True):
        words = words.replace(known, "")
    while (inner := _BRACKETED.sub("", words)) != words:  # a month stands inside a sentence
        words = inner
    return words.strip()


def _look(element: Any, found: list[str], unmarkable: list[str]) -> None:
    if not isinstance(element.tag, str) or element.tag in SILENT or _is_data(element):
        return
    unmarkable.extend(element.get(name) for name in WORDS_IN if element.get(name))
    if element.tag == "meta" and element.get("name") == "description":
        unmarkable.append(element.get("content"))
    words = element.text or ""
    if element.tag in WITHOUT_MARKS:
        unmarkable.append(words)
        return
    for child in element:
        data = isinstance(child.tag, str) and _is_data(child)
        if data or words.count("[") > words.count("]"):  # it stands inside a sentence
            inside: list[str] = []
            _look(child, inside, unmarkable)
            words += " ".join(inside)
        else:
            found.append(words)
            _look(child, found, unmarkable)
            words = ""
        words += child.tail or ""
    found.append(words)


def _is_data(element: Any) -> bool:
    other = element.tag != "html" and element.get("lang") not in (None, CODE)
    typed = element.tag in ("bdi", "textarea") or "typed" in (element.get("class") or "").split()
    return other or (typed and not element.get("aria-label")) or element.get("translate") == "no"
