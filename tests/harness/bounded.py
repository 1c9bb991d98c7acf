"""A command of the application in a process of its own, with so much memory and time and no more."""

import os
import pickle
import resource
import signal
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

MEMORY = 800_000_000
"""Octets that the process may take beyond what it has when it begins."""

SECONDS = 30


@dataclass(frozen=True)
class Done:
    """How a command ended; ``trouble`` is the traceback of what nobody expected."""

    code: int
    out: str
    err: str
    trouble: str
    seconds: float


def run(app: Flask, arguments: Sequence[str], aside: Path) -> Done:
    """Runs ``flask …``; ``aside`` is a folder for what it says. Raises AssertionError when it must be ended."""
    told = aside / "told"
    told.unlink(missing_ok=True)
    begun = time.monotonic()
    child = os.fork()
    if child == 0:
        _in_the_child(app, arguments, told)
    _wait(child, begun)
    assert told.exists(), f"{arguments} died: out of memory"
    code, out, err, trouble = pickle.loads(told.read_bytes())
    return Done(code, out, err, trouble, time.monotonic() - begun)


def _wait(child: int, begun: float) -> None:
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        if time.monotonic() - begun > 3 * SECONDS:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            raise AssertionError(f"no answer within {3 * SECONDS} s")
        time.sleep(0.005)


def _in_the_child(app: Flask, arguments: Sequence[str], told: Path) -> None:
    """Never returns."""
    try:
        from inspectorate.extensions import db

        with app.app_context():
            db.engine.dispose(close=False)
        now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + MEMORY, now + MEMORY))
        used = int(time.process_time())
        resource.setrlimit(resource.RLIMIT_CPU, (used + SECONDS, used + SECONDS))
        answer: Any = _answer(app, arguments)
    except BaseException:
        answer = (-1, "", "", traceback.format_exc())
    told.write_bytes(pickle.dumps(answer))
    os._exit(0)


def _answer(app: Flask, arguments: Sequence[str]) -> tuple[int, str, str, str]:
    result = app.test_cli_runner().invoke(args=list(arguments))
    unexpected = result.exception is not None and not isinstance(result.exception, SystemExit)
    trouble = "".join(traceback.format_exception(*result.exc_info)) if unexpected and result.exc_info else ""
    return result.exit_code, result.stdout, result.stderr, trouble
