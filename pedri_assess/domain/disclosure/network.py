"""A network: waves of organisations with their levels, and the cuts in which they may be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..errors import Fault, first
from ..paths import ROOT, at, shown, suggestion

Document = dict[str, Any]

GROUPINGS = ("type", "nation", "size")
USUAL_SCALE = tuple(f"level {number}" for number in range(4))


@dataclass(frozen=True)
class Cut:
    """What a wave is divided by; nothing for the whole network."""

    by: tuple[str, ...] = ()


USUAL_CUTS = (Cut(), *(Cut((name,)) for name in GROUPINGS))


@dataclass(frozen=True)
class Organisation:
    """One organisation in one wave. `groups` is grouping to value; a level is None where unanswered.

    `public` says that it agreed to be counted in what the public sees.
    """

    id: str
    groups: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, int | None] = field(default_factory=dict)
    public: bool = True


@dataclass(frozen=True)
class Wave:
    """The organisations that are counted at one time, each once."""

    id: str
    organisations: tuple[Organisation, ...]

    def criteria(self) -> tuple[str, ...]:
        """Every criterion that somebody has, in the order in which they come."""
        found: dict[str, None] = {}
        for organisation in self.organisations:
            if organisation.levels.keys() - found.keys():
                found.update(dict.fromkeys(organisation.levels))
        return tuple(found)


@dataclass(frozen=True)
class Network:
    """Waves from first to last. `scale` is the labels of the levels, and figures are about `target` or above.

    `standards` is the criteria of each standard, for summaries.
    """

    cuts: tuple[Cut, ...]
    waves: tuple[Wave, ...]
    scale: tuple[str, ...] = USUAL_SCALE
    target: int = 2
    standards: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def usual_target(levels: int) -> int:
    """The lowest level of the upper half of a scale."""
    return levels // 2


def network_from(document: Document) -> Network:
    """The network that a checked document describes."""
    scale = tuple(document.get("scale", USUAL_SCALE))
    return Network(
        cuts=tuple(Cut(tuple(cut)) for cut in document["cuts"]) if "cuts" in document else USUAL_CUTS,
        waves=tuple(
            Wave(wave["id"], tuple(_organisation_from(item) for item in wave["organisations"]))
            for wave in document["waves"]
        ),
        scale=scale,
        target=document.get("target", usual_target(len(scale))),
        standards={name: tuple(criteria) for name, criteria in document.get("standards", {}).items()},
    )


def _organisation_from(item: Document) -> Organisation:
    groups = {name: item[name] for name in GROUPINGS if name in item}
    return Organisation(item["id"], groups, item.get("levels", {}), item.get("public", True))


def network_document(network: Network) -> Document:
    """The document of a network; `network_from` reads it."""
    return {
        "cuts": [list(cut.by) for cut in network.cuts],
        "scale": list(network.scale),
        "target": network.target,
        "standards": {name: list(criteria) for name, criteria in network.standards.items()},
        "waves": [
            {"id": wave.id, "organisations": [_organisation_document(item) for item in wave.organisations]}
            for wave in network.waves
        ],
    }


def _organisation_document(item: Organisation) -> Document:
    document = {"id": item.id, **item.groups, "levels": dict(item.levels)}
    return document if item.public else {**document, "public": False}


def network_faults(document: Document) -> list[Fault]:
    """What is wrong in a network document of the right shape."""
    return first(_faults(document))


def _faults(document: Document) -> Iterator[Fault]:
    levels = len(document.get("scale", USUAL_SCALE))
    target = document.get("target", usual_target(levels))
    if not 0 < target < levels:
        expected = f"expected a level of the scale above the lowest, 1 to {levels - 1}"
        yield Fault(at(ROOT, "target"), f"found {target}", expected)
    cuts = document.get("cuts", ())
    yield from _repeated(at(ROOT, "cuts"), [sorted(cut) for cut in cuts], "cut")
    for index, cut in enumerate(cuts):
        yield from _repeated(at(at(ROOT, "cuts"), index), cut, "grouping")
    yield from _repeated(at(ROOT, "waves"), [wave["id"] for wave in document["waves"]], "wave", "id")
    criteria: set[str] = set()
    for index, wave in enumerate(document["waves"]):
        place = at(at(at(ROOT, "waves"), index), "organisations")
        yield from _repeated(place, [item["id"] for item in wave["organisations"]], "organisation", "id")
        for position, item in enumerate(wave["organisations"]):
            criteria |= item.get("levels", {}).keys()
            yield from _level_faults(at(at(place, position), "levels"), item.get("levels", {}), levels)
    yield from _standard_faults(document.get("standards", {}), criteria)


def _repeated(path: str, names: list[Any], kind: str, key: str = "") -> Iterator[Fault]:
    times = Counter(map(str, names))
    seen: set[str] = set()
    for index, name in enumerate(names):
        if times[str(name)] > 1 and str(name) in seen:
            where = at(at(path, index), key) if key else at(path, index)
            yield Fault(where, f"the {kind} {shown(name)} is there twice", f"expected each {kind} once")
        seen.add(str(name))


def _level_faults(path: str, given: Document, levels: int) -> Iterator[Fault]:
    for name, level in given.items():
        if level is not None and level >= levels:
            expected = f"expected a level of the scale, 0 to {levels - 1}, or null"
            yield Fault(at(path, name), f"there is no level {level}", expected)


def _standard_faults(standards: Document, criteria: set[str]) -> Iterator[Fault]:
    for name, members in standards.items():
        for index, criterion in enumerate(members):
            if criterion not in criteria:
                path = at(at(at(ROOT, "standards"), name), index)
                yield Fault(
                    path,
                    f"no organisation has a criterion {shown(criterion)}",
                    suggestion(criterion, sorted(criteria)),
                )
