"""Versions of a framework that are made from one another by any links, and answers full of words."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from pedri_assess.domain.assessment import Assessment

from .frameworks import a_criterion, a_document, an_assessment

KINDS = ("unchanged", "reworded", "split", "merged")
TEXTS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)


@st.composite
def answers_to(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """An answer with words of its own."""
    kind = draw(st.sampled_from(["level", "level", "not_applicable", "dont_know", "draft"]))
    words = {
        key: f"{name} {key} {draw(TEXTS)}" for key in ("evidence", "reason", "note") if draw(st.booleans())
    }
    said: dict[str, Any] = {
        "level": {"level": draw(st.integers(0, 3))},
        "not_applicable": {"not_applicable": f"{name} why {draw(TEXTS)}"},
        "dont_know": {"dont_know": True},
        "draft": {},
    }[kind]
    links = draw(st.sampled_from([{}, {"links": [f"https://example.org/{name}"]}]))
    return {**said, **words, **links, **draw(st.sampled_from([{}, {"confidence": 2}, {"otherwise": True}]))}


@st.composite
def versions(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Two to four framework documents, each made from earlier ones by any links."""
    documents = [a_document([a_criterion(f"v1-{n}") for n in range(draw(st.integers(1, 5)))], version="1")]
    for number in range(2, draw(st.integers(3, 5))):
        earlier = [
            {"version": document["version"], "id": item["id"]}
            for document in documents
            for item in document["standards"][0]["criteria"]
        ]
        criteria = [
            a_criterion(
                f"v{number}-{n}",
                not_applicable={"allowed": draw(st.booleans())},
                **{
                    "from": [
                        {**place, "link": draw(st.sampled_from(KINDS)), "note": draw(st.sampled_from("xyz"))}
                        for place in draw(
                            st.lists(st.sampled_from(earlier), max_size=3, unique_by=lambda p: str(p))
                        )
                    ]
                },
            )
            for n in range(draw(st.integers(1, 5)))
        ]
        documents.append(a_document(criteria, version=str(number)))
    return documents


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[dict[str, Any]], Assessment]:
    documents = draw(versions())
    names = [item["id"] for item in documents[0]["standards"][0]["criteria"]]
    given = {name: draw(answers_to(name)) for name in names if draw(st.booleans())}
    return documents, an_assessment(given, importance={name: 3 for name in names if draw(st.booleans())})
