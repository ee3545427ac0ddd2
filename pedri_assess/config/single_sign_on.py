"""The OpenID Connect provider, from the environment."""

from __future__ import annotations

from importlib.util import find_spec
from urllib.parse import urlsplit

from ..domain.languages import to_translate
from ..services.openid import Provider, can_be_trusted
from .reading import Reading

NAMES = frozenset(
    f"OIDC_{name}" for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "CLIENT_SECRET_FILE", "LABEL")
)
LABEL = to_translate("Sign in with your organisation’s account")
MOST_LABEL = 60


def provider(reading: Reading) -> Provider | None:
    """The provider that is set, or None; what is wrong with it becomes a fault of `reading`."""
    issuer = reading.value("OIDC_ISSUER")
    if not issuer:
        for name in sorted(NAMES):
            if reading.value(name):
                to_do = "name the address of the provider, or leave it out"
                reading.fault(name, "is set, but PEDRI_ASSESS_OIDC_ISSUER is not", to_do)
        return None
    if find_spec("authlib") is None:
        reading.fault("OIDC_ISSUER", "needs more packages", "pip install 'pedri-assess[single-sign-on]'")
    if not can_be_trusted(issuer) or urlsplit(issuer).query or urlsplit(issuer).fragment:
        to_do = "give it as the provider writes it, such as https://accounts.example.org"
        reading.fault("OIDC_ISSUER", f'is "{issuer}"', to_do)
    client_id = reading.value("OIDC_CLIENT_ID")
    if not client_id:
        reading.fault("OIDC_CLIENT_ID", "is not set", "the provider gives it when you register this service")
    return Provider(issuer, client_id, _secret(reading), _label(reading))


def _secret(reading: Reading) -> str:
    secret = reading.secret("OIDC_CLIENT_SECRET")
    if not secret and not reading.value("OIDC_CLIENT_SECRET_FILE"):
        to_do = "the provider gives it when you register this service"
        reading.fault("OIDC_CLIENT_SECRET", "is not set", to_do)
    return secret


def _label(reading: Reading) -> str:
    label = reading.value("OIDC_LABEL") or LABEL
    if len(label) > MOST_LABEL or not label.isprintable():
        reading.fault("OIDC_LABEL", "cannot be put on a button", f"use {MOST_LABEL} characters or fewer")
    return label
