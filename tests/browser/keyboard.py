"""A person with a keyboard and nothing else, who must always see where they are."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import ElementHandle, Page

MOST_STOPS = 200

# How an element and what stands for it look: the library hides radio buttons and draws their labels instead.
LOOK = """element => {
  const parts = [[element, null], [element.parentElement, null]];
  const label = element.labels?.[0];
  if (label) parts.push([label, "::before"], [label, null]);
  return parts.map(([part, pseudo]) => {
    const style = getComputedStyle(part, pseudo);
    return [style.outlineStyle === "none" ? "" : style.outline, style.boxShadow, style.backgroundColor].join();
  }).join(" | ");
}"""
NAME = """element => {
  const words = (element.labels?.[0] ?? element).innerText || element.getAttribute("aria-label") || "";
  return words.trim().replace(/\\s+/g, " ");
}"""


class Keyboard:
    """Moves over a page by keys, and remembers every stop that could not be seen in `unseen`."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.unseen: list[str] = []
        self.stops: list[str] = []
        self._last: tuple[ElementHandle, str] | None = None

    def press(self, key: str) -> None:
        """Presses a key without looking what it does."""
        self._last = None
        self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        """Types words."""
        self.page.keyboard.type(words)

    def tab(self, key: str = "Tab") -> str:
        """Moves to the next stop: its words, or nothing at the end of the page."""
        self.page.keyboard.press(key)
        self._compare()
        element = self.focused()
        if element is None:
            return ""
        self._last = (element, element.evaluate(LOOK))
        name = str(element.evaluate(NAME))
        self.stops.append(name)
        return name or "nameless"

    def to(self, selector: str, key: str = "Tab") -> None:
        """Moves on until the stop matches the selector."""
        for _ in range(MOST_STOPS):
            self.tab(key)
            element = self.focused()
            if element is not None and element.evaluate("(element, css) => element.matches(css)", selector):
                return
        raise AssertionError(f"no way to {selector} by {key}; stops: {self.stops}")

    def all_stops(self) -> list[str]:
        """Moves over the whole page from its beginning: the words of every stop."""
        found = []
        while words := self.tab():
            found.append(words)
            assert len(found) < MOST_STOPS, "there is no end"
        return found

    def focused(self) -> ElementHandle | None:
        """The element that has the focus, if it is not the page itself."""
        element = self.page.evaluate_handle("document.activeElement").as_element()
        is_page: Any = element is None or element.evaluate("element => element === document.body")
        return None if is_page else element

    def _compare(self) -> None:
        """Compares the stop that was left with how it looked while it had the focus."""
        if self._last is None:
            return
        element, look = self._last
        self._last = None
        if element.evaluate(LOOK) == look:
            self.unseen.append(str(element.evaluate(NAME)))
