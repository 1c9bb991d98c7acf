"""Reading agencies, officers and users."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, or_, select, true

from ..errors import NotFound
from ..extensions import db
from .actor import Actor
from .models import Agency, Officer, User
from .permissions import Role
from .scope import in_scope, scoped_get


def user_by_name(name: str) -> User | None:
    """The sign-in of a name, whatever its capitals."""
    return db.session.scalar(select(User).where(func.lower(User.name) == name.strip().lower()))


def agency_by_key(key: str, source: str = "local") -> Agency | None:
    """The agency of a sender's key."""
    return db.session.scalar(select(Agency).where(Agency.source == source, Agency.key == key))


def agencies(actor: Actor, words: str = "", most: int | None = None) -> Sequence[Agency]:
    """The agencies in the actor's scope, by region: all, or the first whose name holds the words."""
    query = (
        select(Agency)
        .where(in_scope(Agency, actor), _holds(words, Agency.name))
        .order_by(Agency.region_code, Agency.id)
        .limit(most)
    )
    return db.session.scalars(query).all()


def agency(actor: Actor, agency_id: int) -> Agency:
    """One agency in scope. Raises NotFound."""
    return scoped_get(Agency, agency_id, actor)


def own_agency(actor: Actor) -> Agency:
    """The agency the actor works in."""
    found = db.session.get(Agency, actor.agency_id) if actor.agency_id else None
    if found is None:
        raise NotFound
    return found


def own_officers(actor: Actor, day: date | None = None) -> Sequence[Officer]:
    """The officers of the actor's authority and its teams; with a day, those certified on it."""
    query = (
        select(Officer)
        .join(Officer.agency)
        .where(or_(Agency.id == actor.authority_id, Agency.acts_for_id == actor.authority_id))
        .order_by(Officer.name, Officer.id)
    )
    found = db.session.scalars(query).all()
    return found if day is None else [officer for officer in found if officer.certified_on(day)]


def officers(actor: Actor, words: str = "", most: int | None = None) -> Sequence[Officer]:
    """The officers of agencies in scope: all, or the first whose name, certificate or agency holds the words."""
    query = (
        select(Officer)
        .join(Officer.agency)
        .where(in_scope(Agency, actor), _holds(words, Officer.name, Officer.certificate, Agency.name))
        .order_by(Agency.region_code, Officer.name, Officer.id)
        .limit(most)
    )
    return db.session.scalars(query).all()


def _holds(words: str, *columns: Any) -> ColumnElement[bool]:
    return or_(*(column.icontains(words, autoescape=True) for column in columns)) if words else true()


def officer(actor: Actor, officer_id: int) -> Officer:
    """One officer of an agency in scope. Raises NotFound."""
    query = select(Officer).join(Officer.agency).where(Officer.id == officer_id, in_scope(Agency, actor))
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def users(actor: Actor, words: str = "", most: int | None = None) -> Sequence[User]:
    """The sign-ins of agencies in scope: all, or the first whose name, person or agency holds the words."""
    query = (
        select(User)
        .join(User.agency)
        .where(in_scope(Agency, actor), _holds(words, User.name, User.display_name, Agency.name))
        .order_by(User.name)
        .limit(most)
    )
    return db.session.scalars(query).all()


def administrators_locked() -> Sequence[User]:
    """All sign-ins that may administer, as they are now, held until the transaction ends."""
    query = (
        select(User)
        .where(cast(User.roles, String).contains(f'"{Role.ADMINISTRATOR.value}"'))
        .order_by(User.id)
        .with_for_update(of=User)
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(query).all()


def user(actor: Actor, user_id: int) -> User:
    """One sign-in of an agency in scope. Raises NotFound."""
    found = db.session.scalar(select(User).join(User.agency).where(User.id == user_id, in_scope(Agency, actor)))
    if found is None:
        raise NotFound
    return found
