"""Reading JSON strictly: every fault at once, each with its place, and never a surprise later on."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

from .errors import Fault, InvalidDocument, first
from .paths import ROOT, at, shown, walk

MOST_BYTES = 20_000_000
MOST_DEPTH = 30
LARGEST_WHOLE_NUMBER = 2**53 - 1  # beyond it JSON readers disagree, and so would hashes
_MARKS = {b"\xef\xbb\xbf": "UTF-8", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


class _Object(dict[str, Any]):
    """A JSON object that remembers which of its keys came twice."""

    repeated: tuple[str, ...] = ()


class _BadNumber:
    """Stands where the text had a number that JSON or arithmetic does not allow."""

    def __init__(self, text: str) -> None:
        self.text = text if len(text) <= 24 else f"{text[:24]}…"


def parse(content: bytes, source: str) -> Any:
    """The JSON value in `content`: dicts, lists, strings, numbers, booleans and None.

    Raises InvalidDocument with every fault: size, encoding, syntax, depth, repeated keys, NaN and numbers
    out of range, half characters (lone surrogates).
    """
    text = _decoded(content, source)
    try:
        value = json.loads(
            text, object_pairs_hook=_object, parse_constant=_BadNumber, parse_int=_whole, parse_float=_real
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        wrong = f"not JSON at {place}: {error.msg.lower()}"
        raise _invalid(source, wrong, "expected a JSON document") from None
    except RecursionError:
        raise _invalid(source, "nested too deeply", f"expected at most {MOST_DEPTH} levels") from None
    faults = first(_faults(value))
    if faults:
        raise InvalidDocument(source, faults)
    return value


def _decoded(content: bytes, source: str) -> str:
    if len(content) > MOST_BYTES:
        limit = f"expected at most {MOST_BYTES // 1_000_000} MB"
        raise _invalid(source, "the file is too large", limit)
    for mark, name in _MARKS.items():
        if content.startswith(mark):
            raise _invalid(source, f"the file starts with a {name} byte-order mark", "save it as plain UTF-8")
    if b"\x00" in content:
        raise _invalid(source, "the file is not UTF-8 text (it has zero bytes)", "save it as plain UTF-8")
    if not content.strip():
        raise _invalid(source, "the file is empty", "expected a JSON document")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        wrong = f"not UTF-8 text (line {line}, byte {error.start})"
        raise _invalid(source, wrong, "save it as UTF-8") from None


def _invalid(source: str, wrong: str, expected: str) -> InvalidDocument:
    return InvalidDocument(source, [Fault(ROOT, wrong, expected)])


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    result = _Object(pairs)
    if len(result) < len(pairs):
        times = Counter(key for key, _ in pairs)
        result.repeated = tuple(key for key, count in times.items() if count > 1)
    return result


def _whole(text: str) -> int | _BadNumber:
    if len(text) > 17 or abs(int(text)) > LARGEST_WHOLE_NUMBER:
        return _BadNumber(text)
    return int(text)


def _real(text: str) -> float | _BadNumber:
    number = float(text)
    return number if math.isfinite(number) else _BadNumber(text)


def _faults(root: Any) -> Iterator[Fault]:
    for path, value, depth in walk(root, MOST_DEPTH):
        if depth > MOST_DEPTH:
            yield Fault(path, "nested too deeply", f"expected at most {MOST_DEPTH} levels")
        elif isinstance(value, _BadNumber):
            yield Fault(path, f"{value.text} is not a number that can be used", "expected a finite number")
        elif isinstance(value, str):
            yield from _text_faults(path, value)
        elif isinstance(value, _Object):
            yield from _object_faults(path, value)


def _object_faults(path: str, value: _Object) -> Iterator[Fault]:
    for key in value.repeated:
        yield Fault(at(path, key), "the key is there more than once", "expected each key once")
    for key in value:
        yield from _text_faults(at(path, key), key)


def _text_faults(path: str, text: str) -> Iterator[Fault]:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        yield Fault(path, f"half a character in {shown(text)}", "expected whole Unicode characters")
