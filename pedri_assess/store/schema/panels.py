"""Panels of public contributors. Nothing in it tells one of them from another: no address, no browser, no
moment, and no order (ids are random, and SQLite keeps these rows in the order of their ids)."""

PANELS = (
    """CREATE TABLE panel (
        id TEXT PRIMARY KEY, assessment_id TEXT NOT NULL REFERENCES assessment,
        name TEXT NOT NULL CHECK (name <> ''), intro TEXT NOT NULL, payment TEXT NOT NULL,
        contact TEXT NOT NULL, criteria_json TEXT NOT NULL, expected {number} NOT NULL,
        closes_on TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('group', 'single')),
        token TEXT NOT NULL UNIQUE, arrivals {number} NOT NULL, left_out_json TEXT NOT NULL,
        response TEXT NOT NULL, changes {number} NOT NULL, created_at TEXT NOT NULL,
        created_by TEXT NOT NULL REFERENCES account, opened_at TEXT, closed_at TEXT, responded_at TEXT
    ){strict}""",
    "CREATE INDEX panel_assessment ON panel (assessment_id, created_at)",
    """CREATE TABLE panel_link (
        token_hash TEXT PRIMARY KEY, panel_id TEXT NOT NULL REFERENCES panel
    ){unordered}""",
    "CREATE INDEX panel_link_panel ON panel_link (panel_id)",
    """CREATE TABLE panel_rating (
        id TEXT PRIMARY KEY, panel_id TEXT NOT NULL REFERENCES panel, sheet TEXT NOT NULL,
        batch {number} NOT NULL, criterion TEXT NOT NULL, level {number}, body TEXT NOT NULL,
        reading TEXT NOT NULL CHECK (reading IN ('waiting', 'released', 'withheld'))
    ){unordered}""",
    "CREATE UNIQUE INDEX panel_rating_once ON panel_rating (panel_id, sheet, criterion) WHERE sheet <> ''",
)

# What the organisation answers to one question of a panel; to the panel as a whole it does in `panel`
RESPONSES = (
    """CREATE TABLE panel_response (
        panel_id TEXT NOT NULL REFERENCES panel, criterion TEXT NOT NULL,
        body TEXT NOT NULL CHECK (body <> ''), PRIMARY KEY (panel_id, criterion)
    ){unordered}""",
)
