"""What happens to every text that people type or send, before anything else sees it."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from ..domain.times import moment
from .languages import day, gettext, spoken

LONGEST_NUMBER = 19  # digits: databases count to 2**63

# Control characters other than tab and line feed, and the code points that Unicode says are no characters:
# HTML and PDF cannot carry them.
_NO_TEXT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
    + "]"
)
_LINE_ENDS = re.compile("\r\n?")


def clean(text: str | None) -> str:
    """The text with line feeds as line ends, without control characters and without blank edges."""
    return _NO_TEXT.sub("", _LINE_ENDS.sub("\n", text or "")).strip()


def words(text: str) -> Markup:
    """A framework's text, escaped; one in another language than the page's says so."""
    page = spoken().code
    language = getattr(text, "language", page)
    if language == page:
        return escape(text)
    return Markup('<span lang="{}" dir="auto">{}</span>').format(language, text)


def lines(text: str) -> Markup:
    """What somebody typed, escaped, with its line ends; in whatever direction its words run."""
    return Markup('<span class="typed" dir="auto">{}</span>').format(
        Markup("<br>").join(escape(line) for line in text.split("\n"))
    )


def when(at: str) -> Markup:
    """A moment as it is kept, as day and time on this machine's clock."""
    here = moment(at).astimezone()
    shown = gettext("%(day)s at %(time)s", day=day(here.date().isoformat()), time=f"{here:%H:%M}")
    return Markup('<time datetime="{}">{}</time>').format(at, shown)


def whole_number(text: str | None, otherwise: int = -1) -> int:
    """The number that a page carries about itself; `otherwise` where a text is none that we write."""
    plain = text or ""
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < LONGEST_NUMBER else otherwise
