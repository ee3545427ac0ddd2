"""Levels as places on their scale: level and target, staff and public, before and after.

A filled disc is a level, an open box a target, an open diamond what the public say; each has its number in
it, so that no axis has to be read. Every level has the same width, so that pictures in one table line up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ...domain.standards import Level
from .ramp import EDGE, INK, PAPER, fill, ink, kind_of, number, picture

RANGE = "#d3e2e0"

_WIDEST, _PITCH = 190, 30  # pixels: of a whole scale, and from level to level while that fits
_LANE = 26  # the height of a lane
_DISC, _BOX, _DIAMOND = 8.5, 11.5, 11.0  # radius of a disc, half a side, half a diagonal, at the usual pitch
_LABEL = 36  # where lanes have names


@dataclass(frozen=True)
class _Lane:
    """One line of places on the scale; `left` and `middle` say where it is."""

    levels: int
    left: float
    middle: float

    @property
    def pitch(self) -> float:
        return min(_PITCH, _WIDEST / self.levels)

    @property
    def width(self) -> float:
        return self.pitch * self.levels

    @property
    def radius(self) -> float:
        """Of a disc: two on neighbouring levels never touch."""
        return min(_DISC, 0.42 * self.pitch)

    def x(self, value: float) -> float:
        """The middle of a level's place."""
        return self.left + self.pitch * (value + 0.5)

    def axis(self) -> str:
        """A fine line with a dot for every level: lines of no length with round ends, all in one element."""
        y = number(self.middle)
        dots = "".join(f"M{number(self.x(value))} {y}h0" for value in range(self.levels))
        return (
            f'{self.line(0, self.levels - 1, 0.8)}<path class="chart-dots" d="{dots}" stroke="{EDGE}" '
            'stroke-width="3.6" stroke-linecap="round"/>'
        )

    def line(self, start: float, end: float, width: float) -> str:
        """A line from one level's place to another's."""
        y = number(self.middle)
        return (
            f'<line class="chart-line" x1="{number(self.x(start))}" y1="{y}" x2="{number(self.x(end))}" '
            f'y2="{y}" stroke="{EDGE}" stroke-width="{width}"/>'
        )

    def disc(self, level: Level) -> str:
        """A level, on its colour."""
        kind = kind_of(level, self.levels - 1)
        shape = (
            f'<circle class="{kind}" cx="{number(self.x(level.value))}" cy="{number(self.middle)}" '
            f'r="{number(self.radius)}" fill="{fill(kind)}" stroke="{EDGE}"/>'
        )
        return shape + self.numeral(level.value, f"on-{kind}", ink(kind))

    def box(self, level: Level, *, numbered: bool) -> str:
        """A target; its number is left to the disc where one stands in it."""
        half = min(_BOX, 0.48 * self.pitch)
        left, top, side = number(self.x(level.value) - half), number(self.middle - half), number(2 * half)
        return (
            f'<rect class="chart-mark" x="{left}" y="{top}" width="{side}" height="{side}" rx="2" '
            f'fill="{PAPER}" stroke="{INK}" stroke-width="1.6"/>'
            + (self.numeral(level.value, "chart-number", INK) if numbered else "")
        )

    def diamond(self, level: Level) -> str:
        """What the public say."""
        x, y = self.x(level.value), self.middle
        points = f"M{number(x - _DIAMOND)} {number(y)}l{_DIAMOND} -{_DIAMOND} {_DIAMOND} {_DIAMOND} "
        return (
            f'<path class="chart-mark" d="{points}-{_DIAMOND} {_DIAMOND}z" fill="{PAPER}" stroke="{INK}" '
            'stroke-width="1.6"/>' + self.numeral(level.value, "chart-number", INK)
        )

    def ring(self, level: Level | None) -> str:
        """Where something was before; broken where there was no level."""
        x = number(self.x(level.value if level else -1))
        dashes = "" if level else ' stroke-dasharray="3 2.5"'
        shape = (
            f'<circle class="chart-mark" cx="{x}" cy="{number(self.middle)}" r="{number(self.radius)}" '
            f'fill="{PAPER}" stroke="{INK}" stroke-width="1.2"{dashes}/>'
        )
        return shape + (self.numeral(level.value, "chart-number", INK) if level else "")

    def arrow(self, start: float, end: float) -> str:
        """From one place to the next, edge to edge."""
        way = 1 if end > start else -1
        first, last = self.x(start) + way * self.radius, self.x(end) - way * (self.radius + 1)
        y, back = number(self.middle), number(-5 * way)
        return (
            f'<path class="chart-arrow" d="M{number(first)} {y}H{number(last)}m{back} -4l{number(5 * way)} 4 '
            f'{back} 4" fill="none" stroke="{INK}" stroke-width="1.8"/>'
        )

    def numeral(self, value: int, kind: str, colour: str) -> str:
        """The number in a mark."""
        x, y = number(self.x(value)), number(self.middle + 4)
        return f'<text class="{kind}" x="{x}" y="{y}" fill="{colour}">{value}</text>'


