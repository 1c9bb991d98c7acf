"""Configuration: one table of everything that the environment may say; secrets from it, or a generated file.

``SETTINGS`` is the only place that reads the environment. ``flask config`` prints it, ``docs/operations.md`` shows it.
"""

import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from . import limits
from .accounts.permissions import Role
from .setting_kinds import (
    COUNT,
    FOLDER,
    HOST,
    PORT,
    TEXT,
    WORDS,
    YES_NO,
    Kind,
    Nonsense,
    choice,
    database,
    some,
    whole,
)

ROOT = Path(__file__).resolve().parents[2]


class Misconfigured(Exception):
    """The environment asks for what cannot be; the message is one line and says the way out."""


class Setting(NamedTuple):
    """A line of the table: a variable of the environment and an entry of ``app.config`` by the same name.

    ``default`` is the value, or a function of the settings above it; ``otherwise`` says it in words. A secret one is
    never shown, and may be given as the path of a file that holds it, in ``<name>_FILE``.
    """

    name: str
    kind: Kind
    default: Any
    means: str
    otherwise: str = ""
    secret: bool = False

    def read(self, environment: Mapping[str, str], above: Mapping[str, Any]) -> Any:
        """The value; an empty variable counts as none. Raises Misconfigured."""
        given = self._given(environment)
        if not given:
            return self.default(above) if callable(self.default) else self.default
        try:
            return self.kind.parse(given)
        except Nonsense as error:
            # What was given is not repeated where it may be a secret.
            shown = "" if self.secret else f"={given!r}"
            raise Misconfigured(f"{self.name}{shown}: {error}") from None

    def _given(self, environment: Mapping[str, str]) -> str:
        path = environment.get(f"{self.name}_FILE", "") if self.secret else ""
        if not path:
            return environment.get(self.name, "").strip()
        try:
            return Path(path).read_text().strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "no text"
            raise Misconfigured(f"{self.name}_FILE={path!r} cannot be read: {reason}. Name another file") from None


def _cores(_above: Mapping[str, Any]) -> int:
    return len(os.sched_getaffinity(0))


def _in_data_dir(name: str, scheme: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda above: f"{scheme}{above['DATA_DIR'] / name}"


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "DATA_DIR",
        FOLDER,
        ROOT / "data",
        "folder of the embedded database, the evidence, the statutes' texts and the generated secret",
        "`data`",
    ),
    Setting(
        "DATABASE_URL",
        database(),
        _in_data_dir("inspectorate.db", "sqlite:///"),
        "the database: `postgresql://user:password@host:5432/name` or `sqlite:////folder/file.db`",
        "SQLite in `DATA_DIR`",
        secret=True,
    ),
    Setting(
        "FILES_URL",
        TEXT,
        lambda above: (above["DATA_DIR"] / "files").as_uri(),
        "store of the evidence: a folder (`file:///…`) or another fsspec URL",
        "`files` in `DATA_DIR`",
    ),
    Setting(
        "SECRET_KEY",
        TEXT,
        None,
        "signs sessions and forms; at least 32 random characters",
        "made once, in `DATA_DIR/secret`",
        secret=True,
    ),
    Setting(
        "RECORD_KEY",
        TEXT,
        None,
        "stamps the seals of the record; never changed, or the record can no longer be verified",
        "made once, in `DATA_DIR/record-key`",
        secret=True,
    ),
    Setting("HOST", HOST, "127.0.0.1", "where to listen: an address, or `unix:/path` for a socket"),
    Setting("PORT", PORT, 8000, "where to listen; means nothing for a socket"),
    Setting("WEB_CONCURRENCY", whole(1, 256), _cores, "server processes", "as many as cores"),
    Setting(
        "BEHIND_TLS", YES_NO, False, "a proxy serves HTTPS: cookies only over TLS, `__Host-` names, HSTS for a year"
    ),
    Setting(
        "TRUSTED_PROXIES",
        COUNT,
        lambda above: int(above["BEHIND_TLS"]),
        "how many proxies stand in front, one behind the other, whose `X-Forwarded-…` and `X-Request-ID` are believed",
        "1 with `BEHIND_TLS`, else 0",
    ),
    Setting(
        "TRUSTED_HOSTS",
        WORDS,
        None,
        "names under which the site answers, with commas (`.example.gov.cn`: all below it); others get 400",
        "any",
    ),
    Setting(
        "ALLOW_PLAIN_HTTP",
        YES_NO,
        False,
        "serve others without TLS all the same, in a network that nobody can listen to",
    ),
    Setting("ALLOW_DEMO_SIGN_INS", YES_NO, False, "serve others although demo sign-ins have their published password"),
    Setting("FLASK_DEBUG", YES_NO, False, "Flask's debugger; never while serving"),
    Setting("SESSION_IDLE_MINUTES", whole(5, 1440), 120, "minutes without a request after which a session ends"),
    Setting("SESSION_HOURS", whole(1, 168), 12, "hours after which a session ends in any case"),
    Setting(
        "SECOND_FACTOR_ROLES",
        some(*Role),
        (),
        "roles that have to sign in with a second factor, with commas, such as `administrator,auditor`",
        "none has to; everybody may",
    ),
    Setting("SITE_NAME", TEXT, None, "what authenticator apps call this installation", "卫生监督"),
    Setting(
        "OIDC_ISSUER",
        TEXT,
        None,
        "address of the OpenID provider for single sign-on (docs/accounts.md)",
        "no single sign-on",
    ),
    Setting("OIDC_CLIENT_ID", TEXT, None, "name of this installation at the provider"),
    Setting("OIDC_CLIENT_SECRET", TEXT, None, "its secret there", secret=True),
    Setting("OIDC_NAME_CLAIM", TEXT, "preferred_username", "claim of the identity token that holds the sign-in name"),
    Setting(
        "PASSWORD_SIGN_IN", YES_NO, True, "sign-in with a password beside single sign-on; 0: by the provider alone"
    ),
    Setting("LOG_LEVEL", choice("debug", "info", "warning", "error"), "info", "what is logged; requests are `info`"),
    Setting(
        "LOG_FORMAT",
        choice("auto", "json", "text"),
        "auto",
        "lines of JSON, or for reading",
        "text on a terminal, else JSON",
    ),
    Setting(
        "METRICS_TOKEN",
        TEXT,
        None,
        "whoever asks for `/metrics` from elsewhere shows it (`Authorization: Bearer …`); at least 32 characters",
        "only this machine may ask",
        secret=True,
    ),
)

