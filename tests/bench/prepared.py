"""Big databases, made once and kept between runs: a copy of each is measured, so that what groups write stays there.

``BENCH_SCALE`` (1; 0.01 for quick turns) says how big, ``BENCH_CACHE`` where they are kept (a folder beside other
temporary ones). They are made anew when the schema or the demo has changed; those of an older state are removed.
"""

import fcntl
import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from inspectorate import create_app
from inspectorate.accounts.actor import SYSTEM
from inspectorate.accounts.models import Agency, User
from inspectorate.accounts.permissions import Role
from inspectorate.audit.actions import record
from inspectorate.extensions import db, unit_of_work
from tests import factories, postgres
from tests.client import IsolatedClient

ROOT = Path(__file__).resolve().parents[2]
SCALE = float(os.environ.get("BENCH_SCALE", "1"))
CACHE = Path(os.environ.get("BENCH_CACHE") or Path(tempfile.gettempdir()) / "inspectorate-bench")
KINDS = ("sqlite", "postgresql")
SECRET = secrets.token_urlsafe(48)
HAND_MADE = "60"
"""Establishments of the small demo below the bulk: it has the sign-ins and cases in every state."""

SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "1GB",
    "effective_cache_size": "3GB",
    "work_mem": "32MB",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "8GB",
    "random_page_cost": "1.1",
    "max_connections": "60",
    "timezone": "UTC",
}
"""What any guide would set for a machine with 8 GB. Every commit waits for the disk, as in production."""

TEMPLATE, WORK = "bench_template", "bench"


@dataclass
class Prepared:
    """A filled database with an application on it."""

    kind: str
    app: Flask
    url: str
    folder: Path
    """DATA_DIR of the application: evidence, keys, and the database itself on SQLite."""
    made: dict[str, Any]
    """``seconds`` that making took, and rows by table."""
    scale: float = SCALE
    _people: dict[tuple[Role, str, str | None, int], User] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """For processes of their own on the same database."""
        own = {"DATABASE_URL": self.url, "DATA_DIR": str(self.folder), "SECRET_KEY": SECRET}
        return {**os.environ, **own}

    def user(self, role: Role, region: str = "330106", sector: str = "health", number: int = 1) -> int:
        """The id of somebody with that role at the office of a region, made when first asked for; ``number``: which."""
        name = f"bench-{role.value}-{region}-{sector}-{number}"
        with self.app.app_context():
            known = db.session.scalar(select(User.id).where(User.name == name))
            if known is not None:
                return known
            with unit_of_work():
                places = select(Agency).where(Agency.region_code == region, Agency.sector == sector)
                agency = db.session.scalars(places.order_by(Agency.id)).first() or factories.agency(region, sector)
                made = factories.user(role, agency=agency, name=name)
                record(made, "accounts:user:add", SYSTEM)
            return made.id

    def client(self, role: Role, region: str = "330106", sector: str = "health", number: int = 1) -> IsolatedClient:
        """A browser in which that person has signed in."""
        who = self.user(role, region, sector, number)
        self.app.test_client_class = IsolatedClient
        client = self.app.test_client()
        assert isinstance(client, IsolatedClient)
        with self.app.app_context():
            client.sign_in(db.session.get_one(User, who))
        return client


@cache
def state() -> str:
    """Changes when the big databases must be made anew: with the schema, the demo, its size."""
    digest = hashlib.sha256(f"{SCALE}{HAND_MADE}".encode())
    demo = ROOT / "inspect" / "inspectorate" / "demo"
    files = [*(ROOT / "migrations" / "versions").glob("*.py"), *demo.rglob("*.py"), *demo.rglob("*.toml")]
    for path in sorted(files):
        digest.update(path.read_bytes())
    return f"{SCALE:g}-{digest.hexdigest()[:12]}"


@contextmanager
def databases(kinds: Iterable[str]) -> Iterator[dict[str, Prepared]]:
    """Working copies of the big databases, made first where they are not there, both at once."""
    CACHE.mkdir(parents=True, exist_ok=True)
    CACHE.chmod(0o755)
    with _alone():
        home = CACHE / state()
        homes = {kind: KINDS_BY_NAME[kind](home / kind) for kind in kinds}
        making = {kind: one.make() for kind, one in homes.items() if not one.is_made()}
        for kind, process in making.items():
            homes[kind].wait(process)
        prepared = {kind: one.work() for kind, one in homes.items()}
        try:
            yield prepared
        finally:
            for kind, one in homes.items():
                _dispose(prepared[kind].app)
                one.put_away()


