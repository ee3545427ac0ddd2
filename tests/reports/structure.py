"""Reads a PDF's structure tree: the types of its elements, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every structure element, parents first, in reading order."""
    waiting = [pdf.Root.StructTreeRoot.K]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            waiting.extend(reversed(list(item)))
        elif isinstance(item, pikepdf.Dictionary) and "/S" in item:
            yield item
            if "/K" in item:
                waiting.append(item.K)


def types(pdf: pikepdf.Pdf) -> list[str]:
    """The types alone: /H1, /P, /Table …"""
    return [str(element.S) for element in elements(pdf)]


def outline_titles(pdf: pikepdf.Pdf) -> list[str]:
    """All bookmarks, in order."""
    found: list[str] = []
    with pdf.open_outline() as outline:
        waiting = list(reversed(list(outline.root)))
        while waiting:
            item = waiting.pop()
            found.append(str(item.title))
            waiting.extend(reversed(list(item.children)))
    return found
