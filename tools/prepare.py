"""Installs what serving, testing or building needs: python3 tools/prepare.py serve|test|dev

Needs nothing but Python. What is there already is left alone; what was half done is done again.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import re
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from machine import check_packages, find_new_python
from steps import LOG, ROOT, SCRATCH, Failed, Stop, plainly, run, say, step

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STATE = VENV / "prepared.json"

# Each need includes the ones before it, and so do the lock files
LOCKS = {"serve": "runtime", "test": "test", "dev": "dev"}

# What pip prints, and what it means; without a network it also prints later ones, so the order counts
FAULTS = (
    ("No space left on device", "the disk is full"),
    ("DO NOT MATCH THE HASHES", "a package is not the one that the lock file names; it was not installed"),
    (
        r"NewConnectionError|Temporary failure in name|Connection (refused|reset)|timed out|Max retries",
        "the package index cannot be reached (is this machine connected?)",
    ),
    ("No matching distribution found", "a package that the lock file names cannot be found"),
    ("Permission denied", "something may not be written here"),
)


def lock_file(need: str) -> Path:
    """The lock file of a need."""
    return ROOT / "requirements" / f"{LOCKS[need]}.txt"


def digest(need: str) -> str:
    """Changes when what would be installed changes: the lock, the project's own metadata."""
    content = hashlib.sha256()
    for path in (lock_file(need), ROOT / "setup.cfg", ROOT / "pyproject.toml"):
        content.update(hashlib.sha256(path.read_bytes()).digest())
    return content.hexdigest()


def base() -> str:
    """Changes when an environment must be made anew: another Python, or a folder that was moved."""
    return f"{sys.version} in {VENV}"


def read_state() -> dict[str, str] | None:
    """What the environment holds: a digest by need and the base; None where it is not of our making."""
    try:
        state = json.loads(STATE.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in state.items()} if isinstance(state, dict) else {}


def write_state(state: dict[str, str]) -> None:
    """Replaces the state as a whole, so that a crash leaves the old one."""
    draft = STATE.with_suffix(".new")
    draft.write_text(json.dumps(state), "utf-8")
    draft.replace(STATE)


def is_ready(need: str) -> bool:
    """Whether all that `need` asks for is installed."""
    state = read_state() or {}
    return state.get("base") == base() and state.get(need) == digest(need) and PYTHON.exists()


def prepare(need: str) -> None:
    """Makes the machine and the environment ready for `need`. Raises Stop."""
    started = time.monotonic()
    find_new_python()
    check_packages(tests=need != "serve")
    if not is_ready(need):
        with one_at_a_time():
            if not is_ready(need):
                install(need)
    say(f"Ready after {time.monotonic() - started:.1f} s.")


def install(need: str) -> None:
    """Makes the environment, or brings it up to date, and notes in it what it holds."""
    LOG.unlink(missing_ok=True)
    say(f"Installing into {VENV}, for: {need}")
    state = make_environment()
    # Until it is done the environment counts as broken: a crash from here on means a new one next time
    write_state({})
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--no-deps"]
    try:
        with step("Python packages (may take a minute)"):
            run([*pip, "--require-hashes", "--requirement", str(lock_file(need))])
        with step("PEDRI Assess itself"):
            run([*pip, "--no-build-isolation", "--editable", "."])
    except Failed as failed:
        raise Stop(what_failed("The Python packages could not be installed", failed)) from None
    needs = list(LOCKS)
    held = {name: digest(name) for name in needs[: needs.index(need) + 1]}
    write_state({**state, **held, "base": base()})


def make_environment() -> dict[str, str]:
    """Makes .venv, unless a whole one of this Python is there; gives what it holds. Raises Stop."""
    state = read_state()
    if state is None and VENV.exists():
        raise Stop(f"{VENV} was made by something else. Move it away or delete it, and run this again.")
    if state and state.get("base") == base() and PYTHON.exists():
        return state
    with step("Python environment"):
        shutil.rmtree(VENV, ignore_errors=True)
        VENV.mkdir()
        write_state({})
        try:
            run([sys.executable, "-m", "venv", str(VENV)])
        except Failed as failed:
            raise Stop(what_failed(f"{sys.executable} cannot make an environment", failed)) from None
    return {}


def what_failed(what: str, failed: Failed) -> str:
    """Why something could not be installed, as far as its output shows, in words for a person."""
    why = next((f": {words}" for pattern, words in FAULTS if re.search(pattern, str(failed))), "")
    return f"{what}{why}.\nThe details are at the end of {LOG}"


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Waits while another make in this folder installs."""
    SCRATCH.mkdir(mode=0o700, exist_ok=True)
    with (SCRATCH / "prepare.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another installation in this folder to end.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main(arguments: list[str]) -> int:
    """Prepares for one need. 0 when ready."""
    if len(arguments) != 1 or arguments[0] not in LOCKS:
        print(__doc__, file=sys.stderr)
        return 2
    with plainly():
        prepare(arguments[0])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
