"""Signing in at the office's own identity provider (OpenID Connect), where one is configured."""

import logging
from typing import Any

from flask import abort, current_app, render_template, url_for
from flask import session as cookie
from flask_babel import gettext as _

from ...accounts.permissions import Permission
from ...characters import printable
from ...extensions import unit_of_work
from ...web import local_path
from .. import provider, queries
from ..actions.entering import named_by_provider
from . import door
from .blueprint import bp
from .entering import ask_for_code, let_in, target

log = logging.getLogger(__name__)

WANTED = "wanted"


@bp.route("/sign-in/sso", permission=Permission.PUBLIC)
def to_provider() -> Any:
    """Send the browser to the provider."""
    _only_when_configured()
    cookie[WANTED] = target()
    try:
        return provider.to_provider(url_for("signin.from_provider", _external=True))
    except provider.Refused as error:
        return _refused(str(error), _("The identity provider cannot be reached."))


@bp.route("/sign-in/sso/return", permission=Permission.PUBLIC)
def from_provider() -> Any:
    """Back from the provider: only who has a sign-in here, open, is let in; none is made."""
    _only_when_configured()
    try:
        claims = provider.claims()
    except provider.Refused as error:
        return _refused(str(error), _("The identity provider did not confirm who you are."))
    name = claims.get(current_app.config["OIDC_NAME_CLAIM"])
    known = isinstance(name, str) and bool(name.strip()) and printable(name) == name
    wanted = local_path(cookie.get(WANTED))
    # The provider sends the browser back by GET, and yet a session begins.
    with unit_of_work():
        user = named_by_provider(str(name), door.visitor()) if known else None
        if user is not None:
            strong = provider.has_second_factor(claims)
            if strong or queries.second_factor(user.id) is None:
                return let_in(user, door.visitor(), by_single_sign_on=True, second_factor=strong, wanted=wanted)
            return ask_for_code(user, wanted)
    log.warning("single sign-on of somebody who has no open sign-in here, subject %r", claims.get("sub"))
    return _refused(None, _("You have no sign-in here. Ask an administrator of your agency to create one."))


def _only_when_configured() -> None:
    if not current_app.config["OIDC_ISSUER"]:
        abort(404)


def _refused(reason: str | None, message: str) -> Any:
    if reason:
        log.warning("single sign-on refused: %s", reason)
    return render_template("signin/refused.html", message=message, again=url_for("signin.sign_in", next=target())), 403
