"""The user's own sign-in: password, second factor and sessions."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from ...accounts.permissions import Permission
from ...audit.presentation import readable
from ...audit.queries import history
from ...web import current_actor, refusals_on
from .. import queries
from ..actions import sessions as actions
from ..actions.passwords import change_password, password_is_own
from ..agents import device_name
from ..forms import CurrentPasswordForm, NewPasswordForm
from ..models import SignInSession
from . import door
from .blueprint import bp
from .owner import asks_for_password, is_owner

LATEST = 20
"""Events of the own sign-in that its page shows."""


@bp.route("/sessions", permission=Permission.SIGNED_IN)
def sessions() -> str:
    """Where one is signed in, and what has happened to the own sign-in."""
    user = door.present().user
    events = [entry for entry in history(user) if entry.event.startswith("signin:")]
    return render_template(
        "signin/own.html",
        user=user,
        present=door.present(),
        sessions=queries.sessions_of(user.id),
        device_name=device_name,
        factor=queries.second_factor(user.id),
        demanded=queries.demands_second_factor(user),
        codes_left=queries.recovery_codes_left(user.id),
        entries=readable(reversed(events[-LATEST:])),
    )


@bp.route("/sessions/end", methods=["GET", "POST"], permission=Permission.SIGNED_IN)
def end_session() -> Any:
    """End one session (``session`` in the address), such as that of a phone that was lost."""
    form, session_id = _asking(), request.args.get("session", 0, type=int)
    if is_owner(form):
        with refusals_on(form):
            actions.end_own_session(current_actor(), session_id)
            flash(_("The session has ended."), "success")
            return redirect(url_for("signin.sessions"))
    ending = [one for one in queries.sessions_of(door.present().user_id) if one.id == session_id]
    return _ending(form, _("End this session"), ending)


@bp.route("/sessions/end-others", methods=["GET", "POST"], permission=Permission.SIGNED_IN)
def end_other_sessions() -> Any:
    """Sign out everywhere else."""
    form, present = _asking(), door.present()
    if is_owner(form):
        number = actions.end_other_sessions(current_actor(), present, door.visitor())
        flash(ngettext("%(num)d other session has ended.", "%(num)d other sessions have ended.", number), "success")
        return redirect(url_for("signin.sessions"))
    ending = [one for one in queries.sessions_of(present.user_id) if one.id != present.id]
    return _ending(form, _("Sign out everywhere else"), ending)


def _asking() -> CurrentPasswordForm:
    form = CurrentPasswordForm()
    if not asks_for_password(door.present()):
        del form.current
    return form


def _ending(form: CurrentPasswordForm, title: str, ending: Sequence[SignInSession]) -> str:
    return render_template("signin/end_sessions.html", form=form, title=title, ending=ending, device_name=device_name)


@bp.route("/password", methods=["GET", "POST"], permission=Permission.SIGNED_IN)
def own_password() -> Any:
    """Change the own password; the first thing to do with one that somebody else has given."""
    session, form = door.present(), NewPasswordForm()
    user, one_time = session.user, session.user.one_time_until is not None
    if one_time:
        # It was typed a moment ago, to sign in.
        del form.current
    if form.validate_on_submit():
        refusal = None if one_time else password_is_own(user, form.current.data or "", door.visitor())
        if refusal is not None:
            form.current.errors = [str(refusal)]
        else:
            with refusals_on(form):
                door.renew(change_password(user, form.password.data or "", session, door.visitor()))
                flash(_("The password was changed. Other sessions have ended."), "success")
                return redirect(url_for("home.index"))
    return render_template("signin/password.html", form=form, user=user, one_time=one_time)
