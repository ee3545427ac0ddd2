"""The tables, as ordered steps. A step that has been released never changes: another one follows it.

Text ids made by us, moments as text (domain.times), no booleans: a moment says that something was done.
No deletes that spread. `{number}` is a whole number of 64 bits, `{strict}` what makes SQLite keep to types.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One change of the schema. `sqlite` and `postgresql` hold what only one of the engines can do."""

    name: str
    statements: tuple[str, ...]
    sqlite: tuple[str, ...] = ()
    postgresql: tuple[str, ...] = ()


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

# What happened is only ever added to. No foreign keys: an event outlives what it is about.
EVENTS = (
    """CREATE TABLE event (
        number {number} PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, account_id TEXT,
        organisation_id TEXT, assessment_id TEXT, subject TEXT NOT NULL, before_json TEXT, after_json TEXT,
        hash TEXT NOT NULL
    ){strict}""",
    "CREATE INDEX event_assessment ON event (assessment_id, number)",
    "CREATE INDEX event_organisation ON event (organisation_id, number)",
)

APPEND_ONLY = {"event": "what happened is never changed", "result": "a frozen result is never changed"}


def _guards_of_sqlite() -> tuple[str, ...]:
    return tuple(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{why}'); END"
        for table, why in APPEND_ONLY.items()
        for verb in ("UPDATE", "DELETE")
    )


def _guards_of_postgresql() -> tuple[str, ...]:
    function = (
        "CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the table % is only added to', TG_TABLE_NAME; END $$"
    )
    triggers = (
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
        for table in APPEND_ONLY
    )
    return (function, *triggers)


STEPS = (
    Step("people", PEOPLE),
    Step("signing in", SIGNING_IN),
    Step("assessments", ASSESSMENTS),
    Step("events", EVENTS, _guards_of_sqlite(), _guards_of_postgresql()),
)

# In the order in which rows can be put in: each after those it refers to
TABLES = (
    *("organisation", "account", "identity", "membership"),
    *("sign_in_link", "session", "single_sign_on", "sign_in", "outgoing_mail", "rate"),
    *("assessment", "invitation", "participation", "answer", "assignment", "comment", "mention"),
    *("visit", "result", "event"),
)
