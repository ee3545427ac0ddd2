"""What is installed is noticed, what is half done is done again, and faults end in a sentence."""

import ast
import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import prepare
import steps
from steps import Failed, Stop

TOOLS = Path(prepare.__file__).parent
Commands = list[list[str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with only what prepare looks at, on a machine that has everything."""
    (tmp_path / "requirements").mkdir()
    for name in (
        "setup.cfg",
        "pyproject.toml",
        *(f"requirements/{lock}.txt" for lock in prepare.LOCKS.values()),
    ):
        (tmp_path / name).write_text(f"{name} 1", "utf-8")
    venv = tmp_path / ".venv"
    for module in (prepare, steps):
        monkeypatch.setattr(module, "ROOT", tmp_path)
        monkeypatch.setattr(module, "SCRATCH", tmp_path / ".var")
        monkeypatch.setattr(module, "LOG", tmp_path / ".var" / "prepare.log")
    monkeypatch.setattr(prepare, "VENV", venv)
    monkeypatch.setattr(prepare, "PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(prepare, "STATE", venv / "prepared.json")
    monkeypatch.setattr(prepare, "check_packages", lambda tests: None)
    return tmp_path


@pytest.fixture
def ran(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """The commands that were run; making an environment makes its interpreter."""
    commands: Commands = []

    def run(command: list[str]) -> None:
        commands.append(command)
        if "venv" in command:
            prepare.PYTHON.parent.mkdir()
            prepare.PYTHON.touch()

    monkeypatch.setattr(prepare, "run", run)
    return commands


def installed(ran: Commands) -> list[str]:
    """The last word of each command, which says what it was for; and then they count as seen."""
    words = [command[-1].rpartition("/")[2] for command in ran]
    ran.clear()
    return words


def test_the_first_time_everything_is_installed_and_the_second_time_nothing(ran: Commands) -> None:
    prepare.prepare("serve")
    assert installed(ran) == [".venv", "runtime.txt", "."]
    prepare.prepare("serve")
    assert installed(ran) == []


def test_testing_adds_to_what_serving_installed_and_leaves_it_ready(ran: Commands) -> None:
    prepare.prepare("serve")
    installed(ran)
    prepare.prepare("test")
    assert installed(ran) == ["test.txt", "."]
    prepare.prepare("serve")
    prepare.prepare("test")
    assert installed(ran) == []


@pytest.mark.parametrize("name", ["setup.cfg", "pyproject.toml", "requirements/runtime.txt"])
def test_a_change_of_what_is_asked_for_is_installed(folder: Path, ran: Commands, name: str) -> None:
    prepare.prepare("serve")
    installed(ran)
    (folder / name).write_text("2", "utf-8")
    prepare.prepare("serve")
    assert installed(ran) == ["runtime.txt", "."]


def test_another_python_or_place_means_a_new_environment(
    folder: Path, ran: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare.prepare("serve")
    installed(ran)
    monkeypatch.setattr(prepare.sys, "version", "3.12.0")
    prepare.prepare("serve")
    assert installed(ran) == [".venv", "runtime.txt", "."]
    moved = folder / "moved"
    (folder / ".venv").rename(moved)
    monkeypatch.setattr(prepare, "VENV", moved)
    monkeypatch.setattr(prepare, "PYTHON", moved / "bin" / "python")
    monkeypatch.setattr(prepare, "STATE", moved / "prepared.json")
    prepare.prepare("serve")
    assert installed(ran) == ["moved", "runtime.txt", "."]


@pytest.mark.parametrize("step", [0, 1, 2])
def test_what_was_interrupted_is_made_anew(ran: Commands, step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = prepare.run

    def killed(command: list[str]) -> None:
        whole(command)
        if len(ran) == step + 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(prepare, "run", killed)
    with pytest.raises(KeyboardInterrupt):
        prepare.prepare("serve")
    assert not prepare.is_ready("serve")
    monkeypatch.setattr(prepare, "run", whole)
    installed(ran)
    prepare.prepare("serve")
    assert installed(ran) == [".venv", "runtime.txt", "."]


@pytest.mark.parametrize("state", ["", "{", "[]", '{"serve": 1}', "\0"])
def test_a_damaged_note_means_a_new_environment(ran: Commands, state: str) -> None:
    prepare.prepare("serve")
    installed(ran)
    prepare.STATE.write_text(state, "utf-8")
    prepare.prepare("serve")
    assert installed(ran) == [".venv", "runtime.txt", "."]


def test_an_environment_that_lost_its_python_is_made_anew(ran: Commands) -> None:
    prepare.prepare("serve")
    installed(ran)
    prepare.PYTHON.unlink()
    prepare.prepare("serve")
    assert installed(ran) == [".venv", "runtime.txt", "."]


def test_an_environment_that_someone_else_made_is_left_alone(folder: Path, ran: Commands) -> None:
    (folder / ".venv").mkdir()
    (folder / ".venv" / "theirs").touch()
    with pytest.raises(Stop, match="made by something else"):
        prepare.prepare("serve")
    assert installed(ran) == []
    assert (folder / ".venv" / "theirs").exists()


def test_packages_are_installed_only_with_matching_hashes(ran: Commands) -> None:
    prepare.prepare("test")
    (locked,) = [command for command in ran if command[-1].endswith("test.txt")]
    assert "--require-hashes" in locked
    (own,) = [command for command in ran if command[-1] == "."]
    assert {"--no-deps", "--no-build-isolation"} <= set(own)


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("ERROR: [Errno 28] No space left on device", "the disk is full"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "not the one that the lock file names"),
        ("NewConnectionError: …\nERROR: No matching distribution found for x", "cannot be reached"),
        ("ERROR: No matching distribution found for blinker==1.9.0", "cannot be found"),
        ("something else", "installed.\n"),
    ],
)
def test_pips_faults_end_in_a_sentence(
    ran: Commands, printed: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = prepare.run

    def fail(command: list[str]) -> None:
        if "pip" in command:
            raise Failed(printed)
        whole(command)

    monkeypatch.setattr(prepare, "run", fail)
    with pytest.raises(Stop) as stop:
        prepare.prepare("serve")
    assert said in str(stop.value)
    assert str(prepare.LOG) in str(stop.value)


def test_what_a_command_prints_goes_to_the_log_and_its_fault_comes_back(folder: Path) -> None:
    steps.run([sys.executable, "-c", "print('fine')"])
    with pytest.raises(Failed, match=r"^broken\n$"):
        steps.run([sys.executable, "-c", "print('broken'); raise SystemExit(3)"])
    log = (folder / ".var" / "prepare.log").read_text("utf-8")
    assert "fine" in log
    assert "broken" in log


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (Stop("Do this."), 1, "Do this."),
        (PermissionError(13, "Permission denied", "/root/x"), 1, "cannot go on: Permission denied (/root/x)"),
        (OSError(28, "No space left on device"), 1, "No space left on device."),
        (KeyboardInterrupt(), 130, "Run the same command again"),
    ],
)
def test_what_stops_us_is_said_without_a_traceback(
    error: BaseException, status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop, steps.plainly():
        raise error
    assert stop.value.code == status
    assert said in capsys.readouterr().err


def test_two_at_once_wait_for_each_other(folder: Path) -> None:
    with prepare.one_at_a_time():
        code = "import fcntl, sys; fcntl.flock(open(sys.argv[1], 'w'), fcntl.LOCK_EX | fcntl.LOCK_NB)"
        lock = folder / ".var" / "prepare.lock"
        second = subprocess.run(
            [sys.executable, "-c", code, lock], capture_output=True, text=True, check=False
        )
    assert "BlockingIOError" in second.stderr


def test_an_unknown_need_is_answered_with_how_to_use_it() -> None:
    ran = subprocess.run(
        [sys.executable, TOOLS / "prepare.py", "everything"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 2
    assert "serve|test|dev" in ran.stderr


@pytest.mark.parametrize("name", ["prepare", "machine", "serve", "steps"])
def test_an_older_python_can_read_the_tools_and_say_that_it_is_too_old(name: str) -> None:
    source = (TOOLS / f"{name}.py").read_text("utf-8")
    tree = ast.parse(source, feature_version=(3, 7))
    imported = {node.names[0].name for node in ast.walk(tree) if isinstance(node, ast.Import)}
    assert {part.split(".")[0] for part in imported} <= sys.stdlib_module_names


@contextlib.contextmanager
def as_nobody() -> Iterator[None]:
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_an_ordinary_user_can_use_what_root_installed(folder: Path, ran: Commands) -> None:
    prepare.prepare("serve")
    for place in (folder, *folder.parents):
        if place.is_relative_to("/tmp") and place != Path("/tmp"):
            place.chmod(0o755)
    installed(ran)
    with as_nobody():
        prepare.prepare("serve")
    assert installed(ran) == []
    assert json.loads(prepare.STATE.read_text("utf-8"))["serve"]
