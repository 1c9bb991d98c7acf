"""Signing in, in one step or two, and signing out."""

from datetime import timedelta
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ... import clock
from ...accounts.models import User
from ...accounts.permissions import Permission
from ...extensions import db
from ...web import local_path, refusals_on
from .. import kept, queries
from ..actions import second_factor
from ..actions.attempts import Visitor, Wait
from ..actions.entering import Wrong, authenticate, succeeded
from ..actions.passwords import too_early
from ..actions.sessions import sign_out as end_session
from ..forms import CodeForm, SignInForm
from ..sealing import Unsealable, fingerprint
from . import door
from .blueprint import bp

AWAITING = "awaiting"
PATIENCE = timedelta(minutes=10)
"""How long the code may come after the password."""


@bp.route("/sign-in", methods=["GET", "POST"], permission=Permission.PUBLIC)
def sign_in() -> Any:
    """Name and password; afterwards the code, if one is asked for, and the page that was wanted."""
    if current_user.is_authenticated and request.method == "GET":
        return redirect(target() or url_for("home.index"))
    form = SignInForm()
    if not door.takes_passwords():
        return door.page(SignInForm(formdata=None), kept_form=None, target=target())
    if form.validate_on_submit():
        here = door.visitor()
        found = authenticate(form.name.data or "", form.password.data or "", here)
        if isinstance(found, Wait):
            form.form_errors.append(too_early(found.seconds))
            return asked_to_wait(found, door.page(form, kept_form=sent(), target=target()))
        if not isinstance(found, Wrong):
            return password_was_right(found, here)
        form.form_errors.append(_("Name or password is wrong."))
    return door.page(form, kept_form=sent(), target=target())


def asked_to_wait(wait: Wait, shown: str) -> Response:
    """Too early: nothing was looked at."""
    response = make_response(shown, 429)
    response.headers["Retry-After"] = str(wait.seconds)
    return response


def password_was_right(user: User, here: Visitor) -> Any:
    """Ask for the code of who has a second factor, else let the user in."""
    if queries.second_factor(user.id) is None:
        return let_in(user, here)
    _await(user)
    return _code_page(CodeForm(formdata=None))


def ask_for_code(user: User, wanted: str | None) -> Response:
    """The code is asked for here although somebody else has checked the password."""
    _await(user, by_single_sign_on=True)
    return redirect(url_for("signin.code", next=wanted))


def _await(user: User, *, by_single_sign_on: bool = False) -> None:
    until = (clock.now() + PATIENCE).timestamp()
    shown = _password_shown(user)
    cookie[AWAITING] = {"user": user.id, "until": until, "shown": shown, "by_single_sign_on": by_single_sign_on}


def _password_shown(user: User) -> str:
    """Tells the password of now from another: who gave one that was changed since has given none."""
    return fingerprint(user.password_hash, AWAITING)


@bp.route("/sign-in/code", methods=["GET", "POST"], permission=Permission.PUBLIC)
def code() -> Any:
    """The code of the phone, or one for recovery."""
    user = _awaited()
    if user is None:
        return door.page(SignInForm(formdata=None), kept_form=sent(), target=target())
    form = CodeForm()
    if form.validate_on_submit():
        here = door.visitor()
        with refusals_on(form):
            found = second_factor.confirm(user, form.code.data or "", here)
            if found is True:
                by_single_sign_on = cookie[AWAITING]["by_single_sign_on"]
                return let_in(user, here, by_single_sign_on=by_single_sign_on, second_factor=True)
            if isinstance(found, Wait):
                form.form_errors.append(too_early(found.seconds))
                return asked_to_wait(found, _code_page(form))
            form.code.errors = [_("The code is wrong, or was used already. Type the newest.")]
    return _code_page(form)


def _code_page(form: CodeForm) -> str:
    return render_template("signin/code.html", form=form, kept_form=sent(), target=target())


def _awaited() -> User | None:
    waiting = cookie.get(AWAITING)
    if not isinstance(waiting, dict) or waiting["until"] < clock.now().timestamp():
        return None
    user = db.session.get(User, waiting["user"])
    if user is None or not user.active or waiting.get("shown") != _password_shown(user):
        return None
    return user


def let_in(
    user: User,
    here: Visitor,
    *,
    by_single_sign_on: bool = False,
    second_factor: bool = False,
    wanted: str | None = None,
) -> Response:
    """Everything has been shown: the session begins, and a form that came too late is brought back to its owner."""
    sealed = sent() or (door.laid_by() if by_single_sign_on else None)
    if not by_single_sign_on:
        succeeded(user, here)
    session = door.enter(user, here, by_single_sign_on=by_single_sign_on, second_factor=second_factor)
    if sealed:
        try:
            form = kept.opened(sealed)
        except Unsealable:
            flash(_("What you had typed is too old to be brought back."), "warning")
        else:
            if form.user_id == user.id:
                session.kept_path, session.kept = form.path[:2000], sealed
                return redirect(form.path)
            flash(_("What was typed before the session ended is another user's, and is shown to nobody else."), "info")
            return redirect(url_for("home.index"))
    return redirect(wanted or target() or url_for("home.index"))


@bp.route("/sign-out", methods=["POST"], permission=Permission.PUBLIC)
def sign_out() -> Response:
    """End the session."""
    if current_user.is_authenticated:
        end_session(door.present())
    locale = cookie.get("locale")
    cookie.clear()
    if locale:
        cookie["locale"] = locale
    return redirect(url_for("signin.sign_in"))


def target() -> str | None:
    """The local path asked for; never another site."""
    return local_path(request.args.get("next"))


def sent() -> str | None:
    """The sealed form that the page carries, if any."""
    return request.form.get("kept") or None
