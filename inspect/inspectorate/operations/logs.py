"""Logs: a line an event on standard error, JSON for machines or text for reading, each with its request's reference.

Nothing that somebody typed and no personal data: what a request sent is struck out of messages and errors, numbers as
long as a telephone's or an identity card's as well, and addresses are logged by route, without their query.
"""

import json
import logging
import re
import secrets
import sys
from collections.abc import Iterator
from traceback import format_tb
from types import TracebackType

from flask import has_request_context, request
from pythonjsonlogger.json import JsonFormatter

HEADER = "X-Request-ID"
WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")
_KEPT = "inspectorate.request_id"

STRUCK = "***"
LONG_NUMBER = re.compile(r"\d{11,}[Xx]?")
DATABASE_DETAIL = re.compile(r"^\s*(?:DETAIL|CONTEXT|HINT):.*$", re.MULTILINE)
"""PostgreSQL repeats the values of the row there."""
REQUEST_LINE = re.compile(r"(Invalid request from ip=\S+: ).*", re.DOTALL)
"""gunicorn repeats there what it could not read, the query included."""

OWN = frozenset({*vars(logging.makeLogRecord({})), "message", "asctime", "taskName", "more"})
"""Attributes that every record has: whatever else it has was given by the line that logs."""


def request_id() -> str:
    """The reference of this request: a trusted proxy's, else made here; on the error page and in every line."""
    environ = request.environ
    if _KEPT not in environ:
        given = request.headers.get(HEADER, "") if "werkzeug.proxy_fix.orig" in environ else ""
        environ[_KEPT] = given if WELL_FORMED.fullmatch(given) else secrets.token_hex(8)
    return str(environ[_KEPT])


def struck(text: str) -> str:
    """The text without what the request sent, without long numbers and the database's details."""
    text = REQUEST_LINE.sub(rf"\1{STRUCK}", text)
    text = LONG_NUMBER.sub(STRUCK, DATABASE_DETAIL.sub("", text))
    for value in sorted(_sent(), key=len, reverse=True):
        text = text.replace(value, STRUCK)
    return text


def _sent() -> set[str]:
    """Values of the request's query and form; single characters tell nothing and would make every text unreadable."""
    if not has_request_context():
        return set()
    # Only a form that was read already: reading it here could fail, or take long.
    form = request.__dict__.get("form")
    values = [*request.args.values(), *(form.values() if form else ())]
    return {part.strip() for value in values for part in value.splitlines() if len(part.strip()) > 1}


def told(error: BaseException) -> str:
    """The traceback of an error and of what led to it, with the messages struck."""
    return "\n".join(_lines(error, set()))


def _lines(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        yield from _lines(before, seen)
        yield "which led to"
    yield from (frame.rstrip() for frame in format_tb(error.__traceback__))
    yield f"{type(error).__module__}.{type(error).__qualname__}: {struck(str(error)).strip()}"


class _Traceback:
    """Formatters tell errors in our way."""

    def formatException(
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        return told(ei[1]) if ei[1] is not None else ""


class Lines(_Traceback, JsonFormatter):
    """One JSON object a line."""

    def __init__(self) -> None:
        super().__init__(
            ["levelname", "name", "message", "process"],
            rename_fields={"levelname": "level", "name": "logger", "process": "pid"},
            json_ensure_ascii=False,
            timestamp="time",
        )


class Readable(_Traceback, logging.Formatter):
    """A line for the eye: time, level, message, what else is known."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(message)s%(more)s", "%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        """The line; control characters are written out, so that nobody can forge another line or paint the screen."""
        known = {name: value for name, value in vars(record).items() if name not in OWN and value is not None}
        more = "".join(f" {name}={value}" for name, value in known.items())
        told = {"msg": _visible(record.getMessage()), "args": (), "more": _visible(more)}
        return super().format(logging.makeLogRecord(vars(record) | told))


def _visible(text: str) -> str:
    return "".join(letter if letter.isprintable() else json.dumps(letter)[1:-1] for letter in text)


def in_request(record: logging.LogRecord) -> bool:
    """Add the request's reference to the record, and strike out of its message what nobody may read there."""
    if has_request_context():
        record.request = request_id()
    record.msg, record.args = struck(record.getMessage()), ()
    return True


def configure(level: str, format: str) -> None:
    """Send all logs to standard error; ``format`` is json, text, or auto: text on a terminal."""
    handler = logging.StreamHandler()
    readable = format == "text" or (format == "auto" and sys.stderr.isatty())
    handler.setFormatter(Readable() if readable else Lines())
    handler.addFilter(in_request)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for chatty in ("sqlalchemy", "alembic", "fontTools", "PIL", "asyncio"):
        logging.getLogger(chatty).setLevel(max(root.level, logging.WARNING))
    logging.captureWarnings(True)
