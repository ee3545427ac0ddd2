"""How many are at each level, of criteria or of organisations: a profile as one strip."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from markupsafe import Markup

from ...domain.standards import Level
from ..wording import listed
from .ramp import EDGE, NOT_APPLICABLE, UNANSWERED, fill, ink, kind_of, number, picture

_HIGH, _LOW = 24, 16  # the height of a strip, and that of what is not applicable, in pixels
# What a number needs on the narrowest strip that we draw, in percent: each digit, and the room around
_DIGIT, _ROOM = 4.4, 2.6


class Counted(Protocol):
    """How many there are at each level, lowest first, without one, and left out."""

    @property
    def counts(self) -> Sequence[int]:
        """By level."""
        ...

    @property
    def unanswered(self) -> int:
        """Those without a level."""
        ...

    @property
    def not_applicable(self) -> int:
        """Those that it does not apply to."""
        ...


@dataclass(frozen=True)
class _Segment:
    kind: str
    count: int
    said: str


def profile_words(result: Counted, scale: Sequence[Level]) -> str:
    """What the profile shows, in words: 1 Not yet started, 2 Developing and 1 not answered."""
    return listed([segment.said for segment in _segments(result, scale)])


def profile_bar(result: Counted, scale: Sequence[Level], title: str) -> Markup:
    """A profile, say of one standard, as a strip: a numbered segment for each level there is, lowest first.

    What is not answered has a broken outline, and what is not applicable is lower than the rest.
    """
    return picture(
        f'class="report-bar" width="100%" height="{_HIGH}" font-size="13"',
        f"{title}: {profile_words(result, scale)}.",
        _drawn(list(_segments(result, scale))),
    )


def _segments(result: Counted, scale: Sequence[Level]) -> Iterator[_Segment]:
    for level, count in zip(scale, result.counts, strict=True):
        if count:
            yield _Segment(kind_of(level, len(scale) - 1), count, f"{count} {level.label}")
    if result.unanswered:
        yield _Segment(UNANSWERED, result.unanswered, f"{result.unanswered} not answered")
    if result.not_applicable:
        yield _Segment(NOT_APPLICABLE, result.not_applicable, f"{result.not_applicable} not applicable")


def _widths(counts: Sequence[int]) -> list[float]:
    """Percent of the strip for each segment; narrow ones are widened at the cost of the others.

    Where so many would be too narrow that this cannot be done, they are as they are, and have no number.
    """
    total = sum(counts)
    least = [_needed(count) for count in counts]
    wide = set(range(len(counts)))
    widths = [100 * count / total for count in counts]
    if sum(least) >= 100:
        return widths
    while narrow := {place for place in wide if widths[place] < least[place]}:
        wide -= narrow
        left = 100 - sum(least[place] for place in range(len(counts)) if place not in wide)
        scale = left / sum(counts[place] for place in wide)
        widths = [counts[place] * scale if place in wide else least[place] for place in range(len(counts))]
    return widths


def _needed(count: int) -> float:
    """Percent of the strip that a number takes with a little room around it."""
    return _ROOM + _DIGIT * len(f"{count:,}")


def _drawn(segments: Sequence[_Segment]) -> str:
    ends = (_end(segments[0], "0"), _end(segments[-1], "100%")) if segments else ()
    return "".join((*_parts(segments), *ends))


def _parts(segments: Sequence[_Segment]) -> Iterator[str]:
    start = 0.0
    widths = _widths([segment.count for segment in segments])
    for segment, width in zip(segments, widths, strict=True):
        yield _rectangle(segment, start, width)
        if width >= _needed(segment.count):
            yield _numeral(segment, start + width / 2)
        start += width


def _numeral(segment: _Segment, middle: float) -> str:
    place = f'x="{number(middle)}%" y="{number(_HIGH / 2 + 4.5)}"'
    return f'<text class="on-{segment.kind}" {place} fill="{ink(segment.kind)}">{segment.count:,}</text>'


def _rectangle(segment: _Segment, start: float, width: float) -> str:
    high = _height(segment)
    return (
        f'<rect class="{segment.kind}" x="{number(start)}%" y="{number((_HIGH - high) / 2)}" '
        f'width="{number(width)}%" height="{high}" fill="{fill(segment.kind)}" stroke="{EDGE}" '
        f'stroke-width="0.8"{_dashes(segment)}/>'
    )


def _end(segment: _Segment, x: str) -> str:
    """The edge of the strip, of which the half that stands outside of the picture is cut off."""
    top = (_HIGH - _height(segment)) / 2
    return (
        f'<line x1="{x}" y1="{number(top)}" x2="{x}" y2="{number(_HIGH - top)}" stroke="{EDGE}" '
        f'stroke-width="1.6"{_dashes(segment)}/>'
    )


def _height(segment: _Segment) -> int:
    return _LOW if segment.kind == NOT_APPLICABLE else _HIGH - 2


def _dashes(segment: _Segment) -> str:
    return ' stroke-dasharray="4 3"' if segment.kind == UNANSWERED else ""
