"""How gunicorn serves the application; read by itself from the project's root."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "inspect"))

host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"

wsgi_app = "wsgi:app"
bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
# Sync workers, as many as cores: measured quicker on these pages than threads.
workers = int(os.environ.get("WEB_CONCURRENCY") or len(os.sched_getaffinity(0)))
worker_class = "sync"
# A PDF of a thick file takes seconds; half a minute of silence would kill the worker in the middle of one.
timeout = 120
graceful_timeout = 30
# Fonts and parsed style sheets pile up: workers are renewed now and then, not all at once.
max_requests = 5000
max_requests_jitter = 500
# A heartbeat on a slow disk can outlast the timeout.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
accesslog = os.environ.get("ACCESS_LOG") or None
loglevel = os.environ.get("LOG_LEVEL") or "warning"
# Nobody steers this server through a socket, and two checkouts on one machine would fight for it.
control_socket_disable = True


def on_starting(server: object) -> None:
    """Tell in one line why it cannot serve, before any worker tries."""
    from inspectorate.config import Misconfigured
    from inspectorate.trouble import before_serving

    try:
        before_serving(host, port)
    except Misconfigured as error:
        sys.exit(f"Error: {error}")


def when_ready(server: object) -> None:
    """Tell whoever started it where to look."""
    print(f"\n  http://{bind}    (Ctrl-C ends it)\n", flush=True)
