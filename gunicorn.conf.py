"""How gunicorn serves PEDRI Assess: a small machine, hostile clients, quiet logs."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

wsgi_app = "wsgi:app"

# Only this machine can reach it; a web server in front adds https. PORT is set by `make serve`.
bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"

# Read the standards and refuse bad settings once, before the first request, instead of in every worker.
preload_app = True

# Two cores: a process for each. Threads keep a slow reader from holding up the others.
workers = 2
worker_class = "gthread"
threads = 4

# A report may take 30 seconds. Longer than a minute means that a worker is stuck: it is replaced.
timeout = 60
graceful_timeout = 35  # long enough to end a report that has begun
keepalive = 5

# A worker shows that it lives by touching a file; on a disk that is busy this can take too long.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - gunicorn makes it safely

# Our longest address is a search; browsers send long headers where many cookies of other services
# on the same host come along.
limit_request_line = 8190
limit_request_fields = 100
limit_request_field_size = 32768

# Its remote control would be one file for all servers of a user; nobody needs it.
control_socket_disable = True

# Say what goes wrong, and nothing about who asks for what.
loglevel = "warning"
accesslog = None
errorlog = "-"


# A worker that has just been forked still has its parent's signal handlers, which only take a note: a
# stop that comes in that moment would be lost, and the server would hang until graceful_timeout. So
# stops wait from just before the fork until the worker has handlers of its own.
STOPS = (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)


def on_starting(_server: Any) -> None:
    """Runs once in the parent, before anything is forked."""
    os.register_at_fork(before=_hold_stops, after_in_parent=_let_stops_through)


def post_worker_init(worker: Any) -> None:
    """Runs in each worker when it can stop in order. What waits is sent and printed now."""
    _let_stops_through()
    from pedri_assess.web.mail import start_sender  # not before: settings are refused in words first
    from pedri_assess.web.printing import start_printer

    start_sender(worker.wsgi)
    start_printer(worker.wsgi)


def worker_exit(_server: Any, worker: Any) -> None:
    """Runs in each worker when it ends: a report that is printed just now is given back to be printed."""
    if getattr(worker, "wsgi", None) is not None:
        from pedri_assess.web.printing import stop_printer

        stop_printer(worker.wsgi)


def _hold_stops() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)


def _let_stops_through() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)


def when_ready(server: Any) -> None:
    """Runs when the port is open and the application is loaded."""
    host, port = server.cfg.address[0]
    print(f"PEDRI Assess is at http://{host}:{port} (Ctrl+C stops it)", flush=True)
    if os.environ.get("PEDRI_ASSESS_DEMONSTRATION") == "yes":
        print(f"Sign in as somebody invented at http://{host}:{port}/demonstration", flush=True)
