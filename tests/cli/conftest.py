"""Runs `pedri-assess` as a person would: as a program, with files, pipes and an exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = json.loads((Path(__file__).parents[1] / "unit" / "scoring_examples.json").read_text("utf-8"))


@dataclass(frozen=True)
class Ran:
    """What came of a command."""

    status: int
    out: str
    faults: list[str]


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command in an empty folder; nothing it prints may look like a traceback."""

    def command(*arguments: str | Path, given: bytes = b"", folder: Path = tmp_path) -> Ran:
        ran = subprocess.run(
            [sys.executable, "-m", "pedri_assess.cli", *map(str, arguments)],
            input=given,
            capture_output=True,
            cwd=folder,
            timeout=120,
            check=False,
        )
        errors = ran.stderr.decode("utf-8")
        assert "Traceback" not in errors
        return Ran(ran.returncode, ran.stdout.decode("utf-8"), errors.splitlines())

    return command


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """The tiny framework in a file."""
    return written(tmp_path / "tiny.json", EXAMPLES["framework"])


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """Answers to the tiny framework in a file."""
    return written(tmp_path / "answers.json", EXAMPLES["cases"][-1]["answers"])


def written(path: Path, document: Any) -> Path:
    """The document, written to a file."""
    path.write_text(json.dumps(document), "utf-8")
    return path
