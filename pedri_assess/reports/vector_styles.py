"""How a drawing's parts look: its attributes, its style sheet and its styles, worked out into one."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

import cssselect2
import tinycss2

MOST_RULES = 500  # every rule is tried on every part
MOST_TEXT = 50_000  # characters of style


class Styles:
    """The looks of every element of a drawing. At-rules, such as imports, do not exist here."""

    def __init__(self, root: Element, space: str) -> None:
        self._matcher = cssselect2.Matcher()
        self._wrapped: dict[Element, Any] = {}
        text = "\n".join(element.text or "" for element in root.iter(f"{{{space}}}style"))
        if not text.strip():
            return
        rules = tinycss2.parse_stylesheet(text[:MOST_TEXT], skip_comments=True, skip_whitespace=True)
        for rule in [rule for rule in rules if rule.type == "qualified-rule"][:MOST_RULES]:
            self._add(rule)
        wrapper = cssselect2.ElementWrapper.from_xml_root(root)
        self._wrapped = {item.etree_element: item for item in wrapper.iter_subtree()}

    def of(self, element: Element) -> dict[str, str]:
        """The looks of one element: its style wins over the sheet, and the sheet over its attributes."""
        looks = {str(name): value for name, value in element.items()}
        if wrapped := self._wrapped.get(element):
            for _specificity, _order, _pseudo, declared in self._matcher.match(wrapped):
                looks.update(declared)
        return looks | _declarations(element.get("style", "")[:MOST_TEXT])

    def _add(self, rule: Any) -> None:
        try:
            selectors = cssselect2.compile_selector_list(rule.prelude)
        except cssselect2.SelectorError:
            return
        for selector in selectors:
            if selector.pseudo_element is None and not selector.never_matches:
                self._matcher.add_selector(selector, _declarations(rule.content))


def _declarations(content: Any) -> dict[str, str]:
    return {
        item.lower_name: tinycss2.serialize(item.value).strip()
        for item in tinycss2.parse_blocks_contents(content)
        if item.type == "declaration"
    }
