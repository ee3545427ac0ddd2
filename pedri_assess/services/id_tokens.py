"""Checks what a provider says about who has signed in. The only module that knows Authlib."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwk, jwt
from joserfc.errors import InvalidKeyIdError, JoseError

# Signatures that need the provider's private key. Not `none`, and not HS256: its key could be our secret, or
# the public key itself, which everyone has.
ALGORITHMS = ("RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512")
LEEWAY = 30  # seconds that two clocks may differ by
LONGEST_SUBJECT = 255


class BadToken(Exception):
    """The token cannot be believed; the message names the check, and is for the log."""


class UnknownKey(BadToken):
    """It is signed with a key that is not among those we have."""


@dataclass(frozen=True)
class Claims:
    """Who has signed in, as the provider says. `proved_at` is when it last asked them to show it, in seconds
    since 1970, where it says so."""

    subject: str
    email: str
    email_verified: bool
    proved_at: int | None


def address_to_ask(endpoint: str, client_id: str, redirect_uri: str, verifier: str, **more: str) -> str:
    """Where the browser goes to be asked; `more` has state and nonce."""
    challenge = {"code_challenge": create_s256_code_challenge(verifier), "code_challenge_method": "S256"}
    scope = ["openid", "email", "profile"]
    return str(prepare_grant_uri(endpoint, client_id, "code", redirect_uri, scope, **more | challenge))


def checked(
    tokens: Mapping[str, Any], keys: Mapping[str, Any], *, issuer: str, client_id: str, nonce: str, now: int
) -> Claims:
    """The claims of the ID token among these tokens, once everything about it is right.

    Raises UnknownKey, BadToken.
    """
    try:
        token = jwt.decode(str(tokens.get("id_token") or ""), _key_set(keys), algorithms=ALGORITHMS)
        claims = CodeIDToken(
            token.claims,
            token.header,
            {
                "iss": {"essential": True, "value": issuer},
                "aud": {"essential": True, "value": client_id},
                "nonce": {"essential": True, "value": nonce},
            },
            {"nonce": nonce, "client_id": client_id, "access_token": tokens.get("access_token")},
        )
        claims.validate(now, LEEWAY)
    except InvalidKeyIdError:
        raise UnknownKey("key") from None
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadToken(_which(error)) from None
    return _claims(claims)


def _key_set(keys: Mapping[str, Any]) -> jwk.KeySet:
    usable = [
        key
        for key in keys.get("keys", [])
        if isinstance(key, dict) and key.get("kty") != "oct" and key.get("use", "sig") == "sig"
    ]
    return jwk.KeySet.import_key_set({"keys": usable})


def _claims(claims: Mapping[str, Any]) -> Claims:
    subject, email, proved = claims["sub"], claims.get("email"), claims.get("auth_time")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise BadToken("sub")
    return Claims(
        subject,
        email if isinstance(email, str) else "",
        claims.get("email_verified") is True,
        int(proved) if proved else None,
    )


def _which(error: Exception) -> str:
    return str(getattr(error, "claim", "") or getattr(error, "error", "") or type(error).__name__)
