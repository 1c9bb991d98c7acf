"""What every request leaves behind: its reference in the answer, one line in the log, its figures."""

import logging
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from flask import Flask, Response, g, has_request_context, request
from sqlalchemy import Engine, event, inspect
from sqlalchemy.orm import Session, object_session

from . import logs, metrics

log = logging.getLogger("inspectorate.access")

QUIET = {"operations.healthz", "operations.readyz", "operations.figures"}
"""Asked every few seconds: logged only at level debug."""


def init_app(app: Flask) -> None:
    """Attach the hooks; before all others, so that what others refuse is seen too."""
    from ..audit.models import RecordEntry

    app.before_request(_begin)
    app.after_request(_end)
    if not event.contains(RecordEntry, "after_insert", _note):
        event.listen(RecordEntry, "after_insert", _note)
        event.listen(Session, "after_commit", _count)
        event.listen(Session, "after_soft_rollback", _forget)
        event.listen(Engine, "before_cursor_execute", _statement)


@dataclass
class Tally:
    """When a request began, and how many statements it has sent to the database."""

    began: float
    statements: int = 0


def _begin() -> None:
    g.tally = Tally(perf_counter())


def _end(response: Response) -> Response:
    reference, tally = logs.request_id(), g.get("tally") or Tally(perf_counter())
    seen = {**_seen(response.status_code), "request": reference}
    level = logging.DEBUG if request.endpoint in QUIET else logging.INFO
    response.headers[logs.HEADER] = reference

    def close() -> None:
        seconds = perf_counter() - tally.began
        metrics.answered(seen["method"], seen["route"], seen["status"], seconds, tally.statements)
        log.log(level, "request", extra={**seen, "ms": round(seconds * 1000, 1), "statements": tally.statements})

    # When all of it is sent: a long export is told with the time that it took.
    response.call_on_close(close)
    return response


def _seen(status: int) -> dict[str, Any]:
    """What is logged of the request: never its query or form, which hold names and numbers of people."""
    rule = request.url_rule
    numbers = {name: value for name, value in (request.view_args or {}).items() if isinstance(value, int)}
    return {
        "method": request.method,
        "route": rule.rule if rule else None,
        "of": " ".join(f"{name}={value}" for name, value in numbers.items()) or None,
        "status": status,
        "user": _user(),
        "client": request.remote_addr,
    }


def _user() -> int | None:
    """The id of who has signed in, if the request asked for it; without a statement of its own."""
    user = g.get("_login_user")
    identity = inspect(user, raiseerr=False) if user is not None else None
    return identity.identity[0] if identity is not None and identity.identity else None


def _statement(*_: Any) -> None:
    tally = g.get("tally") if has_request_context() else None
    if tally is not None:
        tally.statements += 1


def _note(_mapper: Any, _connection: Any, entry: Any) -> None:
    session = object_session(entry)
    if session is not None and has_request_context():
        session.info.setdefault("recorded", []).append(entry.event)


def _count(session: Session) -> None:
    for name in session.info.pop("recorded", ()):
        metrics.recorded(name)


def _forget(session: Session, _previous: Any) -> None:
    session.info.pop("recorded", None)
