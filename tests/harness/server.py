"""The real server, started as script/run starts it, on a loopback port; and a browser for it that has no screen."""

import http.client
import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from http.cookies import SimpleCookie
from io import BytesIO
from multiprocessing import forkserver
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from gunicorn.app.wsgiapp import WSGIApplication
from lxml import html
from werkzeug.datastructures import FileStorage
from werkzeug.test import stream_encode_multipart

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
PATIENCE = 60
"""Seconds after which a server that does not answer has failed."""


PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.harness.server", "inspectorate.app", "inspectorate.areas"])


def fork_from_here() -> None:
    """Start the process from which servers are forked; up to Python 3.12 it learns the paths only in this way."""
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)
    try:
        forkserver.ensure_running()
    finally:
        os.environ.pop("PYTHONPATH") if before is None else os.environ.update(PYTHONPATH=before)


NO_FILES: Mapping[str, tuple[str, bytes]] = {}


class NoAnswer(Exception):
    """The server was gone before it had answered: whatever was sent may or may not have been done."""


def serve(environment: dict[str, str], log: Path) -> None:
    """What ``exec .venv/bin/gunicorn`` does in script/run, in a process that has imported the application already.

    A hundred starts then take a hundred times a tenth of a second, not two.
    """
    os.setsid()
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environment)
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(descriptor, stream.fileno())
    sys.argv = ["gunicorn"]
    WSGIApplication("%(prog)s").run()


class Server:
    """gunicorn with several worker processes on a database and a folder of its own."""

    def __init__(self, url: str, folder: Path, workers: int = 2) -> None:
        self.port, self.log = free_port(), folder / "server.log"
        self.process: BaseProcess | None = None
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.environment = kept | {
            "HOST": HOST,
            "PORT": str(self.port),
            "DATABASE_URL": url,
            "DATA_DIR": str(folder),
            "WEB_CONCURRENCY": str(workers),
        }

    def start(self) -> None:
        """Return once it answers. Raises RuntimeError with its own words when it does not."""
        fork_from_here()
        self.process = PROCESSES.Process(target=serve, args=(self.environment, self.log))
        self.process.start()
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                Browser(self.port).get("/sign-in")
            except NoAnswer as error:
                if not self.process.is_alive() or time.monotonic() > deadline:
                    self.kill()
                    raise RuntimeError(f"the server did not start:\n{self.log.read_text()[-4000:]}") from error
                time.sleep(0.02)
            else:
                return

    def kill(self) -> None:
        """``kill -9`` of the whole group: nothing is finished, nothing is cleaned up."""
        if self.process is not None and self.process.pid is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.join()
            self.process = None

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as trial:
        trial.bind((HOST, 0))
        port: int = trial.getsockname()[1]
        return port


class Answer(NamedTuple):
    """What the server answered."""

    status: int
    location: str
    content: bytes

    @property
    def problems(self) -> list[str]:
        """What the page says against what was sent."""
        return [one.text_content().strip() for one in html.fromstring(self.content.decode()).find_class("wrong")]

    @property
    def fields(self) -> dict[str, str]:
        """What a browser would send of the page's largest form, were it sent untouched."""
        forms = html.fromstring(self.content.decode()).forms
        pairs = max((form.form_values() for form in forms), key=len)
        return {name: value for name, value in pairs if "__row__" not in name}


class Browser:
    """Keeps cookies, follows no redirect, sends forms with the token of its session."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies, self.token = port, SimpleCookie(), ""

    def sign_in(self, name: str, password: str) -> "Browser":
        """Through the page, as everybody does."""
        sent = {**self.get("/sign-in").fields, "name": name, "password": password}
        answer = self.post("/sign-in", sent)
        assert answer.status == 302, answer.content.decode()
        self.token = self.get("/").fields["csrf_token"]
        return self

    def get(self, path: str) -> Answer:
        """Raises NoAnswer."""
        return self._ask("GET", path, b"", {})

    def post(self, path: str, fields: Mapping[str, Any], files: Mapping[str, tuple[str, bytes]] = NO_FILES) -> Answer:
        """Send a form. Raises NoAnswer."""
        sent = {"csrf_token": self.token, **fields}
        if not files:
            kind = "application/x-www-form-urlencoded"
            return self._ask("POST", path, urlencode(sent, True).encode(), {"Content-Type": kind})
        parts = sent | {name: FileStorage(BytesIO(content), filename) for name, (filename, content) in files.items()}
        stream, _length, boundary = stream_encode_multipart(parts)
        return self._ask("POST", path, stream.read(), {"Content-Type": f"multipart/form-data; boundary={boundary}"})

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        cookies = "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())
        connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, headers | {"Cookie": cookies})
            response = connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswer(f"{method} {path}") from error
        finally:
            connection.close()
        for cookie in response.headers.get_all("Set-Cookie") or ():
            self.cookies.load(cookie)
        return Answer(response.status, response.headers.get("Location", ""), content)
