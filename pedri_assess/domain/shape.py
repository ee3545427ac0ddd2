"""Checks a JSON value against a JSON Schema, in our own words: where, what was found, what was expected.

The schema files are the one home of what a document may hold. This reads the part of JSON Schema 2020-12
that they use; a test compares its verdicts with the jsonschema library's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .errors import Fault, first
from .paths import ROOT, at, shown, suggestion

Schema = dict[str, Any]

_NAMES = {
    "object": "an object", "array": "a list", "string": "a text", "integer": "a whole number",
    "number": "a number", "boolean": "true or false", "null": "null",
}  # fmt: skip


def faults(value: Any, schema: Schema) -> list[Fault]:
    """Every way in which `value` differs from `schema`, in the document's order."""
    return first(_check(ROOT, value, schema, schema))


def _check(path: str, value: Any, rule: Schema, root: Schema) -> Iterator[Fault]:
    rule = _resolved(rule, root)
    if "anyOf" in rule:
        yield from _check_any(path, value, rule, root)
        return
    if "type" in rule and not _is(value, rule["type"]):
        yield Fault(path, f"found {shown(value)}", f"expected {_NAMES[rule['type']]}")
        return
    if "enum" in rule and not any(value == one and type(value) is type(one) for one in rule["enum"]):
        yield Fault(path, f"found {shown(value)}", suggestion(str(value), [str(one) for one in rule["enum"]]))
    elif isinstance(value, str):
        yield from _check_text(path, value, rule)
    elif isinstance(value, int | float):
        yield from _check_number(path, value, rule)
    elif isinstance(value, list):
        yield from _check_list(path, value, rule, root)
    elif isinstance(value, dict):
        yield from _check_object(path, value, rule, root)


def _resolved(rule: Schema, root: Schema) -> Schema:
    while "$ref" in rule:
        target: Schema = root
        for step in rule["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        rule = target
    return rule


def _is(value: Any, kind: str) -> bool:
    # JSON Schema calls 1.0 an integer and Python calls True one; a level is neither.
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    types = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
    return isinstance(value, types[kind])


def _check_any(path: str, value: Any, rule: Schema, root: Schema) -> Iterator[Fault]:
    branches = [_resolved(branch, root) for branch in rule["anyOf"]]
    fitting = [branch for branch in branches if _is(value, branch["type"])]
    if fitting:
        yield from _check(path, value, fitting[0], root)
    else:
        kinds = " or ".join(_NAMES[branch["type"]] for branch in branches)
        yield Fault(path, f"found {shown(value)}", f"expected {kinds}")


def _check_text(path: str, value: str, rule: Schema) -> Iterator[Fault]:
    if len(value) < rule.get("minLength", 0):
        yield Fault(path, "the text is empty", "expected at least one character")
    elif len(value) > rule.get("maxLength", len(value)):
        yield Fault(path, f"found {len(value)} characters", f"expected at most {rule['maxLength']}")
    # fullmatch: `$` alone lets a line break through at the end
    elif "pattern" in rule and not re.fullmatch(rule["pattern"], value):
        yield Fault(path, f"found {shown(value)}", f"expected the form {rule['pattern']}")


def _check_number(path: str, value: float, rule: Schema) -> Iterator[Fault]:
    if value < rule.get("minimum", value):
        yield Fault(path, f"found {shown(value)}", f"expected {rule['minimum']} or more")
    if value <= rule.get("exclusiveMinimum", value - 1):
        yield Fault(path, f"found {shown(value)}", f"expected more than {rule['exclusiveMinimum']}")
    if value > rule.get("maximum", value):
        yield Fault(path, f"found {shown(value)}", f"expected {rule['maximum']} or less")


def _check_list(path: str, value: list[Any], rule: Schema, root: Schema) -> Iterator[Fault]:
    if len(value) < rule.get("minItems", 0):
        yield Fault(path, f"found {shown(value)}", f"expected at least {rule['minItems']}")
    if len(value) > rule.get("maxItems", len(value)):
        yield Fault(path, f"found {shown(value)}", f"expected at most {rule['maxItems']}")
    if "items" in rule:
        for index, member in enumerate(value):
            yield from _check(at(path, index), member, rule["items"], root)


def _check_object(path: str, value: dict[str, Any], rule: Schema, root: Schema) -> Iterator[Fault]:
    known: dict[str, Schema] = rule.get("properties", {})
    for key in rule.get("required", ()):
        if key not in value:
            yield Fault(at(path, key), "it is missing", "it is required")
    if len(value) < rule.get("minProperties", 0):
        yield Fault(path, "found an empty object", "expected at least one entry")
    for key, member in value.items():
        yield from _check_member(path, key, member, rule, known, root)


def _check_member(
    path: str, key: str, member: Any, rule: Schema, known: dict[str, Schema], root: Schema
) -> Iterator[Fault]:
    if key in known:
        yield from _check(at(path, key), member, known[key], root)
        return
    if "propertyNames" in rule and any(_check(path, key, rule["propertyNames"], root)):
        named = _resolved(rule["propertyNames"], root)
        yield Fault(at(path, key), f"the key {shown(key)} has the wrong form", f"expected {named['pattern']}")
    other = rule.get("additionalProperties", True)
    if other is False:
        yield Fault(at(path, key), f"unknown key {shown(key)}", suggestion(key, list(known)))
    elif isinstance(other, dict):
        yield from _check(at(path, key), member, other, root)
