"""Kills the server in the middle of saves, again and again, and looks whether anything acknowledged is lost.

    python benchmarks/soak.py --kills 200            on SQLite
    python benchmarks/soak.py --kills 50 --url URL   on an empty database of yours, such as PostgreSQL

Eight people save as the pages do, without a pause. The server and all its workers are killed with SIGKILL at
a random moment and started again on the same database. Afterwards every answer must be the last that was
acknowledged or the one that was on its way, whole, and `pedri-assess check` must find nothing.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.place import TOKEN, Writer, context_of, make
from pedri_assess.services.checking import all_faults
from pedri_assess.store import connect
from pedri_assess.store.answers import answer

ROOT = Path(__file__).resolve().parent.parent
WRITERS = 8
PATIENCE = 30  # seconds until a started server must answer


class Server:
    """The real server on one database and one port, to be killed and started again."""

    def __init__(self, url: str, log: Path) -> None:
        with socket.socket() as trial:
            trial.bind(("127.0.0.1", 0))
            self.port = trial.getsockname()[1]
        self._environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith("PEDRI_ASSESS_")},
            "PEDRI_ASSESS_SECRET_KEY": secrets.token_hex(32),
            "DATABASE_URL": url,
            "PORT": str(self.port),
        }
        self._log = log

    def start(self) -> None:
        """Starts it, and waits until it answers."""
        command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py"]
        with self._log.open("a") as output:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self._environ, stdout=output, stderr=output, start_new_session=True
            )
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            if self._process.poll() is not None:
                raise RuntimeError(f"the server does not start:\n{self._log.read_text()[-2000:]}")
            with suppress(OSError), closing(_connection(self.port)) as connection:
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    return
            time.sleep(0.02)
        raise RuntimeError("the server does not answer")

    def kill(self, how: int = signal.SIGKILL) -> None:
        """Ends it and all its workers at once, as a power cut does."""
        os.killpg(self._process.pid, how)
        self._process.wait()


@dataclass
class Client(threading.Thread):
    """One person who saves again and again. `acknowledged` is the last text that the server said it has."""

    writer: Writer
    port: int
    acknowledged: str = ""
    sent: str = ""
    saves: int = 0
    wrongs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self.going = threading.Event()
        self.going.set()
        self._number, self._token = 0, ""
        self._connection: http.client.HTTPConnection | None = None

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        """Saves until told to stop; what was not acknowledged is sent again, as a page does."""
        while self.going.is_set():
            if self.sent == self.acknowledged:
                self.sent = f"{self.writer.criterion} {self.saves} {secrets.token_hex(200)} end"
            try:
                self._save()
            except (OSError, http.client.HTTPException, json.JSONDecodeError):
                self._close()
                time.sleep(0.02)
        self._close()

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _save(self) -> None:
        if not self._token:
            page = self._ask("GET", self.writer.address)
            found = TOKEN.search(page.decode())
            self._token = found.group(1) if found else ""
        fields = {"evidence": self.sent, "changes": self._number, "base": "", "csrf_token": self._token}
        reply = json.loads(self._ask("POST", f"{self.writer.address}/save", urlencode(fields)))
        self._number = reply["changes"]
        self.acknowledged = self.sent
        self.saves += 1

    def _ask(self, method: str, path: str, body: str | None = None) -> bytes:
        if self._connection is None:
            self._connection = _connection(self.port)
        headers = {"Cookie": f"session={self.writer.session}", "X-Autosave": "1"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        content = response.read()
        if response.status != 200:
            if response.status != 503:
                self.wrongs.append(f"{self.writer.criterion}: {response.status} {content[:200]!r}")
            raise http.client.HTTPException(str(response.status))
        return content


def _connection(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port, timeout=10)


@dataclass(frozen=True)
class Found:
    """What a soak found: how many saves were acknowledged, and everything that is wrong."""

    saves: int
    wrongs: list[str]


def soak(url: str, folder: Path, kills: int, wait: tuple[float, float] = (0.1, 0.8)) -> Found:
    """Kills the server `kills` times, at a random moment of `wait` seconds after it answered."""
    writers = make(url, WRITERS)
    server = Server(url, folder / "server.log")
    server.start()
    clients = [Client(writer, server.port) for writer in writers]
    for client in clients:
        client.start()
    for number in range(kills):
        time.sleep(random.uniform(*wait))
        server.kill()
        server.start()
        print(f"\r{number + 1} of {kills} kills, {sum(c.saves for c in clients):,} saves", end="", flush=True)
    for client in clients:
        client.going.clear()
    for client in clients:
        client.join(30)
    server.kill(signal.SIGTERM)
    print()
    return Found(sum(client.saves for client in clients), [*_wrongs(url, clients)])


def _wrongs(url: str, clients: list[Client]) -> list[str]:
    wrongs = [wrong for client in clients for wrong in client.wrongs]
    with closing(connect(url)) as database:
        for client in clients:
            with database.read() as c:
                text = answer(c, client.writer.assessment, client.writer.criterion).said.answer.evidence
            if text not in (client.acknowledged, client.sent):
                wrongs.append(
                    f"{client.writer.criterion}: {text[:80]!r} is neither acknowledged nor on its way"
                )
        wrongs += all_faults(context_of(database))
    return wrongs


def main() -> int:
    """Runs a soak and says what it found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--url", help="address of an empty database; a new SQLite file where left out")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = arguments.url or f"sqlite://{folder}/assess.db"
        began = time.monotonic()
        found = soak(url, Path(folder), arguments.kills)
    took = time.monotonic() - began
    saves = f"{found.saves:,} acknowledged saves in {took:.0f} s"
    print(f"{arguments.kills} kills, {saves}: {len(found.wrongs)} wrong")
    for wrong in found.wrongs:
        print(wrong)
    return 1 if found.wrongs else 0


if __name__ == "__main__":
    sys.exit(main())
