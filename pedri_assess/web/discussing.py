"""The form beside an answer: whose criterion it is, and what people say to each other about it."""

from __future__ import annotations

from typing import Any

from wtforms import SelectChoice, SelectField, SelectMultipleField, TextAreaField

from ..services.answers import Question
from ..services.comments import NOTHING_WRITTEN, may_be_mentioned
from .components import PlainForm
from .texts import clean

LONGEST_COMMENT = 5_000
NOT_ABLE = "Choose somebody who answers in this assessment"
TOO_LONG = f"A comment must be {LONGEST_COMMENT:,} characters or fewer"


class DiscussForm(PlainForm):
    """An owner, a comment, and who is told about it."""

    owner = SelectField("Who answers this", validate_choice=False)
    comment = TextAreaField("Add a comment", filters=[clean])
    mention = SelectMultipleField("Who should see it in their work?", validate_choice=False)

    def __init__(self, asked: Question, **filled: Any) -> None:
        now = asked.owner.account_id if asked.owner else ""
        super().__init__(data={"owner": now}, **filled)
        able = [SelectChoice(person.account_id, person.called) for person in asked.may_own]
        self.owner.choices = [SelectChoice("", "Nobody yet"), *able]
        self.mention.choices = [
            SelectChoice(person.account_id, person.called) for person in may_be_mentioned(list(asked.people))
        ]

    def complete(self) -> bool:
        """Whether there is a comment to add; the field has an error where there is none."""
        if not self.comment.data:
            self.comment.errors = [NOTHING_WRITTEN]
        elif len(self.comment.data) > LONGEST_COMMENT:
            self.comment.errors = [TOO_LONG]
        return not self.comment.errors
