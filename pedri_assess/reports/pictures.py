"""A file that somebody chose as a logo: looked at, and handed to a process of its own to be drawn anew."""

from __future__ import annotations

import base64
import json
import logging
from pathlib import Path

from ..domain.edition import BEGINNINGS, Logo
from ..domain.errors import Told
from ..domain.languages import to_translate
from .bounded import Limits, run_bounded

LOG = logging.getLogger(__name__)

PROGRAM = Path(__file__).with_name("picturing.py")
MEGABYTE = 1024 * 1024
LIMITS = Limits(seconds=10, clock=20, memory=768 * MEGABYTE, largest=2 * MEGABYTE)
LARGEST_LOGO = 2 * MEGABYTE
NOT_READ = to_translate("The picture could not be read: it is damaged, or asks for more than a logo may")
NO_ROOM = to_translate("There is no room to read the picture just now. Try again later")
NO_PICTURE = to_translate("This is no PNG, JPEG or SVG picture. Choose a file of one of these kinds")


class NotAPicture(Told, ValueError):
    """A file that cannot be a logo; the message says why, to the person who chose it."""


def read_logo(content: bytes, words: str) -> Logo:
    """The picture in a file, safe to show and to print, with its words. Raises NotAPicture.

    What the file is follows from what is in it, never from its name.
    """
    kind = _kind(content)
    try:
        ran = run_bounded(PROGRAM, kind.encode() + b"\n" + content, LIMITS)
    except OSError as error:
        LOG.error("a picture could not be read: %s", error.strerror)
        raise NotAPicture(NO_ROOM) from None
    if ran.status != 0 or ran.ended:
        LOG.warning("a picture was not read: status %s; ended: %s", ran.status, ran.ended)
        raise NotAPicture(NOT_READ)
    found = json.loads(ran.written)
    if "refused" in found:
        raise NotAPicture(found["refused"], **found["values"])
    return Logo(found["kind"], found["content"], words)


def is_harmless(logo: Logo) -> bool:
    """Whether a drawing that came back in a report is one that was cleaned: others could keep a printer busy.

    PNG and JPEG pictures are: the printer holds them to a number of pixels.
    """
    if logo.kind != "svg":
        return True
    try:
        return read_logo(base64.b64decode(logo.content), logo.words) == logo
    except NotAPicture:
        return False


def _kind(content: bytes) -> str:
    if not content:
        raise NotAPicture(to_translate("The file is empty"))
    if len(content) > LARGEST_LOGO:
        most = LARGEST_LOGO // MEGABYTE
        raise NotAPicture(to_translate("The file is larger than %(most)s MB"), most=most)
    for kind in ("png", "jpeg"):
        if content.startswith(BEGINNINGS[kind]):
            return kind
    head = content[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"<") and b"<svg" in content[:100_000]:
        return "svg"
    raise NotAPicture(NO_PICTURE)
