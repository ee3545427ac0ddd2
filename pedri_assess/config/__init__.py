"""Settings from the environment, and where the folders of data are; nothing else reads the environment."""

from __future__ import annotations

from .folders import data_dir
from .keys import key_fault
from .printing import Printing, printing, printing_from
from .settings import NAMES, Config, ConfigError, base_url, database_url, mail_server, standards_folders

__all__ = [
    "NAMES",
    "Config",
    "ConfigError",
    "Printing",
    "base_url",
    "data_dir",
    "database_url",
    "key_fault",
    "mail_server",
    "printing",
    "printing_from",
    "standards_folders",
]
