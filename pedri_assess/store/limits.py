"""How often something was done, counted in the database, so that it holds for all server processes."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from ..domain.times import moment, stamp
from . import Connection, one


def used(c: Connection, name: str, at: str, seconds: int) -> tuple[int, int]:
    """Counts one more use of a name in the present stretch of time, and forgets earlier stretches.

    Gives how often it was used in this stretch, and in how many seconds the next one begins. Names are
    hashed: they hold addresses.
    """
    key = hashlib.sha256(name.encode()).hexdigest()
    now = moment(at).timestamp()
    began = int(now // seconds) * seconds
    start = stamp(datetime.fromtimestamp(began, UTC))
    c.run("DELETE FROM rate WHERE name = :key AND began_at < :start", key=key, start=start)
    c.run(
        "INSERT INTO rate (name, began_at, used) VALUES (:key, :start, 1) "
        "ON CONFLICT (name, began_at) DO UPDATE SET used = rate.used + 1",
        key=key,
        start=start,
    )
    row = one(c, "SELECT used FROM rate WHERE name = :key AND began_at = :start", key=key, start=start)
    return int(row["used"]) if row else 1, int(began + seconds - now) + 1
