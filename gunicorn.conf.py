"""How gunicorn serves the application; read by itself from the project's root."""

import logging
import os
import shutil
import sys
from typing import Any

from gunicorn.glogging import Logger
from gunicorn.workers.sync import SyncWorker

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "inspect"))

from inspectorate.config import Misconfigured, settings
from inspectorate.operations import logs, metrics
from inspectorate.operations.trouble import before_serving


def _tell(error: Misconfigured) -> None:
    """End with what is wrong, a line each."""
    sys.exit("\n".join(f"Error: {line}" for line in str(error).splitlines()))


try:
    chosen = settings()
except Misconfigured as error:
    _tell(error)

host, port = chosen["HOST"], chosen["PORT"]
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None

wsgi_app = "wsgi:app"
bind = host if host.startswith("unix:") else f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
workers = chosen["WEB_CONCURRENCY"]


class worker_class(SyncWorker):
    """Sync workers, as many as cores: measured quicker on these pages than threads."""

    SILENCE = 30

    def handle(self, listener: Any, client: Any, addr: Any) -> None:
        """A client that sends nothing for so many seconds gives its place to the next one."""
        client.settimeout(self.SILENCE)
        super().handle(listener, client, addr)


# One line of a request, its address above all, and its headers: what is longer is refused before it is read on.
limit_request_line = 8190
limit_request_fields = 60
limit_request_field_size = 8190
# A PDF of a thick file takes seconds; half a minute of silence would kill the worker in the middle of one.
timeout = 120
graceful_timeout = 30
# Fonts and parsed style sheets pile up: workers are renewed now and then, not all at once.
max_requests = 5000
max_requests_jitter = 500
# A heartbeat on a slow disk can outlast the timeout.
worker_tmp_dir = MEMORY
# Whatever is made belongs to this user and its group (the proxy reaches the socket by it), never to everybody.
umask = 0o007
# TRUSTED_PROXIES alone says whose headers are believed.
forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}
# Nobody steers this server through a socket, and two checkouts on one machine would fight for it.
control_socket_disable = True


class logger_class(Logger):
    """The server's own lines go the way of the application's, which writes one for each request itself."""

    def setup(self, cfg: Any) -> None:
        """Set up the logs of this process; workers inherit them."""
        super().setup(cfg)
        logs.configure(chosen["LOG_LEVEL"], chosen["LOG_FORMAT"])
        self.error_log.handlers.clear()
        self.error_log.propagate = True
        self.error_log.setLevel(max(logging.getLogger().level, logging.WARNING))


def on_starting(server: Any) -> None:
    """Tell in one line why it cannot or must not serve, before any worker tries."""
    try:
        for line in before_serving(chosen):
            logging.getLogger("inspectorate").warning(line)
    except Misconfigured as error:
        _tell(error)
    server.figures = metrics.fresh_folder(MEMORY)


def when_ready(server: Any) -> None:
    """Tell whoever started it where to look."""
    where = bind if host.startswith("unix:") else f"http://{bind}"
    print(f"\n  {where}    (Ctrl-C ends it)\n", flush=True)


def pre_fork(server: Any, worker: Any) -> None:
    """Give the new process the lowest free place, whose figures it goes on with."""
    taken = {one.place for one in server.WORKERS.values()}
    worker.place = min(set(range(len(taken) + 1)) - taken)


def post_fork(server: Any, worker: Any) -> None:
    """Tell the new process where its figures go."""
    metrics.serve_in(server.figures, worker.place)


def child_exit(server: Any, worker: Any) -> None:
    """Forget the connections of a process that has ended."""
    metrics.leave(server.figures, worker.place)


def on_exit(server: Any) -> None:
    """Leave nothing behind."""
    shutil.rmtree(getattr(server, "figures", ""), ignore_errors=True)
