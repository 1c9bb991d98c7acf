"""The real server and what is no HTTP: half a request, too much of one, two at once. It answers, and no worker dies."""

import random
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from flask import Flask

from inspectorate import limits
from tests.harness.hostile_requests import BODIES, HEADERS, mutilated
from tests.harness.scale import FULL, count
from tests.harness.server import HOST, Browser, Server

QUICK = 5.0
"""Seconds within which the next request is answered."""

pytestmark = pytest.mark.one_database

GET = b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
REST = b"Connection: close\r\n\r\n"

BROKEN: dict[str, bytes] = {
    "nothing": b"",
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\xff" * 200,
    "half a line": b"GET /sig",
    "no end of the headers": GET,
    "line feeds only": b"GET /sign-in HTTP/1.1\nHost: localhost\n\n",
    "an old version": b"GET /sign-in HTTP/0.9\r\n\r\n",
    "a version of the future": b"GET /sign-in HTTP/9.9\r\nHost: x\r\n\r\n",
    "an unknown method": b"FOO /sign-in HTTP/1.1\r\nHost: localhost\r\n" + REST,
    "a method of 2,000 letters": b"A" * 2_000 + b" / HTTP/1.1\r\nHost: localhost\r\n" + REST,
    "a line of 100,000": b"GET /?" + b"x" * 100_000 + b" HTTP/1.1\r\nHost: localhost\r\n" + REST,
    "a header of 100,000": GET + b"X: " + b"y" * 100_000 + b"\r\n" + REST,
    "1,000 headers": GET + b"X: y\r\n" * 1_000 + REST,
    "a header without a colon": GET + b"nonsense\r\n" + REST,
    "a header with NUL": GET + b"X: a\0b\r\n" + REST,
    "a folded header": GET + b"X: a\r\n b\r\n" + REST,
    "two hosts": GET + b"Host: evil.test\r\n" + REST,
    "no host": b"GET /sign-in HTTP/1.1\r\n" + REST,
    "an absolute address": b"GET http://evil.test/sign-in HTTP/1.1\r\nHost: localhost\r\n" + REST,
    "a path without a slash": b"GET sign-in HTTP/1.1\r\nHost: localhost\r\n" + REST,
    "octets in the path": b"GET /\xff\xfe\x80 HTTP/1.1\r\nHost: localhost\r\n" + REST,
    "a length of -1": POST + b"Content-Length: -1\r\n" + REST + b"name=x",
    "a length that is no number": POST + b"Content-Length: 1x\r\n" + REST + b"name=x",
    "a length beyond all": POST + b"Content-Length: 99999999999999999999\r\n" + REST + b"name=x",
    "two lengths": POST + b"Content-Length: 5\r\nContent-Length: 6\r\n" + REST + b"name=x",
    "a length and chunks": POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n" + REST + b"0\r\n\r\n",
    "a body that is too short": POST + b"Content-Length: 5000\r\n" + REST + b"name=x",
    "a body that is too long": POST + b"Content-Length: 2\r\n" + REST + b"name=x" * 5_000,
    "chunks": POST + b"Transfer-Encoding: chunked\r\n" + REST + b"6\r\nname=x\r\n0\r\n\r\n",
    "a chunk without an end": POST + b"Transfer-Encoding: chunked\r\n" + REST + b"ffffff\r\nname=x",
    "a chunk of no size": POST + b"Transfer-Encoding: chunked\r\n" + REST + b"xyz\r\nname=x\r\n0\r\n\r\n",
    "a chunk beyond all": POST + b"Transfer-Encoding: chunked\r\n" + REST + b"f" * 40 + b"\r\nx",
    "another encoding": POST + b"Transfer-Encoding: gzip\r\n" + REST + b"x",
    "an expectation": POST + b"Expect: 100-continue\r\nContent-Length: 6\r\n" + REST + b"name=x",
    "two requests at once": GET + b"\r\n" + GET + REST,
    "a hundred requests at once": (GET + b"\r\n") * 100,
    "a request after its body": POST + b"Content-Length: 6\r\n\r\nname=x" + GET + REST,
    "the proxy's greeting": b"PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n" + GET + REST,
    "another protocol": GET + b"Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "more than is read": POST + b"Content-Length: %d\r\n" % (limits.REQUEST + 1) + REST + b"x" * 1_000_000,
}


