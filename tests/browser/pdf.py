"""What a PDF says about itself: its parts in the structure tree, its outline, its attachments."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Every element of the structure tree."""
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        node = waiting.pop()
        children = node.get("/K", [])
        for child in children if isinstance(children, pikepdf.Array) else [children]:
            if isinstance(child, pikepdf.Dictionary) and "/S" in child:
                yield child
                waiting.append(child)


def figures(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """The figures of the structure tree."""
    return [element for element in elements(pdf) if element.S == "/Figure"]


def outline_titles(pdf: pikepdf.Pdf) -> list[str]:
    """The titles of the outline, all levels."""
    with pdf.open_outline() as outline:
        waiting, titles = list(outline.root), []
        while waiting:
            item = waiting.pop(0)
            titles.append(item.title)
            waiting.extend(item.children)
    return titles


def attachments(pdf: pikepdf.Pdf) -> dict[str, bytes]:
    """The files inside, by name."""
    return {name: file.get_file().read_bytes() for name, file in pdf.attachments.items()}
