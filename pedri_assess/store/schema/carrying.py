"""What assessments were begun from, and what came along to each criterion."""

CARRYING = (
    """CREATE TABLE predecessor (
        assessment_id TEXT PRIMARY KEY REFERENCES assessment, before_id TEXT NOT NULL REFERENCES assessment,
        revision {number} NOT NULL, carried_at TEXT NOT NULL, carried_by TEXT NOT NULL REFERENCES account
    ){strict}""",
    """CREATE TABLE carried (
        assessment_id TEXT NOT NULL REFERENCES assessment, criterion TEXT NOT NULL,
        to_do TEXT NOT NULL CHECK (to_do IN ('answer', 'confirm', 'check-wording', 'nothing')),
        brought_json TEXT NOT NULL, carried_at TEXT NOT NULL, carried_by TEXT NOT NULL REFERENCES account,
        settled_at TEXT, settled_by TEXT REFERENCES account, PRIMARY KEY (assessment_id, criterion)
    ){strict}""",
    """CREATE TABLE version_before (
        assessment_id TEXT NOT NULL REFERENCES assessment, version TEXT NOT NULL, content_hash TEXT NOT NULL,
        moved_at TEXT NOT NULL, moved_by TEXT NOT NULL REFERENCES account,
        PRIMARY KEY (assessment_id, version)
    ){strict}""",
)
