"""The forms about people and organisations: who is invited, in which role, and what an organisation is."""

from __future__ import annotations

import re
from typing import Any

from wtforms import EmailField, Field, RadioField, SelectChoice, SelectField, StringField

from ..domain.policies import ROLES
from ..services.organisations import KINDS, NATIONS
from .components import Lists, PlainForm
from .texts import clean

ADDRESS = re.compile(r"[^\s@<>(),;:\"\\\[\]]+@[^\s@<>(),;:\"\\\[\]]+\.[^\s@<>(),;:\"\\\[\]]+")
LONGEST_ADDRESS, LONGEST_NAME = 254, 200


def one_line(text: str | None) -> str:
    """What was typed as one line that can be printed and put into the head of a letter."""
    shown = "".join(sign if sign.isprintable() else " " for sign in clean(text))
    return " ".join(shown.split())


def _choices(names: dict[str, str]) -> list[SelectChoice]:
    return [SelectChoice("", "Choose one"), *(SelectChoice(value, words) for value, words in names.items())]


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

    email = EmailField("E-mail address", filters=[one_line])
    role = RadioField("What should they be able to do?", validate_choice=False)

    def __init__(self, **filled: Any) -> None:
        super().__init__(**filled)
        self.role.choices = [SelectChoice(*_role(role)) for role in ROLES]

    @property
    def role_hints(self) -> dict[str, str]:
        """The words under each role."""
        return role_hints()


class RoleForm(PeopleForm):
    """Another role for a member."""

    role = RadioField("Role", validate_choice=False)

    def __init__(self, **filled: Any) -> None:
        super().__init__(**filled)
        self.role.choices = [SelectChoice(*_role(role)) for role in ROLES]


class LeadForm(PeopleForm):
    """The address of the lead who is invited to an organisation without one."""

    email = EmailField("E-mail address of its first lead", filters=[one_line])


class OrganisationForm(LeadForm):
    """A new organisation."""

    name = StringField("Name of the organisation", filters=[one_line])
    kind = SelectField("What it is", choices=_choices(KINDS), validate_choice=False)
    nation = SelectField("Where it works", choices=_choices(NATIONS), validate_choice=False)


class AcceptForm(PeopleForm):
    """What somebody new wants to be called."""

    name = StringField("Your name", filters=[one_line])


def _role(role: str) -> tuple[str, str]:
    return role, ROLES[role].partition(":")[0]


def role_name(role: str) -> str:
    """The name of a role."""
    return _role(role)[1]


def role_hints() -> dict[str, str]:
    """What each role may do, in a few words."""
    hints = {role: words.partition(": ")[2] for role, words in ROLES.items()}
    return {role: hint[:1].upper() + hint[1:] for role, hint in hints.items()}


def posted(kind: type[PeopleForm], fields: Lists) -> Any:
    """The form as it was sent."""
    return kind(formdata=fields)


def _fault(field: Field) -> str:
    if field.name == "email":
        return _address_fault(field.data)
    if field.name == "name":
        return _name_fault(field.data, field.label.text)
    if field.data not in {choice.value for choice in field.iter_choices()} - {""}:
        return {"role": "Choose a role", "kind": "Choose what it is"}.get(field.name, "Choose where it works")
    return ""


def _address_fault(text: str) -> str:
    if not text:
        return "Write an e-mail address"
    if len(text) > LONGEST_ADDRESS or not ADDRESS.fullmatch(text):
        return "Write an e-mail address, like name@example.org"
    return ""


def _name_fault(text: str, label: str) -> str:
    if not text:
        return f"{label} is missing"
    if len(text) > LONGEST_NAME:
        return f"{label} must be {LONGEST_NAME} characters or fewer"
    return ""
