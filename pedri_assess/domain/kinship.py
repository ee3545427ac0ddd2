"""Criteria of all versions of a framework together: which standards hold each, and what is akin to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .standards import Framework


@dataclass(frozen=True)
class Family:
    """By the id of a criterion: the standards that hold it, and the criteria that it came from or became."""

    standards: Mapping[str, frozenset[str]] = field(default_factory=dict)
    kin: Mapping[str, frozenset[str]] = field(default_factory=dict)


def family(versions: Iterable[Framework]) -> Family:
    """The family of these versions of one framework. Kin are one link apart, in either direction."""
    standards: dict[str, set[str]] = {}
    kin: dict[str, set[str]] = {}
    for version in versions:
        for criterion in version.criteria:
            standards.setdefault(criterion.id, set()).add(version.standard_of(criterion.id).id)
            for link in criterion.links:
                if link.id != criterion.id:
                    kin.setdefault(criterion.id, set()).add(link.id)
                    kin.setdefault(link.id, set()).add(criterion.id)
    return Family(_frozen(standards), _frozen(kin))


def _frozen(sets: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(values) for name, values in sets.items()}
