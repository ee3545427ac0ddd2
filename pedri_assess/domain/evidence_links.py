"""Links to evidence as people type them: on each line a title, then an address."""

from __future__ import annotations

import re

from .assessment import EvidenceLink
from .errors import Told
from .languages import to_translate

ADDRESS = re.compile(r'https://[^\s<>"]{1,1990}\Z')
SHOWN = 60
NO_ADDRESS = to_translate("Give one web address on each line, starting with https://. Look at “%(line)s”")
LONG_TITLE = to_translate("Use at most %(most)s characters before an address. Look at “%(line)s”")


def evidence_links(text: str) -> tuple[EvidenceLink, ...]:
    """The links that a text gives; lines from which none can be kept are left out."""
    return tuple(link for line in text.splitlines() for link in _of(line))


def links_fault(text: str, most: int, longest: int) -> Told | None:
    """Why a text cannot be kept as links, in words; None where it can.

    `most` is how many links there may be, `longest` how many characters a title may have.
    """
    for line in text.splitlines():
        if line.strip() and not _of(line):
            return Told(NO_ADDRESS, line=_shortened(line))
    links = evidence_links(text)
    if len(links) > most:
        return Told(to_translate("Give at most %(most)s links"), most=most)
    long = [link.title for link in links if len(link.title) > longest]
    return Told(LONG_TITLE, most=longest, line=_shortened(long[0])) if long else None


def _of(line: str) -> list[EvidenceLink]:
    """One address with its title, or addresses only; nothing where it is not clear which title is whose."""
    given = line.split()
    addresses = [word for word in given if ADDRESS.match(word)]
    title = [word for word in given if word not in addresses]
    if title and (len(addresses) != 1 or any("://" in word for word in title)):
        return []
    return [EvidenceLink(address, " ".join(title)) for address in addresses]


def _shortened(text: str) -> str:
    text = text.strip()
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
