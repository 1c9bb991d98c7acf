"""The administration of accounts: officers, agencies, sign-ins."""

from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ..audit.presentation import ReadableEntry, readable
from ..audit.queries import history
from ..fields import values_of
from ..late_saves import saving
from ..web import Area, current_actor, refusals_on
from . import actions, queries
from .forms import AgencyForm, NameFilter, OfficerForm, UserForm
from .models import Agency, Officer, User
from .passwords import one_time_password
from .permissions import Permission, Role
from .words import SECTORS

bp = Area("accounts", __name__)

MOST = 300
"""Rows of each list: who looks after more finds them by words."""


@bp.route("/accounts", permission=Permission.OFFICERS_READ)
def index() -> str:
    """Officers, and for administrators agencies and sign-ins."""
    actor = current_actor()
    administers = actor.may(Permission.ACCOUNTS_READ)
    form = NameFilter(request.args)
    words = (form.q.data or "").strip()
    return render_template(
        "accounts/index.html",
        form=form,
        most=MOST,
        officers=queries.officers(actor, words, MOST) if administers else queries.own_officers(actor),
        agencies=queries.agencies(actor, words, MOST) if administers else [],
        users=queries.users(actor, words, MOST) if administers else [],
        sector_words=SECTORS,
    )


@bp.route("/accounts/officers/new", methods=["GET", "POST"], permission=Permission.OFFICERS_WRITE)
def new_officer() -> Any:
    """Add an officer."""
    return _edit_officer(OfficerForm(agency_id=current_actor().agency_id), None)


@bp.route("/accounts/officers/<int:officer_id>", methods=["GET", "POST"], permission=Permission.OFFICERS_WRITE)
def officer(officer_id: int) -> Any:
    """Change an officer."""
    return _edit_officer(_officer_form(officer_id), officer_id)


def _officer_form(officer_id: int, **sent: Any) -> OfficerForm:
    actor = current_actor()
    form = OfficerForm(obj=queries.officer(actor, officer_id), **sent)
    form.agency_id.choices = [(agency.id, agency.name) for agency in queries.agencies(actor)]
    return form


def _edit_officer(form: OfficerForm, officer_id: int | None) -> Any:
    actor = current_actor()
    form.agency_id.choices = [(agency.id, agency.name) for agency in queries.agencies(actor)]
    found = queries.officer(actor, officer_id) if officer_id else None
    anew = partial(_officer_form, officer_id, formdata=None) if officer_id else None
    if form.validate_on_submit():
        with saving(form, found, anew):
            key = None if officer_id else form.key.data
            actions.save_officer(actor, officer_id, values_of(form), version=form.read_version, key=key)
            flash(_("The officer was saved."), "success")
            return redirect(url_for("accounts.index"))
    entries = _entries(found) if found else []
    return render_template("accounts/officer.html", form=form, officer_id=officer_id, entries=entries)


@bp.route("/accounts/agencies/new", methods=["GET", "POST"], permission=Permission.ACCOUNTS_WRITE)
def new_agency() -> Any:
    """Add an agency."""
    actor = current_actor()
    return _edit_agency(AgencyForm(region_code=actor.region_code, sector=actor.sector), None)


@bp.route("/accounts/agencies/<int:agency_id>", methods=["GET", "POST"], permission=Permission.ACCOUNTS_WRITE)
def agency(agency_id: int) -> Any:
    """Change an agency."""
    return _edit_agency(_agency_form(agency_id), agency_id)


def _agency_form(agency_id: int, **sent: Any) -> AgencyForm:
    actor = current_actor()
    form = AgencyForm(obj=queries.agency(actor, agency_id), **sent)
    form.offer(queries.agencies(actor))
    return form


def _edit_agency(form: AgencyForm, agency_id: int | None) -> Any:
    actor = current_actor()
    form.offer(queries.agencies(actor))
    found = queries.agency(actor, agency_id) if agency_id else None
    anew = partial(_agency_form, agency_id, formdata=None) if agency_id else None
    if form.validate_on_submit():
        with saving(form, found, anew):
            key = None if agency_id else form.key.data
            actions.save_agency(actor, agency_id, values_of(form), version=form.read_version, key=key)
            flash(_("The agency was saved."), "success")
            return redirect(url_for("accounts.index"))
    entries = _entries(found) if found else []
    return render_template("accounts/agency.html", form=form, agency_id=agency_id, entries=entries)


@bp.route("/accounts/users/new", methods=["GET", "POST"], permission=Permission.ACCOUNTS_WRITE)
def new_user() -> Any:
    """Create a sign-in."""
    actor = current_actor()
    form = UserForm()
    form.offer(queries.agencies(actor), queries.officers(actor))
    if form.validate_on_submit():
        with refusals_on(form):
            password = one_time_password()
            added = actions.add_user(
                actor,
                name=form.name.data or "",
                display_name=form.display_name.data or "",
                password=password,
                agency=queries.agency(actor, form.agency_id.data),
                roles=[Role(role) for role in form.roles.data or []],
                officer_id=form.officer_id.data,
            )
            # Shown once, on this page: neither a cookie nor an address ever holds it.
            return render_template("signin/one_time_password.html", user=added, password=password, new=True)
    return render_template("accounts/user.html", form=form, user=None, entries=[])


@bp.route("/accounts/users/<int:user_id>", methods=["GET", "POST"], permission=Permission.ACCOUNTS_WRITE)
def user(user_id: int) -> Any:
    """Change a sign-in: roles, officer, whether it may be used."""
    actor = current_actor()
    found = queries.user(actor, user_id)
    form = _user_form(found)
    if form.validate_on_submit():
        with saving(form, found, lambda: _user_form(found, formdata=None)):
            _change_user(user_id, form)
            flash(_("The sign-in was saved."), "success")
            return redirect(url_for("accounts.index"))
    return render_template("accounts/user.html", form=form, user=found, entries=_entries(found))


def _user_form(user: User, **sent: Any) -> UserForm:
    form = UserForm(obj=user, **sent)
    for name in ("name", "agency_id"):
        delattr(form, name)
    form.officer_id.choices = [("", _("none")), *((one.id, one.name) for one in queries.officers(current_actor()))]
    return form


def _change_user(user_id: int, form: UserForm) -> None:
    actions.change_user(
        current_actor(),
        user_id,
        version=form.read_version,
        display_name=form.display_name.data or "",
        roles=[Role(role) for role in form.roles.data or []],
        active=bool(form.active.data),
        officer_id=form.officer_id.data,
    )


def _entries(subject: Agency | Officer | User) -> list[ReadableEntry]:
    """The history of an account, the latest first."""
    return readable(reversed(history(subject)))
