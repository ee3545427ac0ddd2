"""A person with a keyboard and nothing else, who must always see where they are."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

MOST_STOPS = 200
STOPS = "a[href], button, input, select, textarea, summary, [tabindex], iframe, audio, video"

# Where the focus is, by its words, and whether the stop before it looked any different without the focus.
# The library hides radio buttons and draws their labels instead, so those count as well.
LOOK_AROUND = """([selector, compare]) => {
  const look = (element) => {
    const parts = [[element, null], [element.parentElement, null]];
    const label = element.labels?.[0];
    if (label) parts.push([label, "::before"], [label, null]);
    return parts.map(([part, pseudo]) => {
      const style = getComputedStyle(part, pseudo);
      const outline = style.outlineStyle === "none" ? "" : style.outline;
      return [outline, style.boxShadow, style.backgroundColor].join();
    }).join(" | ");
  };
  const name = (element) => {
    const words = (element.labels?.[0] ?? element).innerText || element.getAttribute("aria-label") || "";
    return words.trim().replace(/\\s+/g, " ") || "nameless";
  };
  const before = window.keyboardStop;
  const unseen = compare && before && look(before.element) === before.look ? name(before.element) : "";
  const element = document.activeElement;
  const nowhere = element === null || element === document.body;
  window.keyboardStop = nowhere ? null : { element, look: look(element) };
  return { unseen, name: nowhere ? "" : name(element), there: !nowhere && element.matches(selector) };
}"""


class Keyboard:
    """Moves over a page by keys, and remembers every stop that could not be seen in `unseen`."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.unseen: list[str] = []
        self.stops: list[str] = []
        self._only_moved = False

    def press(self, key: str) -> None:
        """Presses a key without looking what it does."""
        self._only_moved = False
        self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        """Types words."""
        self._only_moved = False
        self.page.keyboard.type(words)

    def tab(self, key: str = "Tab") -> str:
        """Moves to the next stop: its words, or nothing at the end of the page."""
        return str(self._move(key, "*")["name"])

    def to(self, selector: str, key: str = "Tab") -> None:
        """Moves on until the stop matches the selector."""
        for _ in range(MOST_STOPS):
            if self._move(key, selector)["there"]:
                return
        raise AssertionError(f"no way to {selector} by {key}; stops: {self.stops}")

    def all_stops(self) -> list[str]:
        """Moves over the whole page from its beginning: the words of every stop."""
        found, most = [], self.page.locator(STOPS).count()  # what can have the focus has it once
        while words := self.tab():
            found.append(words)
            assert len(found) <= most, "there is no end"
        return found

    def _move(self, key: str, selector: str) -> Any:
        self.page.keyboard.press(key)
        seen = self.page.evaluate(LOOK_AROUND, [selector, self._only_moved])
        self._only_moved = True
        if seen["unseen"]:
            self.unseen.append(seen["unseen"])
        if seen["name"]:
            self.stops.append(seen["name"])
        return seen
