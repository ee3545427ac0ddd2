"""Charts as pictures that every word processor shows, drawn from the same SVG as in the other formats."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

import resvg_py

from ...domain.edition import Logo
from ..pictures import is_harmless

SHARPNESS = 3  # pixels of the picture for each of the page
NAMESPACE = "http://www.w3.org/2000/svg"
FAMILY = "Atkinson Hyperlegible Next"
MOST_KEPT = 512  # pictures of some 3 kB

_LENGTH = re.compile(r"([0-9.]+)(px|%)?")


@dataclass(frozen=True)
class Picture:
    """A picture as PNG: how large it is on the page, in pixels of 1/96 inch, and what it shows in words."""

    png: bytes
    width: float
    height: float
    words: str


def picture(svg: str, available: float, fonts: Path) -> Picture:
    """A chart, no wider than the pixels that are available. Raises ParseError and ValueError."""
    root = ElementTree.fromstring(svg)  # noqa: S314 - drawn by charts; what people typed in it is escaped
    said = [item for item in root if _is(item, "title") or _is(item, "desc")]
    words = next((" ".join("".join(item.itertext()).split()) for item in said if _is(item, "title")), "")
    for item in said:
        root.remove(item)
    width, height = _size(root, int(available))
    root.set("width", f"{width:g}")
    root.set("height", f"{height:g}")
    if not root.tag.startswith("{"):
        root.set("xmlns", NAMESPACE)
    # Without its words, so that charts that look alike are drawn once
    return Picture(_drawn(ElementTree.tostring(root, encoding="unicode"), fonts), width, height, words)


def logo_png(logo: Logo, fonts: Path) -> bytes | None:
    """A logo as PNG or JPEG; None for a drawing that was not cleaned, which could ask for files."""
    content = base64.b64decode(logo.content)
    if logo.kind != "svg":
        return content
    return _drawn(content.decode(), fonts) if is_harmless(logo) else None


@lru_cache(maxsize=MOST_KEPT)
def _drawn(svg: str, fonts: Path) -> bytes:
    png = resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=SHARPNESS,
        skip_system_fonts=True,
        font_files=[str(path) for path in sorted(fonts.glob("*.ttf"))],
        font_family=FAMILY,
        sans_serif_family=FAMILY,
    )
    return bytes(png)


def _is(element: ElementTree.Element, name: str) -> bool:
    return element.tag.rpartition("}")[2] == name


def _size(root: ElementTree.Element, available: float) -> tuple[float, float]:
    """Width and height: as the chart says, made smaller where there is no room for it."""
    box = [float(number) for number in root.get("viewBox", "").replace(",", " ").split()]
    width = _length(root.get("width", "100%"), available)
    shape = box[3] / box[2] if len(box) == 4 and box[2] else 0
    height = _length(root.get("height", ""), available * shape) or width * shape
    if width > available and shape:
        height *= available / width
    return min(width, available), height


def _length(text: str, whole: float) -> float:
    """Pixels of a length; 0 for none."""
    found = _LENGTH.fullmatch(text.strip())
    if not found:
        return 0
    return float(found[1]) * whole / 100 if found[2] == "%" else float(found[1])
