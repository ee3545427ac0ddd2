"""Which secret keys can be trusted."""

from __future__ import annotations

import re

SHORTEST_KEY = 32  # characters; a random key of this length cannot be guessed
FEWEST_CHARACTERS = 8  # different ones; 32 random hexadecimal digits have fewer once in ten million keys
# The one in Flask's manual
SAMPLE_KEYS = frozenset({"192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf"})
SAMPLE_WORDS = re.compile(
    r"change.?(me|this|it)|secret.?key|example|insecure|replace|password|default|"
    r"your[-_ ]|0123456789|1234567890|abcdefgh|qwerty",
    re.IGNORECASE,
)
MAKE_KEY = 'make one with: python3 -c "import secrets; print(secrets.token_hex(32))"'


def key_fault(key: str) -> str | None:
    """Why a secret key cannot be trusted, or None."""
    if len(key) < SHORTEST_KEY:
        return f"has {len(key)} characters and needs {SHORTEST_KEY} or more"
    if len(set(key)) < FEWEST_CHARACTERS or key in SAMPLE_KEYS or SAMPLE_WORDS.search(key):
        return "looks like a sample or a guess, not like a random key"
    return None
