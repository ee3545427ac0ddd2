"""The seal: what we sealed opens, and nothing else does."""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64encode
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import Signer

from pedri_assess.domain.assessment import Answer, Assessment
from pedri_assess.domain.said import Said
from pedri_assess.services.quick_check import Entry, Journey
from pedri_assess.web.tokens import BadToken, Seal, TooLarge

SEAL = Seal(("a key",), most=100_000)
JOURNEY = Journey("one", "sha256:0", Assessment("tiny", "1"), 1, {"A": Entry(2, Said(Answer(level=1)))})


def signed(packed: bytes, salt: str = "quick-check-1", key: str = "a key") -> str:
    signer = Signer(key, salt=salt, key_derivation="hmac", digest_method=sha256)
    return signer.sign(urlsafe_b64encode(packed).rstrip(b"=")).decode()


def test_what_was_sealed_opens() -> None:
    assert SEAL.open(SEAL.seal(JOURNEY)) == JOURNEY


@given(st.text(st.characters(codec="utf-8")))
def test_any_words_travel(words: str) -> None:
    journey = Journey("one", "", Assessment("tiny", "1"), 1, {"A": Entry(2, Said(Answer(evidence=words)))})
    token = SEAL.seal(journey)
    assert SEAL.open(token) == journey
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")


@given(st.integers(0, 200), st.sampled_from("AZaz09-_."))
def test_a_changed_character_does_not_open(place: int, character: str) -> None:
    token = SEAL.seal(JOURNEY)
    place %= len(token) - 1  # the last character of base64 may have bits that nobody reads
    changed = token[:place] + character + token[place + 1 :]
    if changed != token:
        with pytest.raises(BadToken):
            SEAL.open(changed)


@given(st.text())
def test_any_other_text_does_not_open(text: str) -> None:
    with pytest.raises(BadToken):
        SEAL.open(text)


def test_an_old_key_still_opens_and_seals_no_more() -> None:
    old, new = Seal(("old",), most=10_000), Seal(("new", "old"), most=10_000)
    assert new.open(old.seal(JOURNEY)) == JOURNEY
    with pytest.raises(BadToken):
        old.open(new.seal(JOURNEY))


def test_a_seal_for_another_purpose_does_not_open() -> None:
    content = zlib.compress(b"{}")
    with pytest.raises(BadToken):
        SEAL.open(signed(content, salt="session"))


@pytest.mark.parametrize(
    "packed",
    [
        zlib.compress(b"0" * 200_000_000, 9),
        zlib.compress(b"[]"),
        zlib.compress(b"{}"),
        zlib.compress(b"not json"),
        zlib.compress(json.dumps({"id": 1, "hash": 2, "step": "x", "set_up": [], "entries": 3}).encode()),
        zlib.compress(b"{}") + b"more",
        zlib.compress(b"{}")[:-3],
        b"",
        b"plain",
    ],
    ids=["bomb", "list", "empty", "no JSON", "other types", "tail", "cut", "nothing", "not packed"],
)
def test_even_with_our_key_only_a_quick_check_opens(packed: bytes) -> None:
    with pytest.raises(BadToken):
        SEAL.open(signed(packed))


def test_what_is_too_large_to_travel_is_not_sealed() -> None:
    long = "".join(chr(0x4E00 + (n * 7919) % 20_000) for n in range(60_000))
    journey = Journey("one", "", Assessment("tiny", "1"), 1, {"A": Entry(1, Said(Answer(evidence=long)))})
    with pytest.raises(TooLarge):
        SEAL.seal(journey)
