"""What is usually done: a group is shown when it has enough members. The attackers win against this."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pedri_assess.domain.disclosure import (
    METHOD,
    Cell,
    Cut,
    Figure,
    Hidden,
    Network,
    Organisation,
    Release,
    ReleasedWave,
    Shown,
    Wave,
)
from pedri_assess.domain.disclosure.rules import SMALLEST, questions

Variable = tuple[str, int]  # an organisation, and the how-manieth of its levels


@dataclass(frozen=True)
class Group:
    """The organisations of one cell that answered a criterion, with their levels."""

    wave: str
    cut: Cut
    key: tuple[str, ...]
    levels: Mapping[Variable, int]


def groups(network: Network, criterion: str) -> Iterator[Group]:
    """Every group that is large enough for partners, wave by wave."""
    turns: dict[str, list[int]] = {}
    for wave in network.waves:
        found: dict[tuple[Cut, tuple[str, ...]], dict[Variable, int]] = {}
        for one in wave.organisations:
            level = one.levels.get(criterion)
            if level is not None:
                own = turns.setdefault(one.id, [])
                own += [level] if own[-1:] != [level] else []
                for key in _cells_of(network, one):
                    found.setdefault(key, {})[one.id, len(own) - 1] = level
        for (cut, group), levels in found.items():
            if len(levels) >= SMALLEST["partner"]:
                yield Group(wave.id, cut, group, levels)


def _cells_of(network: Network, one: Organisation) -> Iterator[tuple[Cut, tuple[str, ...]]]:
    for cut in network.cuts:
        if all(name in one.groups for name in cut.by):
            yield cut, tuple(one.groups[name] for name in cut.by)


def counts(group: Group) -> Counter[int]:
    """How many organisations of a group are at each level: what a naive table shows."""
    return Counter(group.levels.values())


def naive_release(network: Network, audience: str = "partner") -> Release:
    """The same bands as ours, for every group that is large enough and not all alike."""
    waves = [
        ReleasedWave(wave.id, tuple(_cells(network, wave, SMALLEST[audience]))) for wave in network.waves
    ]
    return Release(METHOD, audience, network.scale, network.target, tuple(waves))


def _cells(network: Network, wave: Wave, smallest: int) -> Iterator[Cell]:
    for cut in network.cuts:
        found: dict[tuple[tuple[str, str], ...], list[Organisation]] = {}
        for one in wave.organisations:
            if all(name in one.groups for name in cut.by):
                found.setdefault(tuple((name, one.groups[name]) for name in cut.by), []).append(one)
        for group in sorted(found):
            figures = {name: _figure(network, found[group], name, smallest) for name in wave.criteria()}
            yield Cell(cut, dict(group), None, figures)


def _figure(network: Network, members: list[Organisation], criterion: str, smallest: int) -> Figure:
    levels = [level for one in members if (level := one.levels.get(criterion)) is not None]
    if len(levels) < smallest:
        return Hidden(("threshold",))
    if len(set(levels)) == 1:
        return Hidden(("class-disclosure",))
    count = sum(level >= network.target for level in levels)
    band = next(band for band in questions(len(levels))[0] if band.holds(count))
    return Shown(network.target, band.above, band.below)
