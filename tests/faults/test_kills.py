"""The server killed in the middle of saves: what was acknowledged is there, and nothing is torn."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.soak import soak

from ..store.server import Server


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_no_acknowledged_save_is_lost_by_a_kill(engine: str, tmp_path: Path, server: Server) -> None:
    url = f"sqlite://{tmp_path}/assess.db"
    if engine == "postgresql":
        server.run("CREATE DATABASE killed")
        url = server.url("killed")
    found = soak(url, tmp_path, kills=3, wait=(0.1, 0.5))
    assert found.saves > 3
    assert found.wrongs == []
    if engine == "postgresql":
        server.run("DROP DATABASE killed WITH (FORCE)")
