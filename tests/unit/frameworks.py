"""Small frameworks and answers for tests: builders, and hypothesis strategies over them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from pedri_assess.domain.assessment import Assessment, assessment_from
from pedri_assess.domain.building import framework_from
from pedri_assess.domain.standards import Framework

Document = dict[str, Any]


def a_criterion(name: str, **more: Any) -> Document:
    """A criterion document with only what is required, and whatever is given."""
    return {"id": name, "statement": f"Statement {name}", **more}


def a_document(*standards: list[Document], levels: int = 4, **more: Any) -> Document:
    """A framework document: one standard S1, S2 … for each list of criteria."""
    return {
        "framework": "tiny",
        "version": "1",
        "title": "A tiny framework",
        "scale": [{"level": n, "label": f"Level {n}"} for n in range(levels)],
        "standards": [
            {"id": f"S{n}", "title": f"Standard {n}", "criteria": criteria}
            for n, criteria in enumerate(standards or ([a_criterion("A")],), start=1)
        ],
        **more,
    }


def a_framework(*standards: list[Document], levels: int = 4, **more: Any) -> Framework:
    """The framework of `a_document`."""
    return framework_from(a_document(*standards, levels=levels, **more), "sha256:0")


def an_assessment(answers: dict[str, Any] | None = None, **more: Any) -> Assessment:
    """An assessment of the tiny framework; an answer may be given as just its level."""
    entries = {
        key: {"level": value} if isinstance(value, int) else value for key, value in (answers or {}).items()
    }
    return assessment_from({"framework": "tiny", "version": "1", "answers": entries, **more})


@st.composite
def framework_documents(draw: st.DrawFn, most: int = 8) -> Document:
    """Frameworks of every shape: 2 to 10 levels, with and without core marks, weights and actions."""
    levels = draw(st.integers(2, 10))
    efforts = [{"id": name, "label": name} for name in draw(st.sampled_from([[], ["s", "m", "l"]]))]
    names = [effort["id"] for effort in efforts] or ["x"]
    with_core = draw(st.booleans())

    def criterion(name: str) -> Document:
        return a_criterion(
            name,
            core=with_core and draw(st.integers(0, 3)) == 0,
            weight=draw(st.sampled_from([1, 1, 2, 0.5, 0.1, 3])),
            actions=[{"text": "Do", "effort": draw(st.sampled_from(names))}] if draw(st.booleans()) else [],
        )

    sizes = draw(st.lists(st.integers(1, most), min_size=1, max_size=3))
    standards = [[criterion(f"C{n}-{k}") for k in range(size)] for n, size in enumerate(sizes)]
    return a_document(
        *standards,
        levels=levels,
        efforts=efforts,
        scoring={
            "share": draw(st.sampled_from([0.6, 0.5, 1, 0.333, 0.1])),
            "core_within": draw(st.integers(0, 2)),
            "min_answered": draw(st.sampled_from([0.6, 0, 1, 0.25])),
        },
    )


@st.composite
def answered(draw: st.DrawFn, framework: Framework, complete: bool = False) -> Assessment:
    """Answers for a framework: levels, not applicable, don't know, or none; targets and importance."""
    answers: dict[str, Any] = {}
    for criterion in framework.criteria:
        kind = "level" if complete else draw(st.sampled_from(["level", "level", "na", "unknown", "none"]))
        if kind == "level":
            confidence = draw(st.integers(0, 3))
            answers[criterion.id] = {"level": draw(st.integers(0, framework.top)), "confidence": confidence}
        elif kind == "na":
            answers[criterion.id] = {"not_applicable": "we have none"}
        elif kind == "unknown":
            answers[criterion.id] = {"dont_know": True}
    return an_assessment(
        answers,
        targets={
            standard.id: draw(st.integers(0, framework.top))
            for standard in framework.standards
            if draw(st.booleans())
        },
        importance={
            criterion.id: draw(st.integers(1, 3)) for criterion in framework.criteria if draw(st.booleans())
        },
    )
