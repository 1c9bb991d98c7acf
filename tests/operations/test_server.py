"""The server as it is shipped: several processes, one set of figures, lines of JSON, nothing left behind."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from tests.databases import migrate
from tests.house.source import ROOT

MEMORY = Path("/dev/shm")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


class Server:
    """gunicorn on a fresh database, with two processes."""

    def __init__(self, folder: Path) -> None:
        self.port, self.log = free_port(), folder / "log"
        migrate(f"sqlite:///{folder / 'inspectorate.db'}", folder)
        given = {"DATA_DIR": str(folder), "PORT": str(self.port), "WEB_CONCURRENCY": "2", "LOG_FORMAT": "json"}
        variables = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SECRET_KEY"}}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [Path(sys.executable).parent / "gunicorn"],
                cwd=ROOT,
                env=variables | given,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )
        self.wait(lambda: self.get("/healthz") == "alive\n")

    def wait(self, done: Any, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                if done():
                    return
            except OSError:
                pass
            time.sleep(0.05)
        pytest.fail(f"not within {seconds} seconds: {self.log.read_text()[-2000:]}")

    def get(self, path: str) -> str:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            return connection.getresponse().read().decode()
        finally:
            connection.close()

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def figures(self) -> list[Path]:
        """The files in which its processes keep their figures."""
        place = MEMORY if os.access(MEMORY, os.W_OK) else Path(tempfile.gettempdir())
        return list(place.glob(f"inspectorate-metrics-{self.process.pid}-*/*"))

    def asked(self) -> float:
        found = re.search(r'requests_total{method="GET",route="/sign-in",status="200"} (\S+)', self.get("/metrics"))
        return float(found[1]) if found else 0.0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server")
    server = Server(folder)
    yield server
    server.process.terminate()
    assert server.process.wait(40) == 0
    assert not server.figures()


def test_all_processes_have_one_set_of_figures_which_goes_on_when_one_is_renewed(server: Server) -> None:
    def pids() -> set[int]:
        return {line["pid"] for line in server.lines() if line.get("route") == "/sign-in"}

    def both_have_answered() -> bool:
        server.get("/sign-in")
        return len(pids()) == 2

    def figures_agree_with_the_log() -> bool:
        return server.asked() == sum(line.get("route") == "/sign-in" for line in server.lines())

    server.wait(both_have_answered)
    server.wait(figures_agree_with_the_log)
    (victim, _) = sorted(pids())
    os.kill(victim, signal.SIGKILL)

    def somebody_new_has_answered() -> bool:
        server.get("/sign-in")
        return len(pids()) == 3

    server.wait(somebody_new_has_answered)
    server.wait(figures_agree_with_the_log)
    assert {path.name for path in server.figures()} >= {"counter_0.db", "counter_1.db"}
    assert not [path for path in server.figures() if not re.search(r"_[012]\.db$", path.name)]


def test_every_line_is_json_also_those_of_the_server_itself(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as raw:
        raw.sendall("GET /cases?q=欧阳 HTTP/1.1\r\n\r\n".encode())
        raw.recv(4096)
    server.wait(lambda: any(line["logger"] == "gunicorn.error" for line in server.lines()))
    assert all({"time", "level", "logger", "message", "pid"} <= set(line) for line in server.lines())
    assert "欧阳" not in server.log.read_text() and "æ¬§" not in server.log.read_text()


def test_ready_and_answering_by_reference(server: Server) -> None:
    assert server.get("/readyz") == "ready\n"
    page = server.get("/nowhere")
    (reference,) = set(re.findall(r"\b[0-9a-f]{16}\b", page.split("<main")[1]))
    server.wait(lambda: any(line.get("request") == reference and line["status"] == 404 for line in server.lines()))
