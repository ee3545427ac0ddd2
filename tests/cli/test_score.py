"""`pedri-assess score`."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pedri_assess.config import data_dir

from .conftest import EXAMPLES, Run, written

SCHEMA = json.loads((data_dir("standards") / "result.schema.json").read_text("utf-8"))


@pytest.mark.parametrize("case", EXAMPLES["cases"], ids=lambda case: case["name"])
def test_the_known_answers(run: Run, tiny: Path, tmp_path: Path, case: dict[str, Any]) -> None:
    ran = run("score", tiny, written(tmp_path / "answers.json", case["answers"]))
    assert (ran.status, ran.faults) == (0, [])
    result = json.loads(ran.out)
    jsonschema.validate(result, SCHEMA)
    for given, wanted in zip(result["standards"], case["result"]["standards"], strict=True):
        assert {key: given[key] for key in wanted} == wanted
    assert result["order_of_work"] == case["result"]["order_of_work"]


def test_either_file_may_be_standard_input(run: Run, tiny: Path, answers: Path) -> None:
    plain = run("score", tiny, answers).out
    assert run("score", "-", answers, given=tiny.read_bytes()).out == plain
    assert run("score", tiny, "-", given=answers.read_bytes()).out == plain
    ran = run("score", "-", "-")
    assert ran.status == 2
    assert "only one" in ran.faults[0]


def test_a_framework_on_the_shelf_goes_by_its_name(run: Run, tmp_path: Path) -> None:
    path = max(data_dir("standards").glob("*/*.json"))
    name, version = path.parent.name, path.stem
    blank = written(tmp_path / "blank.json", {"framework": name, "version": version})
    by_file = run("score", path, blank)
    assert by_file.status == 0
    assert run("score", f"{name}/{version}", blank).out == run("score", name, blank).out == by_file.out
    assert "on the shelf are" in run("score", f"{name}/none", blank).faults[0]


def test_the_hash_minds_words_and_not_white_space(
    run: Run, tiny: Path, answers: Path, tmp_path: Path
) -> None:
    spaced = tmp_path / "spaced.json"
    spaced.write_text(json.dumps(EXAMPLES["framework"], indent=8), "utf-8")
    changed = tmp_path / "changed.json"
    changed.write_text(tiny.read_text("utf-8").replace("Statement A-1", "Statement A-2"), "utf-8")
    hashes = [json.loads(run("score", path, answers).out)["content_hash"] for path in (tiny, spaced, changed)]
    assert hashes[0] == hashes[1] != hashes[2]


def test_every_fault_in_the_answers_is_told_and_nothing_is_printed(
    run: Run, tiny: Path, tmp_path: Path
) -> None:
    wrong = written(
        tmp_path / "wrong.json",
        {
            "framework": "tiny",
            "version": "1",
            "importance": {"A-1": 4},
            "answers": {
                "A-1": {"level": 0.5},
                "A-2": {"level": "2"},
                "A-3": {"level": True},
                "A-4": {"not_applicable": ""},
                "A-5": {"levle": 1},
            },
        },
    )
    ran = run("score", tiny, wrong)
    assert (ran.status, ran.out) == (2, "")
    assert [line.split(": ")[1] for line in ran.faults] == [
        "$.importance.A-1",
        "$.answers.A-1.level",
        "$.answers.A-2.level",
        "$.answers.A-3.level",
        "$.answers.A-4.not_applicable",
        "$.answers.A-5.levle",
    ]
    assert 'did you mean "level"?' in ran.faults[-1]


def test_answers_for_another_version_are_refused(run: Run, tiny: Path, tmp_path: Path) -> None:
    other = written(tmp_path / "other.json", {"framework": "tiny", "version": "2", "answers": {"Z": {}}})
    ran = run("score", tiny, other)
    assert ran.status == 2
    assert ran.faults == [
        f'{other}: $.version: found "2"; expected "1", which these answers are read against'
    ]


def test_a_reader_that_stops_early_is_no_fault(tiny: Path, answers: Path) -> None:
    command = f"'{sys.executable}' -m pedri_assess.cli score '{tiny}' '{answers}' | head -c 10"
    ran = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, check=False)
    assert (ran.stdout, ran.stderr, ran.returncode) == (b'{\n  "metho', b"", 0)
