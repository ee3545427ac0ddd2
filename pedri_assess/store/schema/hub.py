"""The resource hub: what it lists, what each resource is about, and whether its address still leads there."""

HUB = (
    # `change` orders the changes of the whole hub: what is newer than a copy knows is what it reads again
    """CREATE TABLE resource (
        id TEXT PRIMARY KEY, title TEXT NOT NULL CHECK (title <> ''), publisher TEXT NOT NULL,
        address TEXT NOT NULL CHECK (address LIKE 'https://%'), summary TEXT NOT NULL,
        audiences_json TEXT NOT NULL, formats_json TEXT NOT NULL, languages_json TEXT NOT NULL,
        nations_json TEXT NOT NULL, dated TEXT NOT NULL, licence TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('suggested', 'listed', 'retired', 'declined', 'withdrawn')),
        reason TEXT NOT NULL, revision {number} NOT NULL, change {number} NOT NULL,
        added_at TEXT NOT NULL, added_by TEXT REFERENCES account, suggested_by TEXT REFERENCES account,
        changed_at TEXT NOT NULL, changed_by TEXT REFERENCES account
    ){strict}""",
    "CREATE UNIQUE INDEX resource_change ON resource (change)",
    "CREATE INDEX resource_state ON resource (state, changed_at)",
    "CREATE INDEX resource_suggested ON resource (suggested_by) WHERE suggested_by IS NOT NULL",
    """CREATE TABLE resource_link (
        resource_id TEXT NOT NULL REFERENCES resource, framework TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('framework', 'standard', 'criterion')), target TEXT NOT NULL,
        PRIMARY KEY (resource_id, framework, kind, target)
    ){strict}""",
    """CREATE TABLE resource_check (
        resource_id TEXT PRIMARY KEY REFERENCES resource, checked_at TEXT NOT NULL, outcome TEXT NOT NULL
        CHECK (outcome IN ('found', 'moved', 'closed', 'gone', 'silent')), words TEXT NOT NULL,
        times {number} NOT NULL, moved_to TEXT NOT NULL
    ){strict}""",
    # What happened to anything can be read back by its name
    "CREATE INDEX event_subject ON event (subject, number)",
)
