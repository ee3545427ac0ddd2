"""Settings from the environment, and where the folders of data are; nothing else reads the environment."""

from __future__ import annotations

from .folders import data_dir
from .keys import key_fault
from .settings import NAMES, Config, ConfigError, base_url, database_url, mail_server, standards_folders

__all__ = [
    "NAMES",
    "Config",
    "ConfigError",
    "base_url",
    "data_dir",
    "database_url",
    "key_fault",
    "mail_server",
    "standards_folders",
]
