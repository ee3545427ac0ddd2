"""The database: one set of SQL, two thin drivers. Everything that is kept goes through here."""

from __future__ import annotations

from .database import BadAddress, Connection, Database, Row, StoreUnavailable, one
from .opening import connect

__all__ = ["BadAddress", "Connection", "Database", "Row", "StoreUnavailable", "connect", "one"]
