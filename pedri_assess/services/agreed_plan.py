"""What an approver agrees to in a plan."""

from __future__ import annotations

from collections.abc import Sequence

from ..catalogue import content_hash
from ..domain.plan import NO_ACTION
from ..store.plans import PlanAction


def seal_of(found: Sequence[PlanAction]) -> str:
    """The hash of what an approver agrees to: what is done for which criteria, by whom, by when.

    How far an action is does not count: that changes while the plan is carried out.
    """
    return content_hash(
        {
            "actions": [
                {
                    "id": item.id, "criteria": list(item.criteria), "text": item.text, "owner": item.owner_id,
                    "due": item.due, "first_step": item.first_step, "cost": item.cost,
                    "none": item.because if item.status == NO_ACTION else None,
                }
                for item in found
            ]
        }
    )  # fmt: skip
