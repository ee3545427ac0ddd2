"""`pedri-assess carry`."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pedri_assess.config import data_dir

from .conftest import Run, written

SCHEMAS = {
    name: json.loads((data_dir("standards") / f"{name}.schema.json").read_text("utf-8"))
    for name in ("carry", "answers")
}


def version(number: str, *criteria: dict[str, Any], framework: str = "life") -> dict[str, Any]:
    return {
        "framework": framework,
        "version": number,
        "title": "A life",
        "scale": [{"level": 0, "label": "No"}, {"level": 1, "label": "Yes"}],
        "standards": [{"id": "S", "title": "One", "criteria": list(criteria)}],
    }


def criterion(name: str, *links: tuple[str, str, str]) -> dict[str, Any]:
    sources = [{"version": of, "id": old, "link": kind} for of, old, kind in links]
    return {"id": name, "statement": f"Statement {name}", **({"from": sources} if sources else {})}


@pytest.fixture
def three(tmp_path: Path) -> list[Path]:
    """Three versions in a row, in one folder."""
    first = version("2021", criterion("A"), criterion("B"))
    second = version(
        "2023", criterion("M", ("2021", "A", "unchanged")), criterion("N", ("2021", "B", "split"))
    )
    third = version(
        "2025", criterion("X", ("2023", "M", "reworded")), criterion("Y", ("2023", "N", "reworded"))
    )
    return [written(tmp_path / f"{item['version']}.json", item) for item in (first, second, third)]


@pytest.fixture
def life(tmp_path: Path) -> Path:
    answers = {"A": {"level": 1, "evidence": "Minutes."}, "B": {"level": 0}}
    document = {"framework": "life", "version": "2021", "date": "2021-05-01", "answers": answers}
    return written(tmp_path / "life-answers.json", document)


def test_over_two_versions_and_the_one_between(run: Run, three: list[Path], life: Path) -> None:
    ran = run("carry", three[0], three[2], life)
    assert (ran.status, ran.faults) == (0, [])
    told = json.loads(ran.out)
    jsonschema.validate(told, SCHEMAS["carry"])
    jsonschema.validate(told["answers"], SCHEMAS["answers"])
    assert (told["old"], told["new"], told["date"]) == ("2021", "2025", "2021-05-01")
    first, second = told["criteria"]
    assert first == {
        "criterion": "X",
        "carried": {"level": 1, "evidence": "Minutes."},
        "sources": [
            {
                "criterion": "A",
                "link": "reworded",
                "answer": {"level": 1, "evidence": "Minutes."},
                "notes": [],
            }
        ],
        "to_do": "check-wording",
        "comparable": True,
    }
    assert (second["carried"], second["to_do"], second["comparable"]) == (None, "answer", False)
    assert second["sources"][0]["answer"] == {"level": 0}


def test_what_it_begins_can_be_read_by_the_other_commands(run: Run, three: list[Path], life: Path) -> None:
    begun = json.loads(run("carry", three[0], three[1], life).out)["answers"]
    ran = run("score", three[1], "-", given=json.dumps(begun).encode())
    assert json.loads(ran.out)["criteria"] == [{"criterion": "M", "level": 1, "evidenced_level": 1}]


def test_the_same_version_starts_again(run: Run, three: list[Path], life: Path) -> None:
    told = json.loads(run("carry", three[0], three[0], life).out)
    assert told["counts"] == {"confirm": 2, "check-wording": 0, "answer": 0}


def test_the_version_between_is_asked_for_where_it_is_missing(
    run: Run, three: list[Path], life: Path
) -> None:
    three[1].unlink()
    ran = run("carry", three[0], three[2], life)
    assert (ran.status, ran.out) == (2, "")
    assert ran.faults == ["pedri-assess: nothing leads from 2021 to 2025 without 2023: put it beside NEW"]


def test_time_goes_one_way_and_within_one_framework(
    run: Run, three: list[Path], life: Path, tmp_path: Path
) -> None:
    ran = run("carry", three[2], three[0], life)
    assert (ran.status, ran.out) == (2, "")
    assert "give the older version first" in ran.faults[0]
    other = written(tmp_path / "other.json", version("2025", criterion("Z"), framework="other"))
    ran = run("carry", three[0], other, life)
    assert (ran.status, ran.out) == (2, "")
    assert "two of one framework" in ran.faults[0]


def test_answers_of_another_version_are_refused(run: Run, three: list[Path], life: Path) -> None:
    ran = run("carry", three[1], three[2], life)
    assert (ran.status, ran.out) == (2, "")
    assert ran.faults[0].startswith(f"{life}: $.version: ")


def test_one_of_the_three_may_be_standard_input(run: Run, three: list[Path], life: Path) -> None:
    plain = run("carry", three[0], three[1], life).out
    assert run("carry", three[0], three[1], "-", given=life.read_bytes()).out == plain
    assert run("carry", three[0], "-", life, given=three[1].read_bytes()).out == plain
    assert run("carry", "-", "-", life).status == 2
