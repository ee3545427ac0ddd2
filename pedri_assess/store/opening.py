"""From the address of a database to the database."""

from __future__ import annotations

from .database import BadAddress, Database

EXAMPLES = "sqlite:////srv/pedri-assess/assess.db or postgresql://name@host/database"


def connect(url: str) -> Database:
    """The database at this address. Nothing is opened yet. Raises BadAddress."""
    kind, separator, rest = url.partition("://")
    if separator and kind == "sqlite":
        if not rest.startswith("/") or rest.endswith("/"):
            raise BadAddress(f"give the full path of a file, with four slashes: {EXAMPLES}")
        from .sqlite import SqliteDatabase

        return SqliteDatabase(rest)
    if separator and kind in ("postgresql", "postgres"):
        try:
            from .postgres import PostgresDatabase
        except ImportError:
            raise BadAddress("PostgreSQL needs more packages: pip install 'pedri-assess[postgres]'") from None
        return PostgresDatabase(url)
    raise BadAddress(f"it is not the address of a database that can be used: {EXAMPLES}")
