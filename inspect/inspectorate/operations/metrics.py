"""Figures for Prometheus, over all server processes; the library is loaded at the first figure, not by commands.

Each server process writes into files named after its place among them (``serve_in``), which whoever takes its place
goes on with, so that figures neither fall back nor pile up when processes are renewed.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from time import perf_counter
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Engine, event

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
PLACE = "INSPECTORATE_PLACE"
NAME = "inspectorate-metrics-"
METHODS = {"GET", "HEAD", "POST", "OPTIONS"}
REQUESTS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
PAPERS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)
STATEMENTS = (0, 1, 2, 5, 10, 20, 30, 50, 100)
"""Upper limits of the classes, in seconds and in numbers."""


def fresh_folder(parent: str | None) -> str:
    """A folder for the figures of this server; what servers left behind that were killed is removed."""
    place = Path(parent or tempfile.gettempdir())
    for left in place.glob(f"{NAME}*"):
        owner = left.name.removeprefix(NAME).partition("-")[0]
        if owner.isdigit() and not Path("/proc", owner).exists():
            shutil.rmtree(left, ignore_errors=True)
    return tempfile.mkdtemp(prefix=f"{NAME}{os.getpid()}-", dir=place)


def serve_in(folder: str, place: int) -> None:
    """Share figures with the other processes through a folder; called in a new server process, before any figure."""
    os.environ[FOLDER], os.environ[PLACE] = folder, str(place)


def leave(folder: str, place: int) -> None:
    """Forget what a process that has ended held; its counts stay."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(place, folder)


@cache
def _meters() -> SimpleNamespace:
    from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, values

    shared = FOLDER in os.environ
    if shared:
        values.ValueClass = values.MultiProcessValue(lambda: os.environ[PLACE])
    registry = CollectorRegistry()
    options: dict[str, Any] = {"registry": registry, "namespace": "inspectorate"}
    return SimpleNamespace(
        registry=registry,
        shared=shared,
        requests=Counter("requests", "Requests answered.", ["method", "route", "status"], **options),
        seconds=Histogram("request_seconds", "Duration of requests.", ["method", "route"], buckets=REQUESTS, **options),
        statements=Histogram(
            "request_statements", "Statements a request sent to the database.", buckets=STATEMENTS, **options
        ),
        papers=Histogram("pdf_seconds", "Duration of making a PDF.", buckets=PAPERS, **options),
        entries=Counter("record_entries", "Entries added to the record.", ["event"], **options),
        connections=Gauge(
            "database_connections", "Connections open to the database.", multiprocess_mode="livesum", **options
        ),
        information=Gauge(
            "information", "Always 1; the version in its label.", ["version"], multiprocess_mode="max", **options
        ),
    )


def answered(method: str, route: str | None, status: int, seconds: float, statements: int) -> None:
    """Count a request; ``route`` is the rule, None where nothing fits the address."""
    meters = _meters()
    known = (method if method in METHODS else "other", route or "none")
    meters.requests.labels(*known, str(status)).inc()
    meters.seconds.labels(*known).observe(seconds)
    meters.statements.observe(statements)


def recorded(event_name: str) -> None:
    """Count an entry of the record: sign-ins and their failures, refusals, downloads and changes are all there."""
    _meters().entries.labels(event_name).inc()


@contextmanager
def paper() -> Iterator[None]:
    """Measure the making of a PDF."""
    began = perf_counter()
    try:
        yield
    finally:
        _meters().papers.observe(perf_counter() - began)


def exposition(version: str) -> tuple[bytes, str]:
    """All figures as Prometheus reads them, and their content type."""
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    meters = _meters()
    meters.information.labels(version).set(1)
    registry = meters.registry
    if meters.shared:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    return generate_latest(registry), CONTENT_TYPE_LATEST


@event.listens_for(Engine, "connect")
def _opened(*_: Any) -> None:
    if PLACE in os.environ:  # commands have nobody to tell
        _meters().connections.inc()


@event.listens_for(Engine, "close")
def _closed(*_: Any) -> None:
    if PLACE in os.environ:
        _meters().connections.dec()
