"""Waves of benchmarks: one of a framework that is being prepared, and those that were published, for ever."""

# `content` is JSON: who is counted with which levels, and what the wave shows to each audience
WAVES = (
    """CREATE TABLE wave_draft (
        id TEXT PRIMARY KEY, framework TEXT NOT NULL, version TEXT NOT NULL,
        name TEXT NOT NULL CHECK (name <> ''), since TEXT NOT NULL, content TEXT NOT NULL,
        seal TEXT NOT NULL, changes {number} NOT NULL,
        prepared_at TEXT NOT NULL, prepared_by TEXT NOT NULL REFERENCES account,
        approved_at TEXT, approved_by TEXT REFERENCES account
    ){strict}""",
    "CREATE UNIQUE INDEX wave_draft_one ON wave_draft (framework)",
    """CREATE TABLE published_wave (
        id TEXT PRIMARY KEY, number {number} NOT NULL, framework TEXT NOT NULL, version TEXT NOT NULL,
        name TEXT NOT NULL, since TEXT NOT NULL, content TEXT NOT NULL, seal TEXT NOT NULL,
        prepared_at TEXT NOT NULL, prepared_by TEXT NOT NULL REFERENCES account,
        approved_at TEXT NOT NULL, approved_by TEXT NOT NULL REFERENCES account,
        published_at TEXT NOT NULL, published_by TEXT NOT NULL REFERENCES account
    ){strict}""",
    "CREATE UNIQUE INDEX published_wave_number ON published_wave (framework, number)",
    "CREATE UNIQUE INDEX published_wave_name ON published_wave (framework, lower(name))",
)
