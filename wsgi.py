"""The application for a WSGI server that runs from a checkout: wsgi:app."""

from pedri_assess.web.app import create_app, ready

app = ready(create_app())
