"""Pictures say what the numbers say: each count and level where it belongs, and nothing that is hidden."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import html5lib
from hypothesis import given
from hypothesis import strategies as st

from pedri_assess.domain.standards import Level, Text
from pedri_assess.reports.charts import moved, profile_bar, standing, step, two_views
from pedri_assess.reports.sections.public import staff_and_public
from pedri_assess.services.reports import report_for

from .material import some_answers, tiny

SCALES = st.integers(2, 10).map(
    lambda size: tuple(Level(n, Text(f"Level {n}"), Text(), Text()) for n in range(size))
)


def drawn(svg: str) -> Any:
    """The SVG element of a picture, read as a browser reads it."""
    (picture,) = html5lib.parseFragment(svg, namespaceHTMLElements=False)
    return picture


def parts(picture: Any, name: str) -> list[Any]:
    """All elements of one kind."""
    return picture.findall(f".//{{*}}{name}")


def x_of(circle: Any) -> float:
    return float(circle.get("cx"))


def discs(picture: Any) -> list[Any]:
    """The filled discs: levels."""
    return [circle for circle in parts(picture, "circle") if circle.get("class").startswith("level-")]


def strip(*counts: int, unanswered: int = 0, not_applicable: int = 0) -> Any:
    """A strip with so many criteria at each level."""
    some = report_for(tiny(), some_answers()).blocks[0].result
    result = replace(some, counts=counts, unanswered=unanswered, not_applicable=not_applicable)
    scale = [Level(n, Text(f"Level {n}"), Text(), Text()) for n in range(len(counts))]
    return drawn(profile_bar(result, scale, "Name"))


def diamonds(picture: Any) -> list[Any]:
    """The open diamonds: what the public say."""
    return [path for path in parts(picture, "path") if path.get("class") == "chart-mark"]


@given(st.lists(st.integers(0, 40), min_size=2, max_size=4), st.integers(0, 9), st.integers(0, 9))
def test_a_strip_has_a_part_for_each_level_that_occurs_and_none_is_too_narrow(
    counts: list[int], unanswered: int, not_applicable: int
) -> None:
    picture = strip(*counts, unanswered=unanswered, not_applicable=not_applicable)
    wanted = [count for count in (*counts, unanswered, not_applicable) if count]
    boxes = parts(picture, "rect")
    assert [int(text.text) for text in parts(picture, "text")] == wanted
    widths = [float(box.get("width").rstrip("%")) for box in boxes]
    starts = [float(box.get("x").rstrip("%")) for box in boxes]
    assert len(boxes) == len(wanted)
    assert abs(sum(widths) - 100) < 0.01 or not wanted
    assert all(abs(start - sum(widths[:n])) < 0.01 for n, start in enumerate(starts))
    for one, its in zip(widths, wanted, strict=True):
        assert one >= 2.6 + 4.4 * len(str(its)) - 0.01
        assert all(one >= other for other, theirs in zip(widths, wanted, strict=True) if its > theirs)


def test_where_numbers_cannot_fit_there_are_none_and_the_parts_are_in_proportion() -> None:
    picture = strip(1111, *[111] * 9, unanswered=11, not_applicable=11)
    assert [text.text for text in parts(picture, "text")] == ["1,111"]
    widths = [float(box.get("width").rstrip("%")) for box in parts(picture, "rect")]
    assert [round(width / widths[1], 1) for width in widths] == [10.0, *[1.0] * 9, 0.1, 0.1]


@given(SCALES, st.data())
def test_level_and_target_stand_at_their_places(scale: tuple[Level, ...], data: st.DataObject) -> None:
    level = data.draw(st.none() | st.sampled_from(scale))
    target = data.draw(st.sampled_from(scale))
    picture = drawn(standing(level, target, scale, "Name"))
    (box,) = parts(picture, "rect")
    (dots,) = [path for path in parts(picture, "path") if path.get("class") == "chart-dots"]
    places = [float(x) for x in re.findall(r"M([\d.]+) [\d.]+h0", dots.get("d"))]
    assert abs(float(box.get("x")) + float(box.get("width")) / 2 - places[target.value]) < 0.01
    assert [x_of(disc) for disc in discs(picture)] == ([places[level.value]] if level else [])
    numbers = [text.text for text in parts(picture, "text")]
    assert numbers == [str(each.value) for each in dict.fromkeys(filter(None, (target, level)))]
    said = picture.find("{*}title").text
    assert said.endswith(f"target {target.label}.")
    assert (str(level.label) if level else "no level yet") in said


@given(SCALES, st.data())
def test_both_views_are_drawn_and_what_is_hidden_is_not(
    scale: tuple[Level, ...], data: st.DataObject
) -> None:
    levels = st.none() | st.sampled_from(scale)
    agreed, public = data.draw(levels), data.draw(levels)
    ends = data.draw(st.none() | st.tuples(st.sampled_from(scale), st.sampled_from(scale)))
    alone = (min(ends, key=_value), max(ends, key=_value)) if ends else None
    picture = drawn(two_views(agreed, alone, public, scale, "Said."))
    assert len(discs(picture)) == (agreed is not None)
    assert len(parts(picture, "rect")) == (alone is not None)
    assert len(diamonds(picture)) == (public is not None)
    numbers = [text.text for text in parts(picture, "text") if text.text.isdigit()]
    assert numbers == [str(level.value) for level in (agreed, public) if level]
    assert picture.find("{*}title").text == "Said."


@given(SCALES, st.data())
def test_a_move_goes_from_before_to_after(scale: tuple[Level, ...], data: st.DataObject) -> None:
    levels = st.none() | st.sampled_from(scale)
    before, after = data.draw(levels), data.draw(levels)
    picture = drawn(moved(before, after, scale, "Said."))
    arrows = [path for path in parts(picture, "path") if path.get("class") == "chart-arrow"]
    assert len(arrows) == (before != after)
    if arrows:
        start, end = map(float, re.match(r"M([\d.]+) [\d.]+H([\d.]+)", arrows[0].get("d")).groups())  # type: ignore[union-attr]
        assert (end > start) == ((after.value if after else -1) > (before.value if before else -1))
    assert len(discs(picture)) == (after is not None)
    width = float(picture.get("width"))
    assert all(0 < x_of(circle) < width for circle in parts(picture, "circle"))


def test_too_few_public_ratings_are_nowhere_in_a_picture() -> None:
    report = report_for(tiny(), some_answers(ratings={"A-1": {"staff": [1, 2], "public": [0, 0]}}))
    section = staff_and_public(report)
    assert section
    (view,) = section.views
    picture = drawn(view.svg)
    assert diamonds(picture) == []
    assert "0" not in [text.text for text in parts(picture, "text")]
    assert picture.find("{*}title").text.endswith("hidden: fewer than 3 public ratings.")


def test_steps_of_colour_go_up_with_the_levels() -> None:
    for top in range(1, 10):
        steps = [step(value, top) for value in range(top + 1)]
        assert (steps[0], steps[-1]) == (0, 9)
        assert len(set(steps)) == len(steps)


def _value(level: Level) -> int:
    return level.value
