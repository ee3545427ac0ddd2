"""Two people's answers to one criterion: where they differ, and one form that has the words of both."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wtforms import BooleanField, RadioField

from ..domain.languages import to_translate
from ..domain.said import Said, said_document
from .forms import TEXTS, QuestionForm, fields_of
from .languages import gettext, said

NOTHING = to_translate("Nothing")
LABELS = TEXTS | {
    "choice": to_translate("Level or other answer"),
    "confidence": to_translate("How sure the evidence makes you"),
    "otherwise": to_translate("Achieved in another way"),
    "importance": to_translate("How much it matters"),
}


@dataclass(frozen=True)
class Difference:
    """A field in which two answers differ: what it is called, and what stands in each, in words."""

    label: str
    mine: str
    theirs: str


def merged(mine: Said, theirs: Said) -> dict[str, Any]:
    """The values of a form: the texts of both, mine first and nothing twice; my choices where I made one."""
    my, their = fields_of(mine), fields_of(theirs)
    return {
        name: _together(my[name], their[name]) if name in TEXTS else my[name] or their[name] for name in my
    }


def differences(form: QuestionForm, mine: Said, theirs: Said) -> list[Difference]:
    """Where two answers differ, in the order of the page."""
    my, their = fields_of(mine), fields_of(theirs)
    return [
        Difference(LABELS[name], _words(form, name, my), _words(form, name, their))
        for name in my
        if my[name] != their[name]
    ]


def _together(mine: str, theirs: str) -> str:
    if theirs in mine:
        return mine
    return theirs if mine in theirs else f"{mine}\n\n{theirs}"


def _words(form: QuestionForm, name: str, values: Mapping[str, Any]) -> str:
    field, value = form[name], values[name]
    if isinstance(field, BooleanField):
        return gettext("Yes") if value else gettext("No")
    if isinstance(field, RadioField):
        return next((said(choice.label) for choice in field.choices if choice.value == value), _nothing())
    return value or _nothing()


def _nothing() -> str:
    return gettext(NOTHING)


def fingerprint(said: Said) -> str:
    """What a page carries of the answer that it was made from, to know whether anybody changed it there."""
    text = json.dumps(said_document(said), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
