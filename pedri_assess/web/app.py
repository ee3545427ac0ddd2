"""Puts the web application together: adapters, templates, pages, protection, headers and log."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from typing import Any

from flask import Flask

from ..catalogue import Shelf, ShelfFault, load_schemas
from ..config import Config, ConfigError, data_dir, printing
from ..domain.policies import ANYONE
from ..reports import imprint
from ..services import Context
from ..services.checking import start_faults
from ..store import BadAddress, Database, connect
from .blueprints import BLUEPRINTS
from .drawing import field
from .errors import add_error_pages
from .gate import add_gate
from .headers import add_headers
from .languages import LanguagesFault, add_languages
from .logs import add_request_log, write_json_lines
from .lost import add_lost_pages
from .mail import add_sender
from .printing import add_printer
from .protection import MOST_FIELDS, add_protection, allow
from .publishing import take_new_versions
from .site import NAME, Site
from .standards import in_groups
from .templating import prepare_templates
from .tokens import Seal


class Application(Flask):
    """Flask, without its own line in the log about an exception: it names the address that was asked for."""

    def log_exception(self, exc_info: Any) -> None:
        """Leaves it to the error page, which has the reference that belongs to it."""


def create_app(config: Config | None = None) -> Flask:
    """The application. Without settings they come from the environment.

    Ends the process with a plain message where settings, standards or languages cannot be used.
    """
    write_json_lines()
    config = config or _config()
    app = Application(
        "pedri_assess", template_folder=str(data_dir("templates")), static_folder=str(data_dir("static"))
    )
    _limit(app, config)
    app.extensions[NAME] = Site(config, _context(config), _seal(config))
    prepare_templates(app, data_dir("templates"), data_dir("static"))
    app.jinja_env.autoescape = True  # also where a template is not called .html
    app.jinja_env.globals.update(field=field, demonstration=config.demonstration)
    app.jinja_env.filters["in_groups"] = in_groups
    _speak(app)
    add_request_log(app)
    app.before_request(take_new_versions)
    add_protection(app)
    add_headers(app, secure=config.secure_cookies)
    add_gate(app)
    add_error_pages(app)
    add_lost_pages(app)
    add_sender(app, app.extensions[NAME])
    add_printer(app, app.extensions[NAME])
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.view_functions["static"] = allow(ANYONE)(app.view_functions["static"])
    return app


def ready(app: Flask) -> Flask:
    """The application, where it can start on its database; else ends the process with a plain message."""
    context: Context = app.extensions[NAME].context
    faults = start_faults(context)
    context.database.close()  # the server forks next
    if faults:
        raise _cannot_start("The database cannot be used", faults)
    return app


def _limit(app: Flask, config: Config) -> None:
    """Holds requests to what our own pages send. A whole quick check travels in one field of a form."""
    app.config.update(
        TRUSTED_HOSTS=list(config.trusted_hosts),
        MAX_CONTENT_LENGTH=config.max_body_bytes,
        MAX_FORM_MEMORY_SIZE=config.max_body_bytes,
        MAX_FORM_PARTS=MOST_FIELDS,
    )


def _seal(config: Config) -> Seal:
    # A page can carry its own answers, a second copy of them, and what is typed into it.
    return Seal((config.secret_key, *config.secret_key_fallbacks), most=config.max_body_bytes * 3 // 8)


def _config() -> Config:
    try:
        return Config.from_environ(os.environ)
    except ConfigError as error:
        raise _cannot_start("The settings cannot be used", list(error.faults)) from None


def _context(config: Config) -> Context:
    schemas = load_schemas(data_dir("standards"))
    try:
        shelf = Shelf.load(config.standards_folders, schemas)
    except ShelfFault as error:
        raise _cannot_start("The standards cannot be used", error.lines()) from None
    prints = printing(config)
    renderer, issuer = prints.renderer, prints.issuer
    return Context(
        *(shelf, schemas, renderer, _today, _database(config), _now, config.base_url, issuer),
        imprint=imprint(renderer.templates, renderer.static, config.base_url, issuer),
    )


def _speak(app: Flask) -> None:
    try:
        add_languages(app, data_dir("translations"))
    except LanguagesFault as error:
        raise _cannot_start("The languages cannot be used", [str(error)]) from None


def _database(config: Config) -> Database:
    try:
        return connect(config.database_url)
    except BadAddress as error:
        raise _cannot_start("The database cannot be used", [f"DATABASE_URL: {error}"]) from None


def _now() -> datetime:
    return datetime.now(UTC)


def _today() -> date:
    return datetime.now(UTC).astimezone().date()  # the day on this machine's clock


def _cannot_start(what: str, faults: list[str]) -> SystemExit:
    return SystemExit(f"PEDRI Assess cannot start. {what}:\n" + "\n".join(f"  {fault}" for fault in faults))
