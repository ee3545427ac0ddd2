"""Printed documents that are kept, and those that wait to be printed."""

# The content comes last: SQLite finds the other columns without reading through it
KEPT_REPORTS = (
    """CREATE TABLE kept_report (
        fingerprint TEXT PRIMARY KEY, kind TEXT NOT NULL,
        assessment_id TEXT NOT NULL REFERENCES assessment, revision {number} NOT NULL,
        organisation_id TEXT NOT NULL REFERENCES organisation, imprint TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('waiting', 'printing', 'made', 'failed')),
        asked_at TEXT NOT NULL, next_at TEXT NOT NULL, attempts {number} NOT NULL DEFAULT 0,
        owner TEXT, taken_at TEXT, lease_until TEXT, reason TEXT, made_at TEXT, content {bytes},
        CHECK ((state = 'made') = (content IS NOT NULL)),
        CHECK ((state = 'printing') = (owner IS NOT NULL))
    ){strict}""",
    "CREATE INDEX kept_report_due ON kept_report (asked_at) WHERE state IN ('waiting', 'printing')",
    "CREATE INDEX kept_report_turn ON kept_report (organisation_id, taken_at)",
    "CREATE INDEX kept_report_document ON kept_report (assessment_id, revision, kind)",
    "CREATE INDEX kept_report_imprint ON kept_report (imprint, asked_at)",
)
