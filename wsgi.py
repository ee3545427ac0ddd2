"""The application for a WSGI server that runs from a checkout: wsgi:app."""

from pedri_assess.config import ConfigError
from pedri_assess.domain.errors import InvalidDocument
from pedri_assess.web.app import create_app

try:
    app = create_app()
except (ConfigError, InvalidDocument) as error:
    raise SystemExit(f"PEDRI Assess cannot start.\n{error}") from None
