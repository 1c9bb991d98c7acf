"""Sign-in, sign-out, language, and the administration of accounts."""

from typing import Any

from flask import redirect, render_template, request, session, url_for
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from ..extensions import login_manager
from ..web import Area, local_path, refusals_on
from . import actions, queries
from .forms import SignInForm
from .permissions import Permission

bp = Area("accounts", __name__)

login_manager.user_loader(queries.user_by_identity)


@bp.route("/sign-in", methods=["GET", "POST"], permission=Permission.PUBLIC)
def sign_in() -> Any:
    """Name and password; afterwards the page that was asked for."""
    if current_user.is_authenticated and request.method == "GET":
        return redirect(_next_page())
    form = SignInForm()
    if form.validate_on_submit():
        with refusals_on(form):
            user = actions.authenticate(form.name.data or "", form.password.data or "")
            session.clear()
            login_user(user)
            session.permanent = True
            return redirect(_next_page())
    return render_template("accounts/sign_in.html", form=form)


@bp.route("/sign-out", methods=["POST"], permission=Permission.PUBLIC)
def sign_out() -> Response:
    """End the session."""
    logout_user()
    session.clear()
    return redirect(url_for("accounts.sign_in"))


def _next_page() -> str:
    """The local path asked for; never another site."""
    return local_path(request.args.get("next")) or url_for("home.index")
