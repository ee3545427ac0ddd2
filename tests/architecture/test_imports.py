"""Imports point down, and a machine checks it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .tree import PACKAGE, ROOT

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-logo", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_contract_is_kept() -> None:
    ran = lint(ROOT)
    assert ran.returncode == 0, ran.stdout
    wanted = (ROOT / "setup.cfg").read_text("utf-8").count("[importlinter:contract:")
    assert f"{wanted} kept, 0 broken" in ran.stdout
    assert wanted > 10


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("domain/errors.py", "import flask", "The domain is plain Python"),
        ("domain/errors.py", "import os", "The domain is plain Python"),
        ("domain/errors.py", "import pedri_assess.catalogue.shelf", "Imports point down"),
        ("catalogue/shelf.py", "import pedri_assess.reports.charts", "Imports point down"),
        ("cli/main.py", "import pedri_assess.web.texts", "Imports point down"),
        ("services/__init__.py", "import pedri_assess.config", "Imports point down"),
        ("services/__init__.py", "import wtforms", "Only the web knows Flask and WTForms"),
        ("services/__init__.py", "import jinja2", "Only the web and the reports fill templates"),
        ("reports/charts/strip.py", "import weasyprint", "Only the printing child process knows WeasyPrint"),
        (
            "reports/charts/strip.py",
            "import pedri_assess.tagging",
            "Only the printing child process knows WeasyPrint",
        ),
        ("domain/errors.py", "import pedri_assess.domain.checking", "No two modules need each other"),
    ],
)
def test_an_import_that_breaks_a_contract_is_found(
    module: str, line: str, contract: str, tmp_path: Path
) -> None:
    shutil.copytree(PACKAGE, tmp_path / "pedri_assess", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "setup.cfg", tmp_path)
    with (tmp_path / "pedri_assess" / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    ran = lint(tmp_path)
    assert ran.returncode == 1
    assert f"{contract} BROKEN" in ran.stdout


def test_a_new_module_at_the_top_must_be_given_a_place(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "pedri_assess", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "setup.cfg", tmp_path)
    (tmp_path / "pedri_assess" / "stray.py").write_text('"""A stray module."""\n', "utf-8")
    ran = lint(tmp_path)
    assert ran.returncode == 1
    assert "pedri_assess.stray" in ran.stdout
