"""The plan of an assessment, who agreed to it, and how people hear of their actions."""

PLANS = (
    """CREATE TABLE plan_action (
        id TEXT PRIMARY KEY, assessment_id TEXT NOT NULL REFERENCES assessment, criteria_json TEXT NOT NULL,
        text TEXT NOT NULL CHECK (text <> ''), first_step TEXT NOT NULL, cost TEXT NOT NULL,
        effort TEXT NOT NULL, origin TEXT NOT NULL, owner_id TEXT REFERENCES account, due TEXT,
        status TEXT NOT NULL CHECK (status IN ('planned', 'under-way', 'done', 'dropped', 'no-action')),
        because TEXT NOT NULL, changes {number} NOT NULL, created_at TEXT NOT NULL,
        created_by TEXT NOT NULL REFERENCES account, changed_at TEXT NOT NULL, removed_at TEXT,
        merged_into TEXT
    ){strict}""",
    "CREATE INDEX plan_action_assessment ON plan_action (assessment_id, created_at)",
    "CREATE INDEX plan_action_owner ON plan_action (owner_id)",
    """CREATE TABLE plan_note (
        id TEXT PRIMARY KEY, action_id TEXT NOT NULL REFERENCES plan_action, at TEXT NOT NULL,
        account_id TEXT NOT NULL REFERENCES account, status TEXT NOT NULL, body TEXT NOT NULL
    ){strict}""",
    "CREATE INDEX plan_note_action ON plan_note (action_id, at)",
    """CREATE TABLE plan_agreement (
        id TEXT PRIMARY KEY, assessment_id TEXT NOT NULL REFERENCES assessment, seal TEXT NOT NULL,
        agreed_at TEXT NOT NULL, agreed_by TEXT NOT NULL REFERENCES account
    ){strict}""",
    "CREATE INDEX plan_agreement_assessment ON plan_agreement (assessment_id, agreed_at)",
    """CREATE TABLE calendar (
        token_hash TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES account,
        created_at TEXT NOT NULL, ended_at TEXT
    ){strict}""",
    "CREATE UNIQUE INDEX calendar_once ON calendar (account_id) WHERE ended_at IS NULL",
    """CREATE TABLE plan_letter (
        account_id TEXT PRIMARY KEY REFERENCES account, last_at TEXT, token_hash TEXT UNIQUE, stopped_at TEXT
    ){strict}""",
)
