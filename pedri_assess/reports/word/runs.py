"""Runs: words that look alike, as Word has them."""

from __future__ import annotations

from typing import Any

from .ooxml import made, words
from .pieces import BREAK, TAB, Look, Mark, Piece

EDGE = "50676C"  # around the name of a level


def run(piece: Piece, *, leads: bool) -> Any:
    """The run of a piece; `leads` says that it is a link."""
    text = f"\xa0{piece.text}\xa0" if piece.look.mark else piece.text
    alone = {BREAK: "br", TAB: "tab"}.get(piece.text)
    content = made(alone) if alone else words(text)
    return made("r", _properties(piece.look, leads=leads), content)


def _properties(look: Look, *, leads: bool) -> Any:
    style = "Hyperlink" if leads else "LevelName" if look.mark else ""
    told = [
        made("rStyle", val=style) if style else None,
        *((made("b"), made("bCs")) if look.strong else ()),
        *((made("i"), made("iCs")) if look.emphasis else ()),
        *(_marked(look.mark) if look.mark else ()),
        made("rtl") if look.right_to_left else None,
        _language(look),
    ]
    return made("rPr", *told) if any(item is not None for item in told) else None


def _language(look: Look) -> Any:
    if not look.language:
        return None
    return made("lang", **{"bidi" if look.right_to_left else "val": look.language})


def _marked(mark: Mark) -> tuple[Any, ...]:
    kind = "dashed" if mark.broken else "single"
    return (
        made("color", val=_hex(mark.ink)),
        made("bdr", val=kind, sz=4, space=0, color=EDGE),
        made("shd", val="clear", color="auto", fill=_hex(mark.ground)),
    )


def _hex(colour: str) -> str:
    return colour.removeprefix("#").upper()
