"""What monitoring asks: alive, ready, figures. None of it tells a stranger anything."""

import logging
from hmac import compare_digest

from flask import Response, current_app, request

from ..accounts.permissions import Permission
from ..errors import NotFound
from ..version import VERSION
from ..web import Area
from . import metrics, readiness
from .safety import is_local

bp = Area("operations", __name__)

log = logging.getLogger(__name__)

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")


@bp.route("/healthz", permission=Permission.PUBLIC)
def healthz() -> Response:
    """Whether this process answers at all; neither the database nor the files are asked."""
    return Response("alive\n", mimetype="text/plain")


@bp.route("/readyz", permission=Permission.PUBLIC)
def readyz() -> Response:
    """Whether requests can be served: database, migrations, files. What is wrong stands in the log alone."""
    wrong = readiness.wrong()
    for line in wrong:
        log.warning("not ready", extra={"why": line})
    return Response("not ready\n" if wrong else "ready\n", 503 if wrong else 200, mimetype="text/plain")


@bp.route("/metrics", permission=Permission.PUBLIC)
def figures() -> Response:
    """Figures for Prometheus, for this machine or whoever shows the token; to others there is no such page."""
    if not (_shows_the_token() or _asks_from_here()):
        raise NotFound
    content, kind = metrics.exposition(VERSION)
    return Response(content, content_type=kind)


def _shows_the_token() -> bool:
    token = current_app.config["METRICS_TOKEN"]
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(token) and compare_digest(shown.encode(), token.encode())


def _asks_from_here() -> bool:
    """Whether the request comes from this machine itself and through no proxy, however the proxy is set."""
    before = request.environ.get("werkzeug.proxy_fix.orig") or request.environ
    address = before.get("REMOTE_ADDR") or "unix:"
    return is_local(address) and not any(name in request.headers for name in FORWARDED)
