"""The form beside an answer: whose criterion it is, and what people say to each other about it."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from wtforms import SelectChoice, SelectField, SelectMultipleField, TextAreaField

from ..domain.languages import to_translate
from ..services.answers import Question
from ..services.comments import NOTHING_WRITTEN, may_be_mentioned
from .components import PlainForm
from .texts import clean

LONGEST_COMMENT = 5_000
NOT_ABLE = to_translate("Choose somebody who answers in this assessment")
TOO_LONG = to_translate("A comment must be 5,000 characters or fewer")


class DiscussForm(PlainForm):
    """An owner, a comment, and who is told about it."""

    owner = SelectField(to_translate("Who answers this"), validate_choice=False)
    comment = TextAreaField(to_translate("Add a comment"), filters=[clean])
    mention = SelectMultipleField(to_translate("Who should see it in their work?"), validate_choice=False)

    def __init__(self, asked: Question, **filled: Any) -> None:
        now = asked.owner.account_id if asked.owner else ""
        super().__init__(data={"owner": now}, **filled)
        able = [SelectChoice(person.account_id, person.called) for person in asked.may_own]
        self.owner.choices = [SelectChoice("", to_translate("Nobody yet")), *able]
        self.mention.choices = [
            SelectChoice(person.account_id, Markup("<bdi>{}</bdi>").format(person.called))
            for person in may_be_mentioned(list(asked.people))
        ]

    def complete(self) -> bool:
        """Whether there is a comment to add; the field has an error where there is none."""
        if not self.comment.data:
            self.comment.errors = [NOTHING_WRITTEN]
        elif len(self.comment.data) > LONGEST_COMMENT:
            self.comment.errors = [TOO_LONG]
        return not self.comment.errors
