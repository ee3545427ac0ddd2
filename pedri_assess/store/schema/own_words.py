"""What organisations, and those who run the service, say in reports in their own words."""

OWN_WORDS = (
    """CREATE TABLE own_words (
        organisation_id TEXT PRIMARY KEY REFERENCES organisation, introduction TEXT NOT NULL,
        left_out_json TEXT NOT NULL, comments_since TEXT,
        logo_kind TEXT CHECK (logo_kind IN ('png', 'jpeg', 'svg')), logo_content TEXT, logo_words TEXT,
        changes {number} NOT NULL, changed_at TEXT NOT NULL, changed_by TEXT NOT NULL REFERENCES account
    ){strict}""",
    """CREATE TABLE standing_text (
        number {number} PRIMARY KEY, body TEXT NOT NULL, set_at TEXT NOT NULL,
        set_by TEXT NOT NULL REFERENCES account
    ){strict}""",
)
