"""Fresh processes, turn and turn about, in seconds of the processor, so that whatever else runs does not decide.
Ours is `create_app()` in a process that has imported nothing; the floor is importing every module that is not ours and
that a started application has loaded, by name and in the same order, and nothing of ours. So both sides load the same
libraries. Compiled files are there for both.

The worker is one of gunicorn with the application of an empty installation; what it holds in memory (VmRSS) is read
after it has served pages of every kind that can be seen without signing in. Its floor is the promise: 180 MB.
"""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.measure import ROUNDS, Ratio
from tests.bench.prepared import ROOT, SECRET

TITLE = "Start"
ON_EACH_DATABASE = False
LIMIT = 1.5
MOST_BYTES = 180 * 2**20

OURS = """
import sys, time
sys.path.insert(0, "inspect")
begun = time.process_time()
from inspectorate import create_app
create_app()
print(time.process_time() - begun)
"""
LIBRARIES = """
import json, sys, time
names = json.load(sys.stdin)
begun = time.process_time()
for name in names:
    __import__(name)
print(time.process_time() - begun)
"""
LOADED = """
import json, sys
sys.path.insert(0, "inspect")
before = set(sys.modules)
from inspectorate import create_app
create_app()
loaded = [name for name, module in sys.modules.items() if name not in before and getattr(module, "__spec__", None)]
print(json.dumps([name for name in loaded if name.partition(".")[0] != "inspectorate"]))
"""


def ratios(_bench: None) -> list[Ratio]:
    """Starting against importing, and the memory of a worker."""
    with tempfile.TemporaryDirectory() as folder:
        environment = _environment(Path(folder))
        loaded = _run(LOADED, environment)
        turns = [(_seconds(OURS, environment), _seconds(LIBRARIES, environment, loaded)) for _ in range(ROUNDS + 1)]
        best = [min(turn[side] for turn in turns[1:]) for side in (0, 1)]
        started = Ratio("create_app", best[0], best[1], LIMIT)
        memory = _worker_memory(environment)
    return [started, Ratio("a worker before its first PDF", memory, MOST_BYTES, 1, unit="bytes")]


def _environment(folder: Path) -> dict[str, str]:
    own = {"DATA_DIR": str(folder), "SECRET_KEY": SECRET, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    kept = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PYTHONDONTWRITEBYTECODE")
    }
    return {**kept, **own}


def _run(program: str, environment: dict[str, str], told: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        input=told,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def _seconds(program: str, environment: dict[str, str], told: str = "") -> float:
    return float(_run(program, environment, told))


def _worker_memory(environment: dict[str, str]) -> float:
    """Bytes that a worker holds."""
    flask = [sys.executable, "-m", "flask"]
    subprocess.run([*flask, "db", "upgrade"], cwd=ROOT, env=environment, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serving = {**environment, "HOST": "127.0.0.1", "PORT": str(port), "WEB_CONCURRENCY": "1"}
    quiet = subprocess.DEVNULL
    server = subprocess.Popen([sys.executable, "-m", "gunicorn"], cwd=ROOT, env=serving, stdout=quiet, stderr=quiet)
    try:
        wait_for(server, port)
        for path in ("/", "/sign-in", "/healthz", "/nowhere"):
            for _ in range(20):
                _get(port, path)
        return max(resident(child) for child in children(server.pid))
    finally:
        server.terminate()
        server.wait()


def wait_for(server: "subprocess.Popen[bytes]", port: int) -> None:
    """Until a server answers. Raises RuntimeError when it does not."""
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            _get(port, "/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not come up")


def _get(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    return status


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def resident(pid: int) -> int:
    """Bytes of memory that a process holds."""
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) * 1024