def standing(level: Level | None, target: Level, scale: Sequence[Level], title: str) -> Markup:
    """Where a standard stands, and its target: a disc in a box where it is reached."""
    lane = _Lane(len(scale), 0, _LANE / 2)
    drawn = [lane.axis()]
    if level and level.value < target.value:
        drawn.append(lane.line(level.value, target.value, 2.4))
    drawn.append(lane.box(target, numbered=level != target))
    if level:
        drawn.append(lane.disc(level))
    said = f"{level.label if level else 'no level yet'}, target {target.label}"
    return _drawing(lane.width, _LANE, f"{title}: {said}.", drawn)


def two_views(
    agreed: Level | None,
    alone: tuple[Level, Level] | None,
    public: Level | None,
    scale: Sequence[Level],
    said: str,
) -> Markup:
    """What staff and public see, one above the other: the agreed level, the range of those who rated alone,
    and the public's level, None while it may not be shown."""
    staff, others = (_Lane(len(scale), _LABEL, _LANE * (0.5 + row)) for row in range(2))
    drawn = [_name("Staff", staff), staff.axis()]
    if alone:
        drawn.append(_range(staff, *alone))
    if agreed:
        drawn.append(staff.disc(agreed))
    drawn += [_name("Public", others), others.axis()]
    if public:
        drawn.append(others.diamond(public))
    return _drawing(_LABEL + staff.width, 2 * _LANE, said, drawn)


def moved(before: Level | None, after: Level | None, scale: Sequence[Level], said: str) -> Markup:
    """From the level before to the one after: a ring, an arrow, a disc. No level stands left of the scale."""
    bare = _Lane(len(scale), 0, _LANE / 2)
    lane = _Lane(len(scale), bare.pitch, _LANE / 2)
    start, end = (level.value if level else -1 for level in (before, after))
    drawn = [lane.axis()]
    if start != end:
        drawn += [lane.ring(before), lane.arrow(start, end)]
    drawn.append(lane.disc(after) if after else lane.ring(None))
    return _drawing(lane.left + lane.width, _LANE, said, drawn)


def _name(words: str, lane: _Lane) -> str:
    return (
        f'<text class="chart-number" x="0" y="{number(lane.middle + 4)}" text-anchor="start" '
        f'font-weight="400" fill="{INK}">{words}</text>'
    )


def _range(lane: _Lane, lowest: Level, highest: Level) -> str:
    left, right = lane.x(lowest.value) - lane.radius, lane.x(highest.value) + lane.radius
    return (
        f'<rect class="chart-range" x="{number(left)}" y="{number(lane.middle - 4)}" '
        f'width="{number(right - left)}" height="8" rx="4" fill="{RANGE}" stroke="{EDGE}" '
        'stroke-width="0.8"/>'
    )


def _drawing(width: float, height: float, said: str, drawn: Sequence[str]) -> Markup:
    wide, high = number(width), number(height)
    size = f'width="{wide}" height="{high}" viewBox="0 0 {wide} {high}"'
    return picture(f'class="report-scale" {size} font-size="12"', said, "".join(drawn))
