"""An organisation with an assessment and a panel on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pedri_assess.catalogue import Shelf, load_schemas
from pedri_assess.config import data_dir
from pedri_assess.domain.assessment import Scope
from pedri_assess.services import Context
from pedri_assess.services import panel_taking as taking
from pedri_assess.services import panels as use
from pedri_assess.services.set_up import SetUp, start
from pedri_assess.store import Database
from pedri_assess.store.schema import TABLES

from .people import World

SHELF = Shelf.load([data_dir("standards")], load_schemas(data_dir("standards")))
ASKED = [item.id for item in SHELF.current("pedri").core_criteria if item.public_question]
DEVICES = [f"device-{number}-secret" for number in range(5)]


class Panels(World):
    """An organisation with an assessment and a panel on it."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.lead = self.account("lead@example.org", "Asha Lead").account_id
        self.place = self.organisation("Trust", **{self.lead: "lead"})
        set_up = SetUp(Scope("programme", "Registry", ""), "core")
        self.made = start(self.context, self.place, self.lead, "pedri", "2025.1", set_up)

    @property
    def context(self) -> Context:
        return replace(super().context, shelf=SHELF, today=self.today)

    def today(self) -> date:
        return self.moment.date()

    def plan(self, **changed: object) -> use.Plan:
        said = use.Plan("Your view", "We ask", "", "", tuple(ASKED), 5, "2026-12-18")
        return replace(said, **changed)  # type: ignore[arg-type]

    def opened(self, kind: str = "group", **changed: object) -> str:
        panel = use.plan_panel(self.context, self.lead, self.made, kind, self.plan(**changed))
        use.open_panel(self.context, self.lead, self.made, panel)
        return panel

    def token(self, panel: str) -> str:
        return use.look(self.context, self.made, panel).panel.token

    def rate(self, panel: str, *levels: int | None, words: str = "") -> None:
        """Each level by another device, for the first question."""
        for device, level in zip(DEVICES, levels, strict=False):
            taking.say(self.context, self.token(panel), device, ASKED[0], level, words)

    def close(self, panel: str, *left_out: int) -> use.Look:
        use.close_panel(self.context, self.lead, self.made, panel, left_out)
        return use.look(self.context, self.made, panel)

    def content(self) -> str:
        with self.database.read() as c:
            return "\n".join(str(row) for table in TABLES for row in c.rows(f"SELECT * FROM {table}"))
