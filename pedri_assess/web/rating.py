"""Rating alone first, and agreeing afterwards."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from markupsafe import Markup
from wtforms import HiddenField, RadioField, SelectChoice, SelectMultipleField, TextAreaField

from ..domain.alone import STILL_RATING
from ..domain.errors import NotFound, Stale, WrongState
from ..domain.languages import to_translate
from ..domain.policies import ANSWERS, READS, RUNS
from ..domain.standards import Framework
from ..services import rating as use
from ..services.answers import answers_here
from ..services.rating import Row, Together
from ..store.rating import Agreement, Rated
from .components import PlainForm
from .forms import limits
from .gate import access, actor
from .languages import gettext, said, told
from .protection import allow
from .site import site
from .texts import clean, whole_number, words

rating = Blueprint("rating", __name__, url_prefix="/assessments/<assessment>/rating")

CONFLICT, UNUSABLE = 409, 422
DONT_KNOW, NO_LEVEL = "dont-know", "no-level"
MOST_WORDS = 2_000
NAME = {"translate": "no"}
CHANGED = to_translate(
    "You changed this rating somewhere else since this page was made. Look at it again, then save"
)


class LevelForm(PlainForm):
    """A level of the scale or `other`, with a reason and evidence: what both forms here have."""

    other = (DONT_KNOW, to_translate("I do not know"))

    level = RadioField(to_translate("Which is nearest to where you are now?"), validate_choice=False)
    reason = TextAreaField(to_translate("Why this level, in one line"), filters=[clean])
    evidence = TextAreaField(to_translate("What shows it"), filters=[clean])

    def __init__(self, row: Row, framework: Framework, **filled: Any) -> None:
        super().__init__(**filled)
        self.row, self.framework, self.limits = row, framework, limits(site().context.schemas)
        steps = [SelectChoice(str(level.value), words(level.label)) for level in framework.scale]
        self.level.choices = [*steps, SelectChoice(*self.other)]

    @property
    def chosen(self) -> int | None:
        """The level; None for the other choice."""
        known = {choice.value for choice in self.level.choices} - {self.other[0]}
        return int(self.level.data) if self.level.data in known else None

    @property
    def descriptions(self) -> dict[str, Markup]:
        """The words under each level."""
        return {str(place): words(text) for place, text in enumerate(self.row.criterion.levels)}

    def complete(self) -> bool:
        """Whether it can be kept; fields that cannot then have an error."""
        if self.level.data not in {choice.value for choice in self.level.choices}:
            self.level.errors = [to_translate("Choose a level")]
        needs = self.chosen is not None and self.chosen >= self.framework.scoring.reason_from
        if needs and not self.reason.data:
            self.reason.errors = [to_translate("Say why in one line: this level needs a reason")]
        for field in (self.reason, self.evidence):
            if len(field.data) > self.limits[field.name]:
                field.errors = [
                    gettext("Write %(most)s characters at most", most=f"{self.limits[field.name]:,}")
                ]
        return not any(field.errors for field in self)


class AloneForm(LevelForm):
    """What somebody rates alone."""

    changes = HiddenField()

    def rated(self) -> Rated:
        """What a complete form says."""
        said = (self.chosen, self.reason.data, self.evidence.data)
        return Rated(self.row.criterion.id, actor().account_id, "", *said)


class AgreeForm(LevelForm):
    """What people agree on, who they are, and what a minority sees otherwise."""

    other = (
        NO_LEVEL,
        to_translate("No level: we go on to the answer itself, as where this is not applicable"),
    )

    level = RadioField(to_translate("The level you agree on"), validate_choice=False)
    discussion = TextAreaField(to_translate("What you discussed"), filters=[clean])
    who = SelectMultipleField(to_translate("Who agreed"), validate_choice=False)
    minority = TextAreaField(to_translate("Who sees it otherwise, and why"), filters=[clean])

    def __init__(self, row: Row, found: Together, **filled: Any) -> None:
        super().__init__(row, found.framework, **filled)
        able = [person for person in found.people if answers_here(person)]
        self.who.choices = [SelectChoice(person.account_id, person.called, NAME) for person in able]

    def complete(self) -> bool:
        """Whether it can be kept; fields that cannot then have an error."""
        if self.row.differ and not self.discussion.data:
            self.discussion.errors = [
                to_translate("The ratings differ widely: discuss first, and note what you said")
            ]
        if not self.who.data or not set(self.who.data) <= {choice.value for choice in self.who.choices}:
            self.who.errors = [to_translate("Choose who agreed")]
        for field in (self.discussion, self.minority):
            if len(field.data) > MOST_WORDS:
                field.errors = [gettext("Write %(most)s characters at most", most=f"{MOST_WORDS:,}")]
        return super().complete()

    def agreement(self) -> Agreement:
        """What a complete form says."""
        said = (tuple(self.who.data), self.minority.data, self.discussion.data)
        return Agreement(self.row.criterion.id, self.chosen, *said, agreed_at="")


@rating.get("")
@allow(READS)
def every(assessment: str) -> Response:
    """How far rating alone is; after its end, what is to be agreed on."""
    return _every(assessment)


@rating.post("/stage/open")
@allow(RUNS)
def begin(assessment: str) -> Response:
    """Lets staff rate alone."""
    try:
        use.open_rating(site().context, assessment, actor().account_id)
    except WrongState as error:
        return _every(assessment, told(error))
    return _to(assessment)


@rating.post("/stage/close")
@allow(RUNS)
def end(assessment: str) -> Response:
    """Ends it, and shows what everybody rated."""
    try:
        use.close_rating(site().context, assessment, actor().account_id)
    except WrongState as error:
        return _every(assessment, told(error))
    return _to(assessment)


@rating.get("/<criterion>")
@allow(READS)
def one(assessment: str, criterion: str) -> Response:
    """One criterion: the reader's own rating, or what everybody rated and agreed on."""
    found, row = _row(assessment, criterion)
    return _one(found, row, _form(found, row))


