"""Fields as HTML: each drawn once by the component library, whose macros are the dearest part of a page.

What is drawn is kept by the parameters it was drawn from, so the same parameters always give the same HTML.
What people type as the value of a field is never among them: a mark stands for it, and gives way to the words
at the end. Labels, hints and the words of choices are kept, and must be ours or a framework's.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from flask import current_app
from markupsafe import Markup, escape
from wtforms import Field

from .components import Params, component

MOST_KEPT = 2_048  # pieces of some 3 kB

_MARK = secrets.token_hex(8)  # nobody can type what nobody knows
_MARKED = re.compile(f"{_MARK}-([0-9]+)-")


def field(bound: Field, **options: Any) -> Markup:
    """A field with its label, hint, error and value; the options are those of components.component."""
    name, params = component(bound, **options)
    words = list(_taken_out(params))
    quotes = "errorMessage" in params  # it may quote what was typed
    html = _drawn(name, params) if quotes else _kept(name, _Parameters(params))
    # In one pass: what was put in is not searched again, whatever it says
    html = _MARKED.sub(lambda found: words[int(found[1])], html)
    return Markup(html)  # noqa: S704 - from the library's macros, with what was put in escaped


def _taken_out(params: Params) -> Iterator[str]:
    """What differs from person to person, as HTML; in the parameters a mark takes its place."""
    place = 0
    if params.get("value") and "items" not in params:
        yield str(escape(params["value"]))
        params["value"] = f"{_MARK}-{place}-"
        place += 1
    for item in params.get("items", ()):
        if "conditional" in item:
            yield str(escape(item["conditional"]["html"]))
            item["conditional"] = {"html": Markup(f"{_MARK}-{place}-")}  # noqa: S704 - our own mark
            place += 1


class _Parameters:
    """Parameters that can be looked up: equal where everything in them is."""

    def __init__(self, params: Params) -> None:
        self.params = params
        self._text = repr(params)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Parameters) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)


@lru_cache(maxsize=MOST_KEPT)
def _kept(name: str, parameters: _Parameters) -> str:
    return _drawn(name, parameters.params)


def _drawn(name: str, params: Params) -> str:
    return str(_macro()(name, params))


@cache
def _macro() -> Any:
    module: Any = current_app.jinja_env.get_template("macros/form.html").module
    return module.drawn
