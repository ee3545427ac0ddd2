"""What this process has worked out of documents to print, for as long as nothing has happened since."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

MOST = 500  # documents

T = TypeVar("T")
Key = tuple[str, int | None, str]


class Fingerprints(Generic[T]):
    """Remembers by assessment, revision and kind, and forgets everything with the next event.

    Whatever changes what a document says is written with an event in the same transaction. So one look at the
    number of the newest event tells whether what was worked out is still so. Threads may share it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._event = 0
        self._known: dict[Key, T] = {}

    def known(self, event: int, key: Key) -> T | None:
        """What was worked out when this event was the newest; None where nothing was."""
        with self._lock:
            return self._known.get(key) if event == self._event else None

    def remember(self, event: int, key: Key, found: T) -> T:
        """Remembers what was worked out when this event was the newest."""
        with self._lock:
            if event != self._event or len(self._known) >= MOST:
                self._event, self._known = event, {}
            self._known[key] = found
        return found
