"""Where criteria come from in an earlier version, over however many versions lie between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .standards import Criterion, Framework, Link, Standard, Text

UNCHANGED, REWORDED, SPLIT, MERGED = "unchanged", "reworded", "split", "merged"
# A way over several links is as much of a change as the greatest of them
_GREATNESS = {kind: place for place, kind in enumerate((UNCHANGED, REWORDED, SPLIT, MERGED))}


@dataclass(frozen=True)
class Origin:
    """An earlier criterion that one comes from, how, and the notes of the links on the way."""

    id: str
    kind: str
    notes: tuple[Text, ...] = ()


Origins = dict[str, tuple[Origin, ...]]


def origins(old: Framework, new: Framework, versions: Iterable[Framework] = ()) -> Origins:
    """For each criterion of `new` in its order: what it comes from in `old`, in the order of `old`.

    `versions` are those that links may lead through, in any order; others among them do no harm. A link from
    `new` straight to `old` says more than a way through other versions. Each comes unchanged from itself.
    """
    return _Ways(old, versions).of(new)


def whys(old: Framework, new: Framework, versions: Iterable[Framework] = ()) -> dict[str, tuple[Text, ...]]:
    """Why criteria of `old` have no successor, where `new` or a version on the way says so."""
    ways = _Ways(old, versions)
    found: dict[str, dict[Text, None]] = {}
    for framework in ways.back_from(new):
        for item in sorted(framework.retired, key=lambda item: (item.version, item.id)):
            for name in ways.leading_to(item.version, item.id):
                found.setdefault(name, {}).update({item.why: None} if item.why else {})
    return {name: tuple(reasons) for name, reasons in found.items()}


def leads_to(old: Framework, new: Framework, versions: Iterable[Framework] = ()) -> bool:
    """Whether `new` is `old` or was made from it."""
    return any(origins(old, new, versions).values())


def linked_versions(framework: Framework) -> set[str]:
    """The versions that a version says it was made from."""
    linked = {link.version for criterion in framework.criteria for link in criterion.links}
    return linked | {item.version for item in framework.retired}


def predecessors(old: Framework, new: Framework, found: Origins) -> dict[str, tuple[Standard, ...]]:
    """For each standard of `new`: the standards of `old` that its criteria come from.

    The one with most of them comes first; ties stay in the order of `old`.
    """
    before = {}
    for standard in new.standards:
        count = Counter(
            old.standard_of(origin.id).id for item in standard.criteria for origin in found[item.id]
        )
        parts = [part for part in old.standards if count[part.id]]
        before[standard.id] = tuple(sorted(parts, key=lambda part: -count[part.id]))
    return before


class _Ways:
    """Follows links back to one version."""

    def __init__(self, old: Framework, versions: Iterable[Framework]) -> None:
        self._old = old
        self._versions = {each.version: each for each in versions if each.framework == old.framework}
        self._order = {criterion.id: place for place, criterion in enumerate(old.criteria)}
        self._known: dict[str, Origins] = {}

    def of(self, framework: Framework) -> Origins:
        """The origins of every criterion of a version."""
        if framework.version == self._old.version:
            return {item.id: self._itself(item) for item in framework.criteria}
        if framework.version not in self._known:
            self._known[framework.version] = {}  # versions that name each other in a ring lead nowhere
            self._known[framework.version] = {item.id: self._origins(item) for item in framework.criteria}
        return self._known[framework.version]

    def back_from(self, framework: Framework) -> list[Framework]:
        """A version and all that it was made from, as far as they are known."""
        found, waiting = {framework.version: framework}, [framework]
        while waiting:
            for version in sorted(linked_versions(waiting.pop())):
                if version in self._versions and version not in found and version != self._old.version:
                    found[version] = self._versions[version]
                    waiting.append(self._versions[version])
        return sorted(found.values(), key=lambda each: each.version)

    def leading_to(self, version: str, criterion: str) -> list[str]:
        """The criteria of the old version that became a criterion of another."""
        if version == self._old.version:
            return [criterion]
        if version not in self._versions:
            return []
        return [origin.id for origin in self.of(self._versions[version]).get(criterion, ())]

    def _itself(self, item: Criterion) -> tuple[Origin, ...]:
        return (Origin(item.id, UNCHANGED),) if item.id in self._order else ()

    def _origins(self, item: Criterion) -> tuple[Origin, ...]:
        straight = {origin.id: origin for link in _sorted(item.links) for origin in self._straight(link)}
        around: dict[str, Origin] = {}
        for link in _sorted(item.links):
            for origin in self._around(link):
                around[origin.id] = _joined(around.get(origin.id), origin)
        return tuple(sorted((around | straight).values(), key=lambda origin: self._order[origin.id]))

    def _straight(self, link: Link) -> Iterator[Origin]:
        if link.version == self._old.version and link.id in self._order:
            yield Origin(link.id, link.kind, _notes(link.note))

    def _around(self, link: Link) -> Iterator[Origin]:
        if link.version != self._old.version and link.version in self._versions:
            for origin in self.of(self._versions[link.version]).get(link.id, ()):
                yield Origin(origin.id, _greater(origin.kind, link.kind), origin.notes + _notes(link.note))


def _sorted(links: tuple[Link, ...]) -> list[Link]:
    # The order in which a file lists its links says nothing
    return sorted(links, key=lambda link: (link.version, link.id))


def _notes(note: Text) -> tuple[Text, ...]:
    return (note,) if note else ()


def _greater(one: str, other: str) -> str:
    return max(one, other, key=_GREATNESS.__getitem__)


def _joined(known: Origin | None, more: Origin) -> Origin:
    if known is None:
        return more
    return Origin(more.id, _greater(known.kind, more.kind), tuple(dict.fromkeys(known.notes + more.notes)))
