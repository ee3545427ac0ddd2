"""The first place where two JSON documents differ, in words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from .errors import Fault
from .paths import ROOT, at, shown

_NOTHING = object()


def first_difference(found: Any, expected: Any) -> Fault | None:
    """Where `found` is not `expected`, in the order of what is expected; None where they are the same."""
    return next(_differences(ROOT, found, expected), None)


def _differences(path: str, found: Any, expected: Any) -> Iterator[Fault]:
    if isinstance(found, dict) and isinstance(expected, dict):
        for key in dict.fromkeys([*expected, *found]):
            yield from _differences(at(path, key), found.get(key, _NOTHING), expected.get(key, _NOTHING))
    elif isinstance(found, list) and isinstance(expected, list):
        for index, (one, other) in enumerate(zip_longest(found, expected, fillvalue=_NOTHING)):
            yield from _differences(at(path, index), one, other)
    elif found is _NOTHING or type(found) is not type(expected) or found != expected:
        yield Fault(path, f"the report says {_said(found)}", f"worked out again it is {_said(expected)}")


def _said(value: Any) -> str:
    return "nothing" if value is _NOTHING else shown(value)
