"""The starter set of the hub: all of it is there, tagged as it was collected, in a form that can be read."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from pedri_assess.catalogue import Shelf, load_schemas, read_document
from pedri_assess.config import data_dir
from pedri_assess.domain.resources import KINDS, LONGEST, MOST_LINKS, faults
from pedri_assess.services.hub_starter import described, first_faults

FOLDER = data_dir("resources")
SCHEMA = json.loads((FOLDER / "schema.json").read_text("utf-8"))
CONTENT = (FOLDER / "starter.json").read_bytes()
DOCUMENT = json.loads(CONTENT)
RESOURCES = DOCUMENT["resources"]
FRAMEWORK = json.loads((data_dir("standards") / "pedri" / "2025.1.json").read_text("utf-8"))
STANDARDS = {
    criterion["id"]: standard["id"]
    for standard in FRAMEWORK["standards"]
    for criterion in standard["criteria"]
}
ALL = {standard["id"] for standard in FRAMEWORK["standards"]}

# The standards that each was collected for, in the order of the collection; * is all of them
COLLECTED_FOR = [
    "*",
    "CUL",
    "CUL",
    "*",
    "*",
    "*",
    "DLT+TWC",
    "EIE+EDI+CUL",
    "CUL+EIE",
    "CUL",
    "EIE+TRA",
    "EIE+TWC",
    "TRA+EIE",
    "CUL",
    "CUL",
    "MUT+EDI",
    "MUT+EDI",
    "MUT",
    "EDI",
    "EDI",
    "TWC",
    "DLT+TWC+EDI",
    "DLT",
    "DLT+EDI+TRA",
    "DLT",
    "DLT",
    "MUT+TRA",
    "MUT",
    "TRA",
    "TRA",
    "EIE+TRA",
    "CUL+EIE",
    "CUL+EDI",
    "EIE+CUL",
    "CUL+MUT+TRA",
    "EIE+EDI",
    "MUT+TRA+EIE",
    "MUT+TRA",
    "TRA",
    "EDI+TRA+EIE",
]


def test_all_forty_are_there_each_with_an_address_of_its_own() -> None:
    assert len(RESOURCES) == len(COLLECTED_FOR) == 40
    assert len({item["address"] for item in RESOURCES}) == len({item["id"] for item in RESOURCES}) == 40


@pytest.mark.parametrize(("item", "collected"), list(zip(RESOURCES, COLLECTED_FOR, strict=True)))
def test_each_is_about_the_standards_it_was_collected_for(item: dict[str, object], collected: str) -> None:
    wanted = ALL if collected == "*" else set(collected.split("+"))
    about = item["about"]
    assert isinstance(about, list)
    found: set[str] = set()
    for link in about:
        assert link["framework"] == "pedri"
        if "criterion" in link:
            found.add(STANDARDS[link["criterion"]])
        else:
            found |= {link["standard"]} if "standard" in link else ALL
    assert found == wanted


def test_the_set_can_be_taken_in_and_says_whose_words_it_holds() -> None:
    schemas = load_schemas(data_dir("standards"))
    document = read_document(CONTENT, "starter", SCHEMA)
    jsonschema.validate(document, SCHEMA)
    assert first_faults(document, Shelf.load([data_dir("standards")], schemas)) == []
    assert "not PEDRI’s" in DOCUMENT["notice"]
    assert "not checked" in DOCUMENT["notice"]


@pytest.mark.parametrize("item", RESOURCES, ids=lambda item: item["id"])
def test_each_is_described_whole(item: dict[str, object]) -> None:
    said = described(item)
    assert list(faults(said)) == []
    assert said.summary.endswith(".")
    assert all(getattr(said, kind) for kind in KINDS)


def test_the_schema_and_the_domain_know_the_same_values_and_limits() -> None:
    rules = SCHEMA["$defs"]["resource"]["properties"]
    assert {kind: rules[kind]["items"]["enum"] for kind in KINDS} == {
        kind: list(values) for kind, values in KINDS.items()
    }
    assert {name: rules[name]["maxLength"] for name in LONGEST} == LONGEST
    assert rules["about"]["maxItems"] == MOST_LINKS


def test_conditions_of_use_that_were_seen_are_kept() -> None:
    licences = {item["id"]: item["licence"] for item in RESOURCES if "licence" in item}
    assert licences["rds-animations"] == "CC BY-NC-SA"
    assert "Ask" in licences["feedback-cycle"]
    assert {item["id"] for item in RESOURCES if "bsl" in item["languages"]} == {"rds-animations"}


def test_the_notes_beside_the_set_are_there() -> None:
    assert Path(FOLDER / "README.md").read_text("utf-8").startswith("# ")
