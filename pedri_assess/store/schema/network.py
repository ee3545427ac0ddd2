"""What organisations share, and the rounds that PEDRI runs."""

SHARING = (
    """CREATE TABLE sharing (
        id TEXT PRIMARY KEY, organisation_id TEXT NOT NULL REFERENCES organisation,
        choice TEXT NOT NULL CHECK (choice IN ('staff', 'partners', 'public')),
        given_at TEXT NOT NULL, given_by TEXT NOT NULL REFERENCES account,
        ended_at TEXT, ended_by TEXT REFERENCES account
    ){strict}""",
    "CREATE UNIQUE INDEX sharing_once ON sharing (organisation_id, choice) WHERE ended_at IS NULL",
)

ROUNDS = (
    """CREATE TABLE round (
        id TEXT PRIMARY KEY, name TEXT NOT NULL CHECK (name <> ''), about TEXT NOT NULL,
        framework TEXT NOT NULL, version TEXT NOT NULL, opens_on TEXT NOT NULL, closes_on TEXT NOT NULL,
        changes {number} NOT NULL, created_at TEXT NOT NULL, created_by TEXT NOT NULL REFERENCES account,
        closed_at TEXT
    ){strict}""",
    "CREATE UNIQUE INDEX round_name ON round (lower(name))",
    """CREATE TABLE round_place (
        id TEXT PRIMARY KEY, round_id TEXT NOT NULL REFERENCES round,
        organisation_id TEXT NOT NULL REFERENCES organisation,
        invited_at TEXT NOT NULL, invited_by TEXT NOT NULL REFERENCES account,
        assessment_id TEXT REFERENCES assessment, declined_at TEXT, declined_because TEXT NOT NULL,
        until TEXT, extended_because TEXT NOT NULL, reminded_at TEXT, withdrawn_at TEXT
    ){strict}""",
    """CREATE UNIQUE INDEX round_place_once ON round_place (round_id, organisation_id)
        WHERE withdrawn_at IS NULL""",
    "CREATE INDEX round_place_organisation ON round_place (organisation_id)",
)
