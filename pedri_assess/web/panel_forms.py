"""The forms of panels for the organisation: what a lead plans, and what the organisation answers."""

from __future__ import annotations

from typing import Any, cast

from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from ..domain.languages import to_translate
from ..domain.panels import GROUP, SINGLE
from ..services.panel_response import Response
from ..services.panels import Look, Plan
from .assessing import is_day
from .components import PlainForm
from .inviting import one_line
from .languages import gettext
from .texts import clean, words

LONGEST = {"name": 200, "intro": 2_000, "payment": 1_000, "contact": 1_000}
LONGEST_RESPONSE, LONGEST_TO_QUESTION = 5_000, 1_000
MOST_EXPECTED = 10_000


class PanelForm(PlainForm):
    """What a lead says of a panel."""

    name = StringField(to_translate("Name of the panel"), filters=[one_line])
    intro = TextAreaField(to_translate("What it is about, in plain words"), filters=[clean])
    criteria = SelectMultipleField(to_translate("Which questions?"), validate_choice=False)
    kind = RadioField(to_translate("How do people come in?"), validate_choice=False)
    expected = IntegerField(to_translate("How many people do you expect?"))
    closes_on = StringField(to_translate("Last day"), filters=[clean])
    payment = TextAreaField(to_translate("Payment"), filters=[clean])
    contact = TextAreaField(to_translate("Help and support"), filters=[clean])
    changes = HiddenField(filters=[clean])

    def __init__(self, asked: list[SelectChoice], **filled: Any) -> None:
        super().__init__(**filled)
        self.criteria.choices = asked
        self.kind.choices = [
            SelectChoice(GROUP, to_translate("One link or code for a group")),
            SelectChoice(SINGLE, to_translate("A link of their own for each person")),
        ]

    def complete(self, today: str) -> bool:
        """Whether the form says what is needed; fields that do not then have an error."""
        if not self.name.data:
            self.name.errors = [to_translate("Give the panel a name: public contributors see it")]
        for name, most in LONGEST.items():
            if name in self and len(self[name].data) > most:
                self[name].errors = [_too_long(most)]
        known = {choice.value for choice in self.criteria.choices}
        if not self.criteria.data or not set(self.criteria.data) <= known:
            self.criteria.errors = [to_translate("Choose at least one question")]
        if self.kind.data not in (GROUP, SINGLE):
            self.kind.errors = [to_translate("Choose how people come in")]
        if not 0 < (self.expected.data or 0) <= MOST_EXPECTED:
            self.expected.errors = [gettext("Give a number from 1 to %(most)s", most=f"{MOST_EXPECTED:,}")]
        if not is_day(self.closes_on.data) or self.closes_on.data < today:
            self.closes_on.errors = [
                to_translate("Give a day from today on, as year, month and day, like 2027-03-31")
            ]
        return not any(field.errors for field in self)

    @property
    def plan(self) -> Plan:
        """What a complete form says."""
        texts = (self.name.data, self.intro.data, self.payment.data, self.contact.data)
        return Plan(*texts, tuple(self.criteria.data), int(self.expected.data), self.closes_on.data)


class ResponseForm(PlainForm):
    """What a lead answers to a panel; with a field for each question, made by `response_form`."""

    changes = HiddenField(filters=[clean])
    response = TextAreaField(to_translate("Your answer, in plain words"), filters=[clean])

    @property
    def to_questions(self) -> list[Any]:
        """The fields of the questions, in their order."""
        return [field for field in self if field.name.startswith("question_")]

    def complete(self) -> bool:
        """Whether it can be kept; fields that are too long then have an error."""
        for field in (self.response, *self.to_questions):
            most = LONGEST_RESPONSE if field is self.response else LONGEST_TO_QUESTION
            if len(field.data) > most:
                field.errors = [_too_long(most)]
        return not any(field.errors for field in self)

    def said(self, look: Look) -> Response:
        """What a complete form says."""
        pairs = zip(look.questions, self.to_questions, strict=True)
        return Response(self.response.data, {item.id: field.data for item, field in pairs if field.data})


def response_form(look: Look, **filled: Any) -> ResponseForm:
    """The form for the questions of a panel, with what is written already where nothing was sent."""
    fields = {
        f"question_{number}": TextAreaField(words(item.public_question), filters=[clean])
        for number, item in enumerate(look.questions, 1)
    }
    if "formdata" not in filled:
        said = {f"question_{n}": look.responses.get(item.id, "") for n, item in enumerate(look.questions, 1)}
        panel = look.panel
        filled = {"data": {"response": panel.response, "changes": str(panel.changes), **said}}
    return cast(ResponseForm, type("ResponseFormOfPanel", (ResponseForm,), fields)(**filled))


def _too_long(most: int) -> str:
    return gettext("This must be %(most)s characters or fewer", most=f"{most:,}")
