"""`pedri-assess disclose`."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pedri_assess.config import data_dir

from .conftest import Run, written

SCHEMA = json.loads((data_dir("standards") / "release.schema.json").read_text("utf-8"))


def network(number: int = 12) -> dict[str, Any]:
    organisations = [
        {"id": f"o{one}", "type": "charity", "nation": "Wales", "levels": {"EDI-1": one % 4, "EDI-2": None}}
        for one in range(number)
    ]
    return {"cuts": [[], ["type"], ["nation"]], "waves": [{"id": "2026", "organisations": organisations}]}


@pytest.mark.parametrize("audience", ["partner", "public"])
def test_it_prints_a_release(run: Run, tmp_path: Path, audience: str) -> None:
    path = written(tmp_path / "network.json", network())
    ran = run("disclose", path, "--audience", audience)
    assert (ran.status, ran.faults) == (0, [])
    release = json.loads(ran.out)
    jsonschema.validate(release, SCHEMA)
    cells = release["waves"][0]["cells"]
    assert [cell["cut"] for cell in cells] == [[], ["type"], ["nation"]]
    assert all("shown" in cell["criteria"][0] for cell in cells)
    assert all(cell["criteria"][1]["hidden"] == ["threshold"] for cell in cells)
    assert run("disclose", "-", "--audience", audience, given=path.read_bytes()).out == ran.out


def test_the_viewer_sees_its_own_levels(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "network.json", network())
    seen = json.loads(run("disclose", path, "--audience", "partner", "--viewer", "o3").out)
    jsonschema.validate(seen, SCHEMA)
    assert seen["viewer"]["organisation"] == "o3"
    assert [own["criteria"][0]["level"] for own in seen["viewer"]["cells"]] == [3, 3, 3]
    ran = run("disclose", path, "--audience", "partner", "--viewer", "p3")
    assert (ran.status, ran.out) == (2, "")
    assert 'no wave has an organisation "p3"' in ran.faults[0]


def test_every_fault_has_its_place(run: Run, tmp_path: Path) -> None:
    document = network(2)
    document["waves"][0]["organisations"][0].update(levles={}, levels={"EDI-1": 4})
    document["waves"][0]["organisations"][1]["id"] = "o0"
    ran = run("disclose", written(tmp_path / "network.json", document), "--audience", "public")
    assert ran.status == 2
    assert 'unknown key "levles"; did you mean "levels"?' in ran.faults[0]
    del document["waves"][0]["organisations"][0]["levles"]
    ran = run("disclose", written(tmp_path / "network.json", document), "--audience", "public")
    assert ran.status == 2
    assert [fault.split(": ")[1] for fault in ran.faults] == [
        "$.waves[0].organisations[1].id",
        "$.waves[0].organisations[0].levels.EDI-1",
    ]


def test_an_audience_is_needed(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "network.json", network())
    assert run("disclose", path).status == 2
    assert run("disclose", path, "--audience", "staff").status == 2
