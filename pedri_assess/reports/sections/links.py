"""Addresses that people or files give: a link only where following it is safe, the words of it otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_WEB = re.compile(r"https?://[^\s<>\"'`\\^{}|\x00-\x20\x7f-\x9f]+", re.IGNORECASE)


@dataclass(frozen=True)
class Address:
    """An address as it is shown. `href` is empty where it must not be a link."""

    shown: str
    href: str


def address(text: str) -> Address:
    """A link for an http or https address that says plainly which host it leads to."""
    return Address(text, text if _is_plain(text) else "")


def _is_plain(text: str) -> bool:
    # A name before the host (https://bank.example@other.example) makes one host look like another
    if not _WEB.fullmatch(text):
        return False
    try:
        parts = urlsplit(text)
        return bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        return False
