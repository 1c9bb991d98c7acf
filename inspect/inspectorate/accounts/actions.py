"""Use cases of accounts: users, officers, agencies."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from .. import clock
from ..audit.actions import record
from ..columns import new_key
from ..errors import Refusal
from ..extensions import db
from ..signin.actions.sessions import end_sessions
from ..turns import take_turn
from . import queries
from .actor import Actor
from .models import Agency, Officer, User
from .passwords import ONE_TIME_FOR, check_password, hash_password
from .permissions import Permission, Role
from .regions import covers, region
from .scope import check_version

LONGEST_NAME = 60


def add_user(
    actor: Actor,
    *,
    name: str,
    display_name: str,
    password: str,
    agency: Agency,
    roles: Iterable[Role],
    officer_id: int | None = None,
    must_change: bool = True,
) -> User:
    """Create a sign-in. Raises Refusal for no or a taken name, a password that is short or easy to guess, or no role.

    ``must_change``: the password, known to whoever gave it, is good for one sign-in and for three days.
    """
    chosen = sorted({Role(role).value for role in roles})
    if not chosen:
        raise Refusal(_("Choose at least one role."), field="roles")
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        raise Refusal(_("Enter a sign-in name."), field="name")
    take_turn("sign-in name", name.strip().lower())
    if queries.user_by_name(name):
        raise Refusal(_("This sign-in name is taken. Choose another."), field="name")
    check_password(password, [name, display_name, agency.name, agency.number_prefix or ""])
    _check_officer(officer_id, agency)
    user = User(
        name=name.strip(),
        display_name=display_name.strip() or name.strip(),
        password_hash=hash_password(password),
        one_time_until=clock.now() + ONE_TIME_FOR if must_change else None,
        one_time_by=actor.name if must_change else None,
        agency=agency,
        roles=chosen,
        officer_id=officer_id,
    )
    db.session.add(user)
    db.session.flush()
    record(user, "accounts:user:add", actor)
    return user


def change_user(
    actor: Actor,
    user_id: int,
    *,
    version: int | None,
    display_name: str,
    roles: Iterable[Role],
    active: bool,
    officer_id: int | None,
) -> User:
    """Change a sign-in; closing it, and other roles, end its sessions. Raises NotFound, Refusal, Stale."""
    user = queries.user(actor, user_id)
    check_version(user, version)
    chosen = sorted({Role(role).value for role in roles})
    if not chosen:
        raise Refusal(_("Choose at least one role."), field="roles")
    _check_self(actor, user, chosen, active, officer_id)
    if user.active and _administers(user.roles) and not (active and _administers(chosen)):
        _check_somebody_is_left(user)
    _check_officer(officer_id, user.agency)
    event = "accounts:user:change" if chosen == sorted(user.roles) else "accounts:user:roles"
    user.display_name, user.roles, user.active, user.officer_id = display_name, chosen, active, officer_id
    if user.id != actor.user_id and (event == "accounts:user:roles" or not active):
        end_sessions(user)
    record(user, event, actor)
    return user


def choose_language(actor: Actor, language: str) -> None:
    """The language of one's own screens, on this and from the next sign-in on every other device."""
    user = db.session.get_one(User, actor.user_id)
    if user.locale != language:
        user.locale = language
        record(user, "accounts:user:language", actor)


def _check_self(actor: Actor, user: User, roles: list[str], active: bool, officer_id: int | None) -> None:
    """Who gives rights out gives none to himself, and does not leave them behind unattended."""
    if user.id != actor.user_id:
        return
    if not active or not _administers(roles):
        raise Refusal(_("You cannot take your own administration away. Ask another administrator."), field="roles")
    if set(roles) - set(user.roles):
        message = _(
            "Nobody gives himself a role: who gives and who uses rights must be two. Ask another administrator."
        )
        raise Refusal(message, field="roles")
    if officer_id not in (None, user.officer_id):
        message = _(
            "Nobody makes himself an officer: who gives and who uses rights must be two. Ask another administrator."
        )
        raise Refusal(message, field="officer_id")


def _administers(roles: Iterable[str]) -> bool:
    return Role.ADMINISTRATOR.value in roles


