"""`pedri-assess whatif`."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pedri_assess.config import data_dir

from .conftest import Run, written

SCHEMAS = {
    name: json.loads((data_dir("standards") / f"{name}.schema.json").read_text("utf-8"))
    for name in ("whatif", "result")
}


def suggested(*efforts: str) -> dict[str, Any]:
    return {"actions": [{"effort": name, "text": f"Do {name}"} for name in efforts]}


FRAMEWORK = {
    "framework": "small",
    "version": "1",
    "title": "Small",
    "scale": [{"level": level, "label": f"Level {level}"} for level in range(4)],
    "efforts": [{"id": name, "label": name} for name in ("day", "month")],
    "standards": [
        {
            "id": "S",
            "title": "S",
            "criteria": [
                {"id": "A", "core": True, "statement": "A", **suggested("day", "month")},
                {"id": "B", "statement": "B", **suggested("month")},
                {"id": "C", "statement": "C"},
            ],
        }
    ],
}
ANSWERS = {
    "framework": "small",
    "version": "1",
    "answers": {"A": {"level": 0}, "B": {"level": 0}, "C": {"not_applicable": "none here"}},
}


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return written(tmp_path / "small.json", FRAMEWORK), written(tmp_path / "answers.json", ANSWERS)


def told(run: Run, *arguments: str | Path) -> dict[str, Any]:
    ran = run("whatif", *arguments)
    assert (ran.status, ran.faults) == (0, [])
    document: dict[str, Any] = json.loads(ran.out)
    jsonschema.validate(document, SCHEMAS["whatif"])
    jsonschema.validate(document["result"], SCHEMAS["result"])
    return document


def test_all_that_the_framework_suggests(run: Run, files: tuple[Path, Path]) -> None:
    found = told(run, *files)
    assert "not a result" in found["notice"]
    assert "smallest effort" in found["assumption"]
    assert found["criteria"] == [{"criterion": name, "level": 0, "then": 2} for name in "AB"]
    assert found["standards"] == [{"standard": "S", "target": 2, "level": 0, "then": 2}]
    assert found["gap"] == {"now": 4, "then": 0}
    assert found["result"]["standards"][0]["level"] == 2
    (smallest,) = found["smallest_sets"]
    assert (smallest["actions"], smallest["cost"]) == (["A/2", "B/1"], 6)
    assert smallest["text"] == "A and B together would do; no fewer would."


def test_some_succeed_and_there_is_only_so_much_effort(run: Run, files: tuple[Path, Path]) -> None:
    found = told(run, *files, "--take", "A/1", "--effort", "4")
    assert [action["id"] for action in found["actions"] if action["taken"]] == ["A/1"]
    assert found["criteria"] == [{"criterion": "A", "level": 0, "then": 1}]
    assert found["best"]["actions"] == ["A/1", "B/1"]
    assert found["best"]["cost"] == 4
    assert found["best"]["text"] == "These 2 actions would close 3 of 4 levels of gap, for an effort of 4."
    assert told(run, *files, "--effort", "0.5")["best"]["actions"] == []
    aim = told(run, *files, "--first", "standards", "--most", "2")["best"]
    assert (aim["actions"], aim["first"]) == (["A/2", "B/1"], "standards")


def test_actions_of_ones_own(run: Run, files: tuple[Path, Path], tmp_path: Path) -> None:
    actions = [
        {"id": "panel", "criterion": "A", "cost": 2.5, "level": 3, "text": "Set up a panel"},
        {"id": "pay", "criterion": "B", "cost": 4, "level": 2},
    ]
    own = written(tmp_path / "actions.json", {"actions": actions})
    found = told(run, *files, "--actions", own)
    assert "assumption" not in found
    assert [action["cost"] for action in found["actions"]] == [2.5, 4]
    assert found["smallest_sets"][0]["cost"] == 6.5
    assert (
        run("whatif", *files, "--actions", "-", given=own.read_bytes()).out
        == run("whatif", *files, "--actions", own).out
    )


def test_faults_in_actions_are_all_told(run: Run, files: tuple[Path, Path], tmp_path: Path) -> None:
    actions = [
        {"id": "1", "criterion": "A", "cost": 1, "level": 4},
        {"id": "1", "criterion": "Z", "cost": 1, "level": 1},
        {"id": "2", "criterion": "C", "cost": 1, "level": 1},
    ]
    ran = run("whatif", *files, "--actions", written(tmp_path / "own.json", {"actions": actions}))
    assert (ran.status, ran.out) == (2, "")
    assert [line.split(": ", 1)[1] for line in ran.faults] == [
        "$.actions[0].level: there is no level 4; expected a level of the scale, 0 to 3",
        '$.actions[1].id: the id "1" is there twice; expected each id once',
        '$.actions[1].criterion: there is no criterion "Z" in scope; expected one of "A", "B", "C"',
        "$.actions[2].criterion: C is not applicable; expected a criterion that is",
    ]
    wrong = {"actions": [{"id": "1", "criterion": "A", "cost": -1, "levle": 2}]}
    ran = run("whatif", *files, "--actions", written(tmp_path / "wrong.json", wrong))
    assert [line.split(": ")[1] for line in ran.faults] == [
        "$.actions[0].level",
        "$.actions[0].cost",
        "$.actions[0].levle",
    ]


@pytest.mark.parametrize("effort", ["-1", "many", "1/0", "nan", "1e999", "1" * 5000])
def test_an_effort_that_is_none(run: Run, files: tuple[Path, Path], effort: str) -> None:
    ran = run("whatif", *files, f"--effort={effort}")
    assert (ran.status, ran.out) == (2, "")
    assert "is no amount of effort" in ran.faults[-1]


def test_other_arguments_that_cannot_be(run: Run, files: tuple[Path, Path]) -> None:
    ran = run("whatif", *files, "--take", "A/9")
    assert (ran.status, ran.out) == (2, "")
    assert ran.faults == ['pedri-assess: --take: there is no action "A/9"; did you mean "A/2"?']
    assert run("whatif", *files, "--most", "11").status == 2
    assert run("whatif", "-", "-").status == 2
