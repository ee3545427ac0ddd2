"""The forms of the resource hub: what is said of a resource, and what staff do with one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wtforms import HiddenField, SelectChoice, SelectMultipleField, StringField, TextAreaField

from ..catalogue import Shelf
from ..domain.languages import ENGLISH, to_translate
from ..domain.resources import (
    CRITERION,
    FRAMEWORK,
    KINDS,
    LONGEST,
    STANDARD,
    Described,
    Link,
    faults,
    tidy,
)
from ..domain.standards import Framework, Text
from .components import Lists, PlainForm
from .inviting import one_line
from .languages import gettext, told
from .texts import clean

SHORT = 80  # characters of a statement beside its id


@dataclass(frozen=True)
class Group:
    """What can be chosen of one standard, or of a whole framework: value, words, whether it is chosen."""

    title: str
    choices: tuple[tuple[str, str, bool], ...]

    @property
    def chosen(self) -> int:
        """How many are chosen."""
        return sum(chosen for _value, _words, chosen in self.choices)


class ResourceForm(PlainForm):
    """What is said of a resource."""

    title = StringField(to_translate("Title"), filters=[one_line])
    publisher = StringField(to_translate("Who publishes it"), filters=[one_line])
    address = StringField(to_translate("Web address"), filters=[one_line])
    summary = TextAreaField(to_translate("What it is, in your own words"), filters=[clean])
    audiences = SelectMultipleField(to_translate("Whom it is for"), validate_choice=False)
    formats = SelectMultipleField(to_translate("What kind of thing it is"), validate_choice=False)
    languages = SelectMultipleField(to_translate("Languages"), validate_choice=False)
    nations = SelectMultipleField(to_translate("Where it was made for"), validate_choice=False)
    dated = StringField(to_translate("How old it is"), filters=[one_line])
    licence = StringField(to_translate("Conditions of use"), filters=[one_line])
    about = SelectMultipleField(to_translate("What it is about"), validate_choice=False)
    revision = HiddenField()

    def __init__(self, shelf: Shelf, **filled: Any) -> None:
        super().__init__(**filled)
        self._shelf = shelf
        for kind, known in KINDS.items():
            self[kind].choices = [SelectChoice(value, words) for value, words in known.items()]
        self.about.choices = [
            SelectChoice(value, words) for group in self.groups() for value, words, _chosen in group.choices
        ]

    @property
    def limits(self) -> dict[str, int]:
        """How long each text may be."""
        return LONGEST

    def said(self) -> Described:
        """What the form says, also where it is not complete."""
        values: dict[str, Any] = {name: self[name].data or "" for name in LONGEST}
        values |= {name: tuple(self[name].data or ()) for name in KINDS}
        links = tuple(link for value in self.about.data or () if (link := link_of(value)))
        return tidy(Described(**values, links=links))

    def complete(self) -> bool:
        """Whether the form can be used; fields that cannot then have an error."""
        for name, wrong in faults(self.said()):
            self["about" if name == "links" else name].errors = [told(wrong)]
        return not any(field.errors for field in self)

    def groups(self) -> Iterator[Group]:
        """What a resource can be about: every standard of the newest versions, and what else is chosen."""
        chosen = dict.fromkeys(self.about.data or ())
        for name in self._shelf.frameworks():
            for title, offered in _offered(self._shelf.current(name)):
                yield Group(title, tuple((value, words, value in chosen) for value, words in offered))
                for value, _words in offered:
                    chosen.pop(value, None)
        others = [(value, link.target or link.framework) for value in chosen if (link := link_of(value))]
        if others:
            yield Group(gettext("In other versions"), tuple((value, words, True) for value, words in others))


def _offered(framework: Framework) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    name = framework.framework
    yield framework.title, [(value_of(Link(name, FRAMEWORK)), gettext("All of it, as a whole"))]
    for standard in framework.standards:
        whole = (value_of(Link(name, STANDARD, standard.id)), gettext("This standard, as a whole"))
        criteria = [
            (value_of(Link(name, CRITERION, one.id)), numbered(one.id, shortened(one.statement)))
            for one in standard.criteria
        ]
        yield numbered(standard.id, standard.title), [whole, *criteria]


def value_of(link: Link) -> str:
    """A link as the value of a choice."""
    return f"{link.framework}/{link.kind}/{link.target}"


def link_of(value: str) -> Link | None:
    """The link that a value stands for; None where it is none that we write."""
    framework, _, rest = value.partition("/")
    kind, _, target = rest.partition("/")
    usable = kind in (FRAMEWORK, STANDARD, CRITERION) and bool(target) == (kind != FRAMEWORK)
    return Link(framework, kind, target) if framework and usable else None


def shortened(text: str) -> str:
    """The beginning of a text, whole words, in its language."""
    if len(text) <= SHORT:
        return text
    return Text(text[:SHORT].rsplit(" ", 1)[0] + "…", _language_of(text))


def numbered(name: str, text: str) -> Text:
    """A text of the standards after its id, in its language."""
    return Text(f"{name}: {text}", _language_of(text))


def _language_of(text: str) -> str:
    return getattr(text, "language", ENGLISH)


def form_of(shelf: Shelf, said: Described, revision: int) -> ResourceForm:
    """The form with what is said of a resource filled in."""
    values = {**vars(said), "about": [value_of(link) for link in said.links], "revision": str(revision)}
    return ResourceForm(shelf, data=values)


def posted_form(shelf: Shelf, fields: Lists) -> ResourceForm:
    """The form as it was sent."""
    return ResourceForm(shelf, formdata=fields)


@dataclass(frozen=True)
class Difference:
    """A field in which two texts differ: what it is called, and what stands in each, in words."""

    label: str
    mine: str
    theirs: str


def differences(form: ResourceForm, mine: Described, theirs: Described) -> list[Difference]:
    """Where two texts differ, in the order of the form."""
    rows = [
        Difference(gettext(form[name].label.text), _words(name, mine), _words(name, theirs))
        for name in (*LONGEST, *KINDS)
    ]
    about = Difference(gettext(form.about.label.text), _targets(mine), _targets(theirs))
    return [row for row in (*rows, about) if row.mine != row.theirs]


def _words(name: str, said: Described) -> str:
    value = getattr(said, name)
    if name in KINDS:
        value = ", ".join(gettext(KINDS[name].get(one, one)) for one in value)
    return value or gettext("Nothing")


def _targets(said: Described) -> str:
    return ", ".join(link.target or link.framework for link in said.links) or gettext("Nothing")
