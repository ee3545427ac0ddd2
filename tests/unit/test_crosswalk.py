"""Crosswalks lead both ways, once for each pair, and their faults are told where they stand."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pedri_assess.config import data_dir
from pedri_assess.domain import shape
from pedri_assess.domain.crosswalk import counterparts, crosswalk_faults, crosswalk_from

HERE = {("pedri", "1"): frozenset("ABC"), ("other", "2"): frozenset("XYZ")}
SCHEMA = json.loads((data_dir("standards") / "crosswalk.schema.json").read_text("utf-8"))


def document(*pairs: tuple[str, str], **more: Any) -> dict[str, Any]:
    links = [{"first": one, "second": other, "note": f"Of {one}"} for one, other in pairs]
    between = [{"framework": "pedri", "version": "1"}, {"framework": "other", "version": "2"}]
    return {"title": "A walk", "between": between, "links": links, **more}


def ids(framework: str, version: str) -> frozenset[str] | None:
    return HERE.get((framework, version))


def test_it_leads_both_ways() -> None:
    walk = crosswalk_from(document(("A", "X"), ("A", "Y"), ("B", "X")))
    there = counterparts([walk, walk], "pedri", "1", "A")
    assert [(item.version, item.criterion, item.note) for item in there] == [
        (("other", "2"), "X", "Of A"),
        (("other", "2"), "Y", "Of A"),
    ]
    assert [item.criterion for item in counterparts([walk], "other", "2", "X")] == ["A", "B"]
    assert counterparts([walk], "pedri", "2", "A") == ()
    assert counterparts([walk], "pedri", "1", "C") == ()


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from("XYZ")), unique=True, min_size=1))
def test_there_and_back_again(pairs: list[tuple[str, str]]) -> None:
    walk = crosswalk_from(document(*pairs))
    assert crosswalk_faults(document(*pairs), ids) == []
    for one, other in ((one, other) for one in "ABC" for other in "XYZ"):
        there = other in [item.criterion for item in counterparts([walk], "pedri", "1", one)]
        back = one in [item.criterion for item in counterparts([walk], "other", "2", other)]
        assert there == back == ((one, other) in pairs)


def test_what_is_wrong_is_told_where_it_stands() -> None:
    wrong = document(("A", "W"), ("A", "X"), ("A", "X"))
    assert [str(fault).split(": ")[0] for fault in crosswalk_faults(wrong, ids)] == [
        "$.links[0].second",
        "$.links[2]",
    ]
    alone = document(("A", "B"), between=[{"framework": "pedri", "version": "1"}] * 2)
    assert "two frameworks" in str(crosswalk_faults(alone, ids)[0])
    gone = document(("A", "X"), between=[{"framework": "pedri", "version": "9"}, document()["between"][1]])
    assert 'there is no version "9" of "pedri" here' in str(crosswalk_faults(gone, ids)[0])
    assert [str(fault).split(": ")[0] for fault in shape.faults({**document(("A", "X")), "x": 1}, SCHEMA)]
