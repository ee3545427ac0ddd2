"""The form of what a kept assessment covers, and when it should be done."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

from wtforms import HiddenField, SelectChoice, StringField

from ..catalogue import Schemas
from ..domain.assessment import Assessment, Scope
from ..domain.languages import to_translate
from ..domain.standards import Framework
from ..services.set_up import SOME, SetUp
from ..store.assessments import Kept
from .components import Lists
from .languages import ngettext
from .setting_up import CORE, SAME, SetUpForm, set_up_form
from .texts import clean

NO_NAME = to_translate("Give it a name, such as that of the programme")
NO_KIND = to_translate("Choose what you are assessing")
NO_DAY = to_translate("Give the day as year, month and day, like 2027-03-31, or leave it empty")


class KeptForm(SetUpForm):
    """What is assessed, with a day to finish by, and the number of the change that it was made from."""

    finish_by = StringField(to_translate("Finish by"), filters=[clean])
    changes = HiddenField()

    def __init__(self, framework: Framework, schemas: Schemas, current: Assessment, **filled: Any) -> None:
        super().__init__(framework, schemas, current, **filled)
        core = SelectChoice(CORE, _core(len(framework.core_criteria)))
        self.depth.choices = [
            core if choice.value == CORE else choice for choice in self.depth.choices if choice.value != SAME
        ]

    def complete(self) -> bool:
        """Whether the form says what is needed; fields that do not then have an error."""
        if not self.scope_name.data:
            self.scope_name.errors = [NO_NAME]
        if self.scope_kind.data not in {choice.value for choice in self.scope_kind.choices}:
            self.scope_kind.errors = [NO_KIND]
        if self.finish_by.data and not is_day(self.finish_by.data):
            self.finish_by.errors = [NO_DAY]
        return super().complete()

    def set_up(self) -> SetUp:
        """What a complete form says."""
        said = self.assessment()
        standards = tuple(self.standards.data or ()) if self.depth.data == SOME else ()
        return SetUp(said.scope, self.depth.data, standards, said.targets, self.finish_by.data or None)


def _core(number: int) -> str:
    return ngettext(
        "The core criteria: %(num)s question",
        "The core criteria: %(num)s questions",
        number,
        num=f"{number:,}",
    )


def kept_form(
    framework: Framework, schemas: Schemas, current: Assessment, posted: Lists | None, **more: Any
) -> KeptForm:
    """The form as it was sent, or else filled with what is set up now."""
    form: Any = set_up_form(KeptForm, framework, schemas, current, posted, **more)
    return form  # type: ignore[no-any-return]


def set_up_now(kept: Kept) -> Assessment:
    """What is set up, as the form takes it."""
    scope = Scope(kept.scope_kind, kept.scope_name, kept.scope_about)
    name = kept.organisation_name
    return Assessment(kept.framework, kept.version, name, scope, criteria=kept.criteria, targets=kept.targets)


def is_day(text: str) -> bool:
    """Whether a text is a day that the calendar has, in the form that browsers send."""
    with suppress(ValueError):
        return len(text) == len("2027-03-31") and bool(date.fromisoformat(text))
    return False
