"""A plan as a table, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from ..domain.plan import STATUSES
from ..domain.standards import Framework
from ..reports.tabular import cell
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
    """One row for each action: UTF-8 with a byte-order mark, so that spreadsheets read it as such."""
    efforts = {effort.id: str(effort.label) for effort in framework.efforts}
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for item in actions:
        values = (
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
        writer.writerow([cell(value) for value in values])
    return text.getvalue().encode("utf-8-sig")
