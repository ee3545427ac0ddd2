"""The forms before the first question: what is assessed, which criteria, which targets, or a saved file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from wtforms import (
    FileField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
)

from ..catalogue import Schemas
from ..domain.assessment import Assessment, Scope
from ..domain.languages import to_translate
from ..domain.standards import Framework, Standard
from .components import Lists, PlainForm
from .languages import gettext, ngettext
from .texts import clean, words

CORE, SOME, ALL, SAME = "core", "some", "all", "same"
NAMES = {
    "organisation": to_translate("Name of the organisation"),
    "scope_name": to_translate("Name of the programme or project"),
    "about": to_translate("What it is, in one line"),
}
KINDS = {
    "organisation": to_translate("Organisation"),
    "programme": to_translate("Programme"),
    "project": to_translate("Project"),
}
JOURNEY_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
TARGET = "target-"


class SetUpForm(PlainForm):
    """What is assessed. Depth, standards and targets are set for each framework."""

    depth = RadioField(to_translate("How much do you want to answer?"), validate_choice=False)
    standards = SelectMultipleField(to_translate("Which standards?"), validate_choice=False)
    organisation = StringField(NAMES["organisation"], filters=[clean])
    scope_kind = RadioField(to_translate("What are you assessing?"), validate_choice=False)
    scope_name = StringField(NAMES["scope_name"], filters=[clean])
    about = StringField(NAMES["about"], filters=[clean])

    def __init__(self, framework: Framework, schemas: Schemas, current: Assessment, **filled: Any) -> None:
        super().__init__(**filled)
        self.framework, self.current = framework, current
        self.limits = limits(schemas)
        self.depth.choices = list(_depths(framework, current))
        self.standards.choices = [SelectChoice(item.id, words(item.title)) for item in framework.standards]
        own = current.scope.kind  # a file may have another
        kinds = KINDS if not own or own in KINDS else {**KINDS, own: own[:1].upper() + own[1:]}
        self.scope_kind.choices = [SelectChoice(kind, name) for kind, name in kinds.items()]

    @property
    def targets(self) -> list[SelectField]:
        """The fields of the targets, one for each standard."""
        return [self[TARGET + standard.id] for standard in self.framework.standards]

    @property
    def has_names(self) -> bool:
        """Whether any name is filled in, or has an error."""
        names = [self[name] for name in (*NAMES, "scope_kind")]
        return any(field.data or field.errors for field in names)

    @property
    def has_targets(self) -> bool:
        """Whether any target is another than the usual one, or has an error."""
        usual = str(self.framework.scoring.default_target)
        return any(field.data != usual or field.errors for field in self.targets)

    def complete(self) -> bool:
        """Whether the form says what is needed; fields that do not then have an error."""
        if self.depth.data not in {choice.value for choice in self.depth.choices}:
            self.depth.errors = [to_translate("Choose how much you want to answer")]
        if self.depth.data == SOME and not self._chosen_standards():
            self.standards.errors = [to_translate("Choose at least one standard")]
        for name, most in self.limits.items():
            if len(self[name].data) > most:
                self[name].errors = [_too_long(self[name].label.text, most)]
        for field in self.targets:
            if field.data not in {choice.value for choice in field.choices}:
                field.errors = [to_translate("Choose one of the levels")]
        return not any(field.errors for field in self)

    def assessment(self) -> Assessment:
        """What a complete form says, without answers."""
        standards = self.framework.standards
        targets = {standard.id: int(self[TARGET + standard.id].data) for standard in standards}
        usual = self.framework.scoring.default_target
        kinds = {choice.value for choice in self.scope_kind.choices}
        kind = self.scope_kind.data if self.scope_kind.data in kinds else ""
        return Assessment(
            framework=self.framework.framework,
            version=self.framework.version,
            organisation=self.organisation.data,
            scope=Scope(kind, self.scope_name.data, self.about.data),
            date=self.current.date,
            criteria=self._criteria(),
            targets={name: level for name, level in targets.items() if level != usual},
            ratings=self.current.ratings,
        )

    def _chosen_standards(self) -> list[Standard]:
        chosen = set(self.standards.data or ())
        return [standard for standard in self.framework.standards if standard.id in chosen]

    def _criteria(self) -> tuple[str, ...]:
        """The ids of the criteria in scope; empty for all of them."""
        if self.depth.data == SAME:
            return self.current.criteria
        if self.depth.data == CORE:
            return tuple(criterion.id for criterion in self.framework.core_criteria)
        if self.depth.data == SOME:
            chosen = self._chosen_standards()
            if len(chosen) < len(self.framework.standards):
                return tuple(criterion.id for standard in chosen for criterion in standard.criteria)
        return ()


class StartForm(SetUpForm):
    """The same for a new quick check; `id` makes a start that is sent twice one and the same."""

    id = HiddenField()


class OpenForm(PlainForm):
    """A saved answers file to go on with."""

    id = HiddenField()
    file = FileField(to_translate("Answers file"))


def _too_long(name: str, most: int) -> str:
    return gettext("%(name)s must be %(most)s characters or fewer", name=gettext(name), most=f"{most:,}")


def _depths(framework: Framework, current: Assessment) -> Iterator[SelectChoice]:
    core, everything = len(framework.core_criteria), len(framework.criteria)
    if depth_of(framework, current) == SAME:
        yield SelectChoice(SAME, _as_now(len(current.criteria)))
    if 0 < core < everything:
        yield SelectChoice(CORE, _quick(core))
    if len(framework.standards) > 1:
        yield SelectChoice(SOME, to_translate("Some standards"))
    yield SelectChoice(ALL, _all(everything))


def _as_now(number: int) -> str:
    shown = f"{number:,}"
    return ngettext("As it is now: %(num)s question", "As it is now: %(num)s questions", number, num=shown)


def _quick(number: int) -> str:
    shown = f"{number:,}"
    return ngettext("Quick check: %(num)s question", "Quick check: %(num)s questions", number, num=shown)


def _all(number: int) -> str:
    return ngettext(
        "Everything: %(num)s question", "Everything: %(num)s questions", number, num=f"{number:,}"
    )


def depth_of(framework: Framework, assessment: Assessment) -> str:
    """Which depth a scope is."""
    chosen = set(assessment.criteria)
    if not chosen or len(chosen) == len(framework.criteria):
        return ALL
    if chosen == {criterion.id for criterion in framework.core_criteria}:
        return CORE
    whole = whole_standards(framework, assessment)
    return SOME if chosen == {item.id for standard in whole for item in standard.criteria} else SAME


def whole_standards(framework: Framework, assessment: Assessment) -> list[Standard]:
    """The standards that are in scope with every criterion."""
    return [item for item in framework.standards if assessment.in_scope(item) == item.criteria]


def filled_in(framework: Framework, assessment: Assessment) -> dict[str, Any]:
    """The values of the fields for a set-up."""
    targets = {
        TARGET + standard.id: str(assessment.target(standard, framework)) for standard in framework.standards
    }
    return {
        "depth": depth_of(framework, assessment),
        "standards": [standard.id for standard in whole_standards(framework, assessment)]
        if assessment.criteria
        else [],
        "organisation": assessment.organisation,
        "scope_kind": assessment.scope.kind,
        "scope_name": assessment.scope.name,
        "about": assessment.scope.about,
        **targets,
    }


def at_first(framework: Framework) -> Assessment:
    """The scope that is offered first: the core criteria where there are any, else everything."""
    core = tuple(criterion.id for criterion in framework.core_criteria)
    return Assessment(framework.framework, framework.version, criteria=core)


def set_up_form(
    kind: type[SetUpForm],
    framework: Framework,
    schemas: Schemas,
    current: Assessment,
    posted: Lists | None,
    **more: Any,
) -> SetUpForm:
    """The form for a framework: as it was sent, or else filled with what is set up now."""
    levels = [SelectChoice(str(level.value), level.label) for level in framework.scale]
    targets = {
        TARGET + standard.id: SelectField(standard.title, choices=levels, validate_choice=False)
        for standard in framework.standards
    }
    form = type(kind.__name__, (kind,), targets)
    filled = {"formdata": posted} if posted is not None else {"data": filled_in(framework, current) | more}
    made: SetUpForm = form(framework, schemas, current, **filled)
    return made


def limits(schemas: Schemas) -> dict[str, int]:
    """How long each name may be, from the schema of the answers document."""
    rules = schemas.answers["properties"]
    scope = rules["scope"]["properties"]
    return {
        "organisation": rules["organisation"]["maxLength"],
        "scope_name": scope["name"]["maxLength"],
        "about": scope["about"]["maxLength"],
    }
