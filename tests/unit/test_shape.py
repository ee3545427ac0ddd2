"""The schema checker says what is wrong in our words, and agrees with the jsonschema library."""

import copy
import json
import random
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pedri_assess.domain.shape import faults

STANDARDS = Path(__file__).parents[2] / "standards"
SCHEMA = json.loads((STANDARDS / "schema.json").read_text("utf-8"))
ANSWERS = json.loads((STANDARDS / "answers.schema.json").read_text("utf-8"))
FRAMEWORK = json.loads(Path(__file__).with_name("scoring_examples.json").read_text("utf-8"))["framework"]


def said(value: Any, schema: dict[str, Any] = SCHEMA) -> list[str]:
    return [str(fault) for fault in faults(value, schema)]


@pytest.mark.parametrize(
    "name", ["schema.json", "answers.schema.json", "result.schema.json", "report.schema.json"]
)
def test_the_schemas_are_json_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads((STANDARDS / name).read_text("utf-8")))


def test_a_good_document_has_no_faults() -> None:
    assert said(FRAMEWORK) == []


@pytest.mark.parametrize(
    ("place", "value", "expected"),
    [
        (("critera",), [], '$.critera: unknown key "critera"'),
        (("standards", 0, "critera"), [], 'unknown key "critera"; did you mean "criteria"?'),
        (("standards", 0, "criteria", 1, "statment"), "x", 'did you mean "statement"?'),
        (("standards", 0, "criteria"), [], "$.standards[0].criteria: found an empty list; expected"),
        (("standards",), {}, "$.standards: found an empty object; expected a list"),
        (("scale", 0, "level"), True, "$.scale[0].level: found true; expected a whole number"),
        (("scale", 0, "level"), 0.0, "$.scale[0].level: found 0.0; expected a whole number"),
        (("scale", 0, "label"), "", "$.scale[0].label: the text is empty"),
        (("title",), 3, "$.title: found 3; expected a text or an object"),
        (("title",), {"EN": "x"}, '$.title.EN: the key "EN" has the wrong form'),
        (("title",), {}, "$.title: found an empty object"),
        (("standards", 0, "id"), "A 1", "$.standards[0].id: found"),
        (("standards", 0, "id"), "A\n", "$.standards[0].id: found"),
        (("standards", 0, "criteria", 0, "weight"), 0, "expected more than 0"),
        (("standards", 0, "criteria", 0, "weight"), -1, "expected more than 0"),
        (("standards", 0, "criteria", 0, "weight"), 1e308, "expected 1000 or less"),
        (("standards", 0, "criteria", 0, "weight"), True, "expected a number"),
        (("status",), "relaesed", '$.status: found "relaesed"; did you mean "released"?'),
        (("source",), "javascript:alert(1)", "$.source: found"),
        (("scoring",), {"shares": 0.5}, 'did you mean "share"?'),
        (("scoring",), {"share": 2}, "$.scoring.share: found 2; expected 1 or less"),
    ],
)  # fmt: skip
def test_faults_say_where_what_and_what_was_expected(place: Any, value: Any, expected: str) -> None:
    document = copy.deepcopy(FRAMEWORK)
    inside = document
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = value
    assert any(expected in fault for fault in said(document)), said(document)


def test_what_is_missing_is_named() -> None:
    assert said({}) == [f"$.{key}: it is missing; it is required" for key in SCHEMA["required"]]


MUTANTS = [None, True, 0, 1, -1, 0.5, 11, "", "x", "x\n", "en", [], ["x"], [0], {}, {"en": "x"}, {"x": 1}]


@given(st.randoms(use_true_random=False), st.sampled_from(["framework", "answers"]))
@settings(max_examples=400)
def test_the_verdict_is_the_jsonschema_librarys(random: random.Random, which: str) -> None:
    document: Any = copy.deepcopy(FRAMEWORK if which == "framework" else _answers())
    schema = SCHEMA if which == "framework" else ANSWERS
    for _ in range(random.randint(0, 3)):
        _mutate(document, random)
    ours = bool(faults(document, schema))
    theirs = not jsonschema.Draft202012Validator(schema).is_valid(document)
    # Stricter in one way only: `$` in the library's patterns lets a line break through at the end.
    assert ours == theirs or (ours and "\\n" in json.dumps(document))


LINK = {"address": "https://example.org/minutes", "title": "Minutes"}


def _answers() -> dict[str, Any]:
    return {
        "framework": "tiny",
        "version": "1",
        "scope": {"kind": "project", "name": "x"},
        "criteria": ["A-1"],
        "targets": {"A": 3},
        "importance": {"A-1": 3},
        "answers": {
            "A-1": {"level": 2, "links": ["https://example.org", LINK]},
            "A-2": {"not_applicable": "none"},
        },
        "ratings": {"A-1": {"staff": [2, 3], "public": [1]}},
    }


def _mutate(value: Any, random: random.Random) -> None:
    while True:
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not keys:
            return
        key = random.choice(keys)
        inner = value[key]
        if isinstance(inner, dict | list) and inner and random.random() < 0.8:
            value = inner
            continue
        if isinstance(value, dict) and random.random() < 0.3:
            value[random.choice(["extra", "id", "level", "x y"])] = value.pop(key)
        elif random.random() < 0.3:
            del value[key]
        else:
            value[key] = copy.deepcopy(random.choice(MUTANTS))
        return