def _check_somebody_is_left(user: User) -> None:
    """Two who switch each other off at once queue up at the rows of the administrators."""
    others = [one for one in queries.administrators_locked() if one.id != user.id and one.active]
    if not any(
        covers(one.agency.region_code, user.agency.region_code) and one.agency.sector == user.agency.sector
        for one in others
        if _administers(one.roles)
    ):
        agency = user.agency.name
        message = _("This is the last administrator of %(agency)s. Give another person the role first.", agency=agency)
        raise Refusal(message, field="roles")


def _check_officer(officer_id: int | None, agency: Agency) -> None:
    """Nobody signs in as an officer of another authority."""
    officer = db.session.get(Officer, officer_id) if officer_id else None
    if officer is not None and officer.agency.authority.id != agency.authority.id:
        raise Refusal(_("This officer belongs to another authority. Choose one of this agency."), field="officer_id")


def save_agency(
    actor: Actor,
    agency_id: int | None,
    values: Mapping[str, Any],
    *,
    version: int | None = None,
    key: str | None = None,
) -> Agency:
    """Add an agency, or change one in scope. Added twice under one ``key`` it is there once.

    Raises NotFound, Refusal, Stale.
    """
    if key and (made := _made_before(Agency, key)):
        return queries.agency(actor, made)
    agency = queries.agency(actor, agency_id) if agency_id else Agency(key=key or new_key())
    if agency_id:
        check_version(agency, version)
    _check_agency(actor, agency, values)
    for name, value in values.items():
        setattr(agency, name, value)
    db.session.add(agency)
    db.session.flush()
    record(agency, "accounts:agency:change" if agency_id else "accounts:agency:add", actor)
    return agency


def _check_agency(actor: Actor, agency: Agency, values: Mapping[str, Any]) -> None:
    if region(values["region_code"]) is None:
        raise Refusal(_("There is no region with this code (GB/T 2260)."), field="region_code")
    if not covers(actor.region_code, values["region_code"]):
        raise Refusal(_("The agency must lie in your own region or below it."), field="region_code")
    if actor.sector is not None and values["sector"] != actor.sector:
        raise Refusal(_("You look after the agencies of your own sector only."), field="sector")
    if agency.id is not None and agency.id == actor.agency_id and values.get("acts_for_id") != agency.acts_for_id:
        message = _("Nobody puts his own agency under another authority. Ask an administrator of another agency.")
        raise Refusal(message, field="acts_for_id")
    superior = db.session.get(Agency, values["acts_for_id"]) if values.get("acts_for_id") else None
    if superior is not None and (superior.acts_for_id or superior.id == agency.id):
        raise Refusal(_("A team acts for a punishing authority, not for itself or another team."), field="acts_for_id")
    if superior is not None and superior.sector != values["sector"]:
        raise Refusal(_("A team and the authority it acts for belong to one sector."), field="sector")


def _made_before(model: type[Agency] | type[Officer], key: str) -> int | None:
    """What was added under the key of a form; whoever asks has the turn for it until the transaction ends."""
    take_turn(model.__tablename__, key)
    return db.session.scalar(select(model.id).where(model.source == "local", model.key == key))


def save_officer(
    actor: Actor,
    officer_id: int | None,
    values: Mapping[str, Any],
    *,
    version: int | None = None,
    key: str | None = None,
) -> Officer:
    """Add or change an officer in scope; a head only those of the own authority.

    Added twice under one ``key`` the officer is there once. Raises NotFound, Refusal, Stale.
    """
    if key and (made := _made_before(Officer, key)):
        return queries.officer(actor, made)
    officer = queries.officer(actor, officer_id) if officer_id else Officer(key=key or new_key())
    if officer_id:
        check_version(officer, version)
    agency = queries.agency(actor, values["agency_id"])
    authorities = {agency.authority.id} | ({officer.agency.authority.id} if officer_id else set())
    if not actor.may(Permission.ACCOUNTS_WRITE) and authorities != {actor.authority_id}:
        raise Refusal(_("You may enter officers of your own agency and its teams only."), field="agency_id")
    first, last = values.get("certificate_from"), values.get("certificate_to")
    if first and last and last < first:
        raise Refusal(_("The certificate ends before it begins."), field="certificate_to")
    for name, value in values.items():
        setattr(officer, name, value)
    db.session.add(officer)
    db.session.flush()
    record(officer, "accounts:officer:change" if officer_id else "accounts:officer:add", actor)
    return officer
