"""Method profile-1 gives the known answers."""

import json
from pathlib import Path
from typing import Any

import pytest

from pedri_assess.domain.assessment import assessment_faults, assessment_from
from pedri_assess.domain.building import framework_from
from pedri_assess.domain.checking import framework_faults
from pedri_assess.domain.result import result_document
from pedri_assess.domain.scoring import score

EXAMPLES = json.loads(Path(__file__).with_name("scoring_examples.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def framework() -> Any:
    assert framework_faults(EXAMPLES["framework"]) == []
    return framework_from(EXAMPLES["framework"], "sha256:0")


@pytest.mark.parametrize("case", EXAMPLES["cases"], ids=lambda case: case["name"])
def test_known_answers(case: dict[str, Any], framework: Any) -> None:
    assert assessment_faults(case["answers"], framework) == []
    document = result_document(score(framework, assessment_from(case["answers"])))
    expected = case["result"]
    for given, wanted in zip(document["standards"], expected["standards"], strict=True):
        assert {key: given[key] for key in wanted} == wanted
        assert given["level_reason"]
    for key in ("criteria", "order_of_work", "quick_wins"):
        assert document[key] == expected[key]
    findings = [{key: finding[key] for key in finding if key != "text"} for finding in document["findings"]]
    assert findings == expected["findings"]
    assert all(finding["text"] for finding in document["findings"])
