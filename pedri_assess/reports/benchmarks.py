"""A wave of benchmarks as readers see it: a group in words, row by row with pictures, and as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from markupsafe import Markup

from ..domain.disclosure import (
    Cell,
    Figure,
    Hidden,
    Release,
    Shown,
    release_document,
    sentence,
    summary_sentence,
)
from ..domain.languages import to_translate
from ..domain.standards import Criterion, Framework, Standard
from .charts import share_band

WHOLE = "all"
EVERYBODY = to_translate("All organisations")
HALF = Fraction(1, 2)
COLUMNS = {
    "wave": to_translate("The wave: when it was published is on its page"),
    "cut": to_translate("By what the organisations are divided: nothing, type, nation or size"),
    "group": to_translate("Which part of them this row is about; empty for all"),
    "organisations_at_least": to_translate(
        "How many organisations there are, rounded down to five; empty where few"
    ),
    "standard": to_translate("Id of the standard"),
    "criterion": to_translate("Id of the criterion"),
    "statement": to_translate("Its statement, in this version of the standards"),
    "level": to_translate("The level that the row is about, counted from 0"),
    "level_label": to_translate("What the level is called"),
    "share_at_least": to_translate("At least this share of the organisations is at the level or above"),
    "share_more_than": to_translate("More than this share is"),
    "share_below": to_translate("Fewer than this share are"),
    "share_at_most": to_translate("At most this share is"),
    "hidden": to_translate(
        "Why there is no figure: codes in the terms of SACRO’s statbarns; empty where there is one"
    ),
    "words": to_translate("The same as a sentence"),
}


@dataclass(frozen=True)
class Row:
    """A criterion: what is shown of it or why not, in words and a picture; and the own level of who looks."""

    criterion: Criterion
    figure: Figure
    words: str
    picture: Markup | None
    own: int | None = None


@dataclass(frozen=True)
class Part:
    """A standard with its criteria, and a sentence about them."""

    standard: Standard
    words: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Group:
    """One group of a wave: its key in addresses, names of what it has in common, and what is shown of it."""

    key: str
    names: tuple[str, ...]
    cell: Cell
    parts: tuple[Part, ...]

    @property
    def title(self) -> str:
        """All of its names in one line."""
        return ", ".join(self.names)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All criteria."""
        return tuple(row for part in self.parts for row in part.rows)

    @property
    def most(self) -> list[Row]:
        """Where at least half are at the level or above."""
        return [row for row in self.rows if isinstance(row.figure, Shown) and _at_least_half(row.figure)]

    @property
    def few(self) -> list[Row]:
        """Where at most half are: a figure may leave open whether exactly half are."""
        return [row for row in self.rows if isinstance(row.figure, Shown) and not _at_least_half(row.figure)]

    @property
    def hidden(self) -> list[tuple[str, int]]:
        """Why figures are hidden, in words, and how many, the most frequent first."""
        return Counter(row.words for row in self.rows if isinstance(row.figure, Hidden)).most_common()


def group_key(cell: Cell) -> str:
    """A group in addresses."""
    return "-".join(f"{name}-{value}" for name, value in cell.group.items()) or WHOLE


def group(
    released: Release,
    framework: Framework,
    key: str,
    called: Mapping[str, str],
    own: Mapping[str, int | None] | None = None,
) -> Group | None:
    """One group of a release of one wave; None where there is no such group.

    `called` names types, nations and sizes; `own` is the levels of the organisation that looks.
    """
    cell = next((each for each in released.waves[0].cells if group_key(each) == key), None)
    if cell is None:
        return None
    parts = tuple(
        Part(standard, _summary(cell, standard, released), rows)
        for standard in framework.standards
        if (rows := tuple(_rows(cell, standard, released, framework, own)))
    )
    return Group(key, names_of(cell, called), cell, parts)


def every_group(released: Release, framework: Framework, called: Mapping[str, str]) -> list[Group]:
    """All groups, those of which nothing is shown too."""
    found = (group(released, framework, group_key(cell), called) for cell in released.waves[0].cells)
    return [each for each in found if each]


def moved(
    earlier: Group, later: Group, was: Mapping[str, str], now: Mapping[str, str]
) -> tuple[list[Row], list[Row]]:
    """Where at least half are at the level now and at most half were in an earlier wave; and the reverse.

    `was` and `now` are the names by which criteria are followed through waves. What has no name in common, or
    is hidden in one of the two, is in neither.
    """
    most = {was[row.criterion.id] for row in earlier.most}
    few = {was[row.criterion.id] for row in earlier.few}
    return (
        [row for row in later.most if now[row.criterion.id] in few],
        [row for row in later.few if now[row.criterion.id] in most],
    )


def names_of(cell: Cell, called: Mapping[str, str]) -> tuple[str, ...]:
    """What a group is called: a name for each thing that its organisations have in common."""
    return tuple(called.get(value, value) for value in cell.group.values()) or (EVERYBODY,)


def table(released: Release, framework: Framework, name: str) -> Iterator[tuple[str | int | None, ...]]:
    """Everything that a wave shows, a criterion of a group a row, with its head: COLUMNS."""
    yield tuple(COLUMNS)
    level = framework.scale[released.target]
    for cell in release_document(released)["waves"][0]["cells"]:
        about = cell["organisations"] and cell["organisations"]["at_least"]
        cut, part = "-".join(cell["cut"]), "-".join(cell["group"].values())
        for figure in cell["criteria"]:
            item, shown = framework.criterion(figure["criterion"]), figure.get("shown", {})
            shares = (shown.get(key) for key in ("at_least", "more_than", "below", "at_most"))
            yield (
                *(name, cut, part, about, framework.standard_of(item.id).id, item.id, str(item.statement)),
                *(level.value, str(level.label), *shares, " ".join(figure.get("hidden", ()))),
                figure["words"],
            )


def _rows(
    cell: Cell,
    standard: Standard,
    released: Release,
    framework: Framework,
    own: Mapping[str, int | None] | None,
) -> Iterator[Row]:
    label = released.scale[released.target]
    for item in standard.criteria:
        figure = cell.criteria.get(item.id)
        if figure is None:
            continue
        level = own.get(item.id) if own is not None else None
        said = sentence(figure, released.audience, label)
        yield Row(item, figure, said, _picture(figure, framework, f"{item.id}: {said}"), level)


def _picture(figure: Figure, framework: Framework, said: str) -> Markup | None:
    if isinstance(figure, Hidden):
        return None
    low = figure.above.share if figure.above else Fraction(0)
    high = figure.below.share if figure.below else Fraction(1)
    return share_band(low, high, framework.scale[figure.level], framework.top, said)


def _summary(cell: Cell, standard: Standard, released: Release) -> str:
    found = cell.standards.get(standard.id)
    return summary_sentence(found, released.scale[released.target]) if found else ""


def _at_least_half(figure: Shown) -> bool:
    return bool(figure.above and figure.above.share >= HALF)
