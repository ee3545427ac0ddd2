"""Which standards the assessments answer."""

from __future__ import annotations

from . import Connection


def needed(c: Connection) -> list[tuple[str, str, str, int]]:
    """Framework, version and content hash of what assessments answer, and how many do."""
    rows = c.rows(
        "SELECT framework, version, content_hash, count(*) AS assessments FROM assessment"
        " GROUP BY framework, version, content_hash ORDER BY framework, version, content_hash"
    )
    return [(row["framework"], row["version"], row["content_hash"], int(row["assessments"])) for row in rows]
