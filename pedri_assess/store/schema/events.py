"""What happened, and the guards of what is only ever added to."""

from __future__ import annotations

from collections.abc import Mapping

# What happened is only ever added to. No foreign keys: an event outlives what it is about.
EVENTS = (
    """CREATE TABLE event (
        number {number} PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, account_id TEXT,
        organisation_id TEXT, assessment_id TEXT, subject TEXT NOT NULL, before_json TEXT, after_json TEXT,
        hash TEXT NOT NULL
    ){strict}""",
    "CREATE INDEX event_assessment ON event (assessment_id, number)",
    "CREATE INDEX event_organisation ON event (organisation_id, number)",
)

FIRST_GUARDED = {"event": "what happened is never changed", "result": "a frozen result is never changed"}
PUBLISHED = {"released_version": "a published version is never changed"}
WAVE_PUBLISHED = {"published_wave": "a published wave is never changed"}
APPEND_ONLY = FIRST_GUARDED | PUBLISHED | WAVE_PUBLISHED


GUARD = (
    "CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the table % is only added to', TG_TABLE_NAME; END $$"
)


def guards_of_sqlite(tables: Mapping[str, str] = FIRST_GUARDED) -> tuple[str, ...]:
    """A trigger for each way to change what is only added to."""
    return tuple(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{why}'); END"
        for table, why in tables.items()
        for verb in ("UPDATE", "DELETE")
    )


def guards_of_postgresql(tables: Mapping[str, str] = FIRST_GUARDED) -> tuple[str, ...]:
    """The same; GUARD must be there."""
    return tuple(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
        for table in tables
    )
