"""For all tests: the machine's own browser, and examples that are the same on every run in CI."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from pedri_assess.store import Database

from .store.engines import copy_of, copy_on, migrated_file, migrated_template
from .store.server import Server, postgresql

# Chromium as it draws pages, without the windows around them, which took four times as long to open
SHELL = shutil.which("chromium-headless-shell")

# A deadline for each example would say more about the machine than about the code
settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium: none is downloaded. Its sandbox does not work for root."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": SHELL, "args": arguments}


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server of this test process."""
    with postgresql() as running:
        yield running


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables."""
    return migrated_file(tmp_path_factory.mktemp("migrated"))


@pytest.fixture(scope="session")
def template(server: Server) -> str:
    """The name of a PostgreSQL database with all tables."""
    return migrated_template(server)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database with all tables: every test that asks for it runs on both engines."""
    if request.param == "sqlite":
        database = copy_of(request.getfixturevalue("migrated"), tmp_path)
        yield database
        database.close()
    else:
        running, template = request.getfixturevalue("server"), request.getfixturevalue("template")
        with copy_on(running, template) as database:
            yield database
