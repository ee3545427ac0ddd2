"""A real PostgreSQL server for the tests: started when first needed, gone at the end."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg


class Server:
    """A server in a folder of its own, on this machine only."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "data"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def url(self, database: str = "postgres") -> str:
        """The address of one of its databases."""
        return f"postgresql://tests@127.0.0.1:{self.port}/{database}"

    def make(self) -> None:
        """Makes its files. Nothing in tests needs to outlive a power cut, so nothing waits for the disk."""
        self._run(
            "initdb", "--username=tests", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"
        )
        settings = f"listen_addresses='127.0.0.1'\nport={self.port}\nunix_socket_directories=''\nfsync=off\n"
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(settings + "max_connections=200\nshared_buffers=32MB\n")

    def start(self) -> None:
        """Starts it, and waits until it answers."""
        self._run("pg_ctl", "--wait", "--timeout=60", f"--log={self.folder}/log", "start")

    def stop(self, how: str = "fast") -> None:
        """Stops it: fast, or immediate, which is a crash."""
        self._run("pg_ctl", "--wait", f"--mode={how}", "stop")

    def run(self, sql: str) -> None:
        """Runs a statement outside of any transaction."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(sql)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(_program(program)), f"--pgdata={self.data}", *arguments]
        if os.geteuid() == 0:  # it refuses to run as root
            command = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", *command]
        ran = subprocess.run(
            command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"},
        )  # fmt: skip
        assert ran.returncode == 0, f"{program}: {ran.stderr}"


def _program(name: str) -> Path:
    """One of PostgreSQL's programs; Debian does not put them on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    path = shutil.which(name) or (found[-1] if found else None)
    assert path, f"PostgreSQL is not installed: there is no {name}"
    return Path(path)


@contextmanager
def postgresql() -> Iterator[Server]:
    """A server that runs, and is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="pedri-assess-postgresql-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody", "nogroup")
    server = Server(folder)
    try:
        server.make()
        server.start()
        yield server
    finally:
        _stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def _stop(server: Server) -> None:
    if (server.data / "postmaster.pid").exists():
        server.stop("immediate")
    ends = time.monotonic() + 10
    while (server.data / "postmaster.pid").exists() and time.monotonic() < ends:
        time.sleep(0.05)
