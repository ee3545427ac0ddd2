"""A plan as a table, safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

from ..domain.plan import STATUSES
from ..domain.standards import Framework
from ..reports.tabular import table_csv
from ..store.plans import PlanAction

HEADINGS = (
    "Action",
    "Criteria",
    "Owner",
    "Due",
    "Status",
    "What changed, or why not",
    "First step",
    "Effort",
    "Cost",
)


def plan_csv(actions: Sequence[PlanAction], framework: Framework) -> bytes:
    """One row for each action."""
    efforts = {effort.id: str(effort.label) for effort in framework.efforts}
    rows = [
        (
            item.text,
            ", ".join(item.criteria),
            item.owner or "",
            item.due or "",
            STATUSES[item.status],
            item.because,
            item.first_step,
            efforts.get(item.effort, ""),
            item.cost,
        )
        for item in actions
    ]
    return table_csv([HEADINGS, *rows])
