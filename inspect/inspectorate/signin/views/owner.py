"""The own password again before something of weight: who finds a screen unlocked is not its owner."""

from datetime import timedelta

from ... import clock
from ..actions.passwords import password_is_own
from ..forms import CurrentPasswordForm, PhoneForm
from ..models import SignInSession
from . import door

JUST_NOW = timedelta(minutes=10)
"""How long after signing in the password need not be typed again."""


def asks_for_password(session: SignInSession) -> bool:
    """Not just after signing in, nor of whom the provider lets in: such people may have no password."""
    return not session.by_single_sign_on and clock.now() - session.started_at > JUST_NOW


def is_owner(form: CurrentPasswordForm | PhoneForm) -> bool:
    """Whether the form was sent with the right password, if it asks for one."""
    if not form.validate_on_submit():
        return False
    if "current" not in form:
        return True
    refusal = password_is_own(door.present().user, form.current.data or "", door.visitor())
    if refusal is not None:
        form.current.errors = [str(refusal)]
    return refusal is None