@rating.post("/<criterion>")
@allow(ANSWERS)
def rate(assessment: str, criterion: str) -> Response:
    """Keeps the reader's own rating."""
    found, row = _row(assessment, criterion)
    form = AloneForm(row, found.framework, formdata=request.form)
    if not found.open:
        return _one(found, row, _form(found, row), CONFLICT, gettext(use.NOT_RATING))
    if not form.complete():
        return _one(found, row, form, UNUSABLE)
    try:
        use.rate(site().context, assessment, form.rated(), whole_number(form.changes.data))
    except Stale as error:
        form.changes.data = str(cast(Rated, error.current).changes)
        return _one(found, row, form, CONFLICT, gettext(CHANGED))
    except WrongState as error:
        return _one(found, row, form, CONFLICT, told(error))
    after = next((each for each in found.left if each.criterion.id != criterion), None)
    return _to(assessment, after.criterion.id if after else "")


@rating.post("/<criterion>/agree")
@allow(ANSWERS)
def agree(assessment: str, criterion: str) -> Response:
    """Writes down what was agreed on."""
    found, row = _row(assessment, criterion)
    if found.open:
        return _one(found, row, _form(found, row), CONFLICT, gettext(STILL_RATING))
    form = AgreeForm(row, found, formdata=request.form)
    if not form.complete():
        return _one(found, row, form, UNUSABLE)
    said = (form.reason.data, form.evidence.data)
    try:
        use.agree(site().context, assessment, form.agreement(), actor().account_id, *said)
    except WrongState as error:
        return _one(found, row, form, CONFLICT, told(error))
    if form.chosen is None:
        return _go(url_for("answering.show", assessment=assessment, criterion=criterion))
    return _to(assessment)


def _row(assessment: str, criterion: str) -> tuple[Together, Row]:
    found = use.rating(site().context, assessment, actor().account_id)
    if found.stage is None:
        raise NotFound("rating")
    return found, found.row(criterion)


def _form(found: Together, row: Row) -> LevelForm:
    if found.open:
        mine = row.mine
        level = None if mine is None else DONT_KNOW if mine.level is None else str(mine.level)
        mine = mine or Rated()
        data = {"level": level, "reason": mine.reason, "evidence": mine.evidence, "changes": mine.changes}
        return AloneForm(row, found.framework, data=data)
    shown = list(dict.fromkeys(each.evidence for each in row.rated if each.evidence))
    return AgreeForm(row, found, data={"evidence": "\n\n".join(shown)})  # nobody agreed before they say so


def _every(assessment: str, problem: str = "") -> Response:
    found = use.rating(site().context, assessment, actor().account_id)
    return _page("assessments/rating.html", found, CONFLICT if problem else 200, problem=problem)


def _one(found: Together, row: Row, form: LevelForm, status: int = 200, problem: str = "") -> Response:
    return _page("assessments/rating_one.html", found, status, row=row, form=form, problem=problem)


def _page(template: str, found: Together, status: int, **more: Any) -> Response:
    may = ANSWERS.allows(actor(), access()) and found.assessment.status == "draft"
    may_answer = may and not found.assessment.archived_at
    able = [person for person in found.people if answers_here(person)]
    shown = {
        "found": found,
        "kept": found.assessment,
        "may_answer": may_answer,
        "raters": able,
        "called": lambda who: said(found.called(who)),
    }
    return make_response(
        render_template(template, **shown, role=access().role, me=actor().account_id, **more), status
    )


def _to(assessment: str, criterion: str = "") -> Response:
    if criterion:
        return _go(url_for("rating.one", assessment=assessment, criterion=criterion))
    return _go(url_for("rating.every", assessment=assessment))


def _go(address: str) -> Response:
    return make_response(redirect(address, 303))
