"""Use cases: each asks the core and tells the adapters, which come in a Context."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ..catalogue import Schemas, Shelf
from ..reports import Renderer


@dataclass(frozen=True)
class Context:
    """What use cases need of the world: the shelf, the schemas, the printer, and what day it is."""

    shelf: Shelf
    schemas: Schemas
    renderer: Renderer
    today: Callable[[], date]
