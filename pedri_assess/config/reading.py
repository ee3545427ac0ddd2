"""Reads one setting after another from the environment, and keeps every fault."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from .keys import MAKE_KEY, key_fault

PREFIX = "PEDRI_ASSESS_"
LOOPBACK = ("127.0.0.1", "localhost")
THIS_MACHINE = frozenset({*LOOPBACK, "[::1]"})

_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
HOST = re.compile(rf"\.?{_LABEL}(\.{_LABEL})*|\[[0-9a-f:.]+\]", re.IGNORECASE)
HEXADECIMAL_KEY = re.compile("[0-9a-fA-F]{64}")
YES, NO = frozenset({"yes", "true", "on", "1"}), frozenset({"no", "false", "off", "0"})


class Reading:
    """Reads one setting after another and keeps every fault, so that all can be told at once."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.faults: list[str] = []

    def value(self, name: str) -> str:
        """A setting, by its name without the prefix; empty where it is not set."""
        # An empty setting is the same as none: unit files and compose files leave such ones behind
        return self._environ.get(PREFIX + name, "").strip()

    def fault(self, name: str, wrong: str, to_do: str) -> None:
        """Notes what is wrong with a setting, and what to do about it."""
        self.faults.append(f"{PREFIX}{name} {wrong}: {to_do}")

    def secret_key(self) -> str:
        key, file = self.value("SECRET_KEY"), self.value("SECRET_KEY_FILE")
        name = "SECRET_KEY_FILE" if file else "SECRET_KEY"
        if key and file:
            self.fault("SECRET_KEY", "and SECRET_KEY_FILE are both set", "keep one of them")
            return ""
        if file:
            try:
                key = Path(file).read_text("utf-8").strip()
            except (OSError, UnicodeError) as error:
                why = error.strerror if isinstance(error, OSError) else "it is not text"
                self.fault(name, f"cannot be read ({file}: {why})", "name a file with the key in it")
                return ""
        if not key:
            wrong = f"names an empty file ({file})" if file else "is not set"
            self.fault(name, wrong, MAKE_KEY)
        elif fault := key_fault(key):
            self.fault(name, fault, MAKE_KEY)
        return key

    def secret(self, name: str) -> str:
        """A secret that somebody else gave us: itself, or in the file that NAME_FILE names."""
        secret, file = self.value(name), self.value(f"{name}_FILE")
        if file and secret:
            self.fault(name, f"and {name}_FILE are both set", "keep one of them")
        elif file:
            try:
                secret = Path(file).read_text("utf-8").strip()
            except (OSError, UnicodeError):
                self.fault(f"{name}_FILE", f"cannot be read ({file})", "name a file with the secret in it")
            else:
                if not secret:
                    self.fault(f"{name}_FILE", f"names an empty file ({file})", "put the secret into it")
        return secret

    def fallbacks(self) -> tuple[str, ...]:
        """Earlier keys, separated by blanks: pages signed with them are still accepted."""
        keys = tuple(self.value("SECRET_KEY_FALLBACKS").split())
        for number, key in enumerate(keys, 1):
            if fault := key_fault(key):
                self.fault("SECRET_KEY_FALLBACKS", f"(key {number}) {fault}", "leave that key out")
        return keys

    def report_key(self) -> bytes | None:
        """The key that signs reports, 32 bytes; None where there is none."""
        key = self.secret("REPORT_KEY")
        if not key:
            return None
        if not HEXADECIMAL_KEY.fullmatch(key):
            self.fault("REPORT_KEY", "is not 64 hexadecimal digits", MAKE_KEY)
            return None
        if fault := key_fault(key):
            self.fault("REPORT_KEY", fault, MAKE_KEY)
        return bytes.fromhex(key)

    def report_keys_before(self) -> tuple[str, ...]:
        """Public keys of earlier days, separated by blanks: reports signed with them are still ours."""
        keys = tuple(self.value("REPORT_KEYS_BEFORE").lower().split())
        for number, key in enumerate(keys, 1):
            if not HEXADECIMAL_KEY.fullmatch(key):
                wrong = f"(key {number}) is not 64 hexadecimal digits"
                self.fault("REPORT_KEYS_BEFORE", wrong, "copy it from the page that checks reports")
        return keys

    def own_standards(self) -> Iterator[Path]:
        name = "STANDARDS"
        for part in filter(None, self.value(name).split(os.pathsep)):
            try:
                folder = Path(part).expanduser().resolve(strict=True)
                next(folder.iterdir(), None)
                yield folder
            except (OSError, RuntimeError):
                to_do = "name a folder that holds <framework>/<version>.json"
                self.fault(name, f"names {part}, which is not a folder that can be read", to_do)

    def trusted_hosts(self) -> tuple[str, ...]:
        hosts = tuple(self.value("TRUSTED_HOSTS").replace(",", " ").split())
        for host in hosts:
            if not HOST.fullmatch(host):
                to_do = "give names such as assess.example.org, without https://, port, path or *"
                self.fault("TRUSTED_HOSTS", f'has "{host}", which is not the name of a host', to_do)
        return hosts or LOOPBACK

    def secure_cookies(self, hosts: Sequence[str]) -> bool:
        """Yes unless every host is this machine, where there is no https."""
        only_here = THIS_MACHINE.issuperset(hosts)
        said = self.value("SECURE_COOKIES").lower()
        if said and said not in YES | NO:
            self.fault("SECURE_COOKIES", f'is "{said}"', "say yes or no")
        secure = said in YES or (said not in NO and not only_here)
        if not secure and not only_here:
            to_do = "serve it over https and leave this setting out"
            self.fault("SECURE_COOKIES", "is no, but others than this machine can reach the service", to_do)
        return secure

    def database_url(self) -> str:
        """Where everything is kept: one SQLite file of this person's own, unless something else is said.

        The name has no prefix: hosting services set it by themselves.
        """
        said = self._environ.get("DATABASE_URL", "").strip()
        if said:
            return said
        home = self._environ.get("XDG_DATA_HOME", "").strip() or Path("~/.local/share").expanduser()
        return f"sqlite://{Path(home).absolute() / 'pedri-assess' / 'assess.db'}"

    def base_url(self, hosts: Sequence[str]) -> str:
        """The address that letters name: https and the first trusted host, or this machine's own port."""
        said = self.value("BASE_URL").rstrip("/")
        if not said:
            only_here = THIS_MACHINE.issuperset(hosts)
            here = f"http://{hosts[0]}:{self._environ.get('PORT') or 8000}"
            return here if only_here else f"https://{hosts[0].lstrip('.')}"
        parts = urlsplit(said)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path or parts.query:
            self.fault("BASE_URL", f'is "{said}"', "give an address such as https://assess.example.org")
        return said

    def yes_or_no(self, name: str, *, usual: bool = False) -> bool:
        """A setting that says yes or no, or is as usual."""
        said = self.value(name).lower()
        if said and said not in YES | NO:
            self.fault(name, f'is "{said}"', "say yes or no")
        return said in YES if said else usual

    def demonstration(self, hosts: Sequence[str]) -> bool:
        """Whether anyone may sign in as an invented person: never where others can reach the service."""
        wanted = self.yes_or_no("DEMONSTRATION")
        if wanted and not THIS_MACHINE.issuperset(hosts):
            self.fault(
                "DEMONSTRATION", "is yes, but others than this machine can reach the service", "leave it out"
            )
        return wanted

    def number(self, name: str, default: int, least: int, most: int) -> int:
        said = self.value(name.upper())
        if not said:
            return default
        if re.fullmatch(r"[0-9]{1,12}", said) and least <= int(said) <= most:
            return int(said)
        self.fault(name.upper(), f'is "{said}"', f"give a whole number from {least} to {most}")
        return least

    def unknown_names(self, names: frozenset[str]) -> None:
        known = {name.removeprefix(PREFIX): name for name in sorted(names)}
        for name in sorted(set(self._environ) - names):
            if name.startswith(PREFIX):
                near = get_close_matches(name.removeprefix(PREFIX), known, 1)
                to_do = f"did you mean {known[near[0]]}?" if near else f"there are {', '.join(sorted(names))}"
                self.faults.append(f"{name} is not a setting: {to_do}")
