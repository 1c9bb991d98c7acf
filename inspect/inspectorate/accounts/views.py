"""Sign-in, sign-out, language, and the administration of accounts."""

from typing import Any

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from ..audit.presentation import ReadableEntry, readable
from ..audit.queries import history
from ..extensions import login_manager
from ..fields import values_of
from ..web import Area, current_actor, local_path, refusals_on
from . import actions, queries
from .forms import AgencyForm, NewPasswordForm, OfficerForm, SignInForm, UserForm
from .models import Agency, Officer, User
from .permissions import Permission, Role
from .words import SECTORS

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


@bp.route("/accounts", permission=Permission.OFFICERS_READ)
def index() -> str:
    """Officers, and for administrators agencies and sign-ins."""
    actor = current_actor()
    administers = actor.may(Permission.ACCOUNTS_READ)
    return render_template(
        "accounts/index.html",
        officers=queries.officers(actor) if administers else queries.own_officers(actor),
        agencies=queries.agencies(actor) if administers else [],
        users=queries.users(actor) if administers else [],
        sector_words=SECTORS,
    )


@bp.route("/accounts/officers/new", methods=["GET", "POST"], permission=Permission.OFFICERS_WRITE)
def new_officer() -> Any:
    """Add an officer."""
    return _edit_officer(OfficerForm(agency_id=current_actor().agency_id), None)


@bp.route("/accounts/officers/<int:officer_id>", methods=["GET", "POST"], permission=Permission.OFFICERS_WRITE)
def officer(officer_id: int) -> Any:
    """Change an officer."""
    return _edit_officer(OfficerForm(obj=queries.officer(current_actor(), officer_id)), officer_id)


def _edit_officer(form: OfficerForm, officer_id: int | None) -> Any:
    actor = current_actor()
    form.agency_id.choices = [(agency.id, agency.name) for agency in queries.agencies(actor)]
    if form.validate_on_submit():
        with refusals_on(form):
            actions.save_officer(actor, officer_id, values_of(form), version=form.read_version)
            flash(_("The officer was saved."), "success")
            return redirect(url_for("accounts.index"))
    entries = _entries(queries.officer(actor, officer_id)) if officer_id else []
    return render_template("accounts/officer.html", form=form, officer_id=officer_id, entries=entries)


@bp.route("/accounts/agencies/new", methods=["GET", "POST"], permission=Permission.ACCOUNTS_WRITE)
def new_agency() -> Any:
    """Add an agency."""
    actor = current_actor()
    return _edit_agency(AgencyForm(region_code=actor.region_code, sector=actor.sector), None)


@bp.route("/accounts/agencies/<int:agency_id>", methods=["GET", "POST"], permission=Permission.ACCOUNTS_WRITE)
def agency(agency_id: int) -> Any:
    """Change an agency."""
    return _edit_agency(AgencyForm(obj=queries.agency(current_actor(), agency_id)), agency_id)


def _edit_agency(form: AgencyForm, agency_id: int | None) -> Any:
    actor = current_actor()
    form.offer(queries.agencies(actor))
    if form.validate_on_submit():
        with refusals_on(form):
            actions.save_agency(actor, agency_id, values_of(form), version=form.read_version)
            flash(_("The agency was saved."), "success")
            return redirect(url_for("accounts.index"))
    entries = _entries(queries.agency(actor, agency_id)) if agency_id else []
    return render_template("accounts/agency.html", form=form, agency_id=agency_id, entries=entries)


@bp.route("/accounts/users/new", methods=["GET", "POST"], permission=Permission.ACCOUNTS_WRITE)
def new_user() -> Any:
    """Create a sign-in."""
    actor = current_actor()
    form = UserForm()
    form.offer(queries.agencies(actor), queries.officers(actor))
    if form.validate_on_submit():
        with refusals_on(form):
            actions.add_user(
                actor,
                name=form.name.data or "",
                display_name=form.display_name.data or "",
                password=form.password.data or "",
                agency=queries.agency(actor, form.agency_id.data),
                roles=[Role(role) for role in form.roles.data or []],
                officer_id=form.officer_id.data,
            )
            flash(_("The sign-in was created."), "success")
            return redirect(url_for("accounts.index"))
    return render_template("accounts/user.html", form=form, user=None, entries=[])


@bp.route("/accounts/users/<int:user_id>", methods=["GET", "POST"], permission=Permission.ACCOUNTS_WRITE)
def user(user_id: int) -> Any:
    """Change a sign-in: roles, officer, whether it may be used."""
    actor = current_actor()
    found = queries.user(actor, user_id)
    form = UserForm(obj=found)
    for name in ("name", "agency_id", "password"):
        delattr(form, name)
    form.officer_id.choices = [("", _("none")), *((one.id, one.name) for one in queries.officers(actor))]
    if form.validate_on_submit():
        with refusals_on(form):
            actions.change_user(
                actor,
                user_id,
                version=form.read_version,
                display_name=form.display_name.data or "",
                roles=[Role(role) for role in form.roles.data or []],
                active=bool(form.active.data),
                officer_id=form.officer_id.data,
            )
            flash(_("The sign-in was saved."), "success")
            return redirect(url_for("accounts.index"))
    return render_template("accounts/user.html", form=form, user=found, entries=_entries(found))


def _entries(subject: Agency | Officer | User) -> list[ReadableEntry]:
    """The history of an account, the latest first."""
    return readable(reversed(history(subject)))


@bp.route("/accounts/users/<int:user_id>/password", methods=["GET", "POST"], permission=Permission.ACCOUNTS_WRITE)
def reset_password(user_id: int) -> Any:
    """Give a user a new password."""
    return _new_password(queries.user(current_actor(), user_id))


@bp.route("/password", methods=["GET", "POST"], permission=Permission.SIGNED_IN)
def own_password() -> Any:
    """Change the own password."""
    return _new_password(current_user._get_current_object())


def _new_password(owner: User) -> Any:
    form = NewPasswordForm()
    if form.validate_on_submit():
        with refusals_on(form):
            actions.set_password(current_actor(), owner, form.password.data or "")
            if owner.id == current_actor().user_id:
                login_user(owner)
            flash(_("The password was changed. Other sessions have ended."), "success")
            return redirect(url_for("home.index"))
    return render_template("accounts/password.html", form=form, owner=owner)
