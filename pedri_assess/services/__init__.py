"""Use cases: each asks the core and tells the adapters, which come in a Context."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from ..catalogue import Schemas, Shelf
from ..domain.assessment import Assessment
from ..reports import Issuer, Renderer
from ..store import Database
from .fingerprints import Fingerprints
from .hub_copy import HubCopy
from .shelving import Shelving


@dataclass(frozen=True)
class Context:
    """What use cases need of the world: the shelf, the schemas, the printer, the database, the time.

    `now` gives a moment in UTC; `base_url` is the address that letters name, and
    `issuer` signs reports, where there is a key for it. `imprint` names what prints reports here
    (reports/imprint.py); it is empty where reports are not printed, and then none is asked for.
    """

    shelf: Shelf
    schemas: Schemas
    renderer: Renderer
    today: Callable[[], date]
    database: Database
    now: Callable[[], datetime]
    base_url: str
    issuer: Issuer | None = None
    imprint: str = ""

    @cached_property
    def fingerprints(self) -> Fingerprints[tuple[str, Assessment]]:
        """What this process knows of documents that are printed: their names, and the answers in them."""
        return Fingerprints()

    @cached_property
    def hub(self) -> HubCopy:
        """What this process knows of the resource hub."""
        return HubCopy(self.shelf)

    @cached_property
    def shelving(self) -> Shelving:
        """What this process has taken from the database onto its shelf."""
        return Shelving(self.shelf, self.schemas)
