"""What makes a page one that everyone can read, as far as a program can see."""

from __future__ import annotations

import re
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
ERROR, NO_ERROR = re.compile("^Error: "), re.compile("^(?!Error: ).")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW: ViewportSize = {"width": 320, "height": 640}  # a window of 1280 at 400%
PHONE: ViewportSize = {"width": 375, "height": 800}
# As WCAG 1.4.12 has it
SPACING = """* {
  line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
}
p { margin-bottom: 2em !important; }"""
LARGE_TEXT = "html { font-size: 200% !important; }"
ADD_STYLE = """style => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets = [sheet];
}"""
# What sticks out at the right, and does not scroll in a box of its own
TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const sticksOut = (each) => each.getBoundingClientRect().right > room + 1;
  const out = [...document.querySelectorAll("body *")].filter(sticksOut);
  return ["the page scrolls sideways", ...out.map((each) => `${each.tagName}.${each.className}`)].slice(0, 8);
}"""

# Words that are not seen whole: beyond the sides of their block, or beyond what hides the rest
CUT = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const out = [], range = document.createRange();
  const clipped = (style) => style.clip !== "auto" || style.clipPath !== "none";
  const unseen = (each) => each && (clipped(getComputedStyle(each)) || unseen(each.parentElement));
  const inside = (a, b) => a.left >= b.left - 1 && a.right <= b.right + 1;
  const whole = (a, b) => inside(a, b) && a.top >= b.top - 1 && a.bottom <= b.bottom + 1;
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (!node.data.trim() || parent.closest("svg, script") || unseen(parent)) continue;
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      let first = true;
      for (let each = parent; each !== document.body; each = each.parentElement) {
        const style = getComputedStyle(each), box = each.getBoundingClientRect();
        if (style.display === "inline") continue;
        if (style.overflowX === "auto" || style.overflowX === "scroll") break;
        const seen = style.overflow === "visible" ? !first || inside(rect, box) : whole(rect, box);
        if (!seen) out.push(`${each.tagName}.${each.className}: ${node.data.trim().slice(0, 40)}`);
        first = false;
      }
    }
  }
  return out.slice(0, 8);
}"""
# Every text 40% longer, as other languages have it, in words that a line can break between
LENGTHEN = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    const words = text.data.trim(), more = Math.round(words.length * 0.1);
    if (!/\\p{L}{2}/u.test(words) || text.parentElement.closest("script, style, svg")) continue;
    text.data = text.data.replace(words, words + " t\u00e9n".repeat(more || 1));
  }
}"""


def faults(page: Page) -> list[str]:
    """What axe finds: the rule and where."""
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    return [
        f"{rule['id']}: {node['target']} {node.get('failureSummary', '')}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]


def told(page: Page, *, in_error: bool) -> str:
    """The title of the page, once there is one that says whether something on the page must be put right."""
    expect(page).to_have_title(ERROR if in_error else NO_ERROR)
    return page.title()


def check(page: Page) -> None:
    """Checks one heading of the first order, the rules in light and dark, and narrow and enlarged windows."""
    expect(page.locator("h1")).to_have_count(1)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = faults(page)
        assert not found, (scheme, found)
    _check_width(page)


def _check_width(page: Page) -> None:
    """Checks that no page scrolls sideways: narrow, with spaced letters, large text or longer words."""
    page.set_viewport_size(NARROW)
    assert page.evaluate(TOO_WIDE) == []
    page.evaluate(ADD_STYLE, SPACING)
    assert page.evaluate(TOO_WIDE) == [], "with more space"
    page.set_viewport_size(PHONE)
    page.evaluate(ADD_STYLE, LARGE_TEXT)
    assert page.evaluate(TOO_WIDE) == [], "with large text"
    page.evaluate(ADD_STYLE, "")
    page.evaluate(LENGTHEN)
    for width in (PHONE, NARROW):
        page.set_viewport_size(width)
        assert page.evaluate(TOO_WIDE) == [], "with longer words"
        assert page.evaluate(CUT) == [], "with longer words"
