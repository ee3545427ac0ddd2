"""Rating alone first: whether staff do, what each of them rated, and what they agreed on afterwards.

A rating without a level says that the rater does not know; an agreement without one, that there is no level.
`who` is a JSON list of account ids.
"""

RATING = (
    """CREATE TABLE rating_alone (
        assessment_id TEXT PRIMARY KEY REFERENCES assessment,
        opened_at TEXT NOT NULL, opened_by TEXT NOT NULL REFERENCES account, closed_at TEXT
    ){strict}""",
    """CREATE TABLE rating (
        assessment_id TEXT NOT NULL REFERENCES assessment, criterion TEXT NOT NULL,
        account_id TEXT NOT NULL REFERENCES account, level {number}, reason TEXT NOT NULL,
        evidence TEXT NOT NULL, changes {number} NOT NULL, saved_at TEXT NOT NULL,
        PRIMARY KEY (assessment_id, criterion, account_id)
    ){strict}""",
    """CREATE TABLE agreement (
        assessment_id TEXT NOT NULL REFERENCES assessment, criterion TEXT NOT NULL, level {number},
        who TEXT NOT NULL, minority TEXT NOT NULL, discussion TEXT NOT NULL,
        account_id TEXT NOT NULL REFERENCES account, agreed_at TEXT NOT NULL,
        PRIMARY KEY (assessment_id, criterion)
    ){strict}""",
)
