"""The form of one question: what was said about a criterion as fields, and fields as what was said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup, escape
from wtforms import BooleanField, Field, RadioField, SelectChoice, TextAreaField

from ..catalogue import Schemas
from ..domain.assessment import IMPORTANCES, USUAL_IMPORTANCE, Answer
from ..domain.errors import Told
from ..domain.evidence_links import evidence_links, links_fault
from ..domain.languages import to_translate
from ..domain.said import Said
from ..domain.standards import Criterion, Framework
from .components import Lists, PlainForm
from .languages import gettext, told
from .texts import clean, words

DONT_KNOW = "dont-know"
NOT_APPLICABLE = "not-applicable"
OTHER_ANSWER = to_translate(
    "You wrote why this is not applicable, but chose another answer: "
    "choose “Not applicable”, or delete this text"
)
TEXTS = {
    "evidence": to_translate("Evidence"),
    "not_applicable": to_translate("Why this is not applicable"),
    "reason": to_translate("Why this level"),
    "links": to_translate("Links to evidence"),
    "note": to_translate("Note for next time"),
}


class QuestionForm(PlainForm):
    """What can be said about one criterion. Choices and limits are set for each criterion."""

    evidence = TextAreaField(to_translate("What shows where you are now?"), filters=[clean])
    choice = RadioField(to_translate("Which is nearest to where you are now?"), validate_choice=False)
    not_applicable = TextAreaField(to_translate("Why is this not applicable?"), filters=[clean])
    confidence = RadioField(to_translate("How sure does your evidence make you?"), validate_choice=False)
    reason = TextAreaField(to_translate("Why this level, in one line"), filters=[clean])
    links = TextAreaField(TEXTS["links"], filters=[clean])
    otherwise = BooleanField(to_translate("We achieve this in another way than it is described here"))
    importance = RadioField(to_translate("How much does this matter to you?"), validate_choice=False)
    note = TextAreaField(TEXTS["note"], filters=[clean])

    def __init__(self, criterion: Criterion, framework: Framework, schemas: Schemas, **filled: Any) -> None:
        super().__init__(**filled)
        self.criterion, self.framework = criterion, framework
        self.limits = limits(schemas)
        self.choice.choices = list(_choices(criterion, framework))
        self.confidence.choices = [
            SelectChoice(str(step.value), words(step.label)) for step in framework.confidence
        ]
        self.importance.choices = [SelectChoice(str(value), label) for value, label in IMPORTANCES.items()]

    @property
    def level(self) -> int | None:
        """The chosen level of the scale; None where another answer, or none, was chosen."""
        return _number(self.choice.data, self.framework.top)

    @property
    def descriptions(self) -> dict[str, Markup]:
        """The words under each choice."""
        levels = {str(place): words(text) for place, text in enumerate(self.criterion.levels)}
        when = self.criterion.not_applicable.when
        return levels | ({NOT_APPLICABLE: words(when)} if when else {})

    @property
    def meanings(self) -> dict[str, Markup]:
        """The words under each step of confidence."""
        return {str(step.value): words(step.meaning) for step in self.framework.confidence if step.meaning}

    @property
    def reason_hint(self) -> str:
        """When a reason is needed."""
        needed = self.framework.scoring.reason_from
        if needed > self.framework.top:
            return gettext("You can leave this out.")
        if needed == 0:
            return gettext("Needed for every level.")
        upward = escape(gettext("Needed from “%(level)s” upward."))
        return upward % {"level": words(self.framework.scale[needed].label)}

    @property
    def has_more(self) -> bool:
        """Whether any of what is optional is filled in, or has an error."""
        more = (self.otherwise, self.links, self.note)
        unusual = self.importance.data not in (None, str(USUAL_IMPORTANCE))
        return unusual or any(field.data or field.errors for field in more)

    @property
    def texts(self) -> Iterator[Field]:
        """The fields in which people write."""
        return (self[name] for name in TEXTS)

    def said(self) -> Said:
        """What was said, also where it is not complete."""
        links = evidence_links(self.links.data)
        typed = {"links": self.links.data} if _links_fault(self) else {}
        why_not = self.not_applicable.data if self.criterion.not_applicable.allowed else ""
        chosen = self.choice.data == NOT_APPLICABLE and self.criterion.not_applicable.allowed
        if chosen and not why_not:
            typed["choice"] = NOT_APPLICABLE
        elif why_not and not chosen:
            typed["not_applicable"] = why_not
        answer = Answer(
            level=self.level,
            not_applicable=why_not if chosen else "",
            dont_know=self.choice.data == DONT_KNOW,
            confidence=_number(self.confidence.data, len(self.framework.confidence) - 1),
            evidence=self.evidence.data,
            links=links[: self.limits["links"]],
            reason=self.reason.data,
            otherwise=self.otherwise.data,
            note=self.note.data,
        )
        return Said(answer, _importance(self.importance.data), typed)

    def too_long(self) -> bool:
        """Whether a text is longer than can be kept; such fields then have an error."""
        for field in self.texts:
            most = self.limits["all_links"] if field.name == "links" else self.limits[field.name]
            if len(field.data) > most:
                field.errors = [_too_long(TEXTS[field.name], most, len(field.data) - most)]
        return any(field.errors for field in self.texts)

    def complete(self) -> bool:
        """Whether the answer is complete; fields that are not then have an error."""
        for name, fault in _faults(self):
            self[name].errors = [fault]
        return not any(field.errors for field in self)


def _choices(criterion: Criterion, framework: Framework) -> Iterator[SelectChoice]:
    for level in framework.scale:
        yield SelectChoice(str(level.value), words(level.label))
    yield SelectChoice(DONT_KNOW, to_translate("We do not know yet"))
    if criterion.not_applicable.allowed:
        yield SelectChoice(NOT_APPLICABLE, to_translate("Not applicable"))


def _too_long(name: str, most: int, over: int) -> str:
    return gettext(
        "%(name)s must be %(most)s characters or fewer: %(over)s too many",
        name=gettext(name),
        most=f"{most:,}",
        over=f"{over:,}",
    )


def _faults(form: QuestionForm) -> Iterator[tuple[str, str]]:
    known = {choice.value for choice in form.choice.choices}
    if form.choice.data not in known:
        yield (
            "choice",
            to_translate("Choose the level that is nearest to where you are now, or another answer"),
        )
    yield from _not_applicable_faults(form)
    if form.confidence.data and form.said().answer.confidence is None:
        yield "confidence", to_translate("Choose how sure your evidence makes you")
    level = form.level
    if level is not None and level >= form.framework.scoring.reason_from and not form.reason.data:
        label = form.framework.scale[level].label
        yield "reason", gettext("Say in one line why you are at %(level)s", level=label)
    if fault := _links_fault(form):
        yield "links", told(fault)


def _not_applicable_faults(form: QuestionForm) -> Iterator[tuple[str, str]]:
    typed = form.said().typed
    if typed.get("choice") == NOT_APPLICABLE:
        yield "not_applicable", to_translate("Say why this is not applicable to you")
    elif "not_applicable" in typed:
        yield "not_applicable", OTHER_ANSWER


def _links_fault(form: QuestionForm) -> Told | None:
    return links_fault(form.links.data, form.limits["links"], form.limits["title"])


def _number(text: str | None, most: int) -> int | None:
    return int(text) if text in {str(value) for value in range(most + 1)} else None


def _importance(text: str | None) -> int | None:
    value = _number(text, max(IMPORTANCES))
    return value if value in IMPORTANCES and value != USUAL_IMPORTANCE else None


def question_form(criterion: Criterion, framework: Framework, schemas: Schemas, said: Said) -> QuestionForm:
    """The form with what was said filled in."""
    return QuestionForm(criterion, framework, schemas, data=fields_of(said))


def fields_of(said: Said) -> dict[str, Any]:
    """What was said, as the values of the form's fields."""
    answer = said.answer
    choice = None if answer.level is None else str(answer.level)
    if answer.dont_know:
        choice = DONT_KNOW
    if answer.not_applicable or "choice" in said.typed:
        choice = NOT_APPLICABLE
    return {
        "evidence": answer.evidence,
        "choice": choice,
        "not_applicable": answer.not_applicable or said.typed.get("not_applicable", ""),
        "confidence": None if answer.confidence is None else str(answer.confidence),
        "reason": answer.reason,
        "links": said.typed.get("links", "\n".join(link.line for link in answer.links)),
        "otherwise": answer.otherwise,
        "importance": str(said.importance or USUAL_IMPORTANCE),
        "note": answer.note,
    }


def posted_question_form(
    criterion: Criterion, framework: Framework, schemas: Schemas, fields: Lists
) -> QuestionForm:
    """The form as it was sent. A field sent twice counts once, the first time."""
    return QuestionForm(criterion, framework, schemas, formdata=fields)


def limits(schemas: Schemas) -> dict[str, int]:
    """How long each text may be, from the schema of the answers document."""
    rules = schemas.answers["$defs"]["answer"]["properties"]
    texts = {name: rules[name]["maxLength"] for name in ("evidence", "not_applicable", "reason", "note")}
    each, title = (schemas.answers["$defs"][name] for name in ("address", "link"))
    most, longest = rules["links"]["maxItems"], title["properties"]["title"]["maxLength"]
    one = each["maxLength"] + longest + len(" \n")
    return {**texts, "links": most, "title": longest, "all_links": most * one}
