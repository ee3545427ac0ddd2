"""Assessments with all that people say in them, and their frozen results."""

ASSESSMENTS = (
    """CREATE TABLE assessment (
        id TEXT PRIMARY KEY, organisation_id TEXT NOT NULL REFERENCES organisation,
        framework TEXT NOT NULL, version TEXT NOT NULL, content_hash TEXT NOT NULL,
        scope_kind TEXT NOT NULL, scope_name TEXT NOT NULL, scope_about TEXT NOT NULL, depth TEXT NOT NULL,
        criteria_json TEXT NOT NULL, targets_json TEXT NOT NULL, finish_by TEXT,
        status TEXT NOT NULL CHECK (status IN ('draft', 'submitted', 'signed-off')),
        revision {number} NOT NULL, changes {number} NOT NULL,
        created_at TEXT NOT NULL, created_by TEXT NOT NULL REFERENCES account,
        submitted_at TEXT, submitted_by TEXT REFERENCES account,
        signed_off_at TEXT, signed_off_by TEXT REFERENCES account, archived_at TEXT
    ){strict}""",
    "CREATE INDEX assessment_organisation ON assessment (organisation_id, created_at)",
    """CREATE TABLE invitation (
        id TEXT PRIMARY KEY, organisation_id TEXT NOT NULL REFERENCES organisation,
        assessment_id TEXT REFERENCES assessment, email TEXT NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('lead', 'contributor', 'approver', 'viewer')),
        token_hash TEXT NOT NULL UNIQUE, invited_by TEXT NOT NULL REFERENCES account,
        created_at TEXT NOT NULL, expires_at TEXT NOT NULL, accepted_at TEXT,
        accepted_by TEXT REFERENCES account, withdrawn_at TEXT
    ){strict}""",
    "CREATE INDEX invitation_organisation ON invitation (organisation_id, created_at)",
    "CREATE INDEX invitation_email ON invitation (lower(email))",
    """CREATE TABLE participation (
        assessment_id TEXT NOT NULL REFERENCES assessment, account_id TEXT NOT NULL REFERENCES account,
        added_at TEXT NOT NULL, added_by TEXT NOT NULL REFERENCES account,
        PRIMARY KEY (assessment_id, account_id)
    ){strict}""",
    "CREATE INDEX participation_account ON participation (account_id)",
    """CREATE TABLE answer (
        assessment_id TEXT NOT NULL REFERENCES assessment, criterion TEXT NOT NULL, said_json TEXT NOT NULL,
        changes {number} NOT NULL, saved_at TEXT NOT NULL, saved_by TEXT NOT NULL REFERENCES account,
        PRIMARY KEY (assessment_id, criterion)
    ){strict}""",
    """CREATE TABLE assignment (
        assessment_id TEXT NOT NULL REFERENCES assessment, criterion TEXT NOT NULL,
        account_id TEXT NOT NULL REFERENCES account, assigned_at TEXT NOT NULL,
        assigned_by TEXT NOT NULL REFERENCES account, PRIMARY KEY (assessment_id, criterion)
    ){strict}""",
    "CREATE INDEX assignment_account ON assignment (account_id)",
    """CREATE TABLE comment (
        id TEXT PRIMARY KEY, assessment_id TEXT NOT NULL REFERENCES assessment, criterion TEXT NOT NULL,
        account_id TEXT NOT NULL REFERENCES account, body TEXT NOT NULL, created_at TEXT NOT NULL,
        removed_at TEXT
    ){strict}""",
    "CREATE INDEX comment_criterion ON comment (assessment_id, criterion, created_at)",
    """CREATE TABLE mention (
        comment_id TEXT NOT NULL REFERENCES comment, account_id TEXT NOT NULL REFERENCES account,
        seen_at TEXT, PRIMARY KEY (comment_id, account_id)
    ){strict}""",
    "CREATE INDEX mention_account ON mention (account_id)",
    """CREATE TABLE visit (
        assessment_id TEXT NOT NULL REFERENCES assessment, account_id TEXT NOT NULL REFERENCES account,
        last_at TEXT NOT NULL, before_at TEXT, PRIMARY KEY (assessment_id, account_id)
    ){strict}""",
    """CREATE TABLE result (
        assessment_id TEXT NOT NULL REFERENCES assessment, revision {number} NOT NULL, method TEXT NOT NULL,
        content_hash TEXT NOT NULL, answers_json TEXT NOT NULL, result_json TEXT NOT NULL,
        people_json TEXT NOT NULL, made_at TEXT NOT NULL, made_by TEXT NOT NULL REFERENCES account,
        PRIMARY KEY (assessment_id, revision)
    ){strict}""",
)
