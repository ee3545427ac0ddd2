"""How gunicorn serves PEDRI Assess: a small machine, hostile clients, quiet logs."""

from __future__ import annotations

import os
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


def when_ready(server: Any) -> None:
    """Runs when the port is open and the application is loaded."""
    host, port = server.cfg.address[0]
    print(f"PEDRI Assess is at http://{host}:{port} (Ctrl+C stops it)", flush=True)
