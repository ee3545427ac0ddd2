"""Makes the lock files in requirements/ from setup.cfg: python tools/lock.py [--upgrade]

uv resolves for every platform from Python 3.11 up and writes each package's hashes. Without --upgrade a
version stays as it is for as long as setup.cfg allows it.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "requirements"

# The extras of each lock file; each includes the one before it, at the same versions
ALWAYS = ("postgres", "single-sign-on")
LOCKS = {"runtime": ALWAYS, "test": (*ALWAYS, "test"), "dev": (*ALWAYS, "test", "dev")}

# No settings of the machine and no addresses: a lock file is the same wherever it is made
COMPILE = (
    *("-m", "uv", "pip", "compile", "--no-config", "--quiet"),
    *("--universal", "--python-version", "3.11", "--generate-hashes"),
    *("--custom-compile-command", "make lock"),
    *("setup.cfg", "requirements/build.in"),
)


def compile_lock(name: str, arguments: list[str]) -> None:
    """Makes one lock file. Raises CalledProcessError."""
    command = [sys.executable, *COMPILE, *arguments, "--output-file", f"requirements/{name}.txt"]
    for extra in LOCKS[name]:
        command += ["--extra", extra]
    names = list(LOCKS)
    for earlier in names[: names.index(name)]:
        command += ["--constraint", f"requirements/{earlier}.txt"]
    subprocess.run(command, cwd=ROOT, check=True)
    pinned = len(re.findall(r"^[^ #]+==", (FOLDER / f"{name}.txt").read_text("utf-8"), re.MULTILINE))
    print(f"requirements/{name}.txt: {pinned} packages")


def main(arguments: list[str]) -> int:
    """Makes all lock files, in order; 1 where uv cannot (it has said why)."""
    try:
        for name in LOCKS:
            compile_lock(name, arguments)
    except subprocess.CalledProcessError as error:
        return int(error.returncode)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
