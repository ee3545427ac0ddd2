"""The forms of the plan: which proposals are picked, one action, how far it is, and what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup
from wtforms import (
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from ..domain.languages import to_translate
from ..domain.plan import STATUSES, WORDS_NEEDED
from ..domain.standards import Framework
from ..services.plans import Plan
from ..store.assessments import Person
from ..store.plans import PlanAction
from .assessing import is_day
from .components import PlainForm
from .languages import gettext
from .texts import clean, whole_number, words

LONGEST = {"text": 1_000, "first_step": 1_000, "cost": 200, "because": 2_000, "words": 2_000}
NO_DAY = to_translate("Give the day as year, month and day, like 2027-03-31, or leave it empty")


def _too_long(form: PlainForm) -> None:
    for name, most in LONGEST.items():
        if name in form and len(form[name].data) > most:
            form[name].errors = [gettext("This must be %(most)s characters or fewer", most=f"{most:,}")]


def _people(everyone: Sequence[Person]) -> list[SelectChoice]:
    return [SelectChoice(who.account_id, who.called, {"translate": "no"}) for who in everyone]


class ActionForm(PlainForm):
    """One action; `changes` names the change that the page was made from."""

    text = TextAreaField(to_translate("What will be done"), filters=[clean])
    criteria = SelectMultipleField(to_translate("For which criteria?"), validate_choice=False)
    first_step = TextAreaField(to_translate("First step"), filters=[clean])
    owner = SelectField(to_translate("Owner"), validate_choice=False)
    due = StringField(to_translate("Due"), filters=[clean])
    effort = SelectField(to_translate("Effort"), validate_choice=False)
    cost = StringField(to_translate("What it costs"), filters=[clean])
    changes = HiddenField(filters=[clean])

    def __init__(self, plan: Plan, **filled: Any) -> None:
        super().__init__(**filled)
        framework = plan.framework
        self.owner.choices = [SelectChoice("", to_translate("Nobody yet")), *_people(plan.people)]
        self.effort.choices = [SelectChoice("", to_translate("Not said"))] + [
            SelectChoice(item.id, item.label) for item in framework.efforts
        ]
        self.criteria.choices = _criteria(plan, framework)

    def complete(self) -> bool:
        """Whether the form says what is needed; fields that do not then have an error."""
        if not self.text.data:
            self.text.errors = [to_translate("Say what will be done")]
        _too_long(self)
        if not set(self.criteria.data or ()) & {choice.value for choice in self.criteria.choices}:
            self.criteria.errors = [to_translate("Choose at least one criterion")]
        if self.due.data and not is_day(self.due.data):
            self.due.errors = [NO_DAY]
        for field in (self.owner, self.effort):
            if field.data not in {choice.value for choice in field.choices}:
                field.errors = [to_translate("Choose one of these")]
        return not any(field.errors for field in self)

    def action(self, before: PlanAction) -> PlanAction:
        """What a complete form says about an action."""
        known = {choice.value for choice in self.criteria.choices}
        return replace(
            before,
            text=self.text.data,
            criteria=tuple(name for name in self.criteria.data if name in known),
            first_step=self.first_step.data,
            owner_id=self.owner.data or None,
            due=self.due.data or None,
            effort=self.effort.data,
            cost=self.cost.data,
            changes=whole_number(self.changes.data, before.changes),
        )


def _criteria(plan: Plan, framework: Framework) -> list[SelectChoice]:
    chosen = set(plan.assessment.criteria)
    return [
        SelectChoice(item.id, Markup("{}: {}").format(item.id, words(item.statement)))
        for item in framework.criteria
        if not chosen or item.id in chosen
    ]


def action_form(plan: Plan, found: PlanAction) -> ActionForm:
    """The form with what an action is now."""
    data = {name: getattr(found, name) for name in ("text", "first_step", "cost", "effort")}
    more = {"criteria": list(found.criteria), "owner": found.owner_id or "", "due": found.due or ""}
    return ActionForm(plan, data={**data, **more, "changes": str(found.changes)})


class StatusForm(PlainForm):
    """How far an action is, with a note."""

    status = RadioField(to_translate("How far is it?"), validate_choice=False)
    words = TextAreaField(to_translate("Note"), filters=[clean])
    changes = HiddenField(filters=[clean])

    def __init__(self, **filled: Any) -> None:
        super().__init__(**filled)
        self.status.choices = [SelectChoice(value, label) for value, label in STATUSES.items()]

    def complete(self) -> bool:
        """Whether a status is chosen, with the words that it needs."""
        if self.status.data not in STATUSES:
            self.status.errors = [to_translate("Choose how far it is")]
        elif self.status.data in WORDS_NEEDED and not self.words.data:
            self.words.errors = [WORDS_NEEDED[self.status.data]]
        _too_long(self)
        return not any(field.errors for field in self)


class ShownForm(PlainForm):
    """Which actions a page shows. It travels in the address."""

    view = RadioField(to_translate("View"), validate_choice=False)
    owner = SelectField(to_translate("Owner"), validate_choice=False)
    standard = SelectField(to_translate("Standard"), validate_choice=False)
    when = SelectField(to_translate("When"), validate_choice=False)

    def __init__(self, plan: Plan, **filled: Any) -> None:
        super().__init__(**filled)
        self.view.choices = [
            SelectChoice("list", to_translate("List")),
            SelectChoice("board", to_translate("Board")),
        ]
        self.owner.choices = [
            SelectChoice("", to_translate("Everyone")),
            SelectChoice("nobody", to_translate("Nobody yet")),
            *_people(plan.people),
        ]
        titles = [SelectChoice(item.id, item.title) for item in plan.framework.standards]
        self.standard.choices = [SelectChoice("", to_translate("All standards")), *titles]
        self.when.choices = [
            SelectChoice("", to_translate("Any time")),
            SelectChoice("late", to_translate("Late")),
            SelectChoice("due soon", to_translate("Due in two weeks")),
            SelectChoice("open", to_translate("Not finished")),
        ]
        self.view.data = self.view.data if self.view.data == "board" else "list"
        for field in (self.owner, self.standard, self.when):
            if field.data not in {choice.value for choice in field.choices}:
                field.data = ""
