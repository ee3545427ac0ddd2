"""Standards that PEDRI staff bring in themselves: drafts, and what was published, which never changes."""

PUBLISHING = (
    """CREATE TABLE standards_draft (
        id TEXT PRIMARY KEY, framework TEXT NOT NULL, version TEXT NOT NULL, title TEXT NOT NULL,
        content TEXT NOT NULL, uploaded_at TEXT NOT NULL, uploaded_by TEXT NOT NULL REFERENCES account,
        published_at TEXT, removed_at TEXT
    ){strict}""",
    # `content` is the file, character by character; `sha256` is that of its UTF-8 bytes
    """CREATE TABLE released_version (
        framework TEXT NOT NULL, version TEXT NOT NULL, content TEXT NOT NULL, sha256 TEXT NOT NULL,
        released_at TEXT NOT NULL, released_by TEXT NOT NULL REFERENCES account,
        PRIMARY KEY (framework, version)
    ){strict}""",
)
