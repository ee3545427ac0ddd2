"""Numbers as accessible pictures: SVG that reads in black and white and says in words what it shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from ..domain.result import StandardResult
from ..domain.standards import Level
from .wording import listed

STEPS = 10
FAMILY = "Atkinson Hyperlegible Next, sans-serif"

# The printed ramp, pale to dark, so that the order of levels is the order of greys; on the web the style
# sheet gives the same classes colours for light and dark. Text on the ramp is dark up to LAST_PALE.
FILLS = (
    "#f9efdb", "#e3debc", "#c0d0a6", "#92c4a2", "#6ab1a3",
    "#177b7b", "#04666b", "#035459", "#024148", "#023038",
)  # fmt: skip
LAST_PALE = 4
INK, PAPER, EDGE = "#0c2126", "#ffffff", "#50676c"

_NARROWEST = 6.0  # percent: a segment's number must fit in it
_UNANSWERED, _NOT_APPLICABLE = "level-unanswered", "level-not-applicable"
_HIGH, _LOW = 28, 18  # a bar's height, and that of what is not applicable, in pixels


@dataclass(frozen=True)
class _Segment:
    kind: str
    count: int
    said: str


def step(value: int, top: int) -> int:
    """Where a level stands on the ten steps of colour: 0 for the lowest, 9 for the highest."""
    return round(value * (STEPS - 1) / top)


def level_class(level: Level | None, top: int) -> str:
    """The classes that give an element the colours of a level, and its text one that reads on them."""
    kind = _kind(level, top)
    return f"{kind} on-{kind}"


def _kind(level: Level | None, top: int) -> str:
    return _UNANSWERED if level is None else f"level-{step(level.value, top)}"


def profile_words(result: StandardResult, scale: Sequence[Level]) -> str:
    """What the profile shows, in words: 1 Not yet started, 2 Developing and 1 not answered."""
    return listed([segment.said for segment in _segments(result, scale)])


def profile_bar(result: StandardResult, scale: Sequence[Level], title: str) -> Markup:
    """The profile of one standard as a bar: a numbered segment for each level that occurs, lowest first.

    What is not answered has a broken outline, and what is not applicable is lower than the rest.
    """
    segments = list(_segments(result, scale))
    said = f"{title}: {profile_words(result, scale)}."
    # Plain strings, as all but `said` is ours: Markup's own formatting took a third of the result page's time
    return Markup(  # noqa: S704 - what is not ours is escaped
        f'<svg class="report-bar" role="img" width="100%" height="{_HIGH}" font-family="{FAMILY}" '
        f'font-size="14" font-weight="700" text-anchor="middle" focusable="false">'
        f"<title>{escape(said)}</title>"
        "<desc>A bar with one part for each level, from the lowest to the highest.</desc>"
        f"{''.join(_drawn(segments))}</svg>"
    )


def _segments(result: StandardResult, scale: Sequence[Level]) -> Iterator[_Segment]:
    for level, count in zip(scale, result.counts, strict=True):
        if count:
            yield _Segment(_kind(level, len(scale) - 1), count, f"{count} {level.label}")
    if result.unanswered:
        yield _Segment(_UNANSWERED, result.unanswered, f"{result.unanswered} not answered")
    if result.not_applicable:
        yield _Segment(_NOT_APPLICABLE, result.not_applicable, f"{result.not_applicable} not applicable")


def _widths(counts: Sequence[int]) -> list[float]:
    """Percent of the bar for each segment; a narrow one is widened at the cost of the others."""
    total = sum(counts)
    shares = [100 * count / total for count in counts]
    narrow = [share < _NARROWEST for share in shares]
    wide = sum(share for share, is_narrow in zip(shares, narrow, strict=True) if not is_narrow)
    left = 100 - _NARROWEST * sum(narrow)
    return [
        _NARROWEST if is_narrow else share * left / wide
        for share, is_narrow in zip(shares, narrow, strict=True)
    ]


def _drawn(segments: Sequence[_Segment]) -> Iterator[str]:
    start = 0.0
    widths = _widths([segment.count for segment in segments])
    for segment, width in zip(segments, widths, strict=True):
        yield _rectangle(segment, start, width)
        place = f'x="{_number(start + width / 2)}%" y="{_HIGH // 2 + 5}"'
        yield f'<text class="on-{segment.kind}" {place} fill="{_ink(segment.kind)}">{segment.count:,}</text>'
        start += width


def _rectangle(segment: _Segment, start: float, width: float) -> str:
    height = _LOW if segment.kind == _NOT_APPLICABLE else _HIGH - 2
    dashes = ' stroke-dasharray="4 3"' if segment.kind == _UNANSWERED else ""
    return (
        f'<rect class="{segment.kind}" x="{_number(start)}%" y="{_number((_HIGH - height) / 2)}" '
        f'width="{_number(width)}%" height="{height}" fill="{_fill(segment.kind)}" stroke="{EDGE}" '
        f'stroke-width="0.8"{dashes}/>'
    )


def _step_of(kind: str) -> int | None:
    number = kind.removeprefix("level-")
    return int(number) if number.isdigit() else None


def _fill(kind: str) -> str:
    number = _step_of(kind)
    return PAPER if number is None else FILLS[number]


def _ink(kind: str) -> str:
    number = _step_of(kind)
    return INK if number is None or number <= LAST_PALE else PAPER


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")
