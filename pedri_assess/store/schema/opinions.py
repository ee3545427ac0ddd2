"""What people say of the criteria themselves: is each clear, is it relevant, what hinders, what helps."""

OPINIONS = (
    """CREATE TABLE opinion (
        account_id TEXT NOT NULL REFERENCES account, framework TEXT NOT NULL, version TEXT NOT NULL,
        criterion TEXT NOT NULL, clear TEXT NOT NULL CHECK (clear IN ('', 'yes', 'partly', 'no')),
        relevant TEXT NOT NULL CHECK (relevant IN ('', 'yes', 'partly', 'no')),
        hinders TEXT NOT NULL, helps TEXT NOT NULL, said_at TEXT NOT NULL,
        PRIMARY KEY (framework, version, criterion, account_id)
    ){strict}""",
    "CREATE INDEX opinion_account ON opinion (account_id)",
)
