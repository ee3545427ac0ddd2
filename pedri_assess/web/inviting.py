"""The forms about people and organisations: who is invited, in which role, and what an organisation is."""

from __future__ import annotations

import re
from typing import Any

from wtforms import EmailField, Field, RadioField, SelectChoice, SelectField, StringField

from ..domain.languages import to_translate
from ..domain.policies import ROLE_MEANINGS, ROLE_NAMES
from ..services.organisations import KINDS, NATIONS
from .components import Lists, PlainForm
from .languages import gettext
from .texts import clean

ADDRESS = re.compile(r"[^\s@<>(),;:\"\\\[\]]+@[^\s@<>(),;:\"\\\[\]]+\.[^\s@<>(),;:\"\\\[\]]+")
LONGEST_ADDRESS, LONGEST_NAME = 254, 200
TOO_LONG = to_translate("%(label)s must be %(most)s characters or fewer")


def one_line(text: str | None) -> str:
    """What was typed as one line that can be printed and put into the head of a letter."""
    shown = "".join(sign if sign.isprintable() else " " for sign in clean(text))
    return " ".join(shown.split())


def _choices(names: dict[str, str]) -> list[SelectChoice]:
    return [
        SelectChoice("", to_translate("Choose one")),
        *(SelectChoice(value, words) for value, words in names.items()),
    ]


class PeopleForm(PlainForm):
    """What these forms have in common: messages beside the fields that cannot be used."""

    def wrong(self, name: str, message: str) -> None:
        """Puts a message beside a field."""
        self[name].errors = [message]

    def complete(self) -> bool:
        """Whether the form can be used; fields that cannot then have an error."""
        for field in self:
            if message := _fault(field):
                field.errors = [message]
        return not any(field.errors for field in self)


class InviteForm(PeopleForm):
    """An address and a role."""

    email = EmailField(to_translate("E-mail address"), filters=[one_line])
    role = RadioField(to_translate("What should they be able to do?"), validate_choice=False)

    def __init__(self, **filled: Any) -> None:
        super().__init__(**filled)
        self.role.choices = [SelectChoice(*role) for role in ROLE_NAMES.items()]

    @property
    def role_hints(self) -> dict[str, str]:
        """The words under each role."""
        return role_hints()


class RoleForm(PeopleForm):
    """Another role for a member."""

    role = RadioField(to_translate("Role"), validate_choice=False)

    def __init__(self, **filled: Any) -> None:
        super().__init__(**filled)
        self.role.choices = [SelectChoice(*role) for role in ROLE_NAMES.items()]


class LeadForm(PeopleForm):
    """The address of the lead who is invited to an organisation without one."""

    email = EmailField(to_translate("E-mail address of its first lead"), filters=[one_line])


class OrganisationForm(LeadForm):
    """A new organisation."""

    name = StringField(to_translate("Name of the organisation"), filters=[one_line])
    kind = SelectField(to_translate("What it is"), choices=_choices(KINDS), validate_choice=False)
    nation = SelectField(to_translate("Where it works"), choices=_choices(NATIONS), validate_choice=False)


class AcceptForm(PeopleForm):
    """What somebody new wants to be called."""

    name = StringField(to_translate("Your name"), filters=[one_line])


def role_name(role: str) -> str:
    """The name of a role, in the language of the page."""
    return gettext(ROLE_NAMES[role])


def role_hints() -> dict[str, str]:
    """What each role may do, in a few words."""
    return {role: gettext(words) for role, words in ROLE_MEANINGS.items()}


def posted(kind: type[PeopleForm], fields: Lists) -> Any:
    """The form as it was sent."""
    return kind(formdata=fields)


def _fault(field: Field) -> str:
    if field.name == "email":
        return _address_fault(field.data)
    if field.name == "name":
        return _name_fault(field.data, field.label.text)
    if field.data not in {choice.value for choice in field.iter_choices()} - {""}:
        return {"role": to_translate("Choose a role"), "kind": to_translate("Choose what it is")}.get(
            field.name, to_translate("Choose where it works")
        )
    return ""


def _address_fault(text: str) -> str:
    if not text:
        return to_translate("Write an e-mail address")
    if len(text) > LONGEST_ADDRESS or not ADDRESS.fullmatch(text):
        return to_translate("Write an e-mail address, like name@example.org")
    return ""


def _name_fault(text: str, label: str) -> str:
    if not text:
        return gettext("%(label)s is missing", label=gettext(label))
    if len(text) > LONGEST_NAME:
        return gettext(TOO_LONG, label=gettext(label), most=LONGEST_NAME)
    return ""
