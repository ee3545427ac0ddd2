"""A drawing (SVG) made safe: a new one is built from what is known to be harmless, and nothing else is kept.

What draws and is not known is refused, so that no part of a logo is missing without a word; what does not
draw (scripts, metadata, handlers, comments) is left behind. Only the picture process uses this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser, tostring

from ..domain.errors import Told
from ..domain.languages import to_translate
from .vector_styles import Styles
from .vector_values import ALLOWED, LOOKS, length, numbers

SPACE, LINK = "http://www.w3.org/2000/svg", "{http://www.w3.org/1999/xlink}href"
MOST_BYTES, MOST_ELEMENTS, MOST_DEEP = 200_000, 2_000, 20
WIDEST = 20  # times as wide as high, or the other way round
BOX = (400.0, 200.0)  # what it fits in by itself: width and height in pixels

SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
NEEDS = {"path": "d", "polyline": "points", "polygon": "points"}  # without it there is no shape
GRADIENTS = {"linearGradient", "radialGradient"}
SILENT = {"title", "desc", "metadata", "script", "style"}  # draw nothing
EFFECTS = ("filter", "mask", "marker", "marker-start", "marker-mid", "marker-end", "stroke-dasharray")
LEADING = ("fill", "stroke", "clip-path")  # these may lead to something in the drawing
_INSIDE = re.compile(r"url\(\s*(['\"]?)#([A-Za-z_][\w.-]{0,60})\1\s*\)")
_DECLARED = re.compile(r"<!DOCTYPE[^>]*\[|<!ENTITY|<\?xml-stylesheet", re.IGNORECASE)

LARGE = to_translate("The drawing has more than %(most)s kB: save it as PNG")
DECLARES = to_translate(
    "The drawing declares entities or style sheets: save it as plain SVG with outlines, or as PNG"
)
DAMAGED = to_translate("The drawing is damaged: it is no well-formed SVG in UTF-8")
NO_SIZE = to_translate(
    "The drawing does not say how large it is (its view box): save it as plain SVG with outlines, or as PNG"
)
LONG = to_translate("The picture is more than %(most)s times as long as it is wide")
STRANGE = to_translate(
    "The drawing has <%(kind)s>, which cannot be kept: save it as plain SVG with outlines, or as PNG"
)
EFFECT = to_translate(
    "The drawing has an effect, %(name)s, which cannot be kept: save it as plain SVG with outlines, or as PNG"
)
OUTSIDE = to_translate(
    "The drawing leads to something outside of itself: save it as plain SVG with outlines, or as PNG"
)
UNREADABLE = to_translate(
    "The drawing has a <%(kind)s> whose %(name)s cannot be read: "
    "save it as plain SVG with outlines, or as PNG"
)


class Refused(Told, ValueError):
    """A picture that cannot be kept; the message says why, to the person who chose it."""


def cleaned(content: bytes) -> bytes:
    """The drawing, built anew: what comes out goes through unchanged. Raises Refused."""
    if len(content) > MOST_BYTES:
        raise Refused(LARGE, most=MOST_BYTES // 1000)
    try:
        text = content.decode("utf-8-sig")
        if _DECLARED.search(text):
            raise Refused(DECLARES)
        # The encoding is ours, whatever the drawing says: another could hide what was looked for
        parser = XMLParser(target=_Counted(), encoding="utf-8")  # noqa: S314
        parser.feed(text.encode())
        root: Element = parser.close()
    except (UnicodeDecodeError, ParseError):
        raise Refused(DAMAGED) from None
    return _Drawing(root).built()


class _Counted(TreeBuilder):
    """Builds the tree, and stops where it grows too large or too deep."""

    def __init__(self) -> None:
        super().__init__()
        self.count = self.depth = 0

    def start(self, tag: Any, attrs: dict[Any, Any], /) -> Element:
        self.count, self.depth = self.count + 1, self.depth + 1
        if self.count > MOST_ELEMENTS or self.depth > MOST_DEEP:
            raise Refused(to_translate("The drawing has too many parts: save it as PNG"))
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self.depth -= 1
        return super().end(tag)


class _Drawing:
    """One drawing, read from a tree and built into another."""

    def __init__(self, root: Element) -> None:
        if root.tag != f"{{{SPACE}}}svg":
            raise Refused(to_translate("This is no SVG drawing"))
        self.root = root
        self.styles = Styles(root, SPACE)
        self.named = {element.get("id", ""): element for element in root.iter()}
        self.used: dict[str, Element] = {}

    def built(self) -> bytes:
        """The new drawing, in UTF-8."""
        made = Element("svg", {"xmlns": SPACE, **self._frame(), **self._looks(self.root)})
        made.extend(list(self._children(self.root)))
        if self.used:
            held = Element("defs")
            held.extend([self.used[name] for name in sorted(self.used)])
            made.insert(0, held)
        return tostring(made, encoding="unicode").encode()

    def _frame(self) -> dict[str, str]:
        """The view box, and a size of its shape."""
        try:
            box = numbers(self.root.get("viewBox", ""))
            if not box:
                size = (length(self.root.get(name, "")).removesuffix("px") for name in ("width", "height"))
                box = [0, 0, *map(float, size)]
        except ValueError:
            box = []
        if len(box) != 4 or not all(0.001 < side < 100_000 for side in box[2:]):
            raise Refused(NO_SIZE)
        wide, high = box[2:]
        if max(wide / high, high / wide) > WIDEST:
            raise Refused(LONG, most=WIDEST)
        scale = min(BOX[0] / wide, BOX[1] / high)
        sides = {"width": f"{wide * scale:.6g}", "height": f"{high * scale:.6g}"}
        return {"viewBox": " ".join(f"{value:.6g}" for value in box), **sides}

    def _children(self, parent: Element, held: str = "") -> Iterator[Element]:
        """What a parent draws; `held` is the kind of what is not drawn by itself but by what leads to it."""
        for element in parent:
            kind = self._kind(element)
            if kind in SHAPES or (kind == "g" and held != "clipPath"):
                yield from self._shape(element, kind, held)
            elif kind == "a":
                yield from self._children(element, held)
            elif kind and kind not in SILENT | GRADIENTS | {"defs", "clipPath"}:
                raise Refused(STRANGE, kind=kind)

    def _kind(self, element: Element) -> str:
        """The name of an element of SVG; empty for another language's, which draws nothing."""
        space, _, kind = str(element.tag).rpartition("}")
        return kind if space in (f"{{{SPACE}", "") and not callable(element.tag) else ""

    def _shape(self, element: Element, kind: str, held: str) -> Iterator[Element]:
        measures = self._measures(element)
        if self._is_hidden(element) or (kind in NEEDS and not measures.get(NEEDS[kind])):
            return
        made = Element(kind, {**measures, **self._looks(element, held)})
        if kind == "g":
            made.extend(list(self._children(element, held)))
        yield made

    def _is_hidden(self, element: Element) -> bool:
        given = self.styles.of(element)
        return given.get("display") == "none" or given.get("visibility") == "hidden"

    def _measures(self, element: Element) -> dict[str, str]:
        return dict(_fitting(element, element.items(), ALLOWED))

    def _looks(self, element: Element, held: str = "") -> dict[str, str]:
        given = self.styles.of(element)
        for name in EFFECTS:
            if given.get(name, "none").strip() not in ("none", ""):
                raise Refused(EFFECT, name=name)
        leading = {name: _inside(given.pop(name)) for name in LEADING if "url" in given.get(name, "")}
        looks = dict(_fitting(element, given.items(), LOOKS))
        for name, target in leading.items():
            if name == "clip-path":
                looks.update({name: f"url(#{target})"} if not held and self._clip(target) else {})
            else:
                looks[name] = f"url(#{target})" if self._gradient(target) else "none"
        return dict(sorted(looks.items()))

    def _gradient(self, name: str) -> bool:
        """Takes over the gradient of this name; whether there is one."""
        source = self.named.get(name)
        if name not in self.used and source is not None and self._kind(source) in GRADIENTS:
            made = Element(self._kind(source), {"id": name, **self._measures(source)})
            made.extend(self._stops(source))
            self.used[name] = made
        return name in self.used and self.used[name].tag in GRADIENTS

    def _stops(self, source: Element, most: int = 5) -> list[Element]:
        """The stops of a gradient, or of the one that it is made from."""
        found = [item for item in source if self._kind(item) == "stop"]
        other = self.named.get((source.get("href") or source.get(LINK) or "").removeprefix("#"))
        if not found and other is not None and most:
            return self._stops(other, most - 1)
        return [Element("stop", {**self._measures(item), **self._looks(item)}) for item in found]

    def _clip(self, name: str) -> bool:
        """Takes over the outline of this name that others are cut to; whether there is one."""
        source = self.named.get(name)
        if name not in self.used and source is not None and self._kind(source) == "clipPath":
            made = Element("clipPath", {"id": name, **self._measures(source)})
            self.used[name] = made
            made.extend(list(self._children(source, "clipPath")))
        return name in self.used and self.used[name].tag == "clipPath"


def _inside(value: str) -> str:
    """The name that a value leads to. Raises Refused where that is not in the drawing."""
    found = _INSIDE.match(value)
    if not found:
        raise Refused(OUTSIDE)
    return found[2]


def _fitting(element: Element, given: Any, allowed: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The attributes that are known, each written anew. Raises Refused for one that cannot be read."""
    for name, value in given:
        if name in allowed:
            try:
                yield name, allowed[name](value)
            except ValueError:
                kind = str(element.tag).rpartition("}")[2]
                raise Refused(UNREADABLE, kind=kind, name=name) from None
