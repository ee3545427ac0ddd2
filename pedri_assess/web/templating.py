"""What every template can count on: strict names, the component library, and a few functions."""

from __future__ import annotations

import hashlib
from collections.abc import MutableMapping
from functools import cached_property
from pathlib import Path
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    Undefined,
)
from jinja2 import Environment as AnyEnvironment

from .. import __version__
from ..domain.languages import to_translate
from ..reports.charts import step
from .components import component, error_list
from .languages import day, gettext, ngettext, other_languages, said, spoken
from .texts import lines, when, words

LIBRARY = "govuk_frontend_jinja"


class PageEnvironment(Environment):
    """Strict for our own templates, where a name that is not there is an error; lenient inside the component
    library, whose macros test options and variables that need not be there."""

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002  # Jinja's own name for it
    ) -> Template:
        """The template of that name, from the library's environment where it is the library's."""
        library = isinstance(name, str) and name.startswith(f"{LIBRARY}/") and not self.overlayed
        if library:
            return self._library.get_template(name, parent, globals)
        return super().get_template(name, parent, globals)

    @cached_property
    def _library(self) -> AnyEnvironment:
        return self.overlay(undefined=Undefined)


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
    app.jinja_environment = PageEnvironment
    app.jinja_options = {
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "extensions": ["jinja2.ext.i18n"],
    }
    app.jinja_env.loader = loader(templates)
    app.jinja_env.globals.update(
        component=component,
        error_list=error_list,
        level_step=step,
        static_url=StaticFiles(static, app.static_url_path or "").url,
        product_version=__version__,
        spoken=spoken,
        to_translate=to_translate,
        other_languages=other_languages,
    )
    app.jinja_env.filters.update(words=words, lines=lines, day=day, when=when, said=said)
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    translations: Any = app.jinja_env
    translations.install_gettext_callables(gettext, ngettext, newstyle=True)