FIXED: dict[str, Any] = {
    "BABEL_DEFAULT_LOCALE": "zh",
    "BABEL_DEFAULT_TIMEZONE": "Asia/Shanghai",
    "BOOTSTRAP_SERVE_LOCAL": True,
    "MAX_CONTENT_LENGTH": limits.REQUEST,
    "MAX_FORM_MEMORY_SIZE": limits.FORM,
    "MAX_FORM_PARTS": limits.FIELDS,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_COOKIE_PATH": "/",
    # How long a sign-in lasts is told by its row (SESSION_IDLE_MINUTES, SESSION_HOURS); the cookie outlives it, so that
    # a form that comes too late is known to be its owner's.
    "PERMANENT_SESSION_LIFETIME": 7 * 24 * 3600,
    # Sent only when it has changed: a slow page would else put back the cookie of before, with its language and token.
    "SESSION_REFRESH_EACH_REQUEST": False,
    "WTF_CSRF_TIME_LIMIT": None,
}
"""What no installation has reason to change."""


def read(environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The values of the table by name. Raises Misconfigured for the first that makes no sense."""
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        values[setting.name] = setting.read(os.environ if environment is None else environment, values)
    return values


def settings() -> dict[str, Any]:
    """The whole configuration of the app, before overrides. Raises Misconfigured."""
    values = read()
    secure = values["BEHIND_TLS"]
    return {
        **FIXED,
        **values,
        "SQLALCHEMY_DATABASE_URI": values["DATABASE_URL"],
        "SESSION_COOKIE_SECURE": secure,
        # The prefix makes browsers refuse a cookie that another host or plain HTTP tries to plant.
        "SESSION_COOKIE_NAME": "__Host-session" if secure else "session",
    }


def secret_from_file(folder: Path) -> str:
    """The generated secret of this installation; made at first use. Raises Misconfigured."""
    path = folder / "secret"
    return kept_secret(path, "SECRET_KEY", "Delete it, and a new one is made; everybody signs in again.")


def kept_secret(path: Path, setting: str, if_empty: str) -> str:
    """A generated secret, made at first use, readable by its owner alone.

    Raises Misconfigured when it can neither be read nor made (``setting`` would give it), or is empty.
    """
    try:
        if not path.exists():
            make_secret(path)
        secret = path.read_text().strip()
    except OSError as error:
        raise Misconfigured(
            f"the secret {path} can neither be read nor made: {error.strerror}. Give this user the folder, name "
            f"another in DATA_DIR, or give the secret itself in {setting}."
        ) from None
    if not secret:
        raise Misconfigured(f"the secret {path} is empty. {if_empty}")
    return secret


def make_secret(path: Path) -> None:
    """Write a fresh secret that only its owner can read; one that is there already stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Complete before it gets its name: several server processes may ask at once, and all must read the same.
    descriptor, fresh = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    with suppress(FileExistsError):
        os.link(fresh, path)
    os.unlink(fresh)
