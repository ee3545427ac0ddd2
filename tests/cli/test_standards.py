"""`pedri-assess standards check` and `diff`."""

import copy
import json
import shutil
from pathlib import Path

import pytest

from pedri_assess.config import data_dir
from tests.unit.frameworks import a_criterion, a_document

from .conftest import EXAMPLES, Run, written


def test_check_without_a_file_checks_the_shelf(run: Run) -> None:
    ran = run("standards", "check")
    assert (ran.status, ran.faults) == (0, [])
    shelf = sorted(data_dir("standards").glob("*/*.json"))
    assert len(ran.out.splitlines()) == len(shelf) >= 2
    assert all("no faults (sha256:" in line for line in ran.out.splitlines())


def test_check_names_each_good_file(run: Run, tiny: Path) -> None:
    ran = run("standards", "check", tiny)
    assert (ran.status, ran.faults) == (0, [])
    assert ran.out.startswith(f"{tiny}: 9 criteria in 3 standards, 4 levels; no faults")


def test_check_reads_standard_input(run: Run, tiny: Path) -> None:
    assert run("standards", "check", "-", given=tiny.read_bytes()).status == 0
    ran = run("standards", "check", "-", given=b"{")
    assert ran.status == 2
    assert ran.faults[0].startswith("standard input: $: not JSON at line 1, column 2")
    assert run("standards", "check", "-", "-").status == 2


def test_check_tells_every_fault_of_every_file(run: Run, tmp_path: Path) -> None:
    document = copy.deepcopy(EXAMPLES["framework"])
    document["standards"][0]["criteria"][1]["id"] = "A-1"
    document["standards"][1]["criteria"][0]["levels"] = ["one"]
    twice = written(tmp_path / "twice.json", document)
    misspelt = written(tmp_path / "misspelt.json", {**EXAMPLES["framework"], "glosary": [], "scael": []})
    ran = run("standards", "check", twice, misspelt, tmp_path / "none.json", tmp_path)
    for_each_level = "expected 4, one for each level of the scale"
    assert ran.status == 2
    assert ran.faults == [
        f'{twice}: $.standards[0].criteria[1].id: the id "A-1" is there twice; expected each id once',
        f"{twice}: $.standards[1].criteria[0].levels: found 1 level texts; {for_each_level}",
        f'{misspelt}: $.glosary: unknown key "glosary"; did you mean "glossary"?',
        f'{misspelt}: $.scael: unknown key "scael"; did you mean "scale"?',
        f"{tmp_path / 'none.json'}: $: cannot be read: no such file or directory; expected a file",
        f"{tmp_path}: $: cannot be read: is a directory; expected a file",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[" * 10_000 + b"]" * 10_000, "nested too deeply"),
        (b'{"title": "' + b"x" * 50_000_000 + b'"}', "the file is too large; expected at most 20 MB"),
        (b"\xef\xbb\xbf{}", "byte-order mark"),
        ("{}".encode("utf-16"), "byte-order mark"),
        (b'{"title": NaN}', "$.title: NaN is not a number"),
        (b'{"title": "a", "title": "b"}', "$.title: the key is there more than once"),
        (b"null", "$: found null; expected an object"),
        (b"\x00\x01\x02", "not UTF-8"),
    ],
)
def test_hostile_files_are_clear_faults(run: Run, tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "hostile.json"
    path.write_bytes(content)
    ran = run("standards", "check", path)
    assert ran.status == 2
    assert said in ran.faults[0]
    assert all(line.startswith(f"{path}: ") for line in ran.faults)


def test_links_are_looked_up_among_the_files_beside_the_file_and_on_the_shelf(
    run: Run, tmp_path: Path
) -> None:
    source = [{"version": "0", "id": "Y", "link": "reworded"}]
    new = written(tmp_path / "1.json", a_document([a_criterion("A", **{"from": source})]))
    assert 'from[0].version: version "0" of tiny is not there' in run("standards", "check", new).faults[0]
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    old = written(elsewhere / "old.json", a_document([a_criterion("Y")], version="0"))
    assert run("standards", "check", new, old).status == 0
    old.rename(tmp_path / "0.json")
    assert run("standards", "check", new).status == 0
    written(tmp_path / "0.json", a_document([a_criterion("Z")], version="0"))
    assert 'version 0 has no criterion "Y"' in run("standards", "check", new).faults[0]


def test_a_released_file_that_changed_is_a_fault(run: Run, tmp_path: Path) -> None:
    shutil.copytree(data_dir("standards"), tmp_path / "standards")
    path = max((tmp_path / "standards").glob("*/*.json"))
    assert run("standards", "check", path).status == 0
    path.write_text(path.read_text("utf-8").replace("public", "Public", 1), "utf-8")
    ran = run("standards", "check", path)
    assert ran.status == 2
    assert "this released file has changed" in ran.faults[0]


def versions(tmp_path: Path) -> tuple[Path, Path]:
    source = [{"version": "0", "id": "Y", "link": "reworded", "note": "Plainer."}]
    old = written(tmp_path / "0.json", a_document([a_criterion("Y"), a_criterion("Z")], version="0"))
    new = written(tmp_path / "1.json", a_document([a_criterion("A", **{"from": source}), a_criterion("B")]))
    return old, new


def test_diff_tells_people(run: Run, tmp_path: Path) -> None:
    ran = run("standards", "diff", *versions(tmp_path))
    assert ran.status == 0
    assert "0 unchanged, 1 reworded, 0 merged, 0 split, 1 new, 1 retired" in ran.out
    assert "Reworded\n  Y  Statement Y\n    -> A  Statement A\n    Note: Plainer." in ran.out


def test_diff_tells_programs(run: Run, tmp_path: Path) -> None:
    ran = run("standards", "diff", *versions(tmp_path), "--json")
    assert json.loads(ran.out)["changes"] == [
        {"kind": "reworded", "old": "Y", "new": ["A"], "notes": ["Plainer."]},
        {"kind": "retired", "old": "Z", "new": [], "notes": []},
        {"kind": "new", "old": None, "new": ["B"], "notes": []},
    ]


def test_diff_refuses_what_makes_no_sense(run: Run, tmp_path: Path, tiny: Path) -> None:
    old, new = versions(tmp_path)
    ran = run("standards", "diff", new, old)
    assert ran.status == 2
    assert ran.faults == ["pedri-assess: 1 was made from 0: give the older version first"]
    other = written(tmp_path / "other.json", a_document(framework="other"))
    assert "give two of one framework" in run("standards", "diff", tiny, other).faults[0]
    assert "no framework of this name" in run("standards", "diff", "nobodys", new).faults[0]


def test_help_can_be_worked_from(run: Run) -> None:
    assert "standards" in run("--help").out
    for command in (["standards", "check"], ["standards", "diff"], ["score"], ["report"]):
        ran = run(*command, "--help")
        assert ran.status == 0
        assert len(ran.out) > 300


def test_a_wrong_command_says_what_there_is(run: Run) -> None:
    for arguments in ([], ["scor"], ["standards"], ["score"], ["report", "a", "b"]):
        ran = run(*arguments)
        assert ran.status == 2
        assert ran.faults
