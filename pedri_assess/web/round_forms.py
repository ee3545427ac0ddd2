"""The forms of rounds: what a round is, who is invited, another last day, and what is handed in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup
from wtforms import (
    FileField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from ..domain.languages import to_translate
from ..domain.standards import Framework
from ..services.rounds import Plan
from ..store.assessments import Kept
from ..store.organisations import Overview
from ..store.rounds import Round
from .assessing import is_day
from .components import PlainForm
from .inviting import LONGEST_NAME, one_line
from .languages import gettext
from .texts import clean

MOST_WORDS = 2_000
A_DAY = to_translate("Give the day as year, month and day, like 2027-03-31")


def too_long(most: int) -> str:
    """What a text is told that has more characters."""
    return gettext("This must be %(most)s characters or fewer", most=f"{most:,}")


def _typed(name: str) -> Markup:
    return Markup("<bdi>{}</bdi>").format(name)


def _named(each: Framework) -> str:
    return gettext("%(title)s, version %(version)s", title=each.title, version=each.version)


class RoundForm(PlainForm):
    """What a round is; `changes` names the change that the page was made from."""

    name = StringField(to_translate("Name of the round"), filters=[one_line])
    about = TextAreaField(to_translate("What it is about"), filters=[clean])
    standards = SelectField(to_translate("Standards"), validate_choice=False)
    opens_on = StringField(to_translate("First day"), filters=[clean])
    closes_on = StringField(to_translate("Last day"), filters=[clean])
    changes = HiddenField(filters=[clean])

    def __init__(self, versions: Sequence[Framework], **filled: Any) -> None:
        super().__init__(**filled)
        self.standards.choices = [
            SelectChoice(f"{each.framework}/{each.version}", _named(each)) for each in versions
        ]

    @property
    def plan(self) -> Plan:
        """What a complete form says."""
        return Plan(self.name.data, self.about.data, self.opens_on.data, self.closes_on.data)

    def complete(self, today: str) -> bool:
        """Whether the form says what is needed; fields that do not then have an error."""
        if not self.name.data:
            self.name.errors = [to_translate("Give the round a name, such as the year")]
        if len(self.name.data) > LONGEST_NAME:
            self.name.errors = [gettext("The name must be %(most)s characters or fewer", most=LONGEST_NAME)]
        if len(self.about.data) > MOST_WORDS:
            self.about.errors = [too_long(MOST_WORDS)]
        if self.standards.data not in {choice.value for choice in self.standards.choices}:
            self.standards.errors = [to_translate("Choose the standards")]
        for field in (self.opens_on, self.closes_on):
            if not is_day(field.data):
                field.errors = [A_DAY]
        if not self.closes_on.errors and self.closes_on.data < max(self.opens_on.data, today):
            self.closes_on.errors = [
                to_translate("The last day must not be before the first day, nor before today")
            ]
        return not any(field.errors for field in self)


def round_form(versions: Sequence[Framework], item: Round) -> RoundForm:
    """The form with what a round is now."""
    standards = f"{item.framework}/{item.version}"
    data = {name: getattr(item, name) for name in ("name", "about", "opens_on", "closes_on")}
    return RoundForm(versions, data={**data, "standards": standards, "changes": str(item.changes)})


class ChosenForm(PlainForm):
    """Organisations to invite."""

    chosen = SelectMultipleField(to_translate("Which organisations?"), validate_choice=False)

    def __init__(self, could: Sequence[Overview], **filled: Any) -> None:
        super().__init__(**filled)
        self.chosen.choices = [
            SelectChoice(each.organisation.id, _typed(each.organisation.name)) for each in could
        ]

    def complete(self) -> bool:
        """Whether some of those that could be invited were chosen."""
        if not self.chosen.data or not set(self.chosen.data) <= {each.value for each in self.chosen.choices}:
            self.chosen.errors = [to_translate("Choose at least one organisation from this page")]
        return not self.chosen.errors


class ListForm(PlainForm):
    """A list of organisations, as a file or as text."""

    file = FileField(to_translate("List as a CSV file"))
    text = TextAreaField(to_translate("Or paste the list here"), filters=[clean])


class ExtensionForm(PlainForm):
    """Another last day for one organisation, with the reason."""

    until = StringField(to_translate("New last day"), filters=[clean])
    because = TextAreaField(to_translate("Why"), filters=[clean])

    def complete(self) -> bool:
        """Whether there is a day and a reason."""
        if not is_day(self.until.data):
            self.until.errors = [A_DAY]
        if not self.because.data:
            self.because.errors = [to_translate("Say why: the organisation reads it too")]
        if len(self.because.data) > MOST_WORDS:
            self.because.errors = [too_long(MOST_WORDS)]
        return not any(field.errors for field in self)


class PartForm(PlainForm):
    """Which assessment is handed in, or why none is."""

    chosen = RadioField(to_translate("Which assessment do you hand in?"), validate_choice=False)
    because = TextAreaField(to_translate("Why you do not take part"), filters=[clean])

    def __init__(self, could: Sequence[Kept], **filled: Any) -> None:
        super().__init__(**filled)
        self.chosen.choices = [SelectChoice(kept.id, _typed(kept.scope_name)) for kept in could]
