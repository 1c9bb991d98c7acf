"""What administrators do for the sign-ins of others: all of it recorded, none of it unseen by their owners."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from ...accounts import queries as accounts
from ...accounts.models import User
from ...accounts.permissions import Permission
from ...web import current_actor, refusals_on
from .. import queries
from ..actions import attempts, second_factor, sessions
from ..actions import passwords as actions
from ..agents import device_name
from ..forms import ConfirmForm
from .blueprint import bp


@bp.route("/accounts/users/<int:user_id>/sign-in", permission=Permission.ACCOUNTS_WRITE)
def user_sign_in(user_id: int) -> str:
    """How and where a user signs in: sessions, second factor, attempts that failed."""
    user = _user(user_id)
    return render_template(
        "signin/of_user.html",
        user=user,
        own=user.id == current_actor().user_id,
        sessions=queries.sessions_of(user.id),
        device_name=device_name,
        factor=queries.second_factor(user.id),
        demanded=queries.demands_second_factor(user),
        codes_left=queries.recovery_codes_left(user.id),
        locks=queries.locks_of(user.id),
    )


@bp.route("/accounts/users/<int:user_id>/password", methods=["GET", "POST"], permission=Permission.ACCOUNTS_WRITE)
def reset_password(user_id: int) -> Any:
    """Give a user a password for one sign-in; it is shown once."""
    user = _user(user_id)
    form = ConfirmForm()
    if form.validate_on_submit():
        with refusals_on(form):
            password = actions.reset_password(current_actor(), user)
            return render_template("signin/one_time_password.html", user=user, password=password, new=False)
    return render_template("signin/reset_password.html", form=form, user=user)


@bp.route("/accounts/users/<int:user_id>/sessions/end", methods=["POST"], permission=Permission.ACCOUNTS_WRITE)
def end_sessions(user_id: int) -> Response:
    """Sign a user out everywhere."""
    number = sessions.end_sessions_of(current_actor(), _user(user_id))
    flash(ngettext("%(num)d session has ended.", "%(num)d sessions have ended.", number), "success")
    return _back(user_id)


@bp.route("/accounts/users/<int:user_id>/second-factor/reset", methods=["POST"], permission=Permission.ACCOUNTS_WRITE)
def reset_second_factor(user_id: int) -> Response:
    """Take the second factor of a lost phone away."""
    second_factor.reset(current_actor(), _user(user_id))
    flash(_("The second factor was reset."), "success")
    return _back(user_id)


@bp.route("/accounts/users/<int:user_id>/locks/lift", methods=["POST"], permission=Permission.ACCOUNTS_WRITE)
def lift_locks(user_id: int) -> Response:
    """Let a user try again at once."""
    attempts.lift_locks(current_actor(), _user(user_id))
    flash(_("Signing in can be tried again at once."), "success")
    return _back(user_id)


def _user(user_id: int) -> User:
    return accounts.user(current_actor(), user_id)


def _back(user_id: int) -> Response:
    return redirect(url_for("signin.user_sign_in", user_id=user_id))
