"""What the machine must have: a Python new enough, and a few of Debian's packages."""

from __future__ import annotations

import ctypes.util
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable

from steps import LOG, Failed, Stop, run, step

OLDEST_PYTHON = (3, 11)
NEWER_PYTHONS = ("python3.14", "python3.13", "python3.12", "python3.11")

# The report needs Pango and HarfBuzz, and fonts for right-to-left text and emoji
TO_SERVE = (
    "libpango-1.0-0",
    "libpangoft2-1.0-0",
    "libharfbuzz-subset0",
    "fonts-noto-core",
    "fonts-noto-color-emoji",
)
# The tests drive Chromium without windows (what drives it needs libatomic), start a PostgreSQL server, and
# look into PDF files with tools of others
TO_TEST = ("chromium-headless-shell", "libatomic1", "poppler-utils", "postgresql", "qpdf")

LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
PROGRAMS = ("chromium-headless-shell", "pdftotext", "qpdf")


def find_new_python() -> None:
    """Goes on in a newer Python where this one is too old. Raises Stop where there is none."""
    if sys.version_info[:2] >= OLDEST_PYTHON:
        return
    for newer in filter(None, map(shutil.which, NEWER_PYTHONS)):
        # One that is found may still not start: version managers leave such names behind
        if subprocess.run([newer, "-c", ""], stderr=subprocess.DEVNULL).returncode == 0:
            os.execv(newer, [newer, *sys.argv])  # noqa: S606 - a Python of this machine, with our own arguments
    found = ".".join(str(part) for part in sys.version_info[:3])
    raise Stop(
        f"Python 3.11 or newer is needed; {sys.executable} is {found}.\n"
        "Install a newer one, or say where it is: make serve PYTHON=/path/to/python3.11"
    )


def check_packages(tests: bool) -> None:
    """Installs the Debian packages that are missing. Raises Stop where it may not or cannot."""
    wanted = [*TO_SERVE, *(TO_TEST if tests else ())]
    if shutil.which("dpkg-query") is None:
        check_libraries(tests)
        return
    missing = missing_packages(wanted, dpkg_answer(wanted))
    if venv_package_missing():
        missing.append("python{}.{}-venv".format(*sys.version_info[:2]))
    if missing and os.geteuid() != 0:
        raise Stop(what_to_install(missing))
    if missing:
        install_packages(missing)


def dpkg_answer(names: Iterable[str]) -> str:
    """A line `name<tab>status` for each package that dpkg has heard of."""
    command = ["dpkg-query", "-W", "-f", "${Package}\t${db:Status-Status}\n", *names]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout


def missing_packages(wanted: Iterable[str], answer: str) -> list[str]:
    """The wanted packages that dpkg does not call installed (removed ones keep a line of their own)."""
    lines = [line.split("\t") for line in answer.splitlines()]
    installed = {line[0] for line in lines if line[1:] == ["installed"]}
    return [name for name in wanted if name not in installed]


def venv_package_missing() -> bool:
    """Whether this is Debian's Python without the part that makes environments."""
    return sys.base_prefix == "/usr" and importlib.util.find_spec("ensurepip") is None


def what_to_install(missing: Iterable[str]) -> str:
    """For someone who is not root: what to ask an administrator for."""
    names = " ".join(missing)
    return (
        f"These Debian packages are missing: {names}.\n"
        "An administrator can install them with this command (as root):\n\n"
        f"    apt-get update && apt-get install --no-install-recommends {names}\n\n"
        "Then run the same command again."
    )


def install_packages(missing: list[str]) -> None:
    """Runs apt-get, as root. Raises Stop."""
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # Another apt-get may be at work, as on a machine that has just started: wait for it
    apt = ["apt-get", "--option", "DPkg::Lock::Timeout=120", "--yes"]
    try:
        with step("Debian's list of packages"):
            run([*apt, "update"], environ)
        print(f"  Missing: {' '.join(missing)}")
        with step("Debian packages (may take minutes)"):
            run([*apt, "install", "--no-install-recommends", *missing], environ)
    except Failed as failed:
        full = "No space left on device" in str(failed)
        why = "the disk is full" if full else "is this machine connected, and are its package sources right?"
        raise Stop(
            f"Debian's packages could not be installed: {why}\nThe details are at the end of {LOG}"
        ) from None


def check_libraries(tests: bool) -> None:
    """Where there is no dpkg, looks for the libraries and programs themselves. Raises Stop."""
    missing = [f"the library lib{name}" for name in LIBRARIES if ctypes.util.find_library(name) is None]
    if tests:
        missing += [f"the program {name}" for name in PROGRAMS if shutil.which(name) is None]
    if importlib.util.find_spec("ensurepip") is None:
        missing.append("Python's own ensurepip")
    if missing:
        raise Stop(
            "This is not Debian, so nothing can be installed for you. Missing: "
            f"{', '.join(missing)}.\nInstall them in this system's way and run the same command again. "
            "Noto fonts are also wanted, for right-to-left text and emoji in reports."
        )
