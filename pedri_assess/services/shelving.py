"""Published versions onto the shelf of every process: at the start, and soon after staff published one."""

from __future__ import annotations

import time

from ..catalogue import Schemas, Shelf
from ..domain.errors import InvalidDocument
from ..store import Connection, Database, StoreUnavailable
from ..store.publishing import Released, how_many_released, released

EVERY = 5.0  # seconds: so long another process may not know a new version
PAUSE = 60.0  # seconds until a database that was away is asked again


class Shelving:
    """What one process has taken from the database onto its shelf. Threads may share it."""

    def __init__(self, shelf: Shelf, schemas: Schemas) -> None:
        self._shelf, self._schemas = shelf, schemas
        self._taken = 0
        self._next = self._away = 0.0

    def look(self, database: Database, wanted: tuple[str, str] | None = None) -> None:
        """Takes new versions, for a request that is about to be answered: now and then, and without a fuss.

        A `wanted` version (framework and version) that is not on the shelf is looked for at once: whoever
        published it just now is sent to its page, which another process may answer. A version that cannot be
        used is left out: the start and `pedri-assess check` say what is wrong.
        """
        missing = wanted is not None and self._shelf.ids(*wanted) is None
        if time.monotonic() < (self._away if missing else self._next):
            return
        self._next = time.monotonic() + EVERY
        try:
            with database.read() as c:
                self.take_in(c)
        except StoreUnavailable:  # it is asked again later: requests must not wait for it one after another
            self._next = self._away = time.monotonic() + PAUSE

    def take_in(self, c: Connection) -> list[str]:
        """Takes the versions that are not on the shelf yet; what is wrong with any, in words."""
        if how_many_released(c) == self._taken:
            return []
        every = released(c)
        faults = [fault for version in every for fault in self._take(version)]
        self._taken = len(every) if not faults else self._taken
        return faults

    def _take(self, version: Released) -> list[str]:
        name = f"{version.framework} {version.version}, as it was published on {version.released_at[:10]}"
        if not version.whole:
            return [f"{name}: its text is not what was published; restore a backup"]
        try:
            self._shelf.take(version.content.encode(), name, self._schemas)
        except InvalidDocument as error:
            return error.lines()
        return []
