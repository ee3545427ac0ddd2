"""How many of a group are at a level or above, as a band: from so much of the group to so much of it."""

from __future__ import annotations

from fractions import Fraction

from markupsafe import Markup

from ...domain.standards import Level
from .ramp import EDGE, INK, PAPER, fill, kind_of, number, picture

_WIDE, _HIGH = 160, 18  # pixels
_QUARTERS = tuple(Fraction(step, 4) for step in range(1, 4))


def share_band(low: Fraction, high: Fraction, level: Level, top: int, said: str) -> Markup:
    """A bar for the whole group with marks at its quarters, filled from one share to the other.

    The fill has the colour of the level that the figure is about; `said` is the same in words.
    """
    kind = kind_of(level, top)
    left, wide = number(float(low) * _WIDE), number(float(high - low) * _WIDE)
    ticks = "".join(f"M{number(float(each) * _WIDE)} 0v{_HIGH}" for each in _QUARTERS)
    return picture(
        f'class="report-band" width="{_WIDE}" height="{_HIGH}" viewBox="0 0 {_WIDE} {_HIGH}"',
        said,
        f'<rect class="chart-mark" x="0.5" y="0.5" width="{_WIDE - 1}" height="{_HIGH - 1}" '
        f'fill="{PAPER}" stroke="{EDGE}"/>'
        f'<rect class="{kind}" x="{left}" y="3" width="{wide}" height="{_HIGH - 6}" '
        f'fill="{fill(kind)}" stroke="{INK}"/>'
        f'<path class="chart-line" d="{ticks}" fill="none" stroke="{EDGE}" stroke-dasharray="2 2"/>',
    )
