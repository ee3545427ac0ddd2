"""How often something may be done, for all server processes together."""

from __future__ import annotations

from ..store import Connection
from ..store.limits import used


class TooMany(Exception):
    """Asked too often; `seconds` is how long to wait."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"wait {seconds} seconds")


def hold_to(c: Connection, name: str, at: str, most: int, seconds: int) -> None:
    """Counts one use of a name. Raises TooMany where there are more than `most` in this stretch of time.

    The transaction may end with that: the count then stays at the most, and the next use is refused too.
    """
    times, wait = used(c, name, at, seconds)
    if times > most:
        raise TooMany(wait)
