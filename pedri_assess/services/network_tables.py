"""The tables of the network's export: each with what it is, what its columns say, and its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..domain.network_view import HIDDEN, CriterionSeen, NetworkView
from ..domain.opinions import ANSWERS, QUESTIONS, TEXTS
from ..domain.standards import Framework
from ..store.datasets import NUMBER, REAL, TEXT, Column, Table
from .network_view import Network
from .opinions import Learnt

Row = tuple[str | int | None, ...]

CRITERION = {
    "criterion": Column(TEXT, "Id of the criterion in this version"),
    "standard": Column(TEXT, "Id of its standard"),
    "statement": Column(TEXT, "Its statement"),
    "organisations": Column(NUMBER, "Organisations that share a result in which it is in scope"),
    "answered": Column(NUMBER, "Of these, those with a level"),
    "unanswered": Column(NUMBER, "Those without a level to whom it applies"),
    "not_known": Column(NUMBER, "Of these, those that say they do not know yet"),
    "not_applicable": Column(NUMBER, "Those to whom it does not apply"),
    "otherwise": Column(NUMBER, "Those that reach the aim in another way"),
    "below_target": Column(NUMBER, "Those that miss their target"),
    "awaiting_evidence": Column(NUMBER, "Those whose level needs more evidence than they have"),
    "rated_alone": Column(NUMBER, "Those in which two people or more rated it alone"),
    "raters_differ": Column(NUMBER, "Of these, those in which they differ by two levels or more"),
    "public_views": Column(NUMBER, "Those with a level and a public view"),
    "public_lower": Column(NUMBER, "Of these, those in which the public see a lower level"),
    "public_same": Column(NUMBER, "The same level"),
    "public_higher": Column(NUMBER, "A higher level"),
    "hidden": Column(TEXT, "Why numbers are missing; empty where none are"),
}
ORGANISATIONS = Column(NUMBER, "How many organisations")
_WORDS = {"label": Column(TEXT, "What it is called"), "meaning": Column(TEXT, "What it means")}
_TO_CRITERION = {"criterion": "criterion"}


def criteria(view: NetworkView) -> Iterator[Row]:
    """All criteria, in the order of CRITERION; numbers that are hidden are None."""
    seen = {item.criterion.id: item for item in view.criteria}
    for criterion in view.framework.criteria:
        named = (criterion.id, view.framework.standard_of(criterion.id).id, str(criterion.statement))
        item = seen.get(criterion.id)
        numbers = _numbers(item) if item else (None,) * (len(CRITERION) - 4) + (HIDDEN,)
        yield (*named, *numbers)


def _numbers(item: CriterionSeen) -> Row:
    raters, panels = item.raters, item.panels
    hidden = [
        f"{what} {HIDDEN}" for what, found in (("raters", raters), ("public views", panels)) if not found
    ]
    return (
        *(item.of, item.answered, item.unanswered, item.not_known, item.not_applicable, item.otherwise),
        *(item.below, item.awaiting_evidence),
        *((raters.of, raters.differ) if raters else (None, None)),
        *((panels.of, panels.lower, panels.same, panels.higher) if panels else (None,) * 4),
        "; ".join(hidden),
    )


def tables(found: Network, said: Sequence[Learnt]) -> list[Table]:
    """All of them, each after those it refers to."""
    view = found.view
    return [
        _version(view),
        _scale(view.framework),
        _confidence(view.framework),
        _standards(view),
        _criterion(view),
        _levels("standard", [(item.standard.id, item.counts) for item in view.standards]),
        _levels("criterion", [(item.criterion.id, item.counts) for item in view.criteria]),
        _gaps(view),
        _confident(view),
        _changes(found),
        _opinions(said),
        _texts(said),
    ]


def _version(view: NetworkView) -> Table:
    framework, rated = view.framework, view.agreement
    columns = {
        "framework": Column(TEXT, "Id of the framework"),
        "version": Column(TEXT, "The version that all here is about"),
        "title": Column(TEXT, "Title of the framework"),
        "content_hash": Column(TEXT, "Hash of the version's file"),
        "organisations": Column(NUMBER, "Organisations that share a result against it"),
        "agreement": Column(REAL, "Krippendorff's alpha (ordinal) of staff who rated alone"),
        "hidden": Column(TEXT, "Why there is no alpha; empty where there is one"),
    }
    alpha = None if rated.alpha is None else round(float(rated.alpha), 3)
    row = (
        *(framework.framework, framework.version, str(framework.title), framework.content_hash),
        *(view.organisations, alpha, rated.hidden),
    )
    return Table(
        "version", "The version of the standards, and who is summed up", columns, ("version",), [row]
    )


def _scale(framework: Framework) -> Table:
    columns = {"level": Column(NUMBER, "The level, from 0")} | _WORDS
    rows = [(item.value, str(item.label), str(item.meaning)) for item in framework.scale]
    return Table("level", "The levels of the scale", columns, ("level",), rows, label="label")


def _confidence(framework: Framework) -> Table:
    columns = {"confidence": Column(NUMBER, "The step of confidence, from 0")} | _WORDS
    rows = [(item.value, str(item.label), str(item.meaning)) for item in framework.confidence]
    return Table(
        "confidence", "How much there is to show for a level", columns, ("confidence",), rows, label="label"
    )


def _standards(view: NetworkView) -> Table:
    columns = {
        "standard": Column(TEXT, "Id of the standard"),
        "title": Column(TEXT, "Its title"),
        "definition": Column(TEXT, "Its definition"),
        "organisations": Column(NUMBER, "Organisations that have any of it in scope"),
        "no_level": Column(NUMBER, "Of these, those without a level"),
        "not_comparable": Column(NUMBER, "Those to whom too many of its criteria do not apply"),
        "hidden": Column(TEXT, "Why numbers are missing; empty where none are"),
    }
    seen = {item.standard.id: (item.of, item.unanswered, item.not_applicable, "") for item in view.standards}
    rows = [
        (item.id, str(item.title), str(item.definition), *seen.get(item.id, (None, None, None, HIDDEN)))
        for item in view.framework.standards
    ]
    searched = ("title", "definition")
    return Table("standard", "The standards", columns, ("standard",), rows, searched=searched)


def _criterion(view: NetworkView) -> Table:
    about = "The criteria, and how many organisations say what of each"
    rows, refers = list(criteria(view)), {"standard": "standard"}
    return Table("criterion", about, CRITERION, ("criterion",), rows, refers, ("statement",))


def _levels(of: str, seen: Sequence[tuple[str, Sequence[int]]]) -> Table:
    columns = {
        of: Column(TEXT, f"Id of the {of}"),
        "level": Column(NUMBER, "The level"),
        "organisations": ORGANISATIONS,
    }
    rows = [(name, level, many) for name, counts in seen for level, many in enumerate(counts)]
    about = f"How many organisations are at each level of a {of}"
    return Table(f"{of}_level", about, columns, (of, "level"), rows, {of: of, "level": "level"})


def _gaps(view: NetworkView) -> Table:
    columns = {
        "criterion": CRITERION["criterion"],
        "levels": Column(NUMBER, "By how many levels the target is missed"),
        "organisations": ORGANISATIONS,
    }
    rows = [
        (item.criterion.id, size, many)
        for item in view.criteria
        for size, many in enumerate(item.gaps, start=1)
    ]
    about = "By how much organisations miss their targets"
    return Table("criterion_gap", about, columns, ("criterion", "levels"), rows, _TO_CRITERION)


def _confident(view: NetworkView) -> Table:
    columns = {
        "criterion": CRITERION["criterion"],
        "confidence": Column(NUMBER, "The step of confidence"),
        "organisations": ORGANISATIONS,
    }
    rows = [
        (item.criterion.id, step, many) for item in view.criteria for step, many in enumerate(item.confidence)
    ]
    about, refers = "How much there is to show for the levels", {**_TO_CRITERION, "confidence": "confidence"}
    return Table("criterion_confidence", about, columns, ("criterion", "confidence"), rows, refers)


def _changes(found: Network) -> Table:
    columns = {
        "criterion": CRITERION["criterion"],
        "from_year": Column(TEXT, "The earlier year"),
        "to_year": Column(TEXT, "The later year"),
        "organisations": Column(NUMBER, "Organisations with a level in both years"),
        "up": Column(NUMBER, "Of these, those whose level went up"),
        "same": Column(NUMBER, "Those at the same level"),
        "down": Column(NUMBER, "Those whose level went down"),
    }
    changed = found.cohort
    rows = [
        (item.criterion.id, *changed.years, item.of, item.up, item.same, item.down)
        for item in (changed.criteria if changed else ())
        if changed
    ]
    about = "What changed at the same organisations, for criteria with the same wording both years"
    return Table("change", about, columns, ("criterion", "from_year", "to_year"), rows, _TO_CRITERION)


def _opinions(said: Sequence[Learnt]) -> Table:
    columns = {
        "criterion": CRITERION["criterion"],
        "question": Column(TEXT, "What people were asked of the criterion"),
        "answer": Column(TEXT, "What they answered"),
        "people": Column(NUMBER, "About how many people, to the nearest 5"),
    }
    rows = [
        (item.criterion.id, QUESTIONS[question], ANSWERS[answer], number)
        for item in said
        for question, counts in item.shown.counts.items()
        for answer, number in counts.items()
    ]
    about = "Whether criteria are clear and relevant, where at least 5 people answered"
    return Table("opinion", about, columns, ("criterion", "question", "answer"), rows, _TO_CRITERION)


def _texts(said: Sequence[Learnt]) -> Table:
    columns = {
        "id": Column(NUMBER, "The place in this list, which says nothing of when it was written"),
        "criterion": CRITERION["criterion"],
        "question": Column(TEXT, "What people were asked of the criterion"),
        "text": Column(TEXT, "What somebody wrote: not checked by anyone"),
    }
    written = [
        (item.criterion.id, TEXTS[question], text)
        for item in said
        for question, texts in item.texts.items()
        for text in texts
    ]
    rows = [(place, *row) for place, row in enumerate(written, start=1)]
    about = "What people write of criteria, where 5 or more from 3 organisations or more said something"
    return Table("text", about, columns, ("id",), rows, _TO_CRITERION, ("text",))