@contextmanager
def _alone() -> Iterator[None]:
    """One run at a time for each size; databases of an older state of that size are removed."""
    with (CACHE / f"{SCALE:g}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for old in CACHE.glob(f"{SCALE:g}-*"):
            if old.name != state():
                shutil.rmtree(old, ignore_errors=True)
        yield


def _dispose(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


class Home:
    """One kind of database at home in a folder: a template that nobody touches, and the copy that is measured."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data, self.work_data = folder / "template", folder / "work"
        folder.mkdir(parents=True, exist_ok=True)

    def template_url(self) -> str:
        """Where the template is made."""
        raise NotImplementedError

    def is_made(self) -> bool:
        """Whether the template is complete."""
        return (self.folder / "made.json").exists()

    def make(self) -> "subprocess.Popen[bytes]":
        """Begin to make the template."""
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir()
        return subprocess.Popen(
            [sys.executable, "-m", "tests.bench.making", HAND_MADE, str(SCALE), str(self.folder / "making.json")],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": self.template_url(), "DATA_DIR": str(self.data), "SECRET_KEY": SECRET},
        )

    def wait(self, process: "subprocess.Popen[bytes]") -> None:
        """Until the template is made."""
        if process.wait():
            sys.exit(f"the {self.folder.name} database could not be made")
        (self.folder / "making.json").rename(self.folder / "made.json")

    def work(self) -> Prepared:
        """The copy to measure."""
        raise NotImplementedError

    def put_away(self) -> None:
        """Remove the copy."""
        shutil.rmtree(self.work_data, ignore_errors=True)

    def _prepared(self, kind: str, url: str) -> Prepared:
        config = {"SECRET_KEY": SECRET, "SQLALCHEMY_DATABASE_URI": url, "DATA_DIR": self.work_data}
        app = create_app({**config, "FILES_URL": (self.work_data / "files").as_uri()})
        return Prepared(kind, app, url, self.work_data, json.loads((self.folder / "made.json").read_text()))


class SqliteHome(Home):
    """A file, and a copy of it."""

    def template_url(self) -> str:
        return f"sqlite:///{self.data / 'inspectorate.db'}"

    def work(self) -> Prepared:
        shutil.rmtree(self.work_data, ignore_errors=True)
        shutil.copytree(self.data, self.work_data)
        return self._prepared("sqlite", f"sqlite:///{self.work_data / 'inspectorate.db'}")


class PostgresHome(Home):
    """A cluster that stays, with a template database and a copy of it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        _until_stopped(folder / "cluster" / "data" / "postmaster.pid")
        self.cluster = postgres.start(os.getpid(), folder / "cluster", SETTINGS)

    def template_url(self) -> str:
        postgres.copy(self.cluster, None, TEMPLATE)
        return postgres.url(self.cluster, TEMPLATE)

    def wait(self, process: "subprocess.Popen[bytes]") -> None:
        super().wait(process)
        with postgres.connect(self.cluster, TEMPLATE) as connection:
            connection.execute("VACUUM (ANALYZE, FREEZE)")

    def work(self) -> Prepared:
        shutil.rmtree(self.work_data, ignore_errors=True)
        shutil.copytree(self.data, self.work_data)
        postgres.copy(self.cluster, TEMPLATE, WORK)
        return self._prepared("postgresql", postgres.url(self.cluster, WORK))

    def put_away(self) -> None:
        super().put_away()
        with postgres.connect(self.cluster) as connection:
            connection.execute(f"DROP DATABASE {WORK} WITH (FORCE)")


KINDS_BY_NAME: dict[str, type[Home]] = {"sqlite": SqliteHome, "postgresql": PostgresHome}


def _until_stopped(pid_file: Path) -> None:
    """An earlier run's server may still be writing its last checkpoint."""
    for _ in range(600):
        try:
            pid = pid_file.read_text().split()[0]
        except (OSError, IndexError):
            return
        if not Path("/proc", pid).exists():
            return
        time.sleep(0.1)
