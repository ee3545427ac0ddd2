"""What public contributors see together: the middle of their levels, never fewer than three of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedri_assess.domain.assessment import (
    Answer,
    Assessment,
    PublicView,
    Ratings,
    assessment_document,
    assessment_faults,
    assessment_from,
)
from pedri_assess.domain.findings import findings, public_view

from .frameworks import a_framework

levels = st.integers(0, 3)


@given(st.lists(levels, max_size=30))
def test_a_panel_is_told_as_its_ratings_would_be(ratings: list[int]) -> None:
    found = public_view(Ratings(public=tuple(ratings)))
    assert (found is None) == (len(ratings) < 3)
    if found:
        assert found.of == len(ratings)
        assert sum(level <= found.level for level in ratings) * 2 >= len(ratings)
        assert public_view(Ratings(public_view=found)) == found


@given(st.lists(levels, min_size=3, max_size=12), levels)
def test_the_finding_is_the_same_from_either(ratings: list[int], level: int) -> None:
    framework = a_framework()
    name = framework.criteria[0].id
    view = public_view(Ratings(public=tuple(ratings)))
    found = [
        findings(
            framework,
            Assessment(
                framework.framework,
                framework.version,
                answers={name: Answer(level=level)},
                ratings={name: each},
            ),
        )
        for each in (Ratings(public=tuple(ratings)), Ratings(public_view=view))
    ]
    assert found[0] == found[1]


def test_a_view_travels_in_the_answers_document() -> None:
    framework = a_framework()
    name = framework.criteria[0].id
    said = Assessment(
        framework.framework, framework.version, ratings={name: Ratings((2, 1), public_view=PublicView(0, 5))}
    )
    document = assessment_document(said)
    assert document["ratings"] == {name: {"staff": [2, 1], "public_view": {"level": 0, "of": 5}}}
    assert assessment_from(document) == said
    assert assessment_faults(document, framework) == []


@pytest.mark.parametrize(
    ("ratings", "path"),
    [
        ({"public_view": {"level": 9, "of": 3}}, "public_view.level"),
        ({"public": [1, 1, 1], "public_view": {"level": 1, "of": 3}}, "public_view"),
    ],
)
def test_a_view_that_cannot_be_is_a_fault(ratings: dict[str, object], path: str) -> None:
    framework = a_framework()
    name = framework.criteria[0].id
    document = {"framework": framework.framework, "version": framework.version, "ratings": {name: ratings}}
    (fault,) = assessment_faults(document, framework)
    assert fault.path.endswith(path)
