"""Installs what is needed, then becomes the web server: python3 tools/serve.py

PORT is the port to listen at (8000). STANDARDS is a folder with frameworks of your own.
"""

from __future__ import annotations

import errno
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from prepare import PYTHON, prepare
from steps import ROOT, SCRATCH, Stop, plainly

HOST = "127.0.0.1"
KEY_FILE = SCRATCH / "secret-key"
OWN_DATABASE = SCRATCH / "assess.db"
LAST_PORT = 65535


def port_from(said: str) -> int:
    """The port that was asked for. Raises Stop."""
    if said.isascii() and said.isdigit() and len(said) <= len(str(LAST_PORT)) and 1 <= int(said) <= LAST_PORT:
        return int(said)
    raise Stop(f'PORT is "{said}". Give a number from 1 to {LAST_PORT}, as in: make serve PORT=8001')


def check_port(port: int) -> None:
    """Raises Stop, with a port that would do, where `port` cannot be listened at."""
    fault = port_fault(port)
    if fault is None:
        return
    free = next((other for other in range(max(port + 1, 8000), LAST_PORT) if port_fault(other) is None), None)
    why = {
        errno.EADDRINUSE: "is in use by another program",
        errno.EACCES: "is only for programs that root starts",
    }.get(fault, f"cannot be used ({os.strerror(fault)})")
    raise Stop(f"Port {port} {why}. Try: make serve PORT={free}")


def port_fault(port: int) -> int | None:
    """The error number of listening at a port, or None."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does
        try:
            trial.bind((HOST, port))
            trial.listen()
        except OSError as error:
            return error.errno
    return None


def secret_key_file() -> Path:
    """The file with this checkout's own random key, made at the first time. Raises Stop."""
    SCRATCH.mkdir(mode=0o700, exist_ok=True)
    if not KEY_FILE.exists() or not KEY_FILE.stat().st_size:
        draft = KEY_FILE.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32) + "\n")
        draft.replace(KEY_FILE)
    if not os.access(KEY_FILE, os.R_OK):
        raise Stop(f"{KEY_FILE} belongs to someone else. Delete it, and a new one is made.")
    return KEY_FILE


def with_secret_key(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment with a secret key, which is this checkout's own where none is set. Raises Stop."""
    result = dict(environ)
    if not result.get("PEDRI_ASSESS_SECRET_KEY") and not result.get("PEDRI_ASSESS_SECRET_KEY_FILE"):
        result["PEDRI_ASSESS_SECRET_KEY_FILE"] = str(secret_key_file())
    return result


def with_database(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment with a database: where none is set, our own, with invented people."""
    if environ.get("DATABASE_URL"):
        return dict(environ)
    demonstration = environ.get("PEDRI_ASSESS_DEMONSTRATION") or "yes"
    own = {"DATABASE_URL": f"sqlite://{OWN_DATABASE}", "PEDRI_ASSESS_DEMONSTRATION": demonstration}
    return {**environ, **own}


def make_database(environ: Mapping[str, str]) -> None:
    """Makes or updates the tables, and fills our own database with invented people. Raises Stop."""
    ours = environ["DATABASE_URL"] == f"sqlite://{OWN_DATABASE}"
    for name in ("migrate", "demonstrate") if ours else ("migrate",):
        command = [str(PYTHON), "-m", "pedri_assess.cli", name]
        done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Stop(done.stderr.strip())


def own_standards(said: str) -> dict[str, str]:
    """The setting for a folder of frameworks, or none where nothing was said. Raises Stop."""
    if not said:
        return {}
    try:
        folder = Path(said).expanduser().resolve(strict=True)
        next(folder.iterdir(), None)
    except (OSError, RuntimeError):
        raise Stop(f"STANDARDS is {said}, which is not a folder that can be read.") from None
    return {"PEDRI_ASSESS_STANDARDS": str(folder)}


def main() -> None:
    """Never returns: either it stops with a reason, or this process becomes the server."""
    with plainly():
        # First what may be wrong with the request itself, before anyone waits for an installation
        port = port_from(os.environ.get("PORT") or "8000")
        check_port(port)
        os.chdir(ROOT)
        standards = own_standards(os.environ.get("STANDARDS", ""))
        prepare("serve")
        environ = {**with_database(with_secret_key(os.environ)), **standards, "PORT": str(port)}
        make_database(environ)
        command = [str(PYTHON), "-m", "gunicorn", "--config", "gunicorn.conf.py"]
        sys.stdout.flush()
        os.execve(command[0], command, environ)  # noqa: S606 - the server is to be this very process


if __name__ == "__main__":
    main()
