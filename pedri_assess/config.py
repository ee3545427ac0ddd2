"""Settings from the environment, and where the folders of data are; nothing else reads the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path

PREFIX = "PEDRI_ASSESS_"
LOOPBACK = ("127.0.0.1", "localhost")
THIS_MACHINE = frozenset({*LOOPBACK, "[::1]"})
MEGABYTE = 1024 * 1024

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

_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
HOST = re.compile(rf"\.?{_LABEL}(\.{_LABEL})*|\[[0-9a-f:.]+\]", re.IGNORECASE)
YES, NO = frozenset({"yes", "true", "on", "1"}), frozenset({"no", "false", "off", "0"})

# What else may be set, with the smallest and the largest value that makes sense
LIMITS = {
    "report_seconds": (1, 600),
    "report_megabytes": (128, 8192),
    "report_slots": (1, 64),
    "max_body_bytes": (64 * 1024, 64 * MEGABYTE),
}


class ConfigError(ValueError):
    """Settings that cannot be used; the message has one line a fault, each with what to do."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True)
class Config:
    """What an installation can choose. `standards_folders` are read in order, ours first."""

    secret_key: str = field(repr=False)
    secret_key_fallbacks: tuple[str, ...] = field(default=(), repr=False)
    standards_folders: tuple[Path, ...] = field(default_factory=lambda: (data_dir("standards"),))
    trusted_hosts: tuple[str, ...] = LOOPBACK  # names only: any port will do
    secure_cookies: bool = False
    report_seconds: int = 30
    report_megabytes: int = 512
    report_slots: int = 1  # reports that one server process prints at a time
    max_body_bytes: int = 4 * MEGABYTE

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Config:
        """The settings in `environ`. Raises ConfigError with every fault."""
        reading = _Reading(environ)
        hosts = reading.trusted_hosts()
        numbers = {name: reading.number(name, *limits) for name, limits in LIMITS.items()}
        config = cls(
            secret_key=reading.secret_key(),
            secret_key_fallbacks=reading.fallbacks(),
            standards_folders=(data_dir("standards"), *reading.own_standards()),
            trusted_hosts=hosts,
            secure_cookies=reading.secure_cookies(hosts),
            **numbers,
        )
        reading.unknown_names()
        if reading.faults:
            raise ConfigError(reading.faults)
        return config


NAMES = frozenset(
    {PREFIX + name.upper() for name in LIMITS}
    | {PREFIX + name for name in ("SECRET_KEY", "SECRET_KEY_FILE", "SECRET_KEY_FALLBACKS")}
    | {PREFIX + name for name in ("STANDARDS", "TRUSTED_HOSTS", "SECURE_COOKIES")}
)


def data_dir(name: str) -> Path:
    """The folder `templates`, `static` or `standards`: inside the package where it is installed from a wheel,
    beside the package in a checkout or an editable install. Raises FileNotFoundError."""
    package = Path(__file__).resolve().parent
    for folder in (package / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"no folder {name} in {package} or {package.parent}: install PEDRI Assess again")


def standards_folders(environ: Mapping[str, str]) -> tuple[Path, ...]:
    """The folders with standards, ours first: what the commands need, which have no use for a secret key.

    Raises ConfigError.
    """
    reading = _Reading(environ)
    folders = (data_dir("standards"), *reading.own_standards())
    if reading.faults:
        raise ConfigError(reading.faults)
    return folders


def key_fault(key: str) -> str | None:
    """Why a secret key cannot be trusted, or None."""
    if len(key) < SHORTEST_KEY:
        return f"has {len(key)} characters and needs {SHORTEST_KEY} or more"
    if len(set(key)) < FEWEST_CHARACTERS or key in SAMPLE_KEYS or SAMPLE_WORDS.search(key):
        return "looks like a sample or a guess, not like a random key"
    return None


