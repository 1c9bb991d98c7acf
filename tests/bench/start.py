"""Fresh processes, turn and turn about. Ours is `create_app()` in a process that has imported nothing; the floor is
importing the libraries that it imports while starting (those named in requirements.txt, found by looking at what a
started application has loaded) and nothing of ours. Compiled files are there for both.

The worker is one of gunicorn with the application of an empty installation; what it holds in memory (VmRSS) is read
after it has served pages of every kind that can be seen without signing in. Its floor is the promise: 180 MB.
"""

import http.client
import json
import os
import re
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
begun = time.perf_counter()
from inspectorate import create_app
create_app()
print(time.perf_counter() - begun)
"""
LIBRARIES = """
import sys, time
begun = time.perf_counter()
for name in {names}:
    __import__(name)
print(time.perf_counter() - begun)
"""
LOADED = """
import json, sys
sys.path.insert(0, "inspect")
before = set(sys.modules)
from inspectorate import create_app
create_app()
print(json.dumps(sorted({name.partition(".")[0] for name in set(sys.modules) - before} - {"inspectorate"})))
"""


def ratios(_bench: None) -> list[Ratio]:
    """Starting against importing, and the memory of a worker."""
    with tempfile.TemporaryDirectory() as folder:
        environment = _environment(Path(folder))
        names = _libraries(environment)
        ours, floor = OURS, LIBRARIES.format(names=names)
        _seconds(ours, environment), _seconds(floor, environment)
        turns = [(_seconds(ours, environment), _seconds(floor, environment)) for _ in range(ROUNDS)]
        best = [min(turn[side] for turn in turns) for side in (0, 1)]
        started = Ratio("create_app", best[0], best[1], LIMIT)
        memory = _worker_memory(environment)
    return [started, Ratio("a worker before its first PDF", memory, MOST_BYTES, 1, unit="bytes")]


def _environment(folder: Path) -> dict[str, str]:
    own = {"DATA_DIR": str(folder), "SECRET_KEY": SECRET, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    kept = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PYTHONDONTWRITEBYTECODE")
    }
    return {**kept, **own}


def _run(program: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def _seconds(program: str, environment: dict[str, str]) -> float:
    return float(_run(program, environment))


def _libraries(environment: dict[str, str]) -> list[str]:
    """The distributions of requirements.txt that starting loads, as they are imported."""
    from importlib.metadata import packages_distributions

    lines = (ROOT / "requirements.txt").read_text().splitlines()
    pinned = {_plain(re.split(r"[=\\[<>;\\s]", line)[0]) for line in lines if line and line[0].isalpha()}
    known = packages_distributions()
    loaded = json.loads(_run(LOADED, environment))
    return [name for name in loaded if any(_plain(one) in pinned for one in known.get(name, ()))]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _worker_memory(environment: dict[str, str]) -> float:
    """Bytes that a worker holds."""
    flask = [sys.executable, "-m", "flask"]
    subprocess.run([*flask, "db", "upgrade"], cwd=ROOT, env=environment, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serving = {**environment, "HOST": "127.0.0.1", "PORT": str(port), "WEB_CONCURRENCY": "1"}
    server = subprocess.Popen([sys.executable, "-m", "gunicorn"], cwd=ROOT, env=serving, stdout=subprocess.DEVNULL)
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
