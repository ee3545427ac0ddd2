"""Everything about PEDRI's standards is in standards/; released versions never change."""

import hashlib
import json
import re

import pytest

from .tree import ROOT, files, name

STANDARDS = ROOT / "standards"
VERSIONS = sorted((STANDARDS / "pedri").glob("*.json"))

# Our own code and pages; the large bundle in static/js is made from assets/js and a library
CODE = [*files("pedri_assess", ".py"), *files("templates"), *files("assets/js", ".js")]


def standards() -> list[dict[str, object]]:
    return [item for path in VERSIONS for item in json.loads(path.read_text("utf-8"))["standards"]]


def criteria() -> list[dict[str, object]]:
    found = [item["criteria"] for item in standards()]
    return [item for items in found if isinstance(items, list) for item in items]


def places(pattern: str) -> list[str]:
    """Each place in our code where the pattern is found: file, line and what was found."""
    compiled = re.compile(pattern)
    return [
        f"{name(path)}:{number}: {found.group()}"
        for path in CODE
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for found in compiled.finditer(line)
    ]


def test_there_is_code_and_there_are_ids_to_look_for() -> None:
    assert len(CODE) > 40
    assert len(VERSIONS) >= 2
    assert len(criteria()) > 50


def test_no_criterion_is_named_in_the_code() -> None:
    ids = {str(item["id"]) for item in criteria()}
    assert places(rf"\b({'|'.join(map(re.escape, ids))})\b") == []


def test_no_standard_is_named_in_the_code() -> None:
    ids = {str(item["id"]) for item in standards()}
    assert places(rf"""["']({"|".join(map(re.escape, ids))})["']""") == []
    titles = {str(item["title"]) for item in standards()}
    assert places(rf"""(?i)(?<=["'>])({"|".join(map(re.escape, titles))})(?=["'<])""") == []


def test_no_statement_is_written_in_the_code() -> None:
    statements = {str(item["statement"])[:40] for item in criteria()}
    assert places("|".join(map(re.escape, statements))) == []


def checksums() -> dict[str, str]:
    lines = (STANDARDS / "CHECKSUMS").read_text("utf-8").splitlines()
    return {path: recorded for recorded, path in (line.split("  ") for line in lines)}


@pytest.mark.parametrize("path", checksums())
def test_a_released_file_is_what_it_was_when_it_was_released(path: str) -> None:
    assert hashlib.sha256((STANDARDS / path).read_bytes()).hexdigest() == checksums()[path]


def test_every_released_version_has_a_checksum() -> None:
    documents = {
        path.relative_to(STANDARDS).as_posix(): json.loads(path.read_text("utf-8"))
        for path in STANDARDS.glob("*/*.json")
    }
    released = {path for path, document in documents.items() if document["status"] == "released"}
    assert released <= checksums().keys()
    assert len(released) >= 2
