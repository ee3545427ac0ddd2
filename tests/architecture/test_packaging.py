"""The wheel holds the whole service, and works where there is no checkout."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from .tree import MAPPED, PACKAGE, ROOT, files, listed, setup

SOURCES = ("pedri_assess", *MAPPED)
SINGLE = ("setup.cfg", "pyproject.toml", "LICENSE", "README.md")

# Run far from the checkout: asks the installed application for pages and a style sheet
VISIT = """
import sys, pathlib
from pedri_assess.config import Config, data_dir
from pedri_assess.web.app import create_app
import pedri_assess.web.app as module
site = pathlib.Path(sys.argv[1])
assert site in pathlib.Path(module.__file__).parents, module.__file__
assert data_dir("templates") == site / "pedri_assess" / "templates", data_dir("templates")
client = create_app(Config(secret_key="f3c1" * 4 + "09ad" * 4 + "7be2" * 4)).test_client()
for page in ("/healthz", "/", "/standards", "/static/css/app.css"):
    answer = client.get(page, headers={"Host": "localhost"})
    print(page, answer.status_code, len(answer.data))
"""


def run(*command: str | Path, folder: Path, **environ: str) -> str:
    """What a command prints; fails with its errors."""
    ours = {key: value for key, value in os.environ.items() if not key.startswith("PEDRI_ASSESS_")}
    ran = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={**ours, **environ},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy, so that the checkout stays as it is."""
    folder = tmp_path_factory.mktemp("build")
    copy = folder / "copy"
    for source in SOURCES:
        shutil.copytree(ROOT / source, copy / source, ignore=shutil.ignore_patterns("__pycache__"))
    for source in SINGLE:
        shutil.copy(ROOT / source, copy)
    pip = (sys.executable, "-m", "pip", "wheel", "--no-index", "--no-deps", "--no-build-isolation")
    run(*pip, "--wheel-dir", folder, copy, folder=folder)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def site(wheel: Path) -> Path:
    """A folder with the wheel installed in it, and nothing else."""
    target = wheel.parent / "site"
    pip = (sys.executable, "-m", "pip", "install", "--no-index", "--no-deps")
    run(*pip, "--target", target, wheel, folder=wheel.parent)
    return target


def test_setup_cfg_lists_every_package() -> None:
    ours = {path.parent for path in PACKAGE.rglob("*.py")}
    found = {".".join(folder.relative_to(ROOT).parts) for folder in ours}
    mapped = {f"pedri_assess.{folder}" for folder in MAPPED}
    assert sorted(listed("options", "packages")) == sorted(found | mapped)
    assert [folder for folder in ours if not (folder / "__init__.py").is_file()] == []


def test_the_mapped_folders_are_mapped_whole() -> None:
    assert listed("options", "package_dir") == [
        "pedri_assess = pedri_assess",
        *(f"pedri_assess.{folder} = {folder}" for folder in MAPPED),
    ]
    assert dict(setup()["options.package_data"]) == {f"pedri_assess.{folder}": "**/*" for folder in MAPPED}


def test_the_wheel_holds_every_file_of_the_service(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    modules = {path.relative_to(ROOT).as_posix() for path in files("pedri_assess", ".py")}
    data = {
        f"pedri_assess/{path.relative_to(ROOT).as_posix()}"
        for folder in MAPPED
        for path in files(folder)
        if not path.name.startswith(".")
    }
    metadata = {path for path in inside if ".dist-info/" in path}
    assert len(data) > 20
    assert inside - metadata == modules | data


def test_an_installed_wheel_serves_pages(site: Path, tmp_path: Path) -> None:
    printed = run(sys.executable, "-c", VISIT, site, folder=tmp_path, PYTHONPATH=str(site))
    statuses = [line.split()[1] for line in printed.splitlines()]
    assert statuses == ["200"] * 4, printed


def test_an_installed_wheel_has_the_command(site: Path, tmp_path: Path) -> None:
    command = site / "bin" / "pedri-assess"
    printed = run(sys.executable, command, "--help", folder=tmp_path, PYTHONPATH=str(site))
    assert "standards" in printed
    assert "report" in printed
