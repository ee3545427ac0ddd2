"""Publishing a version of the standards: a file that staff bring, everything to look at, then for ever."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from ..catalogue import read_framework
from ..domain.assessment import Answer, Assessment
from ..domain.carrying import carry
from ..domain.checking import mapping_faults
from ..domain.comparison import Comparison, compare
from ..domain.errors import Duplicate, Fault, Incomplete, InvalidDocument, NotFound, WrongState
from ..domain.languages import to_translate
from ..domain.mapping import leads_to
from ..domain.plain_language import Advice, advice
from ..domain.standards import Framework
from ..domain.times import stamp
from ..store import publishing as store
from ..store.events import Event, add_event
from ..store.publishing import Draft, Released
from . import Context

THERE = "this version is there already"
OF_ITS_OWN = "expected a number of its own: a released version never changes"
TYPE_IT = to_translate("Type the number of the version, to show that you mean it")


@dataclass(frozen=True)
class Effect:
    """What becomes of answers to an older version: how many in each way, and how many stay behind."""

    older: Framework
    comparison: Comparison
    to_do: dict[str, int]
    left_behind: int


@dataclass(frozen=True)
class Looked:
    """A draft with all there is to look at before it is published. `faults` say why it cannot be."""

    draft: Draft
    framework: Framework | None
    faults: tuple[str, ...]
    effects: tuple[Effect, ...] = ()
    advice: tuple[Advice, ...] = ()
    origins: dict[str, int] | None = None


def overview(context: Context) -> tuple[list[Draft], list[Released]]:
    """The drafts that are here, the newest first, and what was published."""
    with context.database.read() as c:
        return store.drafts(c), store.released(c)


def upload(context: Context, by: str, content: bytes, source: str) -> str:
    """Keeps a file as a draft; its id. Raises InvalidDocument with every fault, and then keeps nothing."""
    document, framework = _read(context, content, source)
    if _is_there(context, framework):
        raise InvalidDocument(source, [Fault("$.version", THERE, OF_ITS_OWN)])
    at = stamp(context.now())
    with context.database.write() as c:
        named = (framework.framework, framework.version, str(framework.title))
        made = store.add_draft(c, *named, content.decode("utf-8"), at, by)
        after = {"framework": document["framework"], "version": document["version"]}
        add_event(c, Event("standards-draft-added", at, by, subject=made, after=after))
    return made


def looked_at(context: Context, draft_id: str) -> Looked:
    """A draft with its faults as things stand now, its effects and advice. Raises NotFound."""
    with context.database.read() as c:
        draft = store.draft(c, draft_id)
    try:
        _document, framework = _read(context, draft.content.encode(), f"{draft.framework} {draft.version}")
    except InvalidDocument as error:
        return Looked(draft, None, tuple(error.lines()))
    there = draft.published_at is None and _is_there(context, framework)
    kinds = Counter(criterion.provenance.kind or "not said" for criterion in framework.criteria)
    return Looked(
        draft,
        framework,
        (str(Fault("$.version", THERE, OF_ITS_OWN)),) if there else (),
        tuple(_effects(context, framework)),
        tuple(advice(framework)),
        dict(kinds),
    )


def draft_framework(context: Context, draft_id: str) -> tuple[Draft, Framework]:
    """A draft that can be previewed. Raises NotFound, also where it has faults by now."""
    found = looked_at(context, draft_id)
    if found.framework is None:
        raise NotFound("preview")
    return found.draft, found.framework


def publish(context: Context, by: str, draft_id: str, typed: str) -> Released:
    """Publishes a draft, for ever, and puts it on this process's shelf.

    `typed` must be the number of the version. Raises NotFound, Incomplete, and WrongState where it was
    published before or has faults.
    """
    found = looked_at(context, draft_id)
    if found.draft.published_at is not None:
        raise WrongState(to_translate("This draft was published before"))
    if found.framework is None or found.faults:
        raise WrongState(to_translate("It cannot be published as it is. %(fault)s"), fault=found.faults[0])
    if typed.strip() != found.framework.version:
        raise Incomplete([TYPE_IT])
    at, content = stamp(context.now()), _as_released(found.draft.content, context.today().isoformat())
    with context.database.write() as c:
        try:
            made = store.release(c, found.framework.framework, found.framework.version, content, at, by)
        except Duplicate:
            raise WrongState(to_translate("Somebody has published this version just now")) from None
        store.end_draft(c, draft_id, at, published=True)
        named = f"{made.framework}/{made.version}"
        add_event(c, Event("standards-published", at, by, subject=named, after={"sha256": made.sha256}))
    with context.database.read() as c:
        context.shelving.take_in(c)
    return made


def remove(context: Context, by: str, draft_id: str) -> None:
    """Takes a draft away; what was published from it stays. Raises NotFound."""
    at = stamp(context.now())
    with context.database.write() as c:
        store.draft(c, draft_id)
        store.end_draft(c, draft_id, at, published=False)
        add_event(c, Event("standards-draft-removed", at, by, subject=draft_id))


def _read(context: Context, content: bytes, source: str) -> tuple[dict[str, Any], Framework]:
    document, framework = read_framework(content, source, context.schemas)
    if faults := mapping_faults(document, context.shelf.ids):
        raise InvalidDocument(source, faults)
    return document, framework


def _is_there(context: Context, framework: Framework) -> bool:
    return context.shelf.ids(framework.framework, framework.version) is not None


def _effects(context: Context, framework: Framework) -> list[Effect]:
    try:
        versions = context.shelf.versions(framework.framework)
    except NotFound:  # the first version of a framework
        return []
    older = [each for each in versions if each.version != framework.version]
    return [
        _effect(each, framework, older) for each in older if leads_to(each, framework, (*older, framework))
    ]


def _effect(older: Framework, newer: Framework, versions: list[Framework]) -> Effect:
    """What would become of an assessment in which everything is answered."""
    answers = {criterion.id: Answer(level=0) for criterion in older.criteria}
    full = Assessment(older.framework, older.version, answers=answers)
    over = carry(older, newer, full, versions)
    return Effect(older, compare(older, newer), over.counts(), len(over.history))


def _as_released(content: str, today: str) -> str:
    """The file of a draft as that of a released version: nothing else in it changes."""
    document = json.loads(content)
    document["status"] = "released"
    document.setdefault("released", today)
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
