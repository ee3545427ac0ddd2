"""The project's files, as the architecture tests see them."""

from configparser import ConfigParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "pedri_assess"
MAPPED = ("resources", "standards", "static", "templates", "translations")


def setup() -> ConfigParser:
    """The content of setup.cfg."""
    parser = ConfigParser(interpolation=None)
    assert parser.read(ROOT / "setup.cfg", "utf-8")
    return parser


def listed(section: str, option: str) -> list[str]:
    """The lines of a list in setup.cfg, without blank ones and comments."""
    lines = (line.strip() for line in setup()[section][option].splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def modules() -> list[Path]:
    """Every Python file of the package."""
    return sorted(PACKAGE.rglob("*.py"))


def files(folder: str, *endings: str) -> list[Path]:
    """The files below a folder, with one of these endings where any is given."""
    found = (
        path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )
    return sorted(path for path in found if not endings or path.suffix in endings)


def name(path: Path) -> str:
    """How a file is called in a message."""
    return path.relative_to(ROOT).as_posix()
