"""Addresses outside the document: only those over https, written so that every word processor takes them."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_NO_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_AS_THEY_ARE = "/:?#[]@!$&'()*+,;=%~"


def target(address: str) -> str:
    """What a link leads to; nothing where it stays words. Word calls a file damaged that has a bad one."""
    try:
        parts = urlsplit(address)
        usable = parts.scheme == "https" and parts.port != 0 and bool(_HOST.fullmatch(parts.hostname or ""))
    except ValueError:
        return ""
    return quote(_NO_ESCAPE.sub("%25", address), safe=_AS_THEY_ARE) if usable else ""
