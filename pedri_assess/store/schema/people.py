"""Organisations, accounts, and how people sign in."""

PEOPLE = (
    """CREATE TABLE organisation (
        id TEXT PRIMARY KEY, name TEXT NOT NULL CHECK (name <> ''), kind TEXT NOT NULL, nation TEXT NOT NULL,
        created_at TEXT NOT NULL, closed_at TEXT
    ){strict}""",
    """CREATE TABLE account (
        id TEXT PRIMARY KEY, email TEXT NOT NULL CHECK (email <> ''), name TEXT NOT NULL,
        staff_at TEXT, disabled_at TEXT, created_at TEXT NOT NULL
    ){strict}""",
    "CREATE UNIQUE INDEX account_email ON account (lower(email))",
    """CREATE TABLE identity (
        issuer TEXT NOT NULL, subject TEXT NOT NULL, account_id TEXT NOT NULL REFERENCES account,
        created_at TEXT NOT NULL, PRIMARY KEY (issuer, subject)
    ){strict}""",
    """CREATE TABLE membership (
        id TEXT PRIMARY KEY, organisation_id TEXT NOT NULL REFERENCES organisation,
        account_id TEXT NOT NULL REFERENCES account,
        role TEXT NOT NULL CHECK (role IN ('lead', 'contributor', 'approver', 'viewer')),
        created_at TEXT NOT NULL, ended_at TEXT
    ){strict}""",
    """CREATE UNIQUE INDEX membership_once ON membership (organisation_id, account_id)
        WHERE ended_at IS NULL""",
    "CREATE INDEX membership_account ON membership (account_id)",
)

SIGNING_IN = (
    """CREATE TABLE sign_in_link (
        token_hash TEXT PRIMARY KEY, code_hash TEXT NOT NULL, email TEXT NOT NULL, next_path TEXT NOT NULL,
        browser_hash TEXT NOT NULL, created_at TEXT NOT NULL, expires_at TEXT NOT NULL, used_at TEXT,
        tries {number} NOT NULL DEFAULT 0
    ){strict}""",
    "CREATE INDEX sign_in_link_browser ON sign_in_link (browser_hash)",
    """CREATE TABLE session (
        token_hash TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES account,
        created_at TEXT NOT NULL, seen_at TEXT NOT NULL, revoked_at TEXT, proved_at TEXT
    ){strict}""",
    "CREATE INDEX session_account ON session (account_id)",
    """CREATE TABLE single_sign_on (
        state_hash TEXT PRIMARY KEY, nonce TEXT NOT NULL, verifier TEXT NOT NULL, next_path TEXT NOT NULL,
        browser_hash TEXT NOT NULL, account_id TEXT REFERENCES account, created_at TEXT NOT NULL, used_at TEXT
    ){strict}""",
    """CREATE TABLE sign_in (
        id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES account, how TEXT NOT NULL,
        browser TEXT NOT NULL, at TEXT NOT NULL
    ){strict}""",
    "CREATE INDEX sign_in_account ON sign_in (account_id, at)",
    """CREATE TABLE outgoing_mail (
        id TEXT PRIMARY KEY, to_address TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL,
        created_at TEXT NOT NULL, next_at TEXT NOT NULL, attempts {number} NOT NULL DEFAULT 0,
        sent_at TEXT, failed_at TEXT, problem TEXT, taken_until TEXT
    ){strict}""",
    "CREATE INDEX outgoing_mail_next ON outgoing_mail (next_at) WHERE sent_at IS NULL AND failed_at IS NULL",
    """CREATE TABLE rate (
        name TEXT NOT NULL, began_at TEXT NOT NULL, used {number} NOT NULL, PRIMARY KEY (name, began_at)
    ){strict}""",
)

# How large an organisation is, where its leads say it; empty where they do not
SIZES = ("ALTER TABLE organisation ADD COLUMN size TEXT NOT NULL DEFAULT ''",)
