"""Other networks that would have had the very same release, made from the world that the rules keep in mind.

Whether they do have it is not for this module to say: the tests release them and compare.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pedri_assess.domain.disclosure import Network, Organisation
from pedri_assess.domain.disclosure.certifying import Scale
from pedri_assess.domain.disclosure.histories import ABSENT, Columns, History, Place
from pedri_assess.domain.disclosure.position import Position
from pedri_assess.domain.disclosure.releasing import rooms_of, walk
from pedri_assess.domain.disclosure.rules import free

Levels = list[int]  # the levels that an organisation had in turn; each differs from the one before


@dataclass(frozen=True)
class Known:
    """What anybody may know of a network, about one criterion."""

    position: Position
    histories: Mapping[str, History]
    levels: Mapping[str, Levels]


def known(network: Network, criterion: str) -> Known:
    """The last position about a criterion, with the history and the true levels of every organisation."""
    columns = Columns(network)
    start = Position(Scale(len(network.scale), network.target))
    *_, (_, position) = walk(network, start, columns.standings(criterion), rooms_of(network, columns))
    histories: dict[str, History] = {}
    levels: dict[str, Levels] = {}
    for wave in network.waves:
        here = {one.id: one for one in wave.organisations}
        for name in histories.keys() | here.keys():
            step = _step(columns, here.get(name), criterion, levels.setdefault(name, []))
            past = histories.get(name, (None,) * network.waves.index(wave))
            histories[name] = (*past, step)
    counted = {name: history for name, history in histories.items() if any(history)}
    return Known(position, counted, levels)


def _step(
    columns: Columns, one: Organisation | None, criterion: str, levels: Levels
) -> tuple[int, int] | None:
    level = one.levels.get(criterion) if one else None
    if one is None or level is None:
        return None
    if not levels or levels[-1] != level:
        levels.append(level)
    place = columns.places.index(Place(tuple(sorted(one.groups.items())), one.public), ABSENT + 1)
    return place, len(levels) - 1


def made_up(found: Known, own: Mapping[str, Levels]) -> dict[str, Levels]:
    """Levels for all that agree with everything published, and with what some know of their own.

    A very small group that is alike is so at the level of the one in it that looks.
    """
    left = dict(found.position.world)
    seen: dict[History, int] = {}
    levels: dict[str, Levels] = {}
    alike = {
        figure.bit: _seen_level(found, figure.bit, own) for figure in found.position.published if figure.spent
    }
    for name, history in sorted(found.histories.items()):
        member = found.position.members[history]
        seen[history] = seen.get(history, 0) + 1
        shade = int(seen[history] > member.zeros)
        for turn, kind in enumerate(member.kinds):
            if kind in alike:  # nothing else counts these organisations
                shade = _shade(found.position.scale, alike[kind]) + turn
        levels[name] = []
        for turn, kind in enumerate(member.kinds):
            upper = left.get(kind, 0) > 0
            left[kind] = left.get(kind, 0) - upper
            usual = _level(found.position.scale, upper=upper, shade=(shade + turn) % 2)
            levels[name].append(alike.get(kind, usual))
    return {**levels, **own}


def _seen_level(found: Known, bit: int, own: Mapping[str, Levels]) -> int:
    for name, levels in own.items():
        kinds = found.position.members[found.histories[name]].kinds
        if bit in kinds:
            return levels[kinds.index(bit)]
    return 0


def _shade(scale: Scale, level: int) -> int:
    return level - scale.target if level >= scale.target else level


def on_one_side(found: Known, levels: Levels, *, upper: bool) -> Levels:
    """The levels of one organisation as they would be had it been on one side all the time."""
    scale = found.position.scale
    return [_level(scale, upper=upper, shade=_shade(scale, level)) for level in levels]


def _level(scale: Scale, *, upper: bool, shade: int) -> int:
    side = range(scale.target, scale.levels) if upper else range(scale.target)
    return side[min(shade, len(side) - 1)]


def with_criteria(network: Network, columns: Mapping[str, Mapping[str, Levels]], found: Known) -> Network:
    """The network with other criteria: for each, the levels of every organisation in turn."""
    waves = []
    for index, wave in enumerate(network.waves):
        organisations = []
        for one in wave.organisations:
            step = found.histories[one.id][index] if one.id in found.histories else None
            own = {name: levels[one.id][step[1]] if step else None for name, levels in columns.items()}
            organisations.append(replace(one, levels=own))
        waves.append(replace(wave, organisations=tuple(organisations)))
    return replace(network, waves=tuple(waves))


def covered(found: Known, looking: Iterable[str]) -> bool:
    """Whether the guarantee covers these partners together: a small group stands only one that looks."""
    partners = set(looking)
    for figure in found.position.published:
        inside = sum(
            any(kind & figure.bit for kind in found.position.members[found.histories[name]].kinds)
            for name in partners
        )
        if inside >= free(figure.number):
            return False
    return True
