"""A real OpenID Connect provider on this machine: it checks what we send, and lies where a test says so."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlencode, urlsplit

from joserfc import jwk, jwt

CLIENT_ID, SECRET = "pedri assess", "s3cret: with a colon & more"
Claims = dict[str, Any]


def b64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@cache
def _own_key() -> jwk.Key:
    """A key, made once in a test process: it takes longer than what is done with it."""
    return jwk.generate_key("RSA", 2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)


class Provider:
    """What it knows, and what it is told to do wrong."""

    def __init__(self, address: str) -> None:
        self.issuer = address
        self.keys = [_own_key()]
        self.person: Claims = {"sub": "248289761001", "email": "lead@example.org", "email_verified": True}
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []
        self.description_too: Claims = {}
        self.wait = 0.0
        self.now: Callable[[], float] = time.time
        self.lie: Callable[[Claims], Claims] = dict
        self.sign: Callable[[Claims], str] = self.signed

    def description(self) -> Claims:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize?tenant=1",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        } | self.description_too

    def key_set(self) -> Claims:
        return {"keys": [{"kty": "oct", "k": "AAAA"}, *(key.as_dict(private=False) for key in self.keys)]}

    def authorize(self, asked: dict[str, str]) -> str:
        """Where a browser is sent back to once the person has said yes."""
        assert asked["client_id"] == CLIENT_ID
        assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
        assert "openid" in asked["scope"].split()
        assert asked["tenant"] == "1"
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def tokens(self, form: dict[str, str], authorization: str) -> tuple[int, Claims]:
        """The answer of the token endpoint; a code works once, for whoever began."""
        pair = base64.b64decode(authorization.removeprefix("Basic ")).decode()
        if [unquote_plus(part) for part in pair.split(":")] != [CLIENT_ID, SECRET]:
            return 401, {"error": "invalid_client"}
        asked = self.codes.pop(form.get("code", ""), None)
        challenge = b64(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if asked is None or challenge != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        if form["redirect_uri"] != asked["redirect_uri"] or form["grant_type"] != "authorization_code":
            return 400, {"error": "invalid_grant"}
        now = int(self.now())
        claims = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        token = self.sign(self.lie(claims | self.person))
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": token}

    def signed(self, claims: Claims, key: Any = None, **header: Any) -> str:
        key = key or self.keys[-1]
        return jwt.encode({"alg": "RS256", "kid": key.kid, **header}, claims, key)

    def unsigned(self, claims: Claims) -> str:
        header = {"alg": "none", "kid": self.keys[0].kid}
        return f"{b64(json.dumps(header).encode())}.{b64(json.dumps(claims).encode())}."

    def with_public_key(self, claims: Claims) -> str:
        """HS256, with what everyone knows as its key."""
        header = {"alg": "HS256", "kid": self.keys[0].kid}
        content = f"{b64(json.dumps(header).encode())}.{b64(json.dumps(claims).encode())}"
        key = self.keys[0].as_pem(private=False)
        return f"{content}.{b64(hmac.new(key, content.encode(), hashlib.sha256).digest())}"


class _Pages(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.provider.asked.append(parts.path)
        time.sleep(self.provider.wait)
        if parts.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            self._answer(302, b"", Location=self.provider.authorize(asked))
        elif parts.path == "/elsewhere":
            self._answer(302, b"", Location=f"{self.provider.issuer}/keys")
        else:
            pages = {
                "/.well-known/openid-configuration": self.provider.description,
                "/keys": self.provider.key_set,
            }
            self._json(*((200, pages[parts.path]()) if parts.path in pages else (404, {})))

    def do_POST(self) -> None:
        self.provider.asked.append(self.path)
        time.sleep(self.provider.wait)
        content = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(content).items()}
        self._json(*self.provider.tokens(form, self.headers.get("Authorization", "")))

    def _json(self, status: int, document: Claims) -> None:
        self._answer(status, json.dumps(document).encode(), **{"Content-Type": "application/json"})

    def _answer(self, status: int, content: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@contextmanager
def provider_running() -> Iterator[Provider]:
    """A provider on a free port of this machine."""
    pages = type("Pages", (_Pages,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), pages)
    made = Provider(f"http://127.0.0.1:{server.server_address[1]}")
    pages.provider = made  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
