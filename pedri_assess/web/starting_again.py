"""Starting again from a result, moving a draft to a newer version, and what came along from before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from ..domain.assessment import Answer, Assessment
from ..domain.carrying import Carried, CarriedOver, Source
from ..domain.errors import Incomplete, Stale, WrongState
from ..domain.languages import to_translate
from ..domain.moved import answer_words
from ..domain.policies import ANSWERS, READS, RUNS
from ..domain.said import ANSWERED, LEFT, Said
from ..domain.standards import Criterion, Framework, Standard, Text
from ..services import new_version as versions
from ..services import starting_again as use
from ..services.answers import confirm_answer
from ..services.from_before import from_before
from ..services.new_version import Move
from ..services.set_up import CORE, SOME, set_up_of
from ..services.starting_again import Again
from .assessing import KeptForm, kept_form
from .gate import access, actor
from .languages import gettext, said, told
from .protection import allow
from .site import site
from .texts import whole_number

starting_again = Blueprint("starting_again", __name__, url_prefix="/assessments/<assessment>")

CONFLICT, UNUSABLE = 409, 422
NOTHING_IN_SCOPE = to_translate("Choose standards that have criteria")
CHANGED = to_translate(
    "Somebody changed this assessment since you opened the page. This is what would come along now"
)
CHANGED_ANSWER = to_translate("%(name)s was changed since you opened the page. Read it again")
NOT_COMPLETE = to_translate("%(name)s is not complete. Open it, and give what is missing")


@dataclass(frozen=True)
class Preview:
    """One criterion in a preview: what would come along to it, what would be to do, and from where."""

    criterion: Criterion
    carried: Carried
    to_do: str
    sources: tuple[tuple[Source, Criterion, str], ...]


@starting_again.route("/again", methods=["GET", "POST"])
@allow(RUNS)
def again(assessment: str) -> Response:
    """What would come along to the next assessment, and beginning it."""
    context, sent = site().context, request.form if request.method == "POST" else None
    revision = whole_number(request.form.get("revision"), 0) or None
    found = use.again(context, assessment, request.values.get("version", ""), revision)
    form = kept_form(found.over.new, context.schemas, _begun(found), sent)
    if sent is not None and form.complete():
        given = (assessment, found.revision, actor().account_id, found.over.new.version, form.set_up())
        try:
            return _to(url_for("assessments.tasks", assessment=use.start_again(context, *given)))
        except ValueError:
            form.standards.errors = [NOTHING_IN_SCOPE]
    return _again_page(found, form)


@starting_again.route("/move", methods=["GET", "POST"])
@allow(RUNS)
def move(assessment: str) -> Response:
    """What would become of a draft in a newer version, and moving it."""
    context, version = site().context, request.values.get("version", "")
    try:
        if request.method != "POST":
            return _move_page(versions.move_preview(context, assessment, version))
        seal = request.form.get("seal", "")
        versions.move(context, assessment, actor().account_id, version, seal)
    except Stale as error:
        return _move_page(cast(Move, error.current), gettext(CHANGED), CONFLICT)
    except WrongState as error:
        return _not_moved(assessment, told(error))
    return _to(url_for("starting_again.carried", assessment=assessment))


@starting_again.get("/from-before")
@allow(READS)
def carried(assessment: str) -> Response:
    """Where every answer comes from, what is to be confirmed, and what leads nowhere."""
    return _carried_page(assessment)


@starting_again.post("/from-before/<criterion>/confirm")
@allow(ANSWERS)
def confirm(assessment: str, criterion: str) -> Response:
    """Confirms one answer that came along, as it stands."""
    expected = whole_number(request.form.get("changes"))
    try:
        confirm_answer(site().context, assessment, criterion, actor().account_id, expected)
    except Stale:
        return _carried_page(assessment, gettext(CHANGED_ANSWER, name=criterion), CONFLICT)
    except Incomplete:
        return _carried_page(assessment, gettext(NOT_COMPLETE, name=criterion), UNUSABLE)
    except WrongState as error:
        return _carried_page(assessment, told(error), CONFLICT)
    return _to(url_for("starting_again.carried", assessment=assessment) + "#to-confirm")


def _begun(found: Again) -> Assessment:
    """The set-up to start from, with a scope of whole standards as the form has them."""
    new, chosen = found.over.new, set(found.standards)
    criteria: tuple[Criterion, ...] = ()
    if found.depth == CORE:
        criteria = new.core_criteria
    elif found.depth == SOME:
        criteria = tuple(
            item for standard in new.standards if standard.id in chosen for item in standard.criteria
        )
    return replace(found.begun, criteria=tuple(item.id for item in criteria))


def _groups(over: CarriedOver, to_do: dict[str, str] | None = None) -> list[tuple[Standard, list[Preview]]]:
    """The preview by standard, in the order of the new version."""
    carried = {item.criterion: item for item in over.criteria}
    return [
        (
            standard,
            [
                _preview(item, carried[item.id], over.old, (to_do or {}).get(item.id))
                for item in standard.criteria
            ],
        )
        for standard in over.new.standards
    ]


def _preview(item: Criterion, carried: Carried, old: Framework, to_do: str | None) -> Preview:
    left = carried.to_do if to_do is None else to_do
    sources = tuple(
        (source, old.criterion(source.criterion), said_in_words(source.answer, old))
        for source in carried.sources
    )
    return Preview(item, carried, LEFT.get(left, ANSWERED), sources)


def said_in_words(answer: Answer, framework: Framework) -> str:
    """The level of an answer, as the standards call it, or why it has none in the language of the page."""
    if answer.level is not None:
        return framework.scale[answer.level].label
    return said(answer_words(answer, framework))


def _past(over: CarriedOver) -> Iterator[tuple[Criterion, Said, tuple[Text, ...]]]:
    for item in over.history:
        yield over.old.criterion(item.criterion), Said(item.answer), item.why


def _again_page(found: Again, form: KeptForm) -> Response:
    context, over = site().context, found.over
    page = render_template(
        "assessments/again.html",
        kept=found.before,
        found=found,
        over=over,
        groups=_groups(over),
        past=list(_past(over)),
        versions=use.versions_to_go_to(context, over.old.framework, over.old.version),
        framework=over.new,
        form=form,
        role=access().role,
        in_error=bool(form.errors),
    )
    return make_response(page, UNUSABLE if form.errors else 200)


def _move_page(found: Move, problem: str = "", status: int = 200) -> Response:
    to_do = {name: along.to_do for name, along in found.along.items()}
    page = render_template(
        "assessments/move.html",
        kept=found.kept,
        found=found,
        over=found.over,
        groups=_groups(found.over, to_do),
        past=list(_past(found.over)),
        versions=versions.newer_versions(site().context, found.kept),
        problem=problem,
        role=access().role,
        in_error=bool(problem),
    )
    return make_response(page, status)


def _not_moved(assessment: str, why: str) -> Response:
    kept, framework = set_up_of(site().context, assessment)
    page = render_template(
        "assessments/not_moved.html",
        kept=kept,
        framework=framework,
        why=why,
        role=access().role,
        in_error=True,
    )
    return make_response(page, CONFLICT)


def _carried_page(assessment: str, problem: str = "", status: int = 200) -> Response:
    found = from_before(site().context, assessment)
    try:
        found.kept.state.check_answering()
        may = ANSWERS.allows(actor(), access())
    except WrongState:
        may = False
    page = render_template(
        "assessments/from_before.html",
        kept=found.kept,
        found=found,
        may=may,
        left=LEFT,
        problem=problem,
        role=access().role,
        in_error=bool(problem),
    )
    return make_response(page, status)


def _to(address: str) -> Response:
    return make_response(redirect(address, 303))
