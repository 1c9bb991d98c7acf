"""Use cases of accounts: signing in, users, officers, agencies."""

from collections.abc import Iterable

from flask_babel import gettext as _

from ..audit.actions import record
from ..columns import new_key
from ..errors import Refusal
from ..extensions import db
from . import queries
from .actor import Actor
from .models import Agency, User
from .passwords import MINIMUM_LENGTH, hash_password, password_matches
from .permissions import Role


def authenticate(name: str, password: str) -> User:
    """The user of a name and password. Raises Refusal without telling which of the two was wrong."""
    user = queries.user_by_name(name)
    known = password_matches(user.password_hash if user else hash_password(new_key()), password)
    if user is None or not known or not user.active:
        raise Refusal(_("Name or password is wrong."))
    return user


def add_user(
    actor: Actor,
    *,
    name: str,
    display_name: str,
    password: str,
    agency: Agency,
    roles: Iterable[Role],
    officer_id: int | None = None,
) -> User:
    """Create a sign-in. Raises Refusal for a taken name, a short password or no role."""
    chosen = sorted({Role(role).value for role in roles})
    if not chosen:
        raise Refusal(_("Choose at least one role."), field="roles")
    if queries.user_by_name(name):
        raise Refusal(_("This sign-in name is taken. Choose another."), field="name")
    if len(password) < MINIMUM_LENGTH:
        raise Refusal(_("The password needs at least %(n)d characters.", n=MINIMUM_LENGTH), field="password")
    user = User(
        name=name.strip(),
        display_name=display_name.strip() or name.strip(),
        password_hash=hash_password(password),
        agency=agency,
        roles=chosen,
        officer_id=officer_id,
    )
    db.session.add(user)
    db.session.flush()
    record(user, "accounts:user:add", actor)
    return user
