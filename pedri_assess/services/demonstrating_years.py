"""Years of the demonstration: one assessment by an older version, and what was begun from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from ..domain.assessment import Scope
from ..domain.standards import Framework
from . import Context
from .answers import confirm_answer, question
from .assessments import overview
from .demonstrating_answers import ago, answer_all
from .handing_in import check, sign_off, submit
from .set_up import SetUp, start
from .starting_again import start_again, versions_to_go_to
from .taking_part import add_person


def years(context: Context, framework: Framework, place: str, people: Sequence[str]) -> None:
    """Last year by an older version, where there is one; this year begun from it; a draft that could move."""
    lead, contributor, approver = people
    older = [
        each
        for each in context.shelf.versions(framework.framework)
        if each.version != framework.version
        and framework in versions_to_go_to(context, each.framework, each.version)
    ]
    if not older:
        return
    old = older[0]
    last = _last_year(context, old, place, people)
    again = start_again(ago(context, 30), last, 1, lead, framework.version, _set_up("2026"))
    _finish(context, framework, again, (lead, contributor), approver)
    until = (context.today() + timedelta(days=30)).isoformat()
    waiting = start_again(ago(context, 3), last, 1, lead, framework.version, _set_up("schools", until))
    add_person(ago(context, 3), waiting, contributor, lead)
    draft = start(ago(context, 2), place, lead, old.framework, old.version, _set_up("hospital letters"))
    answer_all(ago(context, 1), draft, old.criteria[: len(old.criteria) // 3], (lead,), old)


def _set_up(what: str, until: str | None = None) -> SetUp:
    return SetUp(
        Scope("programme", f"Records of births, {what}", "With three maternity units"), finish_by=until
    )


def _last_year(context: Context, old: Framework, place: str, people: Sequence[str]) -> str:
    lead, contributor, approver = people
    made = start(ago(context, 420), place, lead, old.framework, old.version, _set_up("2025"))
    add_person(ago(context, 420), made, contributor, lead)
    answer_all(ago(context, 410), made, old.criteria, (lead, contributor), old)
    then = ago(context, 400)
    submit(then, made, lead, 1, check(then, made).seal, leave=True)
    sign_off(ago(context, 395), made, approver, 1)
    return made


def _finish(context: Context, framework: Framework, made: str, who: Sequence[str], approver: str) -> None:
    """Confirms every other answer that came along, changes the rest, and submits."""
    add_person(ago(context, 30), made, who[1], who[0])
    tasks = overview(context, made, who[0]).tasks
    waiting = [task.criterion for task in tasks if task.saved.changes]
    kept = {item.id for item in waiting[::2]}
    for item in waiting[::2]:
        expected = question(context, made, item.id, who[0]).saved.changes
        confirm_answer(ago(context, 20), made, item.id, who[0], expected)
    changed = [task.criterion for task in tasks if task.criterion.id not in kept]
    answer_all(ago(context, 15), made, changed, who, framework, confirm=True)
    then = ago(context, 6)
    submit(then, made, who[0], 1, check(then, made).seal, leave=True)
    sign_off(ago(context, 5), made, approver, 1)
