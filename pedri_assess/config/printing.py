"""How reports are printed, from the settings: for servers, and for a machine that does nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..reports import Issuer, Renderer
from .folders import data_dir
from .reading import Reading
from .settings import LIMITS, Config, ConfigError


@dataclass(frozen=True)
class Printing:
    """What printing needs of the settings."""

    seconds: int
    megabytes: int
    slots: int
    address: str
    key: bytes | None = field(default=None, repr=False)

    @property
    def renderer(self) -> Renderer:
        """A printer that is kept warm."""
        return Renderer(
            data_dir("templates"),
            data_dir("static"),
            seconds=self.seconds,
            megabytes=self.megabytes,
            slots=self.slots,
            warm=True,
        )

    @property
    def issuer(self) -> Issuer | None:
        """Who signs reports, where there is a key."""
        return Issuer(self.key, self.address) if self.key else None


def printing(config: Config) -> Printing:
    """How a server prints."""
    return Printing(
        config.report_seconds,
        config.report_megabytes,
        config.report_slots,
        config.base_url,
        config.report_key,
    )


def printing_from(environ: Mapping[str, str]) -> Printing:
    """How a machine that only prints does it: as servers with the same settings. Raises ConfigError."""
    reading = Reading(environ)
    seconds, megabytes, slots = (
        reading.number(name, int(str(Config.__dataclass_fields__[name].default)), *LIMITS[name])
        for name in ("report_seconds", "report_megabytes", "report_slots")
    )
    address = reading.base_url(reading.trusted_hosts())
    found = Printing(seconds, megabytes, slots, address, reading.report_key())
    if reading.faults:
        raise ConfigError(reading.faults)
    return found
