"""The shelf reads every version once, finds the newest, and refuses what is not as it was released."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from pedri_assess.catalogue import (
    Shelf,
    ShelfFault,
    content_hash,
    load_schemas,
    read_assessment,
    read_framework,
)
from pedri_assess.config import data_dir
from pedri_assess.domain.errors import InvalidDocument, NotFound
from tests.unit.frameworks import a_criterion, a_document

SCHEMAS = load_schemas(data_dir("standards"))


def put(folder: Path, document: dict[str, Any]) -> Path:
    path = folder / document["framework"] / f"{document['version']}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document), "utf-8")
    return path


def loaded(folder: Path) -> Shelf:
    return Shelf.load([folder], SCHEMAS)


def refused(folder: Path) -> list[str]:
    with pytest.raises(ShelfFault) as caught:
        loaded(folder)
    return caught.value.lines()


def test_it_works() -> None:
    shelf = Shelf.load([data_dir("standards")], SCHEMAS)
    assert shelf.frameworks()
    for name in shelf.frameworks():
        assert shelf.current(name) is shelf.versions(name)[0]


def test_the_newest_version_comes_first_by_number_not_by_letter(tmp_path: Path) -> None:
    for version in ("9.1", "10.2", "10.10", "10.2.1"):
        put(tmp_path, a_document(version=version, status="released"))
    shelf = loaded(tmp_path)
    assert [each.version for each in shelf.versions("tiny")] == ["10.10", "10.2.1", "10.2", "9.1"]
    assert shelf.current("tiny").version == "10.10"


def test_a_draft_is_current_only_where_nothing_is_released(tmp_path: Path) -> None:
    put(tmp_path, a_document(version="2"))
    assert loaded(tmp_path).current("tiny").version == "2"
    put(tmp_path, a_document(version="1", status="released"))
    assert loaded(tmp_path).current("tiny").version == "1"


def test_what_is_not_there_is_not_found(tmp_path: Path) -> None:
    path = put(tmp_path, a_document())
    shelf = loaded(tmp_path)
    assert shelf.document("tiny", "1") == path.read_bytes()
    for ask in (
        lambda: shelf.get("tiny", "2"),
        lambda: shelf.versions("x"),
        lambda: shelf.document("x", "1"),
    ):
        with pytest.raises(NotFound):
            ask()


def test_a_released_file_that_changed_or_went_stops_the_start(tmp_path: Path) -> None:
    path = put(tmp_path, a_document())
    checksum = hashlib.sha256(path.read_bytes()).hexdigest()
    (tmp_path / "CHECKSUMS").write_text(f"{checksum}  tiny/1.json\n")
    assert loaded(tmp_path).frameworks() == ("tiny",)
    path.write_text(path.read_text().replace("Statement A", "Statement B"))
    (line,) = refused(tmp_path)
    assert line.startswith(f"{path}: $: this released file has changed")
    assert "put the file back" in line
    path.unlink()
    (line,) = refused(tmp_path)
    assert "this released file is gone" in line


def test_a_file_must_be_where_it_says_it_belongs(tmp_path: Path) -> None:
    path = put(tmp_path, a_document())
    path.rename(path.with_name("2.json"))
    (line,) = refused(tmp_path)
    assert '$.version: found "1"; expected "2", from where the file is' in line


def test_the_same_version_in_two_folders_is_a_fault(tmp_path: Path) -> None:
    put(tmp_path / "a", a_document())
    put(tmp_path / "b", a_document())
    with pytest.raises(ShelfFault, match="the same version is in"):
        Shelf.load([tmp_path / "a", tmp_path / "b"], SCHEMAS)


def test_links_to_a_version_that_is_not_there_are_faults(tmp_path: Path) -> None:
    source = [{"version": "0", "id": "Z", "link": "reworded"}]
    put(tmp_path, a_document([a_criterion("A", **{"from": source})]))
    assert 'version "0" of tiny is not there' in refused(tmp_path)[0]
    put(tmp_path, a_document([a_criterion("Y")], version="0"))
    assert 'version 0 has no criterion "Z"' in refused(tmp_path)[0]


def test_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    put(tmp_path, a_document(title=3))
    (put(tmp_path, a_document(version="2"))).write_bytes(b"\xff")
    lines = refused(tmp_path)
    assert len(lines) == 2
    assert {"1.json", "2.json"} == {Path(line.split(": ")[0]).name for line in lines}


def test_the_hash_minds_words_and_not_white_space() -> None:
    document = a_document()
    spaced = json.dumps(document, indent=8).encode()
    assert read_framework(spaced, "x", SCHEMAS)[1].content_hash == content_hash(document)
    changed = a_document([a_criterion("A", statement="Statement B")])
    assert content_hash(changed) != content_hash(document)


def test_the_hash_is_rfc_8785s() -> None:
    canonical = '{"1":1,"a":[0.6,1e+30,"é\\n"],"b":{}}'.encode()
    document = {"b": {}, "a": [0.6, 1e30, "é\n"], "1": 1.0}
    assert content_hash(document) == f"sha256:{hashlib.sha256(canonical).hexdigest()}"


def test_answers_are_read_against_their_framework() -> None:
    _, framework = read_framework(json.dumps(a_document()).encode(), "f", SCHEMAS)
    good = b'{"framework": "tiny", "version": "1", "answers": {"A": {"level": 2}}}'
    assert read_assessment(good, "a", SCHEMAS, framework).answer("A").level == 2
    for level, said in (
        (b"0.5", "found 0.5"),
        (b'"2"', 'found "2"'),
        (b"true", "found true"),
        (b"4", "no level 4"),
    ):
        with pytest.raises(InvalidDocument, match=said):
            read_assessment(good.replace(b"2}", level + b"}"), "a", SCHEMAS, framework)


def test_texts_come_in_a_language_where_they_are_translated_and_say_which_they_are_in(tmp_path: Path) -> None:
    asked = {"public": {"en": "Do they listen?", "cy": "Ydyn nhw’n gwrando?"}}
    document = a_document([a_criterion("A", questions=asked), a_criterion("B", questions={"public": "Yes?"})])
    put(tmp_path, document)
    shelf = loaded(tmp_path)
    english = shelf.current("tiny")
    welsh = shelf.in_language(english, "cy")
    questions = [item.public_question for item in welsh.criteria]
    assert [(str(text), text.language) for text in questions] == [
        ("Ydyn nhw’n gwrando?", "cy"),
        ("Yes?", "en"),
    ]
    assert welsh.content_hash == english.content_hash
    assert shelf.in_language(english, "cy") is welsh
    assert shelf.in_language(english, "en") is english
