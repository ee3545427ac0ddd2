"""What changed from one version of a framework to another, by the links between their criteria."""

from __future__ import annotations

from dataclasses import dataclass

from .standards import Criterion, Framework, Link, Text

KINDS = ("unchanged", "reworded", "merged", "split", "new", "retired")


@dataclass(frozen=True)
class Change:
    """One criterion of either version with what became of it, or what it came from.

    Seen from the older version: `old` is one criterion and `new` all that it went into, none when retired.
    For kind new, `old` is None and `new` is one criterion. `notes` say why, where the file does.
    """

    kind: str
    old: Criterion | None
    new: tuple[Criterion, ...]
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """All changes between two versions: the older one's criteria in its order, then the new ones."""

    old: Framework
    new: Framework
    changes: tuple[Change, ...]

    def of_kind(self, kind: str) -> tuple[Change, ...]:
        """The changes of one of KINDS."""
        return tuple(change for change in self.changes if change.kind == kind)

    def counts(self) -> dict[str, int]:
        """How many changes there are of each kind, in the order of KINDS."""
        return {kind: len(self.of_kind(kind)) for kind in KINDS}

    def linked(self) -> bool:
        """Whether the two versions know of each other at all."""
        return any(change.kind not in ("new", "retired") for change in self.changes)


def compare(old: Framework, new: Framework) -> Comparison:
    """What became of each criterion of `old` in `new`, which holds the links."""
    changes = [_became(criterion, old, new) for criterion in old.criteria]
    fresh = [
        Change("new", None, (criterion,)) for criterion in new.criteria if not _links(criterion, old.version)
    ]
    return Comparison(old, new, (*changes, *fresh))


def _became(criterion: Criterion, old: Framework, new: Framework) -> Change:
    targets = [
        (target, link)
        for target in new.criteria
        for link in _links(target, old.version)
        if link.id == criterion.id
    ]
    if not targets:
        whys = tuple(
            item.why
            for item in new.retired
            if item.version == old.version and item.id == criterion.id and item.why
        )
        return Change("retired", criterion, (), whys)
    notes = dict.fromkeys(link.note for _, link in targets if link.note)
    return Change(targets[0][1].kind, criterion, tuple(target for target, _ in targets), tuple(notes))


def _links(criterion: Criterion, version: str) -> list[Link]:
    return [link for link in criterion.links if link.version == version]
