"""One server for each test process, and browser windows that are watched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .server import running
from .watching import Watch

QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 30_000  # milliseconds that a page may take; a busy machine takes longest

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the server, which is there as long as the tests."""
    with running(tmp_path_factory.mktemp("server") / "log") as address:
        yield address


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """A browser that asks nobody for anything by itself."""
    return {**browser_type_launch_args, "args": [*browser_type_launch_args["args"], *QUIET]}


@pytest.fixture
def watch(base_url: str) -> Iterator[Watch]:
    """Fails the test where a page did what no page may do."""
    watch = Watch(base_url)
    yield watch
    assert watch.wrongs == []


@pytest.fixture
def new_context(watch: Watch, browser: Browser, base_url: str) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browser contexts that are watched: each is like a person with a browser of their own."""
    contexts = []

    def make(**options: Any) -> BrowserContext:
        context = browser.new_context(base_url=base_url, **options)
        context.set_default_timeout(PATIENCE)
        watch.attach(context)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """A page in a fresh browser, with scripts."""
    return new_context().new_page()


@pytest.fixture
def plain_page(new_context: Callable[..., BrowserContext]) -> Page:
    """A page in a fresh browser that runs no scripts."""
    return new_context(java_script_enabled=False).new_page()
