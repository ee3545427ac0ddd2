"""What the two PEDRI files hold: all criteria, the mapping between them, and whose words they are."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

STANDARDS = Path(__file__).resolve().parents[2] / "standards"
OLD, NEW = "2023.1", "2025.1"
VERSIONS = (OLD, NEW)

CRITERIA_PER_STANDARD = {
    OLD: {"EQ": 5, "DL": 5, "EC": 5, "TR": 5, "MB": 5, "MI": 5, "CP": 5},
    NEW: {"EDI": 7, "DLT": 6, "TWC": 6, "TRA": 6, "MUT": 5, "EIE": 6, "CUL": 6},
}
CORE = [["EDI-3"], ["DLT-2"], ["TWC-2"], ["TRA-2"], ["MUT-2"], ["EIE-4"], ["CUL-1"]]
ADDED = {"EDI-7", "DLT-3", "DLT-6", "TWC-4", "TWC-5", "TWC-6", "TRA-6"}
RETIRED = {"EC-5", "TR-5"}
FOR_STAFF_ONLY = {"EDI-2", "EDI-7", "TWC-6", "TRA-6", "CUL-2", "CUL-3", "CUL-4", "CUL-5"}
NOT_APPLICABLE_ALLOWED = {OLD: {"DL-2", "TR-2"}, NEW: {"DLT-2", "TWC-6", "TRA-2", "TRA-3", "TRA-6"}}
STANDARD_PROVENANCE = {
    OLD: dict.fromkeys(CRITERIA_PER_STANDARD[OLD], "reconstructed"),
    NEW: dict.fromkeys(CRITERIA_PER_STANDARD[NEW], "summary") | {"EDI": "published", "CUL": "drafted"},
}
MAPPING = {
    "EQ-1": ("merged", {"EDI-1"}),
    "EQ-2": ("reworded", {"EDI-2"}),
    "EQ-3": ("split", {"EDI-3", "EDI-4"}),
    "EQ-4": ("split", {"EDI-6", "MUT-2"}),
    "EQ-5": ("unchanged", {"EDI-5"}),
    "DL-1": ("unchanged", {"DLT-1"}),
    "DL-2": ("reworded", {"DLT-2"}),
    "DL-3": ("merged", {"DLT-4"}),
    "DL-4": ("merged", {"DLT-4"}),
    "DL-5": ("reworded", {"DLT-5"}),
    "EC-1": ("merged", {"EDI-1"}),
    "EC-2": ("reworded", {"TWC-3"}),
    "EC-3": ("unchanged", {"TWC-2"}),
    "EC-4": ("reworded", {"TWC-1"}),
    "TR-1": ("unchanged", {"TRA-1"}),
    "TR-2": ("reworded", {"TRA-2"}),
    "TR-3": ("split", {"TRA-3", "TRA-4"}),
    "TR-4": ("reworded", {"TRA-5"}),
    "MB-1": ("unchanged", {"MUT-1"}),
    "MB-2": ("reworded", {"MUT-3"}),
    "MB-3": ("merged", {"MUT-2"}),
    "MB-4": ("reworded", {"MUT-4"}),
    "MB-5": ("reworded", {"MUT-5"}),
    "MI-1": ("unchanged", {"EIE-1"}),
    "MI-2": ("reworded", {"EIE-2"}),
    "MI-3": ("unchanged", {"EIE-3"}),
    "MI-4": ("split", {"EIE-4", "EIE-6"}),
    "MI-5": ("reworded", {"EIE-5"}),
    "CP-1": ("reworded", {"CUL-1"}),
    "CP-2": ("split", {"CUL-2", "CUL-3"}),
    "CP-3": ("unchanged", {"CUL-4"}),
    "CP-4": ("reworded", {"CUL-5"}),
    "CP-5": ("reworded", {"CUL-6"}),
}
# The house list: words that frighten people into high answers, or that we say in another way.
UNWANTED = re.compile(
    r"\b(scor(e|es|ed|ing)|grad(e|es|ed|ing)|pass(es|ed)?|fail(s|ed|ure)?|complian(t|ce)|matur(e|ity)"
    r"|log in|n/a|lay (person|people|member|members)|ppi)\b",
    re.IGNORECASE,
)

Document = dict[str, Any]


def load(version: str) -> Document:
    """The file of one version, as plain JSON values."""
    document: Document = json.loads((STANDARDS / "pedri" / f"{version}.json").read_text(encoding="utf-8"))
    return document


def criteria(version: str) -> dict[str, Document]:
    """The criteria of one version by id."""
    return {item["id"]: item for standard in load(version)["standards"] for item in standard["criteria"]}


def links() -> list[tuple[str, str, str]]:
    """Every link of the newer version: (old id, kind, new id)."""
    new = criteria(NEW).items()
    return [(link["id"], link["link"], key) for key, item in new for link in item.get("from", [])]


def targets(old_id: str) -> set[str]:
    return {new_id for source, _, new_id in links() if source == old_id}


def sources(new_id: str) -> set[tuple[str, str]]:
    return {(old_id, kind) for old_id, kind, target in links() if target == new_id}


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_file_keeps_to_the_schema(version: str) -> None:
    schema = json.loads((STANDARDS / "schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(load(version))] == []


def test_the_released_file_is_the_one_in_the_checksums(version: str) -> None:
    assert load(version)["status"] == "released"
    digest = hashlib.sha256((STANDARDS / "pedri" / f"{version}.json").read_bytes()).hexdigest()
    lines = (STANDARDS / "CHECKSUMS").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.endswith(f"pedri/{version}.json")] == [
        f"{digest}  pedri/{version}.json"
    ]


def test_the_file_is_written_the_way_the_others_are(version: str) -> None:
    text = (STANDARDS / "pedri" / f"{version}.json").read_text(encoding="utf-8")
    assert text == json.dumps(load(version), indent=2, ensure_ascii=False) + "\n"


def test_every_standard_has_all_its_criteria_in_order(version: str) -> None:
    found = [(item["id"], [one["id"] for one in item["criteria"]]) for item in load(version)["standards"]]
    counts = CRITERIA_PER_STANDARD[version].items()
    assert found == [(key, [f"{key}-{n + 1}" for n in range(count)]) for key, count in counts]


def test_the_two_versions_have_7_standards_each_and_35_and_42_criteria() -> None:
    assert [len(load(each)["standards"]) for each in VERSIONS] == [7, 7]
    assert [len(criteria(each)) for each in VERSIONS] == [35, 42]


def test_no_id_is_used_twice_in_either_version_or_across_them() -> None:
    used = Counter(
        key
        for each in VERSIONS
        for standard in load(each)["standards"]
        for key in (standard["id"], *(item["id"] for item in standard["criteria"]))
    )
    assert [key for key, times in used.items() if times > 1] == []


def test_each_criterion_is_complete(version: str) -> None:
    levels, roles = len(load(version)["scale"]), {role["id"] for role in load(version)["roles"]}
    efforts = {effort["id"] for effort in load(version)["efforts"]}
    for key, item in criteria(version).items():
        assert len(item["levels"]) == levels == 4, key
        texts = [item["statement"], item["questions"]["staff"], *item["levels"], *item["evidence"]]
        assert all(text.strip() == text and text for text in texts), key
        assert all((item["evidence"], item["actions"], item["confirm_roles"])), key
        assert {item["answer_role"], *item["confirm_roles"]} <= roles, key
        assert item["answer_role"] not in item["confirm_roles"], key
        assert {action["effort"] for action in item["actions"]} <= efforts, key
        assert all(action["text"] for action in item["actions"]), key


def test_the_released_criteria_offer_one_action_of_each_effort() -> None:
    efforts = [effort["id"] for effort in load(NEW)["efforts"]]
    assert efforts == ["quick-win", "project", "programme"]
    assert all([action["effort"] for action in item["actions"]] == efforts for item in criteria(NEW).values())


def test_every_statement_definition_and_question_is_said_once(version: str) -> None:
    texts = Counter(item["statement"] for item in criteria(version).values())
    texts += Counter(item["questions"]["staff"] for item in criteria(version).values())
    texts += Counter(standard["definition"] for standard in load(version)["standards"])
    assert [text for text, times in texts.items() if times > 1] == []


def test_embedded_builds_on_in_place_everywhere(version: str) -> None:
    labels = [level["label"] for level in load(version)["scale"]]
    assert labels == ["Not yet started", "Developing", "In place", "Embedded"]
    assert all(item["levels"][3].startswith("As 'In place', and ") for item in criteria(version).values())


def test_34_criteria_of_2025_1_ask_public_contributors_and_none_of_2023_1() -> None:
    asked = {key for key, item in criteria(NEW).items() if item["questions"].get("public")}
    assert asked == set(criteria(NEW)) - FOR_STAFF_ONLY
    assert len(asked) == 34
    assert not any("public" in item["questions"] for item in criteria(OLD).values())


def test_not_applicable_is_allowed_only_where_it_was_decided_and_says_when(version: str) -> None:
    rules = {key: item["not_applicable"] for key, item in criteria(version).items()}
    assert {key for key, rule in rules.items() if rule["allowed"]} == NOT_APPLICABLE_ALLOWED[version]
    assert all(bool(rule.get("when")) == rule["allowed"] for rule in rules.values())


def test_an_old_criterion_may_be_not_applicable_only_if_all_its_successors_may() -> None:
    new = criteria(NEW)
    for key, item in criteria(OLD).items():
        rules = [new[target]["not_applicable"]["allowed"] for target in targets(key)]
        assert item["not_applicable"]["allowed"] == (bool(rules) and all(rules)), key


def test_each_standard_of_2025_1_has_one_core_criterion_and_2023_1_has_none() -> None:
    standards = load(NEW)["standards"]
    assert [[one["id"] for one in item["criteria"] if one.get("core")] for item in standards] == CORE
    assert not any(item.get("core") for item in criteria(OLD).values())


def test_the_mapping_is_the_agreed_table() -> None:
    found = {key: ({kind for old, kind, _ in links() if old == key}, targets(key)) for key, _, _ in links()}
    assert found == {key: ({kind}, ids) for key, (kind, ids) in MAPPING.items()}
    assert len(links()) == 38


def test_the_mapping_has_the_agreed_totals() -> None:
    kinds = Counter(kind for kind, _ in {old: (kind, old) for old, kind, _ in links()}.values())
    assert kinds == {"reworded": 15, "unchanged": 8, "merged": 5, "split": 5}
    assert {key for key, item in criteria(NEW).items() if not item.get("from")} == ADDED


def test_every_old_criterion_is_linked_or_retired_with_a_reason_and_never_both() -> None:
    retired = load(NEW)["retired"]
    linked = {old for old, _, _ in links()}
    assert {item["id"] for item in retired} == RETIRED
    assert len(retired) == len(RETIRED)
    assert all(item["why"] and item["version"] == OLD for item in retired)
    assert linked | RETIRED == set(criteria(OLD))
    assert not linked & RETIRED
    assert len(set(links())) == len(links())
    assert {link["version"] for item in criteria(NEW).values() for link in item.get("from", [])} == {OLD}
    assert "retired" not in load(OLD)
    assert not any("from" in item for item in criteria(OLD).values())


def test_a_split_criterion_can_meet_a_merge_at_its_target() -> None:
    assert targets("EQ-4") == {"EDI-6", "MUT-2"}
    assert sources("EDI-6") == {("EQ-4", "split")}
    assert sources("MUT-2") == {("EQ-4", "split"), ("MB-3", "merged")}


def test_merges_come_from_one_standard_or_from_two() -> None:
    assert sources("DLT-4") == {("DL-3", "merged"), ("DL-4", "merged")}
    assert sources("EDI-1") == {("EQ-1", "merged"), ("EC-1", "merged")}


def test_unchanged_and_reworded_criteria_are_described_alike_in_both_versions() -> None:
    old, new = criteria(OLD), criteria(NEW)
    for old_id, kind, new_id in links():
        assert (old[old_id]["levels"] == new[new_id]["levels"]) == (kind in {"unchanged", "reworded"}), old_id


def test_every_standard_and_criterion_says_where_it_comes_from(version: str) -> None:
    for standard in load(version)["standards"]:
        assert standard["provenance"]["kind"] == STANDARD_PROVENANCE[version][standard["id"]]
        for item in (standard, *standard["criteria"]):
            assert all(item["provenance"][key] for key in ("note", "checked")), item["id"]
            assert item["provenance"]["sources"] == standard["provenance"]["sources"] != [], item["id"]


def test_only_the_seven_edi_statements_claim_to_paraphrase_published_text() -> None:
    provenance = {key: item["provenance"] for key, item in criteria(NEW).items()}
    published = {key for key, item in provenance.items() if item["kind"] == "published"}
    assert published == {f"EDI-{n}" for n in range(1, 8)}
    assert all(item["kind"] == "drafted" for key, item in provenance.items() if key not in published)
    assert {item["rest"] for item in provenance.values()} == {"drafted"}
    old = {(item["provenance"]["kind"], item["provenance"]["rest"]) for item in criteria(OLD).values()}
    assert old == {("reconstructed", "reconstructed")}


def test_what_informed_a_criterion_is_named_source_by_source() -> None:
    informed = {key: item["provenance"].get("informed_by", []) for key, item in criteria(NEW).items()}
    assert sum(1 for named in informed.values() if named) == 22
    assert sum(len(named) for named in informed.values()) == 28
    assert informed["EIE-6"] == ["PIRIT tracking tool", "Cube evaluation framework"]
    assert len(informed["TRA-2"]) == 1  # 'its 2021 review …' belongs to the source before it


def test_the_notice_disowns_pedri_and_calls_2023_1_illustrative() -> None:
    for each in VERSIONS:
        assert "PEDRI has not approved or endorsed it" in load(each)["notice"]
    assert "illustrative" in load(OLD)["notice"].lower()
    assert "illustrative" in load(OLD)["title"]
    assert "released" not in load(OLD)  # the day of the consultation draft is not known


def test_our_own_texts_keep_to_the_words_of_the_house(version: str) -> None:
    document = load(version)
    ours = [document[key] for key in ("title", "publisher", "licence", "notice")]
    ours += [text for term in document["glossary"] for text in (term["term"], term["meaning"])]
    assert [found.group() for text in ours for found in UNWANTED.finditer(text)] == []


def test_the_glossary_is_in_order_and_the_same_in_both_versions() -> None:
    terms = [term["term"] for term in load(NEW)["glossary"]]
    assert terms == sorted(terms, key=str.casefold)
    assert len(set(terms)) == len(terms) >= 15
    assert load(OLD)["glossary"] == load(NEW)["glossary"]
