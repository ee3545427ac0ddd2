"""A wave of benchmarks: which levels count, how criteria are followed through versions, what it shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .assessment import Assessment
from .disclosure import (
    PARTNER,
    PUBLIC,
    Cell,
    Cut,
    Network,
    Organisation,
    Release,
    ReleasedWave,
    Wave,
    network_document,
    release,
    release_document,
)
from .mapping import REWORDED, UNCHANGED, origins
from .scoring import score
from .standards import Framework

# The only ways in which a wave is ever divided: the earlier ones come first where not all can be shown
CUTS = (Cut(), Cut(("type",)), Cut(("nation",)), Cut(("size",)))
AUDIENCES = (PARTNER, PUBLIC)
COMPARED = (UNCHANGED, REWORDED)

# Of each criterion of a version: the name by which it is followed through all waves
Names = Mapping[str, str]


@dataclass(frozen=True)
class Counted:
    """What a wave is made from, of one version: the names of its criteria, and who is counted with what."""

    framework: Framework
    names: Names
    wave: Wave


def levels(framework: Framework, answered: Assessment) -> dict[str, int | None]:
    """The level of each criterion of the version; None where there is none that can fairly be compared.

    A standard of which too many criteria are not applicable is not compared, and so none of its criteria is.
    Nor is one that was coming when the assessment was made.
    """
    comparable = {standard.id for standard in score(framework, answered).standards if standard.comparable}
    found = {}
    for standard in framework.standards:
        fair = {item.id for item in answered.counted(standard)} if standard.id in comparable else set()
        for item in standard.criteria:
            found[item.id] = answered.answer(item.id).level if item.id in fair else None
    return found


def names(
    framework: Framework, earlier: Sequence[tuple[Framework, Names]], versions: Iterable[Framework]
) -> dict[str, str]:
    """The names under which criteria are followed: that of an earlier wave where the two compare.

    Those of a version that was counted before stay; otherwise the latest wave's come first, whether
    its version is older or newer. What is asked otherwise has a name of its own.
    """
    between = tuple(versions)
    for before, found in earlier:
        if before.version == framework.version:
            return dict(found)
    given: dict[str, str] = {}
    for before, found in reversed(earlier):
        for criterion, other in _comparable(before, framework, between):
            if criterion not in given and found[other] not in given.values():
                given[criterion] = found[other]
    taken = {name for _, found in earlier for name in found.values()}
    for item in framework.criteria:
        if item.id not in given:
            given[item.id] = item.id if item.id not in taken else f"{item.id}@{framework.version}"
    return {item.id: given[item.id] for item in framework.criteria}


def _comparable(
    before: Framework, framework: Framework, versions: Iterable[Framework]
) -> Iterator[tuple[str, str]]:
    """Criteria of a version with those of another that they compare with, whichever is made from which.

    Reworded ones too: an answer that was carried over and confirmed is the same answer.
    """
    for criterion, whence in origins(before, framework, versions).items():
        if len(whence) == 1 and whence[0].kind in COMPARED:
            yield criterion, whence[0].id
    for other, whence in origins(framework, before, versions).items():
        if len(whence) == 1 and whence[0].kind in COMPARED:
            yield whence[0].id, other


def network_of(earlier: Sequence[Counted], new: Counted) -> Network:
    """All waves that were ever published, and a new one, as disclosure control wants them.

    Waves on a scale of another length are left out: no level of theirs means one of these.
    """
    framework, top = new.framework, new.framework.top
    alike = [one for one in (*earlier, new) if one.framework.top == top]
    answered = {name for one in new.wave.organisations for name in one.levels}
    standards = {
        item.id: tuple(new.names[each.id] for each in item.criteria if each.id in answered)
        for item in framework.standards
    }
    return Network(
        cuts=CUTS,
        waves=tuple(Wave(one.wave.id, tuple(_renamed(each, one.names) for each in one.wave.organisations))
                    for one in alike),
        scale=tuple(str(level.label) for level in framework.scale),
        target=len(framework.scale) // 2,
        standards={name: members for name, members in standards.items() if members},
    )  # fmt: skip


def released(earlier: Sequence[Counted], new: Counted) -> dict[str, Release]:
    """What the new wave shows to each audience, with its criteria's own ids."""
    network = network_of(earlier, new)
    own = {name: criterion for criterion, name in new.names.items()}
    return {audience: _only_last(release(network, audience), own) for audience in AUDIENCES}


def seal_of(earlier: Sequence[Counted], new: Counted) -> str:
    """A hash of all that decides what a wave shows: whoever approves it approves this and nothing else."""
    said = [new.framework.content_hash, network_document(network_of(earlier, new))]
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def counted_document(counted: Counted) -> dict[str, object]:
    """Who is counted with what, as plain values; it is kept with the wave and never shown."""
    found = network_document(Network((), (counted.wave,)))["waves"][0]["organisations"]
    return {"names": dict(counted.names), "organisations": found}


def release_documents(found: Mapping[str, Release]) -> dict[str, object]:
    """The release of each audience, as plain values."""
    return {audience: release_document(each) for audience, each in found.items()}


def _renamed(item: Organisation, found: Names) -> Organisation:
    return replace(item, levels={found[criterion]: level for criterion, level in item.levels.items()})


def _only_last(found: Release, own: Names) -> Release:
    last = found.waves[-1]
    cells = tuple(_own_ids(cell, own) for cell in last.cells)
    return replace(found, waves=(ReleasedWave(last.id, cells),))


def _own_ids(cell: Cell, own: Names) -> Cell:
    return replace(cell, criteria={own[name]: figure for name, figure in cell.criteria.items()})
