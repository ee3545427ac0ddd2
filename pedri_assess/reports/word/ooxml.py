"""Pieces of WordprocessingML: made as elements, never as text, so that no words can become markup."""

from __future__ import annotations

from functools import cache
from typing import Any

from docx.oxml.ns import nsmap
from docx.oxml.parser import oxml_parser

BULLETS, ABSTRACT_NUMBERS = 1, 2  # in templates/word/numbering.xml
# In words: the sections, and the standards in them
CONTENTS = 'TOC \\o "1-1" \\h \\z \\t "Standard heading,2"'
SPACE = f"{{{nsmap['xml']}}}space"
RELATION = f"{{{nsmap['r']}}}id"


@cache
def _name(name: str) -> str:
    return f"{{{nsmap['w']}}}{name}"


def made(tag: str, *content: Any, **values: str | int) -> Any:
    """An element of the namespace w, with attributes of the same namespace and what is in it."""
    attributes = {_name(name): str(value) for name, value in values.items()}
    element = oxml_parser.makeelement(_name(tag), attributes)
    element.extend([item for item in content if item is not None])
    return element


def words(text: str, tag: str = "t") -> Any:
    """A text, whose blanks at both ends count."""
    element = oxml_parser.makeelement(_name(tag), {SPACE: "preserve"})
    element.text = text
    return element


def bookmark(name: str, number: int) -> tuple[Any, Any]:
    """The start and the end of a place to lead to."""
    return made("bookmarkStart", id=number, name=name), made("bookmarkEnd", id=number)


def keep_with_next(block: Any) -> None:
    """Keeps a paragraph on the page of what follows it; other blocks stay as they are."""
    if block.tag == _name("p") and block[0].find(_name("keepNext")) is None:
        block[0].insert(1, made("keepNext"))  # after the style, which comes first


def outward(relation: str, run: Any) -> Any:
    """A link to an address outside, by the id of its relation."""
    link = made("hyperlink", run, history=1)
    link.set(RELATION, relation)
    return link


def numbering(number: int) -> Any:
    """A list with numbers of its own, from 1."""
    again = made("lvlOverride", made("startOverride", val=1), ilvl=0)
    return made("num", made("abstractNumId", val=ABSTRACT_NUMBERS), again, numId=number)


def contents(heading: Any, entries: list[Any]) -> Any:
    """The contents: a field, in what makes Word offer to bring it up to date."""
    starts = [
        made("r", made("fldChar", fldCharType="begin")),
        made("r", words(f" {CONTENTS} ", "instrText")),
        made("r", made("fldChar", fldCharType="separate")),
    ]
    for place, run in enumerate(starts, 1):
        entries[0].insert(place, run)
    entries[-1].append(made("r", made("fldChar", fldCharType="end")))
    gallery = made("docPartObj", made("docPartGallery", val="Table of Contents"), made("docPartUnique"))
    return made("sdt", made("sdtPr", gallery), made("sdtContent", heading, *entries))
