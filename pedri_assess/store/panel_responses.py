"""What an organisation answers to the single questions of a panel."""

from __future__ import annotations

from collections.abc import Mapping

from . import Connection


def responses(c: Connection, panel_id: str) -> dict[str, str]:
    """What was answered, by criterion; nothing for a question without an answer."""
    rows = c.rows(
        "SELECT criterion, body FROM panel_response WHERE panel_id = :panel ORDER BY criterion",
        panel=panel_id,
    )
    return {row["criterion"]: row["body"] for row in rows}


def set_responses(c: Connection, panel_id: str, said: Mapping[str, str]) -> None:
    """Keeps these answers instead of those that there were."""
    c.run("DELETE FROM panel_response WHERE panel_id = :panel", panel=panel_id)
    for criterion, body in said.items():
        c.run(
            "INSERT INTO panel_response (panel_id, criterion, body) VALUES (:panel, :criterion, :body)",
            panel=panel_id,
            criterion=criterion,
            body=body,
        )
