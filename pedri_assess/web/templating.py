"""What every template can count on: strict names, the component library, and a few functions."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Undefined,
)
from jinja2.exceptions import TemplateRuntimeError, UndefinedError
from jinja2.utils import missing

from .. import __version__
from ..reports.charts import step
from .components import component, error_list

LIBRARY = "govuk_frontend_jinja"

# Names that the library's macros ask for without having set them
_LIBRARY_NAMES = frozenset({"caller", "undefined", "null", None})


class PageUndefined(StrictUndefined):
    """Raises for a name or attribute that is not there, except where the library's macros look for options.

    They test `params.hint` and the like on dictionaries that need not have it. Our own templates are handed
    values with attributes, so a misspelt one still raises.
    """

    def __new__(
        cls,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> Any:
        """An undefined value, strict or lenient by what was asked of what."""
        if isinstance(obj, dict) or name in _LIBRARY_NAMES:
            return Undefined(hint, obj, name, exc)
        return super().__new__(cls)


class StaticFiles:
    """The addresses of our static files, each with a hash of its content, so that it may be kept for ever."""

    def __init__(self, folder: Path, prefix: str = "/static") -> None:
        self._addresses = {
            name: f"{prefix}/{name}?v={content_hash(path)}"
            for path in folder.rglob("*")
            if path.is_file() and (name := path.relative_to(folder).as_posix())
        }

    def url(self, name: str) -> str:
        """The address of a file, by its path in static/. Raises KeyError for one that is not there."""
        return self._addresses[name]


def content_hash(path: Path) -> str:
    """The hash in a static address; the style sheet names its fonts with the same (tools/build_assets.py)."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def loader(templates: Path) -> BaseLoader:
    """Our templates, and the library's under its own name."""
    library = PrefixLoader({LIBRARY: PackageLoader(LIBRARY)})
    return ChoiceLoader([FileSystemLoader(templates), library])


def prepare_templates(app: Flask, templates: Path, static: Path) -> None:
    """Give the application's templates their rules and functions, before the first of them is asked for."""
    app.jinja_options = {"undefined": PageUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.loader = loader(templates)
    app.jinja_env.globals.update(
        component=component,
        error_list=error_list,
        level_step=step,
        static_url=StaticFiles(static, app.static_url_path or "").url,
        product_version=__version__,
    )
