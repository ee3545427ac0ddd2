"""What every page can reach: the adapters, the seal for answers that travel, and the settings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import cast

from flask import current_app

from ..config import Config
from ..services import Context
from ..services.openid import Client
from .tokens import Seal

NAME = "pedri-assess"


@dataclass(frozen=True)
class Site:
    """One running service."""

    config: Config
    context: Context
    seal: Seal

    @cached_property
    def provider(self) -> Client | None:
        """Whoever we ask for single sign-on; None where there is none."""
        return Client(self.config.single_sign_on) if self.config.single_sign_on else None


def site() -> Site:
    """The service that this request came to."""
    return cast(Site, current_app.extensions[NAME])
