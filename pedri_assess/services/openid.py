"""The OpenID Connect provider: where it is, what it can do, and the two questions we ask it."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

SECONDS = 5.0  # for a whole answer; a slow provider must not hold up our own pages
MOST_BYTES = 1024 * 1024
KEPT = 3600.0  # seconds that its description and its keys are kept
PAUSE = 10.0  # seconds until it is asked again after it did not answer, or for keys that it did not have
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")

Document = Mapping[str, Any]


class ProviderUnavailable(Exception):
    """The provider did not answer, or not in a way that can be used; the message is for the log."""


@dataclass(frozen=True)
class Provider:
    """A provider as the settings name it, and the words on the button that leads there."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    label: str = "Sign in with your organisation"


def can_be_trusted(address: str) -> bool:
    """Whether an address is https, or on this machine, where nobody can listen."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    )


class Client:
    """Talks to one provider, and keeps for an hour what it says about itself.

    Threads may share it: at worst two of them ask the same at the same time.
    """

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self._kept: dict[str, tuple[float, Document]] = {}
        self._down_until = 0.0

    def description(self) -> Document:
        """What the provider says about itself. Raises ProviderUnavailable."""
        issuer = self.provider.issuer
        found = self._get(issuer.rstrip("/") + "/.well-known/openid-configuration")
        if found.get("issuer") != issuer:
            raise ProviderUnavailable("the description of the provider is that of another issuer")
        for name in ENDPOINTS:
            if not isinstance(found.get(name), str) or not can_be_trusted(found[name]):
                raise ProviderUnavailable(f"the description of the provider has no usable {name}")
        return found

    def keys(self, *, newer: bool = False) -> Document:
        """The keys that it signs with; `newer` asks again, though not more often than every few seconds.

        Raises ProviderUnavailable.
        """
        address = str(self.description()["jwks_uri"])
        return self._get(address, PAUSE if newer else KEPT)

    def exchange(self, code: str, verifier: str, redirect_uri: str) -> Document:
        """The tokens for a code. Raises ProviderUnavailable; a code that is refused gives {"error": …}."""
        provider, description = self.provider, self.description()
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
        form["code_verifier"] = verifier
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        ways = description.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        if "client_secret_basic" in ways:
            pair = f"{quote_plus(provider.client_id)}:{quote_plus(provider.client_secret)}"
            headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
        else:
            form |= {"client_id": provider.client_id, "client_secret": provider.client_secret}
        return self._ask(str(description["token_endpoint"]), urlencode(form).encode(), headers)

    def _get(self, address: str, oldest: float = KEPT) -> Document:
        kept = self._kept.get(address)
        if kept and time.monotonic() < kept[0] + oldest:
            return kept[1]
        if time.monotonic() < self._down_until:
            raise ProviderUnavailable("the provider did not answer a moment ago")
        document = self._ask(address, None, {})
        if "error" in document:
            raise ProviderUnavailable(f"the provider refuses: {document['error']}")
        self._kept[address] = (time.monotonic(), document)
        return document

    def _ask(self, address: str, form: bytes | None, headers: dict[str, str]) -> Document:
        asked = urllib.request.Request(address, form, {**headers, "Accept": "application/json"})  # noqa: S310
        try:
            return _json(_answer(asked))
        except (OSError, ValueError) as error:
            self._down_until = time.monotonic() + PAUSE
            raise ProviderUnavailable(f"the provider cannot be used: {type(error).__name__}") from None


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A provider answers where it says that it does; elsewhere nobody should get the code or our secret."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def _answer(asked: urllib.request.Request) -> bytes:
    end = time.monotonic() + SECONDS
    try:
        answer = urllib.request.build_opener(_NoRedirects).open(asked, timeout=SECONDS)
    except urllib.error.HTTPError as error:
        if error.code not in (400, 401):  # those have a reason in JSON
            error.close()
            raise
        answer = error
    with answer:
        read = b""
        while piece := answer.read1(65_536):
            read += piece
            if len(read) > MOST_BYTES or time.monotonic() > end:
                raise TimeoutError
    return read


def _json(content: bytes) -> Document:
    document = json.loads(content)
    if not isinstance(document, dict):
        raise ValueError("not an object")
    return document
