"""How places inside a JSON document, and the values found there, are written in messages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

ROOT = "$"
_PLAIN = re.compile(r"[A-Za-z0-9_-]+\Z")
_SHOWN = 60


def at(path: str, key: str | int) -> str:
    """The path of a member: `$.standards[0].id`; odd keys are quoted, so a message stays on one line."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if _PLAIN.match(key) else f"{path}[{json.dumps(key)}]"


def shown(value: Any) -> str:
    """A found value, short, on one line and without anything that could disturb a terminal."""
    if isinstance(value, dict):
        return "an object" if value else "an empty object"
    if isinstance(value, list):
        return f"a list of {len(value)}" if value else "an empty list"
    text = json.dumps(value, default=str)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def suggestion(word: str, known: list[str]) -> str:
    """'did you mean "criteria"?' when a known word is near, else what is known when that is short."""
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f"did you mean {json.dumps(near[0])}?"
    if 0 < len(known) <= 12:
        return "expected one of " + ", ".join(json.dumps(name) for name in known)
    return ""


def walk(root: Any, deepest: int = 1_000) -> Iterator[tuple[str, Any, int]]:
    """Every value of a document with its path and depth (the root's is 1), in the document's order.

    Members of a value at depth `deepest` are yielded, but not what is inside them. A stack, not recursion:
    the depth of a document must not become the depth of our calls.
    """
    waiting: list[tuple[str, Any, int]] = [(ROOT, root, 1)]
    while waiting:
        path, value, depth = waiting.pop()
        yield path, value, depth
        if depth > deepest:
            continue
        if isinstance(value, dict):
            waiting.extend((at(path, key), member, depth + 1) for key, member in reversed(value.items()))
        elif isinstance(value, list):
            for index in range(len(value) - 1, -1, -1):
                waiting.append((at(path, index), value[index], depth + 1))
