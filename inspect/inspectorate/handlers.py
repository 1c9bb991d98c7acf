"""How the app answers what goes wrong."""

import logging
from contextlib import suppress
from typing import Any

from flask import Flask, Response, abort, make_response, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError
from werkzeug.exceptions import BadHost, HTTPException, SecurityError

from .errors import NotFound, Refused, Stale, refusals_in
from .extensions import db
from .operations import trouble
from .operations.logs import request_id
from .requests import refuse_long_address
from .web import enter_refusal

log = logging.getLogger(__name__)

RETRY_SECONDS = 5
"""When it is worth trying again after the database was busy."""


def init_app(app: Flask) -> None:
    """Attach the handlers."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(StaleDataError, lambda error: _refused(Stale(None)))
    app.register_error_handler(ObjectDeletedError, lambda error: _refused(NotFound()))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(Exception, _unexpected)
    app.after_request(_watched)
    app.before_request(_refuse_host)
    app.before_request(_refuse_json)
    app.before_request(_refuse_address)


WITH_NAVIGATION = {403, 404, 409}
"""Refusals after which somebody who has signed in goes on: by the menu or the search that the page speaks of."""


def _page(code: int, message: str = "", **more: Any) -> tuple[str, int]:
    signed_in = code in WITH_NAVIGATION and current_user.is_authenticated
    frame = "layouts/base.html" if signed_in else "layouts/public.html"
    more.setdefault("reference", request_id())
    return render_template("errors/page.html", frame=frame, code=code, message=message, **more), code


def _refused(error: Refused) -> tuple[str, int]:
    db.session.rollback()
    enter_refusal(error)
    reasons = refusals_in(error)
    return _page(error.status, "；".join(map(str, reasons)), title=_("This cannot be done") if reasons else "")


def _http(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    if isinstance(error, SecurityError | BadHost):
        # Under a name that is not ours no address can be built, so there is no page either.
        return Response(f"{error.code} {error.name}\n", error.code, mimetype="text/plain")
    enter_refusal(error)
    response = error.get_response()
    response.set_data(_page(error.code, str(getattr(error, "told", "")))[0])
    response.content_type = "text/html; charset=utf-8"
    return response


def _unexpected(error: Exception) -> Any:
    _note("unexpected", error)
    return _safely(500)


def _database(error: OperationalError) -> Any:
    """A database that is busy or out of reach for a moment is no fault of the program."""
    if not trouble.passes(error):
        return _unexpected(error)
    _note("database", error)
    told = _("The database is busy or cannot be reached at this moment. Nothing was changed.")
    response = make_response(_safely(503, told))
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _note(what: str, error: Exception) -> None:
    with suppress(SQLAlchemyError):
        db.session.rollback()
    log.error(what, extra={"route": request.url_rule and request.url_rule.rule}, exc_info=error)


LAST_RESORT = (
    "<!doctype html><meta charset=utf-8><title>{code}</title>"
    "<p lang=zh-CN>系统出现故障，请稍后重试。如仍出现，请将编号 {reference} 告知管理员。</p>"
    "<p lang=en>Something went wrong on our side. Try again in a moment. If it stays, give the reference {reference} "
    "to the administrator.</p>"
)
"""Where not even the page of an error can be made, for which the user's language is asked of the database."""


def _safely(code: int, message: str = "") -> Any:
    try:
        return _page(code, message)
    except Exception as error:
        _note("no page", error)
        return LAST_RESORT.format(code=code, reference=request_id()), code


def _watched(response: Response) -> Response:
    """What goes wrong while an answer is being sent finds its line too; the browser sees it cut off."""
    if response.is_streamed and not response.direct_passthrough:
        route = request.url_rule and request.url_rule.rule
        response.response = Watched(response.response, {"route": route, "request": request_id()})
    return response


class Watched:
    """The pieces of an answer."""

    def __init__(self, pieces: Any, known: dict[str, Any]) -> None:
        self._pieces, self._next, self._known = pieces, iter(pieces).__next__, known

    def __iter__(self) -> "Watched":
        return self

    def __next__(self) -> Any:
        try:
            return self._next()
        except StopIteration:
            raise
        except Exception as error:
            log.error("cut off", extra=self._known, exc_info=error)
            raise

    def close(self) -> None:
        """Give back what they took."""
        if hasattr(self._pieces, "close"):
            self._pieces.close()


def _refuse_host() -> None:
    """Before anything else of ours: what comes under another name than TRUSTED_HOSTS is not for us."""
    if isinstance(request.routing_exception, SecurityError | BadHost):
        raise request.routing_exception


def _refuse_json() -> None:
    """Forms are sent as forms; the values of JSON would not be text."""
    if request.is_json:
        abort(415)


def _refuse_address() -> None:
    """Too long an address, or one with a NUL character, for which no database can look."""
    refuse_long_address(request.query_string)
    names_and_values = (text for argument in request.args.items(multi=True) for text in argument)
    if any("\x00" in text for text in (*names_and_values, request.path)):
        abort(400)
