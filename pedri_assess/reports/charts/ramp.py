"""The colours of levels on paper, and how numbers and elements are written into SVG."""

from __future__ import annotations

from markupsafe import Markup, escape

from ...domain.standards import Level

STEPS = 10
FAMILY = "Atkinson Hyperlegible Next, sans-serif"  # text in SVG inherits no font from the page

# The printed ramp, pale to dark, so that the order of levels is the order of greys; on the web the style
# sheet gives the same classes colours for light and dark. Text on the ramp is dark up to LAST_PALE.
FILLS = (
    "#f9efdb", "#e3debc", "#c0d0a6", "#92c4a2", "#6ab1a3",
    "#177b7b", "#04666b", "#035459", "#024148", "#023038",
)  # fmt: skip
LAST_PALE = 4
INK, PAPER, EDGE = "#0c2126", "#ffffff", "#50676c"

UNANSWERED, NOT_APPLICABLE = "level-unanswered", "level-not-applicable"


def step(value: int, top: int) -> int:
    """Where a level stands on the ten steps of colour: 0 for the lowest, 9 for the highest."""
    return round(value * (STEPS - 1) / top)


def level_class(level: Level | None, top: int) -> str:
    """The classes that give an element the colours of a level, and its text one that reads on them."""
    kind = kind_of(level, top)
    return f"{kind} on-{kind}"


def kind_of(level: Level | None, top: int) -> str:
    """The class of a level's colour; for no level, that of what is not answered."""
    return UNANSWERED if level is None else f"level-{step(level.value, top)}"


def fill(kind: str) -> str:
    """The printed colour of a class."""
    number = _step_of(kind)
    return PAPER if number is None else FILLS[number]


def ink(kind: str) -> str:
    """The printed colour of text on a class."""
    number = _step_of(kind)
    return INK if number is None or number <= LAST_PALE else PAPER


def _step_of(kind: str) -> int | None:
    number = kind.removeprefix("level-")
    return int(number) if number.isdigit() else None


def number(value: float) -> str:
    """A coordinate in as few characters as it needs."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def picture(attributes: str, said: str, drawn: str) -> Markup:
    """An SVG image that says what it shows; `attributes` and `drawn` are markup of ours."""
    # Plain strings, as all but `said` is ours: Markup's own formatting took a third of the result page's time
    return Markup(  # noqa: S704 - what is not ours is escaped
        f'<svg {attributes} role="img" font-family="{FAMILY}" font-weight="600" text-anchor="middle" '
        f'focusable="false"><title>{escape(said)}</title>{drawn}</svg>'
    )
