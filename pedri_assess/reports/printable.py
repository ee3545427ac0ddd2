"""Text made fit for paper: what cannot be printed, or would draw over its neighbours, is taken out."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup

# The attached answers keep every character; only what is printed is mended.
_BREAKS = re.compile("\r\n?|[\u0085\u2028\u2029\x0b\x0c]")
_UNPRINTABLE = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters, without tab and newline
    "\u202a-\u202e\u2066-\u2069"  # marks that turn the direction of what follows, our words too
    "\ufff9-\ufffc"  # annotation marks and the object replacement
    "\ufdd0-\ufdef\ufffe\uffff"  # not characters at all
    "\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe\U0003ffff\U0004fffe\U0004ffff"
    "\U000e0001\U000ffffe\U000fffff\U0010fffe\U0010ffff"
    "]"
)
_HALVES = re.compile("[\ud800-\udfff]")
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_PILE = re.compile(f"([{_MARKS}]{{3}})[{_MARKS}]+")  # no language piles more than three on a letter
_GAP = re.compile(r"\n(?:[ \t\xa0]*\n){2,}")


def printable(text: str) -> str:
    """The text without control characters, direction overrides, piles of accents and long empty gaps."""
    text = _UNPRINTABLE.sub("", _BREAKS.sub("\n", text))
    return _GAP.sub("\n\n", _PILE.sub(r"\1", _HALVES.sub("\ufffd", text)))


def finalize(value: Any) -> Any:
    """What a template writes, made printable; markup stays markup."""
    if isinstance(value, Markup):
        return Markup(printable(str(value)))  # noqa: S704 - takes characters out of markup, adds none
    return printable(value) if isinstance(value, str) else value
