"""Meetings of panels, and sheets of paper. The places of a meeting are hashes that lead back to nobody, and
go when it ends; hands are counted and belong to nobody."""

MEETINGS = (
    """CREATE TABLE panel_meeting (
        id TEXT PRIMARY KEY, panel_id TEXT NOT NULL REFERENCES panel, code TEXT NOT NULL UNIQUE,
        position {number} NOT NULL, changes {number} NOT NULL, started_at TEXT NOT NULL, ended_at TEXT
    ){strict}""",
    "CREATE UNIQUE INDEX panel_meeting_open ON panel_meeting (panel_id) WHERE ended_at IS NULL",
    """CREATE TABLE panel_place (
        meeting_id TEXT NOT NULL REFERENCES panel_meeting, sheet TEXT NOT NULL,
        PRIMARY KEY (meeting_id, sheet)
    ){unordered}""",
    """CREATE TABLE panel_hands (
        panel_id TEXT NOT NULL REFERENCES panel, criterion TEXT NOT NULL, level {number} NOT NULL,
        hands {number} NOT NULL CHECK (hands > 0), PRIMARY KEY (panel_id, criterion, level)
    ){unordered}""",
    """CREATE TABLE panel_shown (
        panel_id TEXT NOT NULL REFERENCES panel, criterion TEXT NOT NULL, level {number} NOT NULL,
        raters {number} NOT NULL, PRIMARY KEY (panel_id, criterion)
    ){unordered}""",
    """CREATE TABLE panel_paper (
        panel_id TEXT NOT NULL REFERENCES panel, batch {number} NOT NULL, sheets {number} NOT NULL,
        PRIMARY KEY (panel_id, batch)
    ){unordered}""",
)
