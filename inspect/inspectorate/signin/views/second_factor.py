"""The second factor: set up with a phone, new recovery codes, turned off."""

from typing import Any

import segno
from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from ...accounts.permissions import Permission
from ...web import refusals_on
from .. import queries
from ..actions import second_factor as actions
from ..forms import CurrentPasswordForm, PhoneForm
from ..sealing import Unsealable, seal, unseal
from . import door
from .blueprint import bp
from .owner import asks_for_password, is_owner

PURPOSE = "enrolment"
SECONDS = 3600
"""How long the page with the QR code can be used."""


@bp.route("/second-factor", methods=["GET", "POST"], permission=Permission.SIGNED_IN)
def second_factor() -> Any:
    """Carry a secret to the phone, and show that it has arrived."""
    user = door.present().user
    if queries.second_factor(user.id) is not None:
        return redirect(url_for("signin.sessions"))
    form = PhoneForm()
    if not asks_for_password(door.present()):
        del form.current
    if is_owner(form) and (secret := _sealed_in(form, user.id)):
        with refusals_on(form):
            codes, token = actions.begin(user, secret, form.code.data or "", door.present())
            door.renew(token)
            return _show_codes(codes)
    secret = _sealed_in(form, user.id) or actions.new_secret()
    form.sealed.data = seal(f"{user.id} {secret}".encode(), PURPOSE)
    uri = actions.provisioning_uri(user, secret, current_app.config["SITE_NAME"] or _("Health inspection"))
    return render_template(
        "signin/second_factor.html",
        form=form,
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        uri=uri,
        picture=segno.make(uri, error="m").svg_data_uri(scale=5, border=4, dark="#000", light="#fff"),
        demanded=queries.demands_second_factor(user),
    )


def _sealed_in(form: PhoneForm, user_id: int) -> str | None:
    """The secret that the page has shown, when it was shown to this user and not long ago."""
    try:
        owner, secret = unseal(form.sealed.data or "", PURPOSE, SECONDS).decode().split(" ")
    except (Unsealable, ValueError):
        return None
    return secret if owner == str(user_id) else None


@bp.route("/second-factor/codes", methods=["GET", "POST"], permission=Permission.SIGNED_IN)
def new_codes() -> Any:
    """Ten other recovery codes."""
    form = CurrentPasswordForm()
    if is_owner(form):
        with refusals_on(form):
            return _show_codes(actions.renew_codes(door.present().user))
    return render_template("signin/confirm_codes.html", form=form)


@bp.route("/second-factor/off", methods=["GET", "POST"], permission=Permission.SIGNED_IN)
def turn_off() -> Any:
    """Sign in with the password alone again."""
    form = CurrentPasswordForm()
    if is_owner(form):
        with refusals_on(form):
            door.renew(actions.end(door.present().user, door.present()))
            flash(_("The second factor is off."), "success")
            return redirect(url_for("signin.sessions"))
    return render_template("signin/turn_off.html", form=form)


def _show_codes(codes: list[str]) -> str:
    return render_template("signin/codes.html", codes=codes)
