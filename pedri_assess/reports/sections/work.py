"""What to do, in order: the first ten gaps with their actions, the rest in short, and the quick wins."""

from __future__ import annotations

from dataclasses import dataclass

from ...domain.assessment import IMPORTANCES
from ...domain.resources import Pointer, host
from ...domain.standards import Action, Effort
from ..charts import level_class
from ..report import Report, Row
from ..wording import counted
from .base import Section
from .links import Address, address

MOST_SHOWN = 10
MOST_IN_A_CELL = 24


@dataclass(frozen=True)
class Helpful:
    """A resource that may help. `site` is the host that its address leads to, for those who read on paper."""

    title: str
    publisher: str
    address: Address
    site: str


@dataclass(frozen=True)
class Item:
    """One place in the order of work."""

    row: Row
    place: int
    colours: str
    gap: str
    importance: str
    effort: Effort | None
    actions: tuple[Action, ...]
    resources: tuple[Helpful, ...] = ()


@dataclass(frozen=True)
class Cell:
    """The gaps of one importance and effort: by their size, the largest first, the first few of each, and
    how many more there are."""

    by_size: tuple[tuple[str, tuple[Row, ...]], ...]
    more: int


@dataclass(frozen=True)
class Matrix:
    """All gaps by importance, the highest first, and by the least effort that helps, the smallest first.

    An effort is None where the framework suggests no action; beside it, whether any gap is in its column.
    """

    efforts: tuple[tuple[Effort | None, bool], ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True)
class OrderOfWork(Section):
    """The first gaps to close. `more` is how many follow in the appendix."""

    name = "order_of_work"
    title = "Order of work"

    items: tuple[Item, ...]
    matrix: Matrix
    more: int
    answered: int


@dataclass(frozen=True)
class RestOfWork(Section):
    """The gaps after the first ten."""

    name = "rest_of_work"
    title = "The rest of the order of work"

    items: tuple[Item, ...]


@dataclass(frozen=True)
class QuickWins(Section):
    """Actions of the smallest effort, for criteria with a gap."""

    name = "quick_wins"
    title = "Quick wins"

    effort: Effort
    items: tuple[Item, ...]


def order_of_work(report: Report) -> OrderOfWork:
    """The first ten gaps. With no gap at all the section says so."""
    items = _items(report)
    matrix = _matrix(items, report.framework.efforts)
    return OrderOfWork(items[:MOST_SHOWN], matrix, len(items[MOST_SHOWN:]), report.answered)


def rest_of_work(report: Report) -> RestOfWork | None:
    """The gaps after the first ten; None where there are no more."""
    items = _items(report)[MOST_SHOWN:]
    return RestOfWork(items) if items else None


def quick_wins(report: Report) -> QuickWins | None:
    """The gaps that an action of the smallest effort could help to close; None where there are none."""
    wins = set(report.result.quick_wins)
    items = tuple(_quick(item) for item in _items(report) if item.row.criterion.id in wins)
    return QuickWins(report.framework.efforts[0], items) if items else None


def _items(report: Report) -> tuple[Item, ...]:
    return tuple(
        Item(
            row=row,
            place=place,
            colours=level_class(row.level, report.framework.top),
            gap=counted(gap.gap, "level"),
            importance=IMPORTANCES[gap.importance],
            effort=report.effort(gap.effort),
            actions=row.criterion.actions,
            resources=tuple(map(_helpful, report.edition.resources.get(row.criterion.id, ()))),
        )
        for place, (row, gap) in enumerate(
            zip(report.order_of_work, report.result.order_of_work, strict=True), 1
        )
    )


def _helpful(pointer: Pointer) -> Helpful:
    return Helpful(pointer.title, pointer.publisher, address(pointer.address), host(pointer.address))


def _matrix(items: tuple[Item, ...], efforts: tuple[Effort, ...]) -> Matrix:
    without = (None,) if any(item.effort is None for item in items) else ()
    columns = (*efforts, *without)
    return Matrix(
        tuple((effort, any(item.effort == effort for item in items)) for effort in columns),
        tuple(
            (
                importance,
                tuple(
                    _cell([item for item in items if (item.importance, item.effort) == (importance, effort)])
                    for effort in columns
                ),
            )
            for _, importance in sorted(IMPORTANCES.items(), reverse=True)
        ),
    )


def _cell(items: list[Item]) -> Cell:
    shown = items[:MOST_IN_A_CELL]
    sizes = dict.fromkeys(item.gap for item in shown)
    return Cell(
        tuple((size, tuple(item.row for item in shown if item.gap == size)) for size in sizes),
        len(items) - len(shown),
    )


def _quick(item: Item) -> Item:
    """The same item with only its smallest actions."""
    actions = tuple(action for action in item.actions if action.effort and action.effort.rank == 0)
    return Item(item.row, item.place, item.colours, item.gap, item.importance, item.effort, actions)
