"""What no page may do: log an error, break the content policy, or ask another place for anything."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

NEVER_LEAVES = {"data", "blob", "about"}  # schemes that ask no other machine


class Watch:
    """Everything wrong that the pages of some browser contexts did."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.wrongs: list[str] = []
        self._expected: list[str] = []

    def attach(self, context: BrowserContext) -> None:
        """Begins to watch all pages of a context, those it has and those it will have."""
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)

    def expect(self, words: str) -> None:
        """Lets console messages with these words pass, such as a status that a test brings about."""
        self._expected.append(words)

    def _console(self, message: ConsoleMessage) -> None:
        text = message.text
        if message.type != "error" and "Content Security Policy" not in text:
            return
        if not any(words in text for words in self._expected):
            self.wrongs.append(f"console: {text}")

    def _error(self, error: WebError) -> None:
        self.wrongs.append(f"script: {error.error}")

    def _request(self, request: Request) -> None:
        there = urlsplit(request.url)
        if there.scheme not in NEVER_LEAVES and f"{there.scheme}://{there.netloc}" != self.address:
            self.wrongs.append(f"request to another place: {request.url}")
