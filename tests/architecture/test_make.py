"""The commands that people and CI run are there, and say what they are for."""

import os
import re
import subprocess

from .tree import ROOT

MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


def test_make_alone_lists_every_target() -> None:
    ran = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = re.findall(r"^ +make (\w+) +\S", ran.stdout, re.MULTILINE)
    (phony,) = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert listed == phony.split()
    assert {"serve", "test"} <= set(listed)


def test_every_program_that_make_runs_is_there() -> None:
    programs = set(re.findall(r"\btools/\w+\.py", MAKEFILE))
    assert len(programs) >= 5
    assert [program for program in programs if not (ROOT / program).is_file()] == []


def test_ci_runs_what_a_person_runs() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text("utf-8").splitlines()[-1] == "exec make test"
