"""What the guards let through when an organisation is deleted for good (docs/decisions/0027).

Only what carries the organisation's own event of being deleted: the words of its events, never the events
themselves, and its frozen results.
"""

from __future__ import annotations

DELETED = "organisation-deleted"  # the kind of that event

_IS_DELETED = f"EXISTS (SELECT 1 FROM event d WHERE d.kind = '{DELETED}' AND d.organisation_id = {{whose}})"  # noqa: S608
_KEPT = ("number", "at", "kind", "account_id", "organisation_id", "assessment_id", "hash")


def _emptied(same: str) -> str:
    kept = " AND ".join(f"NEW.{name} {same} OLD.{name}" for name in _KEPT)
    gone = "NEW.subject = '' AND NEW.before_json IS NULL AND NEW.after_json IS NULL"
    return (
        f"{kept} AND {gone} AND OLD.kind <> '{DELETED}' AND {_IS_DELETED.format(whose='OLD.organisation_id')}"
    )


_RESULT = _IS_DELETED.format(
    whose="(SELECT a.organisation_id FROM assessment a WHERE a.id = OLD.assessment_id)"
)

GUARDS_OF_SQLITE = (
    "DROP TRIGGER event_no_update",
    (
        f"CREATE TRIGGER event_no_update BEFORE UPDATE ON event WHEN NOT ({_emptied('IS')}) "
        "BEGIN SELECT RAISE(ABORT, 'what happened is never changed'); END"
    ),
    "DROP TRIGGER result_no_delete",
    (
        f"CREATE TRIGGER result_no_delete BEFORE DELETE ON result WHEN NOT {_RESULT} "
        "BEGIN SELECT RAISE(ABORT, 'a frozen result is never changed'); END"
    ),
)


def _guard(table: str, verb: str, condition: str, gives: str) -> tuple[str, ...]:
    return (
        f"DROP TRIGGER {table}_append_only ON {table}",
        (
            f"CREATE FUNCTION {table}_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP = '{verb}' THEN IF {condition} THEN RETURN {gives}; END IF; END IF; "
            "RAISE EXCEPTION 'the table % is only added to', TG_TABLE_NAME; END $$"
        ),
        (
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_only_added_to()"
        ),
        (
            f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
        ),
    )


GUARDS_OF_POSTGRESQL = (
    *_guard("event", "UPDATE", _emptied("IS NOT DISTINCT FROM"), "NEW"),
    *_guard("result", "DELETE", _RESULT, "OLD"),
)
