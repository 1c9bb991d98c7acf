"""Who is behind a request: cookies, the session they belong to, and what comes before everything else."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from flask import Response, after_this_request, current_app, flash, g, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError

from ... import clock
from ...accounts.models import User
from ...extensions import db, unit_of_work
from ...fields import Form
from ...web import SAFE_METHODS
from .. import kept, queries
from ..actions.attempts import Visitor
from ..actions.sessions import MINUTE, begin_session, see_session
from ..forms import SignInForm
from ..models import SignInSession
from ..sealing import Unsealable, new_token, token_hash

TOKEN = "token"

LASTS = 180 * 24 * 3600
"""Seconds that a device cookie lasts."""

DUTIES_AT = {"signin.own_password", "signin.second_factor", "signin.sign_out", "home.set_language"}
"""Where somebody can go who has a password or a second factor to set first."""


def device_cookie() -> str:
    """The name of the device cookie; behind TLS no other site can plant one under it."""
    return "__Host-device" if current_app.config["SESSION_COOKIE_SECURE"] else "device"


def visitor() -> Visitor:
    """Where the request comes from."""
    return Visitor(request.remote_addr or "", request.user_agent.string, request.cookies.get(device_cookie()))


def present() -> SignInSession:
    """The session of whoever is signed in."""
    session: SignInSession = g.sign_in
    return session


def user_of_request(_request: Any) -> User | None:
    """Whoever is signed in; None too for who has something to do first and is elsewhere (``g.duty``)."""
    token = cookie.get(TOKEN)
    session = queries.session_of(token) if isinstance(token, str) else None
    if session is None:
        return None
    if not queries.lasts(session):
        g.ended = session
        return None
    duty = first_duty(session)
    if duty and request.endpoint not in DUTIES_AT:
        g.duty = duty
        return None
    g.sign_in, g.seen = session, (session.id, session.seen_at)
    if session.kept_path == request.full_path.rstrip("?"):
        _bring_back(session)
    return session.user


def first_duty(session: SignInSession) -> str | None:
    """The page that comes before all others: a new password, a second factor; None for who has done it."""
    if session.user.one_time_until is not None and not session.by_single_sign_on:
        return "signin.own_password"
    if not session.second_factor and queries.demands_second_factor(session.user):
        return "signin.second_factor"
    return None


def enter(user: User, here: Visitor, *, by_single_sign_on: bool = False, second_factor: bool = False) -> SignInSession:
    """Sign a user in: a session with a new token, in a cookie that holds nothing of what was there before.

    Pages of the same user that are still open in other windows keep their token against forged requests, so that what
    is typed there can be sent. The session that this browser had before ends: nobody would see its token again but
    whoever has stolen it.
    """
    device = here.device if here.device and queries.is_device(token_hash(here.device)) else new_token()
    here = Visitor(here.address, here.agent, device)
    session, token = begin_session(user, here, by_single_sign_on=by_single_sign_on, second_factor=second_factor)
    before = queries.session_of(str(cookie.get(TOKEN, "")))
    if before is not None and before.ended_at is None:
        before.ended_at = clock.now()
    carried = {"locale", "csrf_token"} if before is not None and before.user_id == user.id else {"locale"}
    remembered = {name: cookie[name] for name in carried if name in cookie}
    cookie.clear()
    cookie.update(remembered)
    if user.locale:
        cookie["locale"] = user.locale
    cookie[TOKEN], cookie.permanent = token, True
    _send_device(device)
    return session


def renew(token: str) -> None:
    """The session goes on under a new token."""
    cookie[TOKEN] = token


def _send_device(device: str) -> None:
    @after_this_request
    def send(response: Response) -> Response:
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        response.set_cookie(device_cookie(), device, LASTS, secure=secure, httponly=True, samesite="Lax")
        return response


def sign_in_first() -> Any:
    """What whoever is not signed in gets to see; a form sent too late is kept for its owner."""
    if duty := g.get("duty"):
        return redirect(url_for(duty))
    if request.method in SAFE_METHODS:
        return redirect(url_for("signin.sign_in", next=request.full_path.rstrip("?")))
    ended: SignInSession | None = g.get("ended")
    adapter = current_app.create_url_adapter(request)
    assert adapter is not None
    sealed = kept.keep(request, adapter, ended.user_id) if ended else None
    target = kept.page_of(request, adapter) or url_for("home.index")
    if ended and sealed and current_app.config["OIDC_ISSUER"]:
        _lay_by(ended.id, sealed)
    return page(SignInForm(formdata=None), kept_form=sealed, target=target, too_late=True), 401


def _lay_by(session_id: int, sealed: str) -> None:
    """Keep it with the session that has ended, too: the way through the provider carries no form."""
    with unit_of_work():
        db.session.get_one(SignInSession, session_id).kept = sealed


def laid_by() -> str | None:
    """The form that was kept with the ended session of this browser, if any."""
    before = queries.session_of(str(cookie.get(TOKEN, "")))
    return before.kept if before is not None and not queries.lasts(before) else None


def takes_passwords() -> bool:
    """Whether anybody may sign in with a password here."""
    return bool(current_app.config["PASSWORD_SIGN_IN"] or not current_app.config["OIDC_ISSUER"])


def page(form: SignInForm, *, kept_form: str | None, target: str | None, too_late: bool = False) -> str:
    """The sign-in page."""
    return render_template(
        "signin/sign_in.html",
        form=form,
        kept_form=kept_form,
        target=target,
        too_late=too_late,
        single_sign_on=bool(current_app.config["OIDC_ISSUER"]),
        with_password=takes_passwords(),
    )


def _bring_back(session: SignInSession) -> None:
    """Show what was typed before the last session ended; once it has been sent it is forgotten."""
    if request.method not in SAFE_METHODS:
        session.kept_path = session.kept = None
        return
    try:
        found = kept.opened(session.kept or "")
    except Unsealable:
        return
    g.kept_form = found


def fill_in(_app: Any, context: dict[str, Any], **_more: Any) -> None:
    """What was kept goes into the forms of the page as the last thing before it is drawn.

    Views fill a form that was not sent with proposals, and act on one that was: to them this one was not sent.
    """
    forms = [value for value in context.values() if isinstance(value, Form)]
    found: kept.KeptForm | None = g.pop("kept_form", None) if forms else None
    if found is None:
        return
    for form in forms:
        form.take_kept(found.values())
    flash(_("Your session had ended when you sent this. It was not saved: read it again and send it."), "warning")
    if found.files:
        flash(_("Choose these files again: %(names)s", names=_(", ").join(found.files)), "warning")


def touch(response: Response) -> Response:
    """Write down, at the most once a minute, that the session is in use."""
    session_id, seen_at = g.pop("seen", (None, None))
    now = clock.now()
    if session_id is not None and is_due(seen_at, now):
        with suppress(OperationalError):
            see_session(session_id, now)
    return response


def is_due(seen_at: datetime, now: datetime) -> bool:
    """Whether it is time to write down again that a session is in use."""
    return now - seen_at >= MINUTE