class _Reading:
    """Reads one setting after another and keeps every fault, so that all can be told at once."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.faults: list[str] = []

    def _value(self, name: str) -> str:
        # An empty setting is the same as none: unit files and compose files leave such ones behind
        return self._environ.get(PREFIX + name, "").strip()

    def _fault(self, name: str, wrong: str, to_do: str) -> None:
        self.faults.append(f"{PREFIX}{name} {wrong}: {to_do}")

    def secret_key(self) -> str:
        key, file = self._value("SECRET_KEY"), self._value("SECRET_KEY_FILE")
        name = "SECRET_KEY_FILE" if file else "SECRET_KEY"
        if key and file:
            self._fault("SECRET_KEY", "and SECRET_KEY_FILE are both set", "keep one of them")
            return ""
        if file:
            try:
                key = Path(file).read_text("utf-8").strip()
            except (OSError, UnicodeError) as error:
                why = error.strerror if isinstance(error, OSError) else "it is not text"
                self._fault(name, f"cannot be read ({file}: {why})", "name a file with the key in it")
                return ""
        if not key:
            wrong = f"names an empty file ({file})" if file else "is not set"
            self._fault(name, wrong, MAKE_KEY)
        elif fault := key_fault(key):
            self._fault(name, fault, MAKE_KEY)
        return key

    def fallbacks(self) -> tuple[str, ...]:
        """Earlier keys, separated by blanks: pages signed with them are still accepted."""
        keys = tuple(self._value("SECRET_KEY_FALLBACKS").split())
        for number, key in enumerate(keys, 1):
            if fault := key_fault(key):
                self._fault("SECRET_KEY_FALLBACKS", f"(key {number}) {fault}", "leave that key out")
        return keys

    def own_standards(self) -> Iterator[Path]:
        name = "STANDARDS"
        for part in filter(None, self._value(name).split(os.pathsep)):
            try:
                folder = Path(part).expanduser().resolve(strict=True)
                next(folder.iterdir(), None)
                yield folder
            except (OSError, RuntimeError):
                to_do = "name a folder that holds <framework>/<version>.json"
                self._fault(name, f"names {part}, which is not a folder that can be read", to_do)

    def trusted_hosts(self) -> tuple[str, ...]:
        hosts = tuple(self._value("TRUSTED_HOSTS").replace(",", " ").split())
        for host in hosts:
            if not HOST.fullmatch(host):
                to_do = "give names such as assess.example.org, without https://, port, path or *"
                self._fault("TRUSTED_HOSTS", f'has "{host}", which is not the name of a host', to_do)
        return hosts or LOOPBACK

    def secure_cookies(self, hosts: Sequence[str]) -> bool:
        """Yes unless every host is this machine, where there is no https."""
        only_here = THIS_MACHINE.issuperset(hosts)
        said = self._value("SECURE_COOKIES").lower()
        if said and said not in YES | NO:
            self._fault("SECURE_COOKIES", f'is "{said}"', "say yes or no")
        secure = said in YES or (said not in NO and not only_here)
        if not secure and not only_here:
            to_do = "serve it over https and leave this setting out"
            self._fault("SECURE_COOKIES", "is no, but others than this machine can reach the service", to_do)
        return secure

    def number(self, name: str, least: int, most: int) -> int:
        said = self._value(name.upper())
        default = next(item.default for item in fields(Config) if item.name == name)
        if not said:
            return int(str(default))
        if re.fullmatch(r"[0-9]{1,12}", said) and least <= int(said) <= most:
            return int(said)
        self._fault(name.upper(), f'is "{said}"', f"give a whole number from {least} to {most}")
        return least

    def unknown_names(self) -> None:
        known = {name.removeprefix(PREFIX): name for name in sorted(NAMES)}
        for name in sorted(set(self._environ) - NAMES):
            if name.startswith(PREFIX):
                near = get_close_matches(name.removeprefix(PREFIX), known, 1)
                to_do = f"did you mean {known[near[0]]}?" if near else f"there are {', '.join(sorted(NAMES))}"
                self.faults.append(f"{name} is not a setting: {to_do}")
