"""The lock files say what setup.cfg asks for, with hashes, and nothing about the machine that made them."""

import re
from collections.abc import Iterable

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from .tree import ROOT, listed

LOCKS = ("runtime", "test", "dev")
FEWEST = {"runtime": 20, "test": 55, "dev": 57}


def lock(which: str) -> str:
    return (ROOT / "requirements" / f"{which}.txt").read_text("utf-8")


def pins(which: str) -> dict[str, str]:
    """Version by canonical name."""
    found = re.findall(r"^([A-Za-z0-9][^\s=;]*)==([^\s;]+)", lock(which), re.MULTILINE)
    return {canonicalize_name(package): version for package, version in found}


def wanted(which: str) -> list[Requirement]:
    lines = [*listed("options", "install_requires"), *building()]
    for extra in LOCKS[1 : LOCKS.index(which) + 1]:
        lines += listed("options.extras_require", extra)
    return [Requirement(line) for line in lines]


def building() -> Iterable[str]:
    lines = (ROOT / "requirements" / "build.in").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("which", LOCKS)
def test_everything_that_setup_cfg_asks_for_is_locked(which: str) -> None:
    locked = pins(which)
    for requirement in wanted(which):
        version = locked.get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} is not in requirements/{which}.txt: run make lock"
        assert requirement.specifier.contains(version), f"{requirement} is locked at {version}: run make lock"


@pytest.mark.parametrize("which", LOCKS)
def test_a_lock_file_is_not_empty_or_cut_short(which: str) -> None:
    assert len(pins(which)) > FEWEST[which]


@pytest.mark.parametrize("which", LOCKS)
def test_every_locked_package_has_hashes(which: str) -> None:
    entries = re.split(r"\n(?=[A-Za-z0-9])", lock(which))
    packages = [entry for entry in entries if re.match(r"[A-Za-z0-9]", entry)]
    assert len(packages) == len(pins(which))
    assert [entry.split("==")[0] for entry in packages if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("which", LOCKS)
def test_a_lock_file_names_no_index_and_no_folder(which: str) -> None:
    assert re.findall(r"https?:|file:|--index|--extra-index|--find-links|-e |@ ", lock(which)) == []


@pytest.mark.parametrize("which", LOCKS)
def test_a_lock_file_says_how_it_is_made(which: str) -> None:
    assert "make lock" in lock(which).splitlines()[1]


def test_the_same_versions_are_tested_as_are_served() -> None:
    for which in LOCKS[1:]:
        assert pins("runtime").items() <= pins(which).items()


def test_what_builds_the_project_is_said_once() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert f'requires = ["{next(iter(building()))}"]' in project
