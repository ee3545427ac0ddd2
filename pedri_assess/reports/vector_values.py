"""The values that a drawing's attributes may have: read by a grammar and written again, or refused.

What a reader of SVG would have to guess (a path that breaks off, a transform with too few numbers, a number
that is not one) is refused, so that no reader meets it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

LARGEST = 1e6  # of a number, in units of the drawing

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_PATH = re.compile(r"\s*[Mm][-+.,\deE\sMmZzLlHhVvCcSsQqTtAa]*")
_COMMAND = re.compile(r"([MmZzLlHhVvCcSsQqTtAa])([-+.,\deE\s]*)")
_ARC = re.compile(
    r"[\s,]*{0}[\s,]*{0}[\s,]*{0}[\s,]*([01])[\s,]*([01])[\s,]*{0}[\s,]*{0}".format(f"({_NUMBER.pattern})")
)
_TAKES = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7, "z": 0}
_TURN = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]*)\)[\s,]*")
_TURN_TAKES = {
    "matrix": (6,), "translate": (1, 2), "scale": (1, 2), "rotate": (1, 3), "skewX": (1,), "skewY": (1,)
}  # fmt: skip
_LENGTH = re.compile(rf"({_NUMBER.pattern})(px|pt|pc|mm|cm|in|%)?")
_COLOUR = re.compile(
    r"#(?:[\da-f]{3}|[\da-f]{4}|[\da-f]{6}|[\da-f]{8})|[a-z]{3,20}|rgba?\([\d.,%\s/]{5,40}\)", re.IGNORECASE
)
_WORD = re.compile(r"[a-zA-Z]{2,20}")


def numbers(text: str) -> list[float]:
    """The numbers of a list of them. Raises ValueError."""
    if re.sub(_NUMBER, " ", text).strip(" ,\t\r\n"):
        raise ValueError(text)
    return [_checked(found) for found in _NUMBER.findall(text)]


def path(text: str) -> str:
    """A path, command by command with all its numbers. Raises ValueError."""
    if not _PATH.fullmatch(text):
        raise ValueError(text)
    return "".join(_command(*found) for found in _COMMAND.findall(text))


def _command(name: str, rest: str) -> str:
    values = _arcs(rest) if name in "Aa" else list(map(_written, numbers(rest)))
    takes = _TAKES[name.lower()]
    if bool(values) != bool(takes) or (takes and len(values) % takes):
        raise ValueError(rest)
    return name + " ".join(values)


def _arcs(text: str) -> list[str]:
    """The numbers of arcs; their flags are single digits, which need not stand alone."""
    if _ARC.sub("", text).strip(" ,\t\r\n"):
        raise ValueError(text)
    return [
        value if place in (3, 4) else _written(_checked(value))
        for found in _ARC.findall(text)
        for place, value in enumerate(found)
    ]


def points(text: str) -> str:
    """Pairs of numbers. Raises ValueError."""
    found = numbers(text)
    if len(found) % 2:
        raise ValueError(text)
    return " ".join(map(_written, found))


def transform(text: str) -> str:
    """Transforms, each with as many numbers as it takes. Raises ValueError."""
    written, place = [], 0
    text = text.strip()
    while place < len(text):
        found = _TURN.match(text, place)
        if not found:
            raise ValueError(text)
        values = numbers(found[2])
        if len(values) not in _TURN_TAKES[found[1]]:
            raise ValueError(text)
        written.append(f"{found[1]}({' '.join(map(_written, values))})")
        place = found.end()
    return " ".join(written)


def length(text: str) -> str:
    """A number with or without a unit. Raises ValueError."""
    found = _LENGTH.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    return _written(_checked(found[1])) + (found[2] or "")


def size(text: str) -> str:
    """A length that is not below zero. Raises ValueError."""
    if text.strip().startswith("-"):
        raise ValueError(text)
    return length(text)


def number(text: str) -> str:
    """A number that is not below zero. Raises ValueError."""
    found = numbers(text)
    if len(found) != 1 or found[0] < 0:
        raise ValueError(text)
    return _written(found[0])


def colour(text: str) -> str:
    """A colour by name or number. Raises ValueError."""
    return _whole(_COLOUR, text)


def word(text: str) -> str:
    """One word of letters. Raises ValueError."""
    return _whole(_WORD, text)


def _whole(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text.strip()):
        raise ValueError(text)
    return text.strip()


def _checked(text: str) -> float:
    value = float(text)
    if abs(value) > LARGEST:
        raise ValueError(text)
    return value


def _written(value: float) -> str:
    return f"{value:.6g}"


ALLOWED: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(("x", "y", "cx", "cy", "x1", "y1", "x2", "y2", "fx", "fy", "offset"), length),
    **dict.fromkeys(("width", "height", "rx", "ry", "r"), size),
    "d": path,
    "points": points,
    **dict.fromkeys(("transform", "gradientTransform"), transform),
    **dict.fromkeys(("gradientUnits", "clipPathUnits"), word),
}
LOOKS: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(("fill", "stroke", "stop-color", "color"), colour),
    **dict.fromkeys(
        ("fill-opacity", "stroke-opacity", "stop-opacity", "opacity", "stroke-miterlimit"), number
    ),
    **dict.fromkeys(("fill-rule", "clip-rule", "stroke-linecap", "stroke-linejoin"), word),
    "stroke-width": size,
}