@pytest.fixture
def server(app: Flask, database: Any) -> Iterator[Server]:
    with Server(database.url, Path(app.config["DATA_DIR"])) as server:
        yield server


def workers(server: Server) -> set[int]:
    assert server.process is not None and server.process.pid is not None
    return {child.pid for child in psutil.Process(server.process.pid).children()}


def send(server: Server, content: bytes, *, wait: float = 2.0) -> bytes:
    """What the server answers to these octets, until it ends the connection or says nothing more."""
    answer = b""
    with socket.create_connection((HOST, server.port), timeout=wait) as connection:
        try:
            connection.sendall(content)
            connection.shutdown(socket.SHUT_WR)
            while piece := connection.recv(65_536):
                answer += piece
        except OSError:
            pass  # the server has had enough
    return answer


def answers_at_once(server: Server) -> float:
    begun = time.monotonic()
    assert Browser(server.port).get("/sign-in").status == 200
    return time.monotonic() - begun


def judge(server: Server, before: set[int], what: str, answer: bytes) -> None:
    first = answer.split(b"\r\n", 1)[0]
    assert not first or first.startswith(b"HTTP/1."), (what, first[:100])
    assert b" 500 " not in first and b" 502 " not in first, (what, first)
    assert b"Traceback" not in answer, what
    assert answers_at_once(server) < QUICK, what
    assert workers(server) == before, f"{what}: a worker died"


def test_nothing_that_is_no_http_harms_the_server(
    server: Server, record_property: Callable[[str, object], None]
) -> None:
    before, chance, number = workers(server), random.Random(20210602), 0
    for what, content in BROKEN.items():
        judge(server, before, what, send(server, content))
        number += 1
    for body, kind in [*BODIES[:: count(4, 1)], *mutilated(chance, count(10, 400))]:
        name = chance.choice([name for name in HEADERS if name not in ("Content-Length", "Transfer-Encoding", "Host")])
        value = chance.choice(HEADERS[name]).encode("latin-1")
        length = chance.choice([len(body), len(body), len(body) + 1, max(len(body) - 1, 0)])
        head = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + kind.encode("latin-1")
        head += b"\r\n%s: %s\r\nContent-Length: %d\r\n" % (name.encode(), value, length)
        judge(server, before, repr((name, value, body[:60])), send(server, head + REST + body))
        number += 1
    record_property("found", f"{number} broken requests to a real server: no worker died, each next one was answered")


def test_whoever_sends_slowly_keeps_one_place_and_no_more(server: Server) -> None:
    """The other worker serves on; the slow one is let go once it is silent for too long, or has sent all."""
    before = workers(server)
    with socket.create_connection((HOST, server.port)) as slow:
        slow.sendall(POST + b"Content-Length: 40\r\n" + REST)
        for _ in range(count(3, 20)):
            slow.sendall(b"x")
            assert answers_at_once(server) < QUICK
            time.sleep(0.1)
        slow.sendall(b"x" * 40)
        slow.settimeout(QUICK)
        assert slow.recv(100).startswith(b"HTTP/1.1 ")
    assert workers(server) == before


def test_an_answer_that_nobody_reads_harms_nobody(server: Server) -> None:
    before = workers(server)
    for _ in range(count(5, 50)):
        with socket.create_connection((HOST, server.port)) as rude:
            rude.sendall(GET + REST)
    assert answers_at_once(server) < QUICK and workers(server) == before


if FULL:

    def test_whoever_is_silent_gives_the_place_back(server: Server) -> None:
        """Half a minute of waiting."""
        before = workers(server)
        held = [socket.create_connection((HOST, server.port)) for _ in before]
        for connection in held:
            connection.sendall(POST + b"Content-Length: 40\r\n" + REST + b"x")
        assert answers_at_once(server) < 45
        assert workers(server) == before
        for connection in held:
            connection.close()
