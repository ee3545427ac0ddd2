"""Work that a server process does beside its requests, in a thread of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event as Signal
from threading import Lock, Thread

from ..store import StoreUnavailable

log = logging.getLogger(__name__)

LOOK_EVERY = 2.0  # seconds; one indexed look at a queue
AFTER_TROUBLE = 30.0  # seconds, where the database does not answer
Now = Callable[[], datetime]


class Background:
    """Does what is due, again and again, and tidies once a day. It starts when first asked.

    Every process may have one: leases in the database keep two from doing the same.
    """

    name = "background"

    def __init__(self, now: Now, every: float = LOOK_EVERY) -> None:
        self._now, self._every = now, every
        self._stopping = False
        self._look = Signal()
        self._starting = Lock()
        self._thread: Thread | None = None

    def work(self) -> None:
        """Does what is due. Raises StoreUnavailable."""
        raise NotImplementedError

    def tidy(self) -> None:
        """Removes what is needed no more. Raises StoreUnavailable."""
        raise NotImplementedError

    def start(self) -> None:
        """Begins, where it has not begun. To be called after the process has been forked: threads do not
        survive that."""
        if self._thread is None:
            with self._starting:
                if self._thread is None:
                    self._thread = Thread(target=self.run, name=self.name, daemon=True)
                    self._thread.start()

    def look(self) -> None:
        """Says that something is due: it is done without a pause."""
        self._look.set()

    def stop(self, seconds: float = 30.0) -> None:
        """Ends after what is under way."""
        self._stopping = True
        self._look.set()
        if self._thread is not None:
            self._thread.join(seconds)

    def run(self) -> None:
        """Goes on until it is stopped."""
        tidied_on = None
        while not self._stopping:
            pause = self._every
            try:
                self.work()
                if (today := self._now().date()) != tidied_on and not self._stopping:
                    self.tidy()
                    tidied_on = today
            except StoreUnavailable:
                log.warning("%s waits: the database does not answer", self.name)
                pause = AFTER_TROUBLE
            except Exception:
                log.exception("%s waits: this should not have happened", self.name)
                pause = AFTER_TROUBLE
            self._look.wait(pause)
            self._look.clear()
