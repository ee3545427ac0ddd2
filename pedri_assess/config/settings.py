"""What an installation can choose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

from ..services.openid import Provider
from ..services.smtp import MailServer
from . import mail, single_sign_on
from .folders import data_dir
from .reading import LOOPBACK, PREFIX, THIS_MACHINE, Reading

MEGABYTE = 1024 * 1024

# Numbers that may be set, with the smallest and the largest value that makes sense
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
    database_url: str = field(default_factory=lambda: Reading({}).database_url(), repr=False)
    base_url: str = "http://127.0.0.1:8000"
    demonstration: bool = False
    mail_server: MailServer | None = None
    single_sign_on: Provider | None = None
    secret_key_fallbacks: tuple[str, ...] = field(default=(), repr=False)
    standards_folders: tuple[Path, ...] = field(default_factory=lambda: (data_dir("standards"),))
    trusted_hosts: tuple[str, ...] = LOOPBACK  # names only: any port will do
    secure_cookies: bool = False
    report_seconds: int = 30
    report_megabytes: int = 768
    report_slots: int = 1  # reports that one server process prints at a time
    report_printer: bool = True  # whether server processes print the reports that are kept
    max_body_bytes: int = 4 * MEGABYTE
    report_key: bytes | None = field(default=None, repr=False)  # signs reports
    report_keys_before: tuple[str, ...] = ()  # public keys that signed reports earlier

    @property
    def shows_mail(self) -> bool:
        """Whether letters are shown on a page instead of being sent: nobody else can reach this machine, and
        there is no mail server."""
        return self.mail_server is None and THIS_MACHINE.issuperset(self.trusted_hosts)

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Config:
        """The settings in `environ`. Raises ConfigError with every fault."""
        reading = Reading(environ)
        hosts = reading.trusted_hosts()
        usual = {item.name: item.default for item in fields(cls) if item.name in LIMITS}
        numbers = {name: reading.number(name, int(str(usual[name])), *LIMITS[name]) for name in LIMITS}
        config = cls(
            secret_key=reading.secret_key(),
            database_url=reading.database_url(),
            base_url=reading.base_url(hosts),
            demonstration=reading.demonstration(hosts),
            mail_server=mail.mail_server(reading),
            single_sign_on=single_sign_on.provider(reading),
            secret_key_fallbacks=reading.fallbacks(),
            standards_folders=(data_dir("standards"), *reading.own_standards()),
            trusted_hosts=hosts,
            secure_cookies=reading.secure_cookies(hosts),
            report_printer=reading.yes_or_no("REPORT_PRINTER", usual=True),
            report_key=reading.report_key(),
            report_keys_before=reading.report_keys_before(),
            **numbers,
        )
        reading.unknown_names(NAMES)
        if reading.faults:
            raise ConfigError(reading.faults)
        return config


NAMES = frozenset(
    {PREFIX + name.upper() for name in LIMITS}
    | {PREFIX + name for name in ("SECRET_KEY", "SECRET_KEY_FILE", "SECRET_KEY_FALLBACKS")}
    | {PREFIX + name for name in ("STANDARDS", "TRUSTED_HOSTS", "SECURE_COOKIES")}
    | {PREFIX + name for name in ("BASE_URL", "DEMONSTRATION")}
    | {PREFIX + name for name in ("REPORT_KEY", "REPORT_KEY_FILE", "REPORT_KEYS_BEFORE")}
    | {PREFIX + "REPORT_PRINTER"}
    | {PREFIX + name for name in mail.NAMES | single_sign_on.NAMES}
    | {"DATABASE_URL"}
)


def database_url(environ: Mapping[str, str]) -> str:
    """The address of the database: what the commands need, which have no use for a secret key."""
    return Reading(environ).database_url()


def base_url(environ: Mapping[str, str]) -> str:
    """The address of the service, which letters name. Raises ConfigError."""
    reading = Reading(environ)
    address = reading.base_url(reading.trusted_hosts())
    if reading.faults:
        raise ConfigError(reading.faults)
    return address


def mail_server(environ: Mapping[str, str]) -> MailServer | None:
    """The mail server, or None. Raises ConfigError."""
    reading = Reading(environ)
    server = mail.mail_server(reading)
    if reading.faults:
        raise ConfigError(reading.faults)
    return server


def standards_folders(environ: Mapping[str, str]) -> tuple[Path, ...]:
    """The folders with standards, ours first. Raises ConfigError."""
    reading = Reading(environ)
    folders = (data_dir("standards"), *reading.own_standards())
    if reading.faults:
        raise ConfigError(reading.faults)
    return folders
