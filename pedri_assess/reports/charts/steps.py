"""How far a standard is, as a picture of steps that needs neither colours nor a word: a person and a flag."""

from __future__ import annotations

from markupsafe import Markup

from .ramp import EDGE, FILLS, INK, PAPER, number, picture

WIDE, MARGIN = 560, 4  # units of the picture
GROUND, RISE = 44, 72  # how thick the ground is, and how high the last step is above it
ROOM = 70  # above the highest step, for who stands there
HIGH = GROUND + RISE + ROOM
MOST_NAMED = 5  # steps, beside which there is room for the word Start
REACHED = FILLS[5]


def steps_words(title: str, top: int, level: int | None, target: int) -> str:
    """What the picture shows, in words."""
    person = f"A person stands {_place(level)}." if level is not None else "There is no person."
    return f"{title}: steps 1 to {top}. {person} A flag stands {_place(target)}."


def steps_picture(title: str, top: int, level: int | None, target: int) -> Markup:
    """Steps from the start up to `top`, with a person on the level and a flag on the target.

    What is reached is filled, and the rest has a broken outline.
    """
    drawn = [_step(place, top, level) for place in range(top + 1)]
    both = level == target
    if level is not None:
        drawn.append(_person(*_stand(level, top, -0.2 if both else 0)))
    drawn.append(_flag(*_stand(target, top, 0.24 if both else 0)))
    return picture(
        f'class="easy-steps" width="{WIDE}" height="{HIGH}" viewBox="0 0 {WIDE} {HIGH}" font-size="32"',
        steps_words(title, top, level, target),
        "".join(drawn),
    )


def _place(level: int) -> str:
    return f"on step {level}" if level else "at the start"


def _width(top: int) -> float:
    return (WIDE - 2 * MARGIN) / (top + 1)


def _top_of(place: int, top: int) -> float:
    return ROOM + RISE - RISE * place / top


def _stand(place: int, top: int, aside: float) -> tuple[float, float]:
    """The point on a step where something stands, a share of its width beside the middle."""
    return MARGIN + _width(top) * (place + 0.5 + aside), _top_of(place, top)


def _step(place: int, top: int, level: int | None) -> str:
    x, y, wide = MARGIN + _width(top) * place, _top_of(place, top), _width(top)
    reached = level is not None and place <= level
    name, fill, ink = ("done", REACHED, PAPER) if reached else ("next", PAPER, INK)
    dashes = "" if reached else ' stroke-dasharray="6 4"'
    words = str(place) if place else "Start" if top <= MOST_NAMED else "0"
    return (
        f'<rect class="easy-steps__{name}" x="{number(x)}" y="{number(y)}" width="{number(wide)}" '
        f'height="{number(HIGH - y - 2)}" fill="{fill}" stroke="{EDGE}" stroke-width="2"{dashes}/>'
        f'<text class="easy-steps__on-{name}" x="{number(x + wide / 2)}" y="{HIGH - 12}" fill="{ink}">'
        f"{words}</text>"
    )


def _person(x: float, y: float) -> str:
    body = "M-15 -30Q-15 -40 -5 -40H5Q15 -40 15 -30V-16H9V-1H-9V-16H-15Z"
    return (
        f'<g class="easy-steps__person" transform="translate({number(x)} {number(y)})" fill="{INK}">'
        f'<circle cx="0" cy="-54" r="11"/><path d="{body}"/></g>'
    )


def _flag(x: float, y: float) -> str:
    return (
        f'<g class="easy-steps__flag" transform="translate({number(x)} {number(y)})" stroke="{INK}" '
        f'stroke-width="3" fill="{PAPER}"><path d="M-11 -1V-65L23 -51L-11 -37"/></g>'
    )
