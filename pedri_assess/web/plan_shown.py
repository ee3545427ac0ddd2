"""Which actions of a plan a page shows, how much time each has left, and who may change it."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.plan import OPEN, STATUSES, time_left
from ..domain.policies import CONTRIBUTOR, LEAD
from ..services.plans import Plan
from ..store.plans import PlanAction
from .gate import access, actor
from .languages import gettext
from .plan_forms import ShownForm
from .site import site


@dataclass(frozen=True)
class Shown:
    """An action with how much time it has left, and whether the reader may change it."""

    action: PlanAction
    left: str
    mine: bool


def shown(item: PlanAction) -> Shown:
    """An action as whoever reads the page sees it."""
    role, me = access().role, actor().account_id
    mine = role == LEAD or (role == CONTRIBUTOR and item.owner_id == me)
    return Shown(item, time_left(item.status, item.due, site().context.today().isoformat()), mine)


def wanted(item: Shown, form: ShownForm, plan: Plan) -> bool:
    """Whether an action is among those that the page was asked for."""
    found = item.action
    if form.owner.data and (found.owner_id or "nobody") != form.owner.data:
        return False
    if form.standard.data:
        standard = next(each for each in plan.framework.standards if each.id == form.standard.data)
        if not {criterion.id for criterion in standard.criteria} & set(found.criteria):
            return False
    if form.when.data == "open":
        return found.status in OPEN
    return not form.when.data or item.left == form.when.data


def status_names() -> dict[str, str]:
    """What each status is called, in the language of the page."""
    return {status: gettext(words) for status, words in STATUSES.items()}
