"""What makes serving unsafe: each danger in one line with the way out. Commands run all the same."""

import ipaddress
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy import Connection, bindparam, make_url, text

from ..setting_kinds import weakness

LOCAL_NAMES = {"localhost", "ip6-localhost"}
ENCRYPTED = {"require", "verify-ca", "verify-full"}


def is_exposed(chosen: Mapping[str, Any]) -> bool:
    """Whether others than this machine reach the server, directly or through a proxy."""
    return bool(chosen["BEHIND_TLS"] or chosen["TRUSTED_PROXIES"] or not is_local(chosen["HOST"]))


def is_local(host: str) -> bool:
    """Whether an address to listen on is reached from this machine alone."""
    if host.startswith("unix:") or host in LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def dangers(chosen: Mapping[str, Any], secret: str) -> Iterator[str]:
    """What forbids serving, as far as settings and files tell; ``secret`` is the one in use."""
    if why := weakness(secret):
        yield f"SECRET_KEY: {why}. Left out, a good one is made and kept in {chosen['DATA_DIR'] / 'secret'}"
    for name in ("METRICS_TOKEN", "RECORD_KEY"):
        if chosen[name] and (why := weakness(chosen[name])):
            yield f"{name}: {why}"
    if chosen["FLASK_DEBUG"]:
        yield "FLASK_DEBUG is on: its debugger runs whatever a visitor types. Set FLASK_DEBUG=0"
    yield from _of_the_network(chosen)
    yield from _of_single_sign_on(chosen)
    yield from _of_files(chosen)


def _of_the_network(chosen: Mapping[str, Any]) -> Iterator[str]:
    host = chosen["HOST"]
    if chosen["BEHIND_TLS"] and not chosen["TRUSTED_PROXIES"]:
        yield (
            "BEHIND_TLS without a trusted proxy: everybody would come from the proxy's address. Leave TRUSTED_PROXIES "
            "out (one proxy), or give their number"
        )
    if chosen["BEHIND_TLS"] or chosen["ALLOW_PLAIN_HTTP"]:
        return
    way_out = (
        "Put a proxy with TLS in front and set BEHIND_TLS=1 (docs/operations.md), or set ALLOW_PLAIN_HTTP=1 "
        "where nobody can listen to the network"
    )
    if not is_local(host):
        yield f"HOST={host} would serve others over plain HTTP, passwords readable to all between. {way_out}"
    elif chosen["TRUSTED_PROXIES"]:
        yield f"TRUSTED_PROXIES={chosen['TRUSTED_PROXIES']} without BEHIND_TLS: others come over plain HTTP. {way_out}"


def _of_single_sign_on(chosen: Mapping[str, Any]) -> Iterator[str]:
    if not chosen["OIDC_ISSUER"]:
        if not chosen["PASSWORD_SIGN_IN"]:
            yield "PASSWORD_SIGN_IN=0 without OIDC_ISSUER: nobody could sign in. Set both, or neither"
        return
    if not chosen["OIDC_ISSUER"].startswith("https://"):
        yield (
            "OIDC_ISSUER is no address with https://: whoever listens could sign in as anybody. Write the whole address"
        )
    for name in ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"):
        if not chosen[name]:
            yield f"OIDC_ISSUER without {name}: single sign-on cannot work. Register this site at the provider"


def _of_files(chosen: Mapping[str, Any]) -> Iterator[str]:
    for name in ("secret", "record-key"):
        path = chosen["DATA_DIR"] / name
        if path.exists() and path.stat().st_mode & 0o077:
            yield f"the secret {path} can be read by others on this machine. Run chmod 600 {path}"
    for path in _kept(chosen):
        if is_open(path, stat.S_IWOTH):
            yield f"everybody on this machine may change {path}. Run chmod -R o-w {path}"
        elif is_exposed(chosen) and is_open(path, stat.S_IROTH):
            yield f"everybody on this machine may read {path}. Run chmod -R o-rwx {path}"


def _kept(chosen: Mapping[str, Any]) -> Iterator[Path]:
    """The database's file and the folder of evidence, where they lie on this machine."""
    database = make_url(chosen["DATABASE_URL"])
    if database.get_backend_name() == "sqlite" and database.database and Path(database.database).exists():
        yield Path(database.database).resolve()
    if (files := local_folder(chosen["FILES_URL"])) is not None and files.exists():
        yield files


def local_folder(url: str) -> Path | None:
    """The folder that a ``file:`` URL names; None for stores elsewhere."""
    return Path(unquote(urlsplit(url).path)).resolve() if url.startswith("file:") else None


def is_open(path: Path, bit: int) -> bool:
    """Whether everybody has a right (``stat.S_IROTH``, ``S_IWOTH``) to a path, and to the folders on the way to it."""
    return bool(path.stat().st_mode & bit) and all(one.stat().st_mode & stat.S_IXOTH for one in path.parents)


def of_sign_ins(chosen: Mapping[str, Any], connection: Connection) -> Iterator[str]:
    """Demo sign-ins that still have the published password, where others reach the server."""
    if not is_exposed(chosen) or chosen["ALLOW_DEMO_SIGN_INS"]:
        return
    from argon2 import PasswordHasher
    from argon2.exceptions import Argon2Error, InvalidHashError

    from ..demo.sign_ins import PASSWORD, SIGN_INS

    asked = text("select name, password_hash from app_user where active and name in :names")
    names = [one.name for one in SIGN_INS]
    rows = connection.execute(asked.bindparams(bindparam("names", expanding=True)), {"names": names})
    known: dict[str, bool] = {}
    open_names = []
    for name, password_hash in rows:
        if password_hash not in known:
            try:
                known[password_hash] = PasswordHasher().verify(password_hash, PASSWORD)
            except (Argon2Error, InvalidHashError):
                known[password_hash] = False
        open_names += [name] if known[password_hash] else []
    if open_names:
        yield (
            f"the demo sign-ins {', '.join(sorted(open_names)[:3])} … ({len(open_names)}) have the published password. "
            "Serve an installation without demo data (another DATA_DIR or DATABASE_URL), close them, or set "
            "ALLOW_DEMO_SIGN_INS=1 where everybody may try everything"
        )


def advice(chosen: Mapping[str, Any], connection: Connection) -> Iterator[str]:
    """What is better done otherwise, though serving goes on."""
    if is_exposed(chosen) and not chosen["TRUSTED_HOSTS"]:
        yield "TRUSTED_HOSTS is not set: the site answers under any name. Set it to the name that people type"
    if is_exposed(chosen) and "administrator" not in chosen["SECOND_FACTOR_ROLES"]:
        yield (
            "administrators may sign in with a password alone. Set SECOND_FACTOR_ROLES=administrator, or name all roles"
        )
    url = make_url(chosen["DATABASE_URL"])
    if url.get_backend_name() != "postgresql":
        return
    there = url.host or url.query.get("host", "")
    if (
        there
        and not str(there).startswith("/")
        and not is_local(str(there))
        and url.query.get("sslmode") not in ENCRYPTED
    ):
        yield "the connection to the database may go unencrypted. Add ?sslmode=verify-full to DATABASE_URL"
    if connection.scalar(text("select has_table_privilege(current_user, 'record_entry', 'TRUNCATE')")):
        yield (
            "the database's role may change the schema and the record. Serve with a role of fewer rights "
            "(docs/operations.md, Roles)"
        )
